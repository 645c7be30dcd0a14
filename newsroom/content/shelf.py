"""Opens entries of the catalogue: a card where a list shows a release, the whole where its page does."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from newsroom.build.fingerprint import of_bytes
from newsroom.build.segments import LostRecordError, Segments
from newsroom.content import records
from newsroom.content.catalogue import Entry
from newsroom.content.names import Names
from newsroom.content.posts import Posts
from newsroom.content.types import (
    NO_RUBRIC,
    NOBODY,
    Card,
    Change,
    Contact,
    Material,
    Named,
    Release,
    Rubric,
    Term,
    Version,
    named,
)
from newsroom.settings import Site

T = TypeVar("T")

_OPEN = 1600
"""Whole releases kept at hand: a month's pages ask for each several times, a year's tables twice."""


class Shelf(Protocol):
    """Where the releases behind the entries of a catalogue stand."""

    @property
    def is_changed(self) -> bool:
        """Whether a release may be other than the fingerprints of its entry say."""
        ...

    def card(self, entry: Entry) -> Card: ...

    def release(self, entry: Entry) -> Release: ...

    def versions(self, entry: Entry) -> tuple[Version, ...]: ...

    def posts(self, entry: Entry) -> Posts: ...


class Terms(Struct, frozen=True, kw_only=True):
    """What releases show of all they name, by ids; ``contacts`` are those of departments."""

    rubrics: Mapping[str, Rubric]
    tags: Mapping[str, Named]
    departments: Mapping[str, Named]
    contacts: Mapping[str, Contact]
    events: Mapping[str, Named]


def shown(names: Names) -> Terms:
    """The terms of all ``names``."""
    departments = names.departments.entries
    return Terms(
        rubrics=names.rubrics.entries,
        tags=_named(names.tags.entries),
        departments=_named(departments),
        contacts={id: department.contact for id, department in departments.items()},
        events=_named(names.events.entries),
    )


def _named(things: Mapping[str, Term | Material]) -> dict[str, Named]:
    return {id: named(thing) for id, thing in things.items()}


class StoredShelf(Struct, frozen=True):
    """Releases kept in ``segments``, with the ``terms`` of today, as known at the hour of ``site``."""

    segments: Segments
    terms: Terms
    site: Site
    _cards: dict[str, Card] = field(default_factory=dict)
    _releases: OrderedDict[str, Release] = field(default_factory=OrderedDict)
    _posts: dict[str, Posts] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        """Each is checked against them."""
        return False

    def card(self, entry: Entry) -> Card:
        """The card of a release; raises LostRecordError."""
        card = self._cards.get(entry.file)
        if card is None:
            card = self._cards[entry.file] = self._card(entry, self._bytes(entry))
        return card

    def release(self, entry: Entry) -> Release:
        """The whole release; raises LostRecordError."""
        release = self._releases.get(entry.file)
        if release is None:
            release = self._releases[entry.file] = self._release(entry)
            if len(self._releases) > _OPEN:
                self._releases.popitem(last=False)
        return release

    def versions(self, entry: Entry) -> tuple[Version, ...]:
        """The versions of a release that can be compared, oldest first; raises LostRecordError."""
        if entry.compared is None:
            return ()
        return _sound(records.versions, self.segments.read(entry.compared.place), entry.compared.digest)

    def posts(self, entry: Entry) -> Posts:
        """The posts that a file of them tells of; raises LostRecordError."""
        if entry.file not in self._posts:
            self._posts[entry.file] = _sound(records.posts, self._bytes(entry), entry.digest)
        return self._posts[entry.file]

    def _bytes(self, entry: Entry) -> bytes:
        return self.segments.read(entry.place) if entry.place else b""

    def _card(self, entry: Entry, data: bytes) -> Card:
        record = _sound(records.card_record, data[: entry.card_size], entry.card)
        rubric = self.terms.rubrics[record.rubric] if record.rubric else NO_RUBRIC
        return records.as_card(record, rubric, self.site.now, self.site.tz)

    def _release(self, entry: Entry) -> Release:
        data = self._bytes(entry)
        text = _sound(records.text_record, data[entry.card_size :], entry.digest)
        card, terms = self._card(entry, data), self.terms
        changes = tuple(self._changes(entry, text.changes))
        return Release(
            id=card.id,
            title=card.title,
            url=card.url,
            source=text.source,
            summary=card.summary,
            body=text.body,
            aliases=text.aliases,
            pictures=text.pictures,
            files=text.files,
            texts=text.texts,
            date=card.date,
            updated=max([card.date, *(change.date for change in changes)]),
            rubric=card.rubric,
            department=terms.departments[text.department] if text.department else NOBODY,
            tags=tuple(terms.tags[id] for id in text.tags),
            markdown=text.markdown,
            text=text.text,
            image=card.image,
            gallery=text.gallery,
            figure=card.figure,
            video=text.video,
            events=tuple(terms.events[id] for id in text.events),
            attachments=text.attachments,
            contact=text.contact or terms.contacts.get(text.department, Contact()),
            status=text.status,
            withdrawal_reason=text.withdrawal_reason,
            changes=changes,
            featured=card.featured,
            conventional_date=card.conventional_date,
            words=text.words,
            transcript=text.transcript,
            text_later=text.text_later,
            revision=text.revision,
            social=text.social,
            unseen=card.unseen,
            remarks=text.remarks,
        )

    def _changes(self, entry: Entry, changes: Iterable[Change]) -> Iterator[Change]:
        """Those whose hour has come: they are the first."""
        compared = entry.compared.corrections if entry.compared else ()
        for number, change in enumerate(changes):
            if change.date <= self.site.now:
                when = change.date.astimezone(self.site.tz)
                yield replace(change, date=when, difference=number in compared)


def _sound(decode: Callable[[bytes], T], data: bytes, digest: bytes) -> T:
    """A part of a record, if it is what was written."""
    if of_bytes(data) != digest:
        raise LostRecordError
    return decode(data)
