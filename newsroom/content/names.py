"""What headers may name: controlled lists, departments, events, and the ids of releases."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, Generic, TypeVar

from msgspec import Struct

from newsroom.content.catalogue import Entry
from newsroom.content.outline import DEPARTMENT, EVENT, RUBRIC, TAG
from newsroom.content.types import Department, Event, Rubric, Tag

T = TypeVar("T", Rubric, Tag, Department, Event)


class Known(Struct, Generic[T], frozen=True):
    """A controlled list by id; not ``whole`` when a part of it could not be read."""

    entries: Mapping[str, T]
    whole: bool = True


class Names(Struct, frozen=True, kw_only=True):
    """All of them; ``releases`` are the ids of all there are, drafts included."""

    rubrics: Known[Rubric]
    tags: Known[Tag]
    departments: Known[Department]
    events: Known[Event]
    releases: Container[str]

    @property
    def are_whole(self) -> bool:
        """Whether all lists could be read: else a name may be missing that is only misspelt in its list."""
        return all(known.whole for known in (self.rubrics, self.tags, self.departments, self.events))

    def have_all_of(self, entries: Iterable[Entry]) -> bool:
        """Whether everything that entries name is there."""
        rubrics: set[str] = set()
        departments: set[str] = set()
        tags: set[str] = set()
        events: set[str] = set()
        releases: set[str] = set()
        for entry in entries:
            rubrics.add(entry.rubric)
            departments.add(entry.department)
            tags.update(entry.tags)
            events.update(entry.events)
            releases.update(entry.releases)
        return (
            rubrics - {""} <= self.rubrics.entries.keys()
            and departments - {""} <= self.departments.entries.keys()
            and tags <= self.tags.entries.keys()
            and events <= self.events.entries.keys()
            and all(id in self.releases for id in releases)
        )

    def know(self, named: Mapping[str, Iterable[str]]) -> bool:
        """Whether all ids are there that an outline names, by kind."""
        lists: dict[str, Known[Any]] = {
            RUBRIC: self.rubrics,
            DEPARTMENT: self.departments,
            TAG: self.tags,
            EVENT: self.events,
        }
        return all(lists[kind].entries.keys() >= set(ids) for kind, ids in named.items())
