"""What may be published at one moment, with the lists that pages and feeds are made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from newsroom.content.types import (
    Broadcast,
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


@dataclass(frozen=True, kw_only=True)
class Shelves:
    """Material by its types."""

    releases: tuple[Release, ...] = ()
    rubrics: tuple[Rubric, ...] = ()
    tags: tuple[Tag, ...] = ()
    departments: tuple[Department, ...] = ()
    events: tuple[Event, ...] = ()
    broadcasts: tuple[Broadcast, ...] = ()
    issues: tuple[Issue, ...] = ()
    channels: tuple[Channel, ...] = ()
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Library(Shelves):
    """Everything that may be published at this hour, each list newest first.

    Withdrawn releases are only in ``withdrawn``; drafts and embargoed ones are
    nowhere. The indexes are by the id of a term, an event, a release; a term that
    no published release uses is in none.
    """

    withdrawn: tuple[Release, ...] = ()
    by_rubric: dict[str, tuple[Release, ...]] = field(default_factory=dict)
    by_tag: dict[str, tuple[Release, ...]] = field(default_factory=dict)
    by_department: dict[str, tuple[Release, ...]] = field(default_factory=dict)
    by_event: dict[str, tuple[Release, ...]] = field(default_factory=dict)
    by_id: dict[str, Release] = field(default_factory=dict)

    def materials(self) -> Iterator[Material]:
        """Everything whose body is published."""
        yield from self.releases
        yield from self.events
        yield from self.broadcasts
        yield from self.issues
        yield from self.departments
        yield from self.channels
        yield from self.pages
