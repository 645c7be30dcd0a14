"""All material there is, and what of it may be published at a given moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from newsroom.content.catalogue import Entry, order
from newsroom.content.library import Library
from newsroom.content.names import Names
from newsroom.content.shelf import Shelf
from newsroom.content.types import Broadcast, Channel, Issue, Page

D = TypeVar("D", Broadcast, Issue)
Index = dict[str, list[Entry]]


@dataclass(frozen=True, kw_only=True)
class Archive:
    """Everything that could be made of the content files, drafts left out, whatever its hour.

    ``entries`` are the lines of the catalogue by their types.
    """

    names: Names
    releases: tuple[Entry, ...] = ()
    broadcasts: tuple[Broadcast, ...] = ()
    issues: tuple[Issue, ...] = ()
    channels: tuple[Channel, ...] = ()
    pages: tuple[Page, ...] = ()
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    def at(self, now: datetime, shelf: Shelf) -> Library:
        """What may be published at ``now``, a moment of the newsroom's zone."""
        hour = now.timestamp()
        due = [entry for entry in self.releases if entry.moment <= hour]
        return self._library(due, [issue for issue in self.issues if issue.date <= now.date()], shelf)

    def complete(self, shelf: Shelf) -> Library:
        """What will be published when every hour has come."""
        return self._library(self.releases, self.issues, shelf)

    def has_waiting(self, now: datetime) -> bool:
        """Whether a release or a number waits for its hour."""
        hour = now.timestamp()
        return any(entry.moment > hour for entry in self.releases) or any(
            issue.date > now.date() for issue in self.issues
        )

    def _library(self, releases: Iterable[Entry], issues: Iterable[Issue], shelf: Shelf) -> Library:
        due = sorted(releases, key=order, reverse=True)
        published = [entry for entry in due if entry.status == "published"]
        numbers = _newest(issues, lambda issue: issue.date.isoformat())
        kept = {issue.id for issue in numbers}
        others = [
            entry
            for kind in ("events", "broadcasts", "issues", "departments", "channels", "pages")
            for entry in self.entries.get(kind, ())
            if kind != "issues" or entry.id in kept
        ]
        return Library(
            shelf=shelf,
            releases=published,
            withdrawn=[entry for entry in due if entry.status == "withdrawn"],
            rubrics=tuple(self.names.rubrics.entries.values()),
            tags=tuple(self.names.tags.entries.values()),
            departments=tuple(sorted(self.names.departments.entries.values(), key=lambda entry: entry.title)),
            events=tuple(sorted(self.names.events.entries.values(), key=lambda entry: entry.title)),
            broadcasts=_newest(self.broadcasts, lambda broadcast: broadcast.start.isoformat()),
            issues=numbers,
            channels=self.channels,
            pages=self.pages,
            entries=others,
            **indexes(published),
        )


def indexes(published: Iterable[Entry]) -> dict[str, Any]:
    """The indexes of a Library, made in one pass; the fields are named as there."""
    by_rubric: Index = {}
    by_tag: Index = {}
    by_department: Index = {}
    by_event: Index = {}
    for entry in published:
        by_rubric.setdefault(entry.rubric, []).append(entry)
        by_department.setdefault(entry.department, []).append(entry)
        for tag in entry.tags:
            by_tag.setdefault(tag, []).append(entry)
        for event in entry.events:
            by_event.setdefault(event, []).append(entry)
    by_id = {entry.id: entry for entry in published}
    return {
        "by_rubric": by_rubric,
        "by_tag": by_tag,
        "by_department": by_department,
        "by_event": by_event,
        "by_id": by_id,
    }


def _newest(entries: Iterable[D], when: Callable[[D], str]) -> tuple[D, ...]:
    return tuple(sorted(entries, key=lambda entry: (when(entry), entry.id), reverse=True))
