"""Everything that may be published at this hour, gathered from the sources read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import TypeVar

from newsroom.build.cache import ContentCache
from newsroom.content import assemble, magazine
from newsroom.content.reader import Source
from newsroom.content.references import Known
from newsroom.content.types import Broadcast, Department, Event, Issue, Library, Release, Rubric, Tag
from newsroom.content.vocabulary import read_rubrics, read_tags
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import Site

T = TypeVar("T")
Term = TypeVar("Term", Rubric, Tag)
Entry = TypeVar("Entry", Department, Event)


def gather(
    sources: Iterable[Source], files: Iterable[str], root: Path, site: Site, cache: ContentCache
) -> tuple[Library, list[Problem]]:
    """The library made of ``sources``, and what is wrong with them.

    ``files`` are the paths of all content files, of which some could not be read.
    Drafts and what is dated after ``site.now`` are left out of every list.
    """
    collect = _Collector(sources, files)
    rubrics = collect.known_terms(lambda: read_rubrics(root))
    tags = collect.known_terms(lambda: read_tags(root))
    departments = collect.known("departments", assemble.department)
    events = collect.known("events", assemble.event)
    names = assemble.Names(
        rubrics=rubrics, tags=tags, departments=departments, events=events, releases=collect.ids("releases")
    )
    due = _due(collect.all("releases", lambda source: assemble.release(source, names, site)), site)
    published = tuple(release for release in due if release.status == "published")
    broadcasts = collect.all("broadcasts", lambda source: assemble.broadcast(source, names, site))
    library = Library(
        releases=published,
        withdrawn=tuple(release for release in due if release.status == "withdrawn"),
        rubrics=tuple(rubrics.entries.values()),
        tags=tuple(tags.entries.values()),
        departments=tuple(sorted(departments.entries.values(), key=lambda entry: entry.title)),
        events=tuple(sorted(events.entries.values(), key=lambda entry: entry.title)),
        broadcasts=_newest(broadcasts, lambda broadcast: broadcast.start.isoformat()),
        issues=_newest(_issues(collect, names, cache), lambda issue: issue.date.isoformat()),
        channels=tuple(collect.all("channels", assemble.channel)),
        pages=tuple(collect.all("pages", assemble.page)),
        by_rubric=_index(published, lambda release: [release.rubric.id]),
        by_tag=_index(published, lambda release: [tag.id for tag in release.tags]),
        by_department=_index(published, lambda release: [release.department.id]),
        by_event=_index(published, lambda release: [event.id for event in release.events]),
        by_id={release.id: release for release in published},
    )
    return library, collect.problems


class _Collector:
    """Makes things of sources, setting aside those that cannot be made and why."""

    def __init__(self, sources: Iterable[Source], files: Iterable[str]) -> None:
        self.problems: list[Problem] = []
        self._files = [PurePosixPath(file) for file in files]
        self._by_kind: dict[str, list[Source]] = defaultdict(list)
        for source in sorted(sources, key=lambda source: source.file):
            self._by_kind[source.kind].append(source)

    def ids(self, kind: str) -> frozenset[str]:
        """Ids of all files of a type, readable or not."""
        return frozenset(file.stem for file in self._files if file.parts[0] == kind)

    def known_terms(self, read: Callable[[], dict[str, Term]]) -> Known[Term]:
        terms = self.try_to(read)
        return Known(terms or {}, whole=terms is not None)

    def known(self, kind: str, make: Callable[[Source], Entry]) -> Known[Entry]:
        entries = {entry.id: entry for entry in self.all(kind, make)}
        return Known(entries, whole=entries.keys() == self.ids(kind))

    def all(self, kind: str, make: Callable[[Source], T]) -> list[T]:
        sources = [source for source in self._by_kind[kind] if source.header is not None]
        made = (self.try_to(lambda source=source: make(source)) for source in sources)  # type: ignore[misc]
        return [entry for entry in made if entry is not None]

    def try_to(self, make: Callable[[], T]) -> T | None:
        try:
            return make()
        except NewsroomError as error:
            self.problems += error.problems
            return None


def _issues(collect: _Collector, names: assemble.Names, cache: ContentCache) -> list[Issue]:
    return collect.all("issues", lambda source: magazine.issue(source, names, cache))


def _due(releases: Iterable[Release], site: Site) -> list[Release]:
    """Releases whose hour has come, newest first."""
    due = [release for release in releases if release.date <= site.now]
    return sorted(due, key=lambda release: (release.date, release.id), reverse=True)


D = TypeVar("D", Broadcast, Issue)


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
