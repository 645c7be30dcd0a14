"""A small newsroom of frozen things, for tests of what is made of a Library."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from jinja2 import Environment

from newsroom.build.assets import Assets
from newsroom.build.cache import ContentCache
from newsroom.build.fingerprint import fingerprint
from newsroom.build.section import Section
from newsroom.content.amount import Amount
from newsroom.content.attached import Attachment, Picture
from newsroom.content.audience import Audience, Count
from newsroom.content.catalogue import Entry, order
from newsroom.content.library import Library
from newsroom.content.measures import Measures
from newsroom.content.outline import outline
from newsroom.content.posts import Posts
from newsroom.content.types import (
    Broadcast,
    Card,
    Change,
    Channel,
    Contact,
    ContentsLine,
    Department,
    Event,
    EventDate,
    Issue,
    Leaf,
    Release,
    Rubric,
    Tag,
    Version,
    named,
)
from newsroom.content.years import Year
from newsroom.pages.desk import Desk
from newsroom.pages.media import Media
from newsroom.pages.press import Press
from newsroom.pages.prints import prints
from newsroom.pages.release_cards import Cards
from newsroom.pages.yearbook import yearbooks
from newsroom.settings import Site

T = TypeVar("T", bound=msgspec.Struct)


def replace(thing: T, **changes: Any) -> T:
    """The same thing of ours with other fields."""
    return msgspec.structs.replace(thing, **changes)


ZONE = ZoneInfo("Asia/Irkutsk")


def at(*parts: int) -> datetime:
    year, month, day, *clock = parts
    hour, minute = (*clock, 0, 0)[:2]
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


SITE = Site(
    name="Пресс-служба Города",
    city="Город",
    url="https://news.example/site",
    now=at(2024, 5, 10, 12),
    zone="Asia/Irkutsk",
    subtitle="Новости города",
    description="Официальные сообщения администрации.",
    organization="Администрация города",
    organization_url="https://city.example/",
    magazine="Пятилетка",
    id_authority="news.example",
    id_date="2023",
    security_contact="mailto:security@news.example",
)


def picture(url: str, width: int = 1600, height: int = 900, caption: str = "", author: str = "") -> Picture:
    return Picture(
        source=url.removeprefix("/news/"),
        digest="0123456789abcdef",
        url=url,
        width=width,
        height=height,
        widths=(480, 960),
        alt="Колонна на площади",
        caption=caption,
        author=author,
    )


def size_of(given: Picture) -> int:
    return given.width * 100


CULTURE = Rubric(id="kultura", title="Культура", url="/rubrics/kultura/", description="Праздники и театры.")
CITY = Rubric(id="gorod", title="Город", url="/rubrics/gorod/")
EMPTY_RUBRIC = Rubric(id="sport", title="Спорт", url="/rubrics/sport/")
HOLIDAY = Tag(id="prazdnik", title="праздник", url="/tags/prazdnik/")
PRESS = Department(
    id="press",
    title="Пресс-служба",
    url="/departments/press/",
    contact=Contact(name="Дежурный", phone="+7 395 300-00-00", email="press@city.example"),
)
PARADE = Event(
    id="den-pobedy",
    title="День Победы",
    url="/events/den-pobedy/",
    summary="Шествие и салют.",
    place="Площадь Ленина",
    dates=(
        EventDate(start=date(2024, 5, 9), end=date(2024, 5, 9)),
        EventDate(start=date(2023, 5, 8), end=date(2023, 5, 9)),
    ),
)
FOREST = Event(
    id="sad",
    title="Сад памяти",
    url="/events/sad/",
    dates=(EventDate(start=date(2023, 6, 1), end=date(2023, 6, 1)),),
    conventional_date=True,
)

VICTORY = Release(
    id="2024-05-09-den-pobedy",
    source="releases/2024/05/2024-05-09-den-pobedy.md",
    url="/news/2024/05/den-pobedy/",
    title="На площади «Победы» прошли 5000 человек & оркестр",
    date=at(2024, 5, 9, 10),
    updated=at(2024, 5, 10, 9, 30),
    rubric=CULTURE,
    department=named(PRESS),
    tags=(named(HOLIDAY),),
    events=(named(PARADE),),
    summary="Шествие началось в 10:00.",
    body=(
        '<p>Подробности — на <a href="/site/events/den-pobedy/">странице события</a>, '
        'в <a href="index.txt">тексте</a> и <a href="#note">примечании</a>.</p>\n'
        '<figure><picture><source srcset="/site/news/2024/05/den-pobedy/a.480.webp 480w, '
        'https://cdn.example/b.webp 960w" type="image/webp">'
        '<img src="/site/news/2024/05/den-pobedy/салют.jpg" alt="Салют" width="600" height="400"></picture>'
        '</figure>\n<p id="note"><strong>Важно:</strong> ]]&gt; <a href="https://city.example/">сайт</a>.</p>'
    ),
    markdown="Подробности…\n",
    text="Подробности — на странице события, в тексте и примечании.\n\nВажно: ]]> сайт.",
    words=9,
    image=picture("/news/2024/05/den-pobedy/колонна.jpg", caption="Колонна", author="Пресс-служба"),
    pictures=(
        picture("/news/2024/05/den-pobedy/колонна.jpg"),
        picture("/news/2024/05/den-pobedy/салют.jpg", width=600, height=400),
    ),
    attachments=(
        Attachment(
            source="plan.pdf",
            url="/news/2024/05/den-pobedy/plan.pdf",
            title="План шествия",
            kind="PDF",
            media_type="application/pdf",
            size=2048,
        ),
    ),
    changes=(
        Change(date=at(2024, 5, 10, 9, 30), note="Уточнено число участников.", key="2024-05-10-0930"),
        Change(date=at(2024, 5, 11, 9, 30), note="Ещё не наступило.", key="2024-05-11-0930"),
    ),
)
ROADS = Release(
    id="2023-12-28-dorogi",
    source="releases/2023/12/2023-12-28-dorogi.md",
    url="/news/2023/12/dorogi/",
    title="Отремонтировано 12 км дорог.",
    date=at(2023, 12, 28, 15, 5),
    updated=at(2023, 12, 28, 15, 5),
    rubric=CITY,
    department=named(PRESS),
    body="<p>Работы закончены.</p>",
    text="Работы закончены.",
    words=2,
    conventional_date=True,
)
WITHDRAWN = replace(
    ROADS,
    id="2024-05-08-otozvan",
    url="/news/2024/05/otozvan/",
    title="Отозванный",
    date=at(2024, 5, 8),
    updated=at(2024, 5, 8),
    status="withdrawn",
    withdrawal_reason="Опубликован ошибочно.",
)
MARATHON = Broadcast(
    id="telemarafon",
    title="Телемарафон",
    url="/broadcasts/telemarafon/",
    start=at(2024, 5, 20, 19),
    state="announced",
    duration_minutes=90,
    summary="Большой эфир; вопросы — по телефону.",
)
REPORT = Broadcast(
    id="otchet",
    title="Отчёт мэра",
    url="/broadcasts/otchet/",
    start=at(2023, 12, 20, 18),
    state="recorded",
    duration_minutes=60,
    video="https://video.example/otchet",
    image=picture("/broadcasts/otchet/kadr.jpg"),
    conventional_date=True,
)
ISSUE = Issue(
    id="pyatiletka-1",
    title="Пятилетка № 1",
    url="/magazine/pyatiletka-1/",
    number="1",
    date=date(2023, 12, 1),
    pdf=Attachment(
        source="1.pdf",
        url="/magazine/pyatiletka-1/pyatiletka-1.pdf",
        title="Пятилетка № 1",
        kind="PDF",
        media_type="application/pdf",
        size=4096,
    ),
    cover=picture("/magazine/pyatiletka-1/cover.jpg", 1000, 1400),
    leaves=tuple(
        Leaf(
            number=number,
            url=f"/magazine/pyatiletka-1/{number}/",
            picture=picture(f"/magazine/pyatiletka-1/{number}.jpg"),
            text="",
        )
        for number in (1, 2)
    ),
    contents=(ContentsLine(title="Итоги", page=2),),
    print_run=999,
    founder="Администрация города",
    editor="",
    age="12+",
    conventional_date=True,
)
CHANNEL = Channel(
    id="vk",
    url="/channels/#vk",
    title="Город ВКонтакте",
    network="VK",
    owner="Администрация",
    status="active",
    address="https://vk.example/city",
)
AUDIENCE = Audience(
    (
        Count(date=date(2022, 12, 31), channel="vk", subscribers=Amount(900)),
        Count(date=date(2023, 12, 31), channel="vk", subscribers=Amount(1000), posts=Amount(40)),
    )
)


@dataclass(frozen=True)
class Opened:
    """Releases that need no opening."""

    releases: dict[str, Release]
    is_changed = False

    def card(self, entry: Entry) -> Card:
        return self.releases[entry.id].card

    def release(self, entry: Entry) -> Release:
        return self.releases[entry.id]

    def versions(self, entry: Entry) -> tuple[Version, ...]:  # noqa: ARG002
        return ()

    def posts(self, entry: Entry) -> Posts:  # noqa: ARG002
        return {}


def entry_of(release: Release) -> Entry:
    """The line of a catalogue that a release would have."""
    return Entry(
        file=release.source,
        kind="releases",
        id=release.id,
        url=release.url,
        digest=fingerprint(release.text, release.tags),
        card=fingerprint(release.card),
        moment=int(release.date.timestamp()),
        day=release.date.date().isoformat(),
        status=release.status,
        rubric=release.rubric.id,
        department=release.department.id,
        tags=tuple(tag.id for tag in release.tags),
        events=tuple(event.id for event in release.events),
        changes=tuple(int(change.date.timestamp()) for change in release.changes),
        pictures=tuple(dict.fromkeys(each.url for each in (release.image, *release.pictures) if each)),
    )


def library(releases: Iterable[Release] = (), withdrawn: Iterable[Release] = (), **others: Any) -> Library:
    """A library of these releases, newest first, and whatever else."""
    all_of_them = (*releases, *withdrawn)
    return Library(
        shelf=Opened({release.id: release for release in all_of_them}),
        years=tuple(years_of([entry_of(release) for release in all_of_them])),
        **others,
    )


def years_of(entries: Iterable[Entry]) -> Iterator[Year]:
    """The years of a catalogue's lines, newest first."""
    for name, group in groupby(sorted(entries, key=order, reverse=True), lambda entry: entry.year):
        lines = list(group)
        yield Year(name, outline(lines), partial(tuple, lines))


