"""All material there is, and what of it may be published at a given moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import TypeVar

from msgspec import Struct, field

from newsroom.content.catalogue import Entry
from newsroom.content.chapters import Chapter
from newsroom.content.library import Library
from newsroom.content.names import Names
from newsroom.content.notices import Notice
from newsroom.content.outline import outline
from newsroom.content.posts import FOLDER as POSTS
from newsroom.content.shelf import Shelf
from newsroom.content.types import Broadcast, Channel, Issue, Page
from newsroom.content.years import Year

D = TypeVar("D", Broadcast, Issue)


class Archive(Struct, frozen=True, kw_only=True):
    """Everything that could be made of the content files, drafts left out, whatever its hour.

    ``years`` are the chapters of releases, newest first; ``entries`` the lines of all else by types.
    """

    names: Names
    years: tuple[Chapter, ...] = ()
    broadcasts: tuple[Broadcast, ...] = ()
    issues: tuple[Issue, ...] = ()
    channels: tuple[Channel, ...] = ()
    pages: tuple[Page, ...] = ()
    notices: tuple[Notice, ...] = ()
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)

    def at(self, now: datetime, shelf: Shelf) -> Library:
        """What may be published at ``now``, a moment of the newsroom's zone."""
        years = (_due(chapter, now.timestamp()) for chapter in self.years)
        issues = [issue for issue in self.issues if issue.date <= now.date()]
        notices = [notice for notice in self.notices if notice.effective <= now]
        return self._library(years, issues, notices, shelf)

    def complete(self, shelf: Shelf) -> Library:
        """What will be published when every hour has come."""
        return self._library(map(_whole, self.years), self.issues, self.notices, shelf)

    def waiting(self, now: datetime) -> list[Entry]:
        """The releases that wait for their hour."""
        hour = now.timestamp()
        chapters = (chapter for chapter in self.years if chapter.outline.newest > hour)
        return [entry for chapter in chapters for entry in chapter.entries if entry.moment > hour]

    def has_waiting(self, now: datetime) -> bool:
        """Whether a release or a number waits for its hour."""
        hour = now.timestamp()
        return any(chapter.outline.newest > hour for chapter in self.years) or any(
            issue.date > now.date() for issue in self.issues
        )

    def _library(
        self, years: Iterable[Year], issues: Iterable[Issue], notices: Iterable[Notice], shelf: Shelf
    ) -> Library:
        numbers = _newest(issues, lambda issue: issue.date.isoformat())
        return Library(
            shelf=shelf,
            years=tuple(year for year in years if year.outline.published or year.outline.withdrawn),
            rubrics=tuple(self.names.rubrics.entries.values()),
            tags=tuple(self.names.tags.entries.values()),
            departments=tuple(sorted(self.names.departments.entries.values(), key=lambda entry: entry.title)),
            events=tuple(sorted(self.names.events.entries.values(), key=lambda entry: entry.title)),
            broadcasts=_newest(self.broadcasts, lambda broadcast: broadcast.start.isoformat()),
            issues=numbers,
            channels=self.channels,
            pages=self.pages,
            notices=tuple(notices),
            posts={entry.id: entry for entry in self.entries.get(POSTS, ())},
            entries=tuple(self._others({issue.id for issue in numbers})),
        )

    def _others(self, issues: set[str]) -> Iterator[Entry]:
        for kind in ("events", "broadcasts", "issues", "departments", "channels", "pages"):
            for entry in self.entries.get(kind, ()):
                if kind != "issues" or entry.id in issues:
                    yield entry


def _whole(chapter: Chapter) -> Year:
    return Year(chapter.name, chapter.outline, lambda: chapter.entries)


def _due(chapter: Chapter, hour: float) -> Year:
    """What of a year may be published at ``hour``, in seconds since 1970."""
    if chapter.outline.newest <= hour:
        return _whole(chapter)
    due = [entry for entry in chapter.entries if entry.moment <= hour]
    return Year(chapter.name, outline(due), lambda: due)


def _newest(entries: Iterable[D], when: Callable[[D], str]) -> tuple[D, ...]:
    return tuple(sorted(entries, key=lambda entry: (when(entry), entry.id), reverse=True))
