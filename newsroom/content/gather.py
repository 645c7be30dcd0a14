"""Sources become an archive; what cannot become anything is set aside with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from newsroom.build.cache import ContentCache
from newsroom.content import assemble, magazine
from newsroom.content.addresses import kind_of
from newsroom.content.archive import Archive
from newsroom.content.reader import Source
from newsroom.content.references import Known
from newsroom.content.types import Department, Event, Rubric, Tag
from newsroom.content.vocabulary import read_rubrics, read_tags
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import Site

T = TypeVar("T")
Term = TypeVar("Term", Rubric, Tag)
Entry = TypeVar("Entry", Department, Event)


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """The archive, what is wrong with the material, and the files of which nothing could be made."""

    archive: Archive
    problems: tuple[Problem, ...]
    unmade: frozenset[str]


def gather(
    sources: Iterable[Source], files: Iterable[str], root: Path, site: Site, cache: ContentCache
) -> Gathered:
    """Make an archive of ``sources``; ``files`` are all content files, of which some could not be read."""
    collect = _Collector(sources, files)
    rubrics = collect.known_terms(lambda: read_rubrics(root))
    tags = collect.known_terms(lambda: read_tags(root))
    departments = collect.known("departments", assemble.department)
    events = collect.known("events", assemble.event)
    names = assemble.Names(
        rubrics=rubrics, tags=tags, departments=departments, events=events, releases=collect.ids("releases")
    )
    archive = Archive(
        rubrics=tuple(rubrics.entries.values()),
        tags=tuple(tags.entries.values()),
        departments=tuple(departments.entries.values()),
        events=tuple(events.entries.values()),
        releases=collect.all("releases", partial(assemble.release, names=names, site=site)),
        broadcasts=collect.all("broadcasts", partial(assemble.broadcast, names=names, site=site)),
        issues=collect.all("issues", partial(magazine.issue, names=names, cache=cache)),
        channels=collect.all("channels", assemble.channel),
        pages=collect.all("pages", assemble.page),
    )
    return Gathered(archive=archive, problems=tuple(collect.problems), unmade=collect.unmade())


class _Collector:
    """Makes things of sources, setting aside those that cannot be made and why."""

    def __init__(self, sources: Iterable[Source], files: Iterable[str]) -> None:
        self.problems: list[Problem] = []
        self._files = list(files)
        self._drafts: set[str] = set()
        self._made: set[str] = set()
        self._by_kind: dict[str, dict[str, Source]] = defaultdict(dict)
        for source in sorted(sources, key=lambda source: source.file):
            if source.header is None:
                self._drafts.add(source.file)
            else:
                self._add(source)

    def _add(self, source: Source) -> None:
        """Two files of one name have one address, whatever folders they lie in."""
        first = self._by_kind[source.kind].setdefault(source.id, source)
        if first is not source:
            message = f"адрес {source.url} уже занят: {first.file}"
            self.problems.append(Problem(source.file, 0, message, "переименуйте один из файлов"))

    def ids(self, kind: str) -> frozenset[str]:
        """Ids of all files of a type, readable or not."""
        return frozenset(PurePosixPath(file).stem for file in self._files if kind_of(file) == kind)

    def unmade(self) -> frozenset[str]:
        """Files that are neither drafts nor made into anything."""
        return frozenset(self._files) - self._drafts - self._made

    def known_terms(self, read: Callable[[], dict[str, Term]]) -> Known[Term]:
        try:
            return Known(read())
        except NewsroomError as error:
            self.problems += error.problems
            return Known({}, whole=False)

    def known(self, kind: str, make: Callable[[Source], Entry]) -> Known[Entry]:
        entries = {entry.id: entry for entry in self.all(kind, make)}
        return Known(entries, whole=entries.keys() == self.ids(kind))

    def all(self, kind: str, make: Callable[[Source], T]) -> tuple[T, ...]:
        made = []
        for source in self._by_kind[kind].values():
            try:
                made.append(make(source))
            except NewsroomError as error:
                self.problems += error.problems
            else:
                self._made.add(source.file)
        return tuple(made)