class _Sized(Media, frozen=True):
    """Pictures that are not there, but have a size."""

    def size(self, picture: Picture) -> int:
        return size_of(picture)


class _Named(Assets):
    """A theme without files."""

    def url(self, name: str) -> str:
        return f"/theme/{name}"


def desk(material: Library, site: Site = SITE, audience: Audience = AUDIENCE) -> Desk:
    """A desk to make files of this material at, without templates."""
    nowhere = Path("nowhere")
    cache = ContentCache(nowhere)
    known = prints(material, int(site.now.timestamp()))
    return Desk(
        library=material,
        press=Press(environment=Environment(), site=site, program=b"", templates=defaultdict(str)),
        prints=known,
        yearbooks=yearbooks(material, known, {}),
        media=_Sized(nowhere, cache),
        cards=Cards(site, cache, nowhere),
        assets=_Named(nowhere),
        measures=Measures(audience=audience),
    )


def files(sections: Iterable[Section]) -> dict[str, bytes]:
    """Everything that sections make, by its path."""
    return {output.path: output.make() for section in sections for output in section.outputs()}


OTHERS: dict[str, Any] = {
    "rubrics": (CULTURE, CITY, EMPTY_RUBRIC),
    "tags": (HOLIDAY,),
    "departments": (PRESS,),
    "events": (PARADE, FOREST),
    "broadcasts": (MARATHON, REPORT),
    "issues": (ISSUE,),
    "channels": (CHANNEL,),
}
LIBRARY = library((VICTORY, ROADS), (WITHDRAWN,), **OTHERS)


def check_golden(name: str, data: bytes) -> None:
    """``data`` must equal the file in ``tests/golden``.

    UPDATE_GOLDEN=1 in the environment writes it anew, to be read in the diff.
    """
    file = Path(__file__).parent / "golden" / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    assert file.read_bytes().decode() == data.decode()
