"""What may be published at one moment, with the lists that pages and feeds are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from newsroom.content.catalogue import Entry
from newsroom.content.shelf import Shelf
from newsroom.content.types import (
    Broadcast,
    Card,
    Channel,
    Department,
    Event,
    Issue,
    Material,
    Page,
    Release,
    Rubric,
    Tag,
)

Entries = Sequence[Entry]
"""Releases as the catalogue knows them, newest first."""


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything that may be published at this hour, each list newest first.

    Releases are entries of the catalogue, to be opened one by one: ``card``, ``release``.
    Withdrawn ones are only in ``withdrawn``; drafts and embargoed ones are nowhere.
    The indexes are by the id of a term, an event, a release; a term that no published
    release uses is in none. ``entries`` are of everything else that is published.
    """

    shelf: Shelf
    releases: Entries = ()
    withdrawn: Entries = ()
    rubrics: tuple[Rubric, ...] = ()
    tags: tuple[Tag, ...] = ()
    departments: tuple[Department, ...] = ()
    events: tuple[Event, ...] = ()
    broadcasts: tuple[Broadcast, ...] = ()
    issues: tuple[Issue, ...] = ()
    channels: tuple[Channel, ...] = ()
    pages: tuple[Page, ...] = ()
    by_rubric: Mapping[str, Entries] = field(default_factory=dict)
    by_tag: Mapping[str, Entries] = field(default_factory=dict)
    by_department: Mapping[str, Entries] = field(default_factory=dict)
    by_event: Mapping[str, Entries] = field(default_factory=dict)
    by_id: Mapping[str, Entry] = field(default_factory=dict)
    entries: Entries = ()

    def card(self, entry: Entry) -> Card:
        """What lists show of a release."""
        return self.shelf.card(entry)

    def cards(self, entries: Iterable[Entry]) -> tuple[Card, ...]:
        """The cards of releases, in their order."""
        return tuple([self.shelf.card(entry) for entry in entries])

    def release(self, entry: Entry) -> Release:
        """A whole release."""
        return self.shelf.release(entry)

    def others(self) -> Iterator[Material]:
        """Everything but releases whose body is published."""
        yield from self.events
        yield from self.broadcasts
        yield from self.issues
        yield from self.departments
        yield from self.channels
        yield from self.pages
