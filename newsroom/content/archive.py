"""All material there is, and what of it may be published at a given moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from newsroom.content.library import Library, Shelves
from newsroom.content.types import Broadcast, Issue, Release

D = TypeVar("D", Release, Broadcast, Issue)


@dataclass(frozen=True, kw_only=True)
class Archive(Shelves):
    """Everything that could be made of the sources, drafts left out, whatever its hour."""

    def at(self, now: datetime) -> Library:
        """What may be published at ``now``, a moment of the newsroom's zone."""
        due = [release for release in self.releases if release.date <= now]
        return self._library(due, [issue for issue in self.issues if issue.date <= now.date()])

    def complete(self) -> Library:
        """What will be published when every hour has come."""
        return self._library(self.releases, self.issues)

    def _library(self, releases: Iterable[Release], issues: Iterable[Issue]) -> Library:
        due = _newest(releases, lambda release: release.date.isoformat())
        published = tuple(release for release in due if release.status == "published")
        return Library(
            releases=published,
            withdrawn=tuple(release for release in due if release.status == "withdrawn"),
            rubrics=self.rubrics,
            tags=self.tags,
            departments=tuple(sorted(self.departments, key=lambda entry: entry.title)),
            events=tuple(sorted(self.events, key=lambda entry: entry.title)),
            broadcasts=_newest(self.broadcasts, lambda broadcast: broadcast.start.isoformat()),
            issues=_newest(issues, lambda issue: issue.date.isoformat()),
            channels=self.channels,
            pages=self.pages,
            by_rubric=_index(published, lambda release: [release.rubric.id]),
            by_tag=_index(published, lambda release: [tag.id for tag in release.tags]),
            by_department=_index(published, lambda release: [release.department.id]),
            by_event=_index(published, lambda release: [event.id for event in release.events]),
            by_id={release.id: release for release in published},
        )


def _newest(entries: Iterable[D], when: Callable[[D], str]) -> tuple[D, ...]:
    return tuple(sorted(entries, key=lambda entry: (when(entry), entry.id), reverse=True))


def _index(
    releases: Iterable[Release], keys: Callable[[Release], Iterable[str]]
) -> dict[str, tuple[Release, ...]]:
    index: dict[str, list[Release]] = defaultdict(list)
    for release in releases:
        for key in keys(release):
            index[key].append(release)
    return {key: tuple(entries) for key, entries in index.items()}
