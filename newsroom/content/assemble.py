"""A source becomes the thing it describes: names resolved, texts set, moments placed in the zone.

Each function raises NewsroomError with all that the source's header names in vain.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urljoin

from msgspec.structs import replace

from newsroom.content.announcing import Announcing, Social
from newsroom.content.attached import Attachment, Picture
from newsroom.content.markdown_twin import markdown_twin
from newsroom.content.names import Names
from newsroom.content.plain_text import plain_text, word_count
from newsroom.content.references import References, contact
from newsroom.content.source import Source
from newsroom.content.types import (
    NO_RUBRIC,
    NOBODY,
    Broadcast,
    Change,
    Channel,
    Department,
    Event,
    EventDate,
    Figure,
    Page,
    Release,
    named,
)
from newsroom.content.typography import typograph
from newsroom.problems import NewsroomError
from newsroom.settings import Site


def department(source: Source) -> Department:
    return Department(**material(source), contact=contact(source.header.contact))


def page(source: Source) -> Page:
    return Page(**material(source))


def event(source: Source) -> Event:
    header, references = source.header, References(source)
    image = references.image(header.image)
    stop_on_problems(references)
    dates = [EventDate(start=entry.start, end=entry.end or entry.start) for entry in header.dates]
    return Event(
        **material(source),
        place=typograph(header.place),
        dates=tuple(sorted(dates, key=lambda entry: entry.start, reverse=True)),
        image=image,
        conventional_date=header.conventional_date,
    )


def channel(source: Source) -> Channel:
    header = source.header
    return Channel(
        **material(source),
        network=header.network,
        owner=typograph(header.owner),
        status=header.status,
        address=header.address,
        unlisted=header.unlisted,
        announce=_announcing(header.announce),
        opened=header.opened,
        of_department=header.of_department,
        conventional_date=header.conventional_date,
    )


def broadcast(source: Source, names: Names, site: Site) -> Broadcast:
    header, references = source.header, References(source)
    image = references.image(header.image)
    releases = references.releases(header.releases, names.releases)
    stop_on_problems(references)
    return Broadcast(
        **material(source),
        start=header.start.replace(tzinfo=site.tz),
        state=header.state,
        series=typograph(header.series),
        duration_minutes=header.duration_minutes,
        video=header.video,
        transcript=source.transcript,
        text_later=typograph(header.text_later),
        image=image,
        releases=releases,
        conventional_date=header.conventional_date,
    )


def release(source: Source, names: Names, site: Site) -> Release:
    header, references = source.header, References(source)
    if header.status == "withdrawn":
        return _withdrawn(source, names, site)
    rubric = references.one("rubric", "рубрики", header.rubric, names.rubrics)
    issuer = references.one("department", "подразделения", header.department, names.departments)
    tags = references.several("tags", "темы", header.tags, names.tags)
    events = references.several("event", "события", header.event, names.events)
    image = references.image(header.image)
    gallery = references.gallery(header.gallery)
    attachments = _attachments(source, references)
    video = references.video(header.video)
    _check_month(header.date, references)
    stop_on_problems(references)
    assert rubric
    assert issuer
    date = header.date.replace(tzinfo=site.tz)
    return Release(
        **material(source),
        **_texts(source, site),
        date=date,
        updated=date,
        rubric=rubric,
        department=named(issuer),
        tags=tuple(map(named, tags)),
        image=image,
        gallery=gallery,
        figure=_figure(header.figure),
        video=video,
        events=tuple(map(named, events)),
        attachments=attachments,
        contact=contact(header.contact) or issuer.contact,
        status=header.status,
        changes=_changes(header.changes, site),
        revision=header.revision,
        social=_social(header.social),
        featured=header.featured,
        conventional_date=header.conventional_date,
    )


def _attachments(source: Source, references: References) -> tuple[Attachment, ...]:
    found = (
        source.folder.attachment(entry.file, references.line("attachments", index, "file"), title=entry.title)
        for index, entry in enumerate(source.header.attachments)
    )
    return tuple([attachment for attachment in found if attachment])


def _texts(source: Source, site: Site) -> dict[str, Any]:
    """What a release says in plain words, for those who do not read pages."""
    absolute = partial(urljoin, site.absolute(source.url))
    text = plain_text(source.body, absolute)
    addresses = {written: absolute(address) for written, address in source.addresses.items()}
    return {
        "markdown": markdown_twin(source.front_matter.body, addresses),
        "text": text,
        "words": word_count(text),
        "transcript": source.transcript,
        "text_later": typograph(source.header.text_later),
    }


def _withdrawn(source: Source, names: Names, site: Site) -> Release:
    """The release as its notice tells of it. What else the file names, if it is there still, is kept
    without its words: it must be seen nowhere."""
    header, references = source.header, References(source)
    day = header.date or datetime.fromisoformat(source.id[:10])
    _check_month(day, references)
    stop_on_problems(references)
    date = day.replace(tzinfo=site.tz)
    return Release(
        id=source.id,
        title=typograph(header.title),
        url=source.url,
        source=source.file,
        aliases=header.aliases,
        pictures=_without_words(source, references),
        date=date,
        updated=date,
        rubric=names.rubrics.entries.get(header.rubric, NO_RUBRIC),
        department=NOBODY,
        tags=tuple(named(names.tags.entries[id]) for id in header.tags if id in names.tags.entries),
        status=header.status,
        withdrawal_reason=typograph(header.withdrawal_reason),
        revision=header.revision,
        conventional_date=header.conventional_date,
    )


def _without_words(source: Source, references: References) -> tuple[Picture, ...]:
    """The pictures of a release; its video and its attachments are looked at as well."""
    references.image(source.header.image)
    references.gallery(source.header.gallery)
    references.video(source.header.video)
    for entry in source.header.attachments:
        source.folder.attachment(entry.file, 0)
    pictures = source.folder.pictures.values()
    return tuple(replace(picture, alt="", caption="", author="") for picture in pictures)


def _check_month(date: datetime, references: References) -> None:
    if date.strftime("%Y-%m") != references.source.id[:7]:
        remedy = "исправьте дату; ещё не вышедший файл можно переименовать"
        references.fault(references.line("date"), "дата и имя файла из разных месяцев", remedy)


def material(source: Source) -> dict[str, Any]:
    """The fields that every type shares; call it last, when all pictures and files are found."""
    return {
        "id": source.id,
        "title": typograph(source.header.title),
        "url": source.url,
        "source": source.file,
        "summary": typograph(getattr(source.header, "summary", "")),
        "body": source.body,
        "aliases": getattr(source.header, "aliases", ()),
        "pictures": tuple(source.folder.pictures.values()),
        "files": source.folder.files,
        "texts": tuple(source.folder.texts.values()),
    }


def stop_on_problems(references: References) -> None:
    if references.problems or references.unsure:
        raise NewsroomError(references.problems)


def _changes(headers: Any, site: Site) -> tuple[Change, ...]:
    """Corrections, oldest first; those whose hour has not come are left out when a page is made."""
    made: Counter[str] = Counter()
    changes = []
    for entry in sorted(headers, key=lambda entry: entry.date):
        minute = f"{entry.date:%Y-%m-%d-%H%M}"
        made[minute] += 1
        key = minute if made[minute] == 1 else f"{minute}-{made[minute]}"
        changes.append(Change(date=entry.date.replace(tzinfo=site.tz), note=typograph(entry.note), key=key))
    return tuple(changes)


def _announcing(header: Any) -> Announcing | None:
    return Announcing(**{name: getattr(header, name) for name in header.fields}) if header else None


def _social(headers: Any) -> tuple[Social, ...]:
    return tuple(
        Social(channels=each.channels, text=typograph(each.text), skip=each.skip) for each in headers
    )


def _figure(header: Any) -> Figure | None:
    return Figure(value=typograph(header.value), label=typograph(header.label)) if header else None
