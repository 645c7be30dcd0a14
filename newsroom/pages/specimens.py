"""What the page of components shows them with: all of it is made up here and says so, but for pictures."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from msgspec.structs import replace

from newsroom.content.amount import Amount
from newsroom.content.attached import Attachment, Gallery, Picture, Video
from newsroom.content.audience import Count
from newsroom.content.criteria import Criterion, Subject, Walk
from newsroom.content.notices import Block, Notice
from newsroom.content.types import (
    Broadcast,
    Card,
    Change,
    Channel,
    Contact,
    Event,
    EventDate,
    Figure,
    Named,
    Release,
    Rubric,
)
from newsroom.pages.announcing import Post
from newsroom.pages.channels import Entry, curve
from newsroom.pages.desk import Desk
from newsroom.pages.difference import difference
from newsroom.pages.document import FeedLink
from newsroom.pages.home import AgendaLine
from newsroom.pages.notice_board import Board, Posted
from newsroom.pages.pagination import closed_pages, newest_page
from newsroom.pages.periods import CalendarDay
from newsroom.pages.report import charts
from newsroom.pages.report.figures import Number, Row, Source, Table
from newsroom.pages.verdicts import OUTCOMES, ByPerson, Verdict

URL = "/styleguide/"
"""Where all links of what is shown lead."""

_LONGEST = (
    "«О внесении изменений в порядок предоставления мер социальной поддержки»: "
    "показательный заголовок в сто двадцать знаков"
)
_SUMMARY = "Показательный текст: он ни о чём не сообщает, а только занимает своё место."


def specimens(desk: Desk, picture: Picture | None) -> dict[str, Any]:
    """What the components are shown with."""
    start = datetime(2024, 5, 9, 10, tzinfo=desk.site.tz)
    plain = _release(start)
    return {
        "plain": plain,
        "longest": replace(plain, title=_LONGEST, date=datetime(2023, 12, 29, tzinfo=desk.site.tz)),
        "figured": replace(plain, figure=Figure(value="12 345", label="единиц показательного")),
        "pictured": replace(plain, image=picture) if picture else None,
        "draft": replace(plain, unseen="draft", remarks=("нет краткого содержания",)),
        "embargoed": replace(plain, unseen="embargo"),
        "picture": picture,
        "issue": desk.library.issues[0] if desk.library.issues else None,
        "figures": [Figure(value=value, label="показательных единиц") for value in _FIGURES],
        "posted": [Post(title, URL) for title in ("Показательная страница", "Показательный канал мэра")],
        "attachments": [
            _attachment("Показательный документ", "PDF", 482_000),
            _attachment("Таблица", "CSV", 900),
        ],
        "contact": Contact(name="Дежурный пресс-службы", phone="112", email="press@news.example"),
        "feeds": [
            FeedLink(title=f"Показательная: {kind}", url=URL, media_type=f"application/{kind.lower()}+xml")
            for kind in ("RSS", "Atom")
        ],
        "share": [("ВКонтакте", URL), ("Одноклассники", URL), ("Telegram", URL)],
        **_of_lists(start, plain.card),
        **_of_time(start),
        **_of_owners(start.date()),
        **_of_checks(start.date()),
        **_of_hours(start, picture),
    }


_FIGURES = ("8", "12 345", "713 206", "10 000 000", "1 234 567 890 руб.")


def _release(start: datetime) -> Release:
    return Release(
        id="2024-05-09-pokaz",
        title="Показательный заголовок средней длины: в две строки",
        url=URL,
        summary=_SUMMARY,
        date=start,
        updated=start + timedelta(days=1),
        rubric=Rubric(id="pokaz", title="Показательная рубрика", url=URL, description=_SUMMARY),
        department=Named(id="press", title="Показательное подразделение", url=URL),
        tags=tuple(Named(id=f"tema-{n}", title=f"Показательная тема {n}", url=URL) for n in (1, 2, 3)),
        changes=(
            Change(
                date=start + timedelta(hours=2),
                note="Исправлено показательное слово.",
                key="1",
                difference=True,
            ),
            Change(date=start + timedelta(days=1), note="Уточнён показательный текст.", key="2"),
        ),
    )


def _attachment(title: str, kind: str, size: int) -> Attachment:
    return Attachment(source="", url=URL, title=title, kind=kind, media_type="application/pdf", size=size)


def _of_lists(start: datetime, card: Card) -> dict[str, Any]:
    """What lists of releases, their pages and their terms are shown with."""
    cards = [replace(card, date=start - timedelta(days=90 * number)) for number in range(130)]
    lines = [{"change": change, "release": _release(start)} for change in _release(start).changes]
    step = difference(
        "Показательный текст был таким, а потом его исправили.", "Показательный текст стал другим."
    )
    return {
        "cards": cards[:3],
        "newest": newest_page(URL, cards, 10),
        "closed": next(closed_pages(URL, cards, 10, range(7, 6, -1))),
        "terms": [(card.rubric, 1530), (replace(card.rubric, description=""), 1)],
        "rubrics": [(card.rubric, cards[:3], 1530), (card.rubric, cards[:1], 1)],
        "correction_lines": lines,
        "paragraphs": step,
    }


def _of_time(start: datetime) -> dict[str, Any]:
    """What agendas, calendars, events and broadcasts are shown with."""
    event = AgendaLine(
        title="Показательное событие", url=URL, start=start.date(), end=None, kind="event", conventional=True
    )
    lines = [
        event,
        replace(event, title="Показательный эфир", start=start, kind="broadcast", conventional=False),
    ]
    broadcast = Broadcast(
        id="efir", title="Показательный эфир", url=URL, summary=_SUMMARY, start=start, state="announced"
    )
    days = [CalendarDay(number, URL if number % 3 else "", number % 3 * 2) for number in range(1, 32)]
    weeks = [
        [None, None, *days[:5]],
        *(days[at : at + 7] for at in range(5, 26, 7)),
        [*days[26:], None, None],
    ]
    dates = EventDate(start=start.date(), end=start.date() + timedelta(days=2))
    return {
        "agenda_lines": lines,
        "broadcasts": [replace(broadcast, state=state) for state in ("announced", "live", "recorded")],
        "month": start.date().replace(day=1),
        "weeks": weeks,
        "months": [(date(2024, month, 1), URL, month * 11 % 7 * 20) for month in range(1, 13)],
        "years": [(year, URL) for year in (2024, 2023, 2022)],
        "event": Event(id="pokaz", title="Показательное событие", url=URL, summary=_SUMMARY, dates=(dates,)),
        "dates": dates,
    }


def _of_owners(day: date) -> dict[str, Any]:
    """What the directory of channels and the report of a year are shown with."""
    many, few = (Count(date=day, channel="pokaz", subscribers=Amount(count)) for count in (12_345, 2_000))
    channel = Channel(
        id="pokaz",
        title="Показательная страница",
        url=URL,
        network="Сеть",
        owner="Владелец",
        status="active",
        address=URL,
    )
    before = replace(few, date=day.replace(year=day.year - 1))
    states = [
        Entry(channel=channel, first=before, last=many, curve=curve([before, few, many])),
        Entry(channel=replace(channel, id="pokaz-2", status="archive"), first=few, last=few),
        Entry(channel=replace(channel, id="pokaz-3", status="closed", address="")),
    ]
    rows = (("Март", 12_345), ("Апрель", 6_789), ("Май", 10))
    source = Source("Показательные данные", URL)
    numbers = [
        Row(label=name, numbers=(Number(amount=Amount(count), source=source),)) for name, count in rows
    ]
    columns = Table(
        id="pokaz", title="Показ", head=("Месяц", "Число"), rows=tuple(numbers), drawing="columns"
    )
    return {
        "entries": states,
        "drawn": [charts.drawn(columns), charts.drawn(replace(columns, drawing="bars"))],
        "numbers": [numbers[0].numbers[0], Number(amount=Amount(10_000_000, at_least=True)), Number()],
    }


def _of_checks(day: date) -> dict[str, Any]:
    """What the tables of checks are shown with: a criterion of each outcome."""
    criterion = Criterion(name="Показательный критерий", plain=_SUMMARY, level="AA", since="2.2")
    walk, subject = Walk(title="показательный обход", plain=_SUMMARY), Subject(title="показ", selector="")
    plain = Verdict(
        number="1.1.1",
        criterion=criterion,
        outcome="passed",
        rules=("example-rule",),
        walks=(walk,),
        pages=12,
        doubts=0,
        faulty=(),
    )
    person = ByPerson(date=day, passed=True, remark="показательное замечание")
    return {
        "outcomes": OUTCOMES,
        "outcome_counts": [(name, title, 3 * n) for n, (name, title) in enumerate(OUTCOMES.items())],
        "verdicts": [
            plain,
            replace(plain, number="1.1.2", outcome="failed", faulty=(("Показ", 2),)),
            replace(plain, number="1.1.3", outcome="cantTell", doubts=1),
            replace(plain, number="1.1.4", outcome="inapplicable", subject=subject),
            replace(plain, number="1.1.5", outcome="untested", rules=(), walks=(), pages=0),
            replace(plain, number="1.1.6", rules=(), walks=(), pages=0, person=person),
        ],
    }


def _of_hours(start: datetime, picture: Picture | None) -> dict[str, Any]:
    """What emergency notices, galleries and videos are shown with."""
    notice = Notice(
        id="2024-05-09-pokaz",
        headline="Показательное сообщение",
        event="Показ",
        text=(Block((_SUMMARY,)), Block(("первое", "второе"), is_list=True)),
        severity="Extreme",
        urgency="Immediate",
        certainty="Observed",
        category="Other",
        area="Нигде",
        effective=start,
        expires=start + timedelta(hours=6),
        instruction=(Block(("Ничего не делать: это показ.",)),),
        contact="112",
    )
    milder = replace(notice, id="2024-05-08-pokaz", severity="Moderate", status="Exercise")
    shown = (Posted(notice, "active"), Posted(milder, "active"))
    over = Posted(replace(notice, id="2024-05-07-pokaz"), "expired")
    film = Video(title="Показательное видео", address="https://vkvideo.ru/video-1_1")
    return {
        "board": Board(active=shown, past=(over,)),
        "calm": Board(),
        "gallery_shown": Gallery(pictures=(picture, picture), caption="Показательные снимки")
        if picture
        else None,
        "films": [film, replace(film, poster=picture)] if picture else [film],
    }
