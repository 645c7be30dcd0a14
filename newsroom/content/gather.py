"""Content files become an archive: what did not change is known already, the rest is read.

What cannot become anything is set aside with the reason.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from newsroom.build.cache import ContentCache
from newsroom.build.fingerprint import of_bytes
from newsroom.build.workers import Tick, processors, share_out
from newsroom.content import records
from newsroom.content.addresses import kind_of
from newsroom.content.archive import Archive
from newsroom.content.catalogue import Entry, refreshed
from newsroom.content.names import Known, Names
from newsroom.content.reading import Reading
from newsroom.content.shelf import LostRecordError
from newsroom.problems import NewsroomError, Problem

WORTH_SHARING = 60
"""Files to read from which on a second process saves more time than it costs."""

VOCABULARY = ("rubrics.yaml", "tags.yaml")


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """The archive, what is wrong with the material, and the files of which nothing could be made.

    ``entries`` is the catalogue to keep; ``drafts`` are (file, address, what it lacks).
    """

    archive: Archive
    entries: list[Entry]
    problems: tuple[Problem, ...]
    unmade: frozenset[str]
    drafts: tuple[tuple[str, str, tuple[Problem, ...]], ...]


def gather(
    reading: Reading,
    files: Sequence[str],
    known: Iterable[Entry],
    cache: ContentCache,
    begin: Callable[[int], Tick] = lambda _: lambda _: None,
) -> Gathered:
    """Make an archive of the content files ``files``; ``known`` is the catalogue of the last build.

    ``begin`` is told how many files must be read, and gives what counts them.
    """
    gathering = _Gathering(reading, _by_kind(files), {entry.file: entry for entry in known}, cache, begin)
    rubrics, tags = (gathering.terms(file) for file in VOCABULARY)
    departments, events = gathering.named("departments"), gathering.named("events")
    ids = gathering.ids("releases")
    names = Names(rubrics=rubrics, tags=tags, departments=departments, events=events, releases=ids)
    gathering.everything("releases", names)
    gathering.strangers()
    archive = Archive(
        names=names,
        releases=tuple(entry for entry in gathering.entries["releases"] if entry.status != "draft"),
        broadcasts=gathering.things("broadcasts", names),
        issues=gathering.things("issues", names),
        channels=gathering.things("channels", names),
        pages=gathering.things("pages", names),
        entries={kind: tuple(entries) for kind, entries in gathering.entries.items()},
    )
    return gathering.result(archive)


@dataclass
class _Gathering:
    reading: Reading
    files: Mapping[str, list[str]]
    known: Mapping[str, Entry]
    cache: ContentCache
    begin: Callable[[int], Tick]
    entries: dict[str, list[Entry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    drafts: list[tuple[str, str, tuple[Problem, ...]]] = field(default_factory=list)

    def terms(self, file: str) -> Known[Any]:
        """A controlled list."""
        entry = self._fresh(file)
        if entry is None:
            from newsroom.content import vocabulary

            read: Any = vocabulary.read_rubrics if file == "rubrics.yaml" else vocabulary.read_tags
            try:
                entry = self.reading.terms(file, read)
            except NewsroomError as error:
                self.problems += error.problems
                return Known({}, whole=False)
            self.reading.segments.flush()
        self.entries[file] = [entry]
        return Known({term.id: term for term in self._opened(entry)})

    def named(self, kind: str) -> Known[Any]:
        """Departments or events, which releases name."""
        things = {thing.id: thing for thing in self.things(kind, None)}
        return Known(things, whole=things.keys() == self.ids(kind))

    def ids(self, kind: str) -> frozenset[str]:
        """Ids of all files of a type, readable or not."""
        names = (file.rpartition("/")[2] for file in self.files.get(kind, ()))
        return frozenset(name.removesuffix(".md") for name in names)

    def things(self, kind: str, names: Names | None) -> tuple[Any, ...]:
        """Everything of a type, opened."""
        self.everything(kind, names)
        return tuple(self._opened(entry) for entry in self.entries[kind])

    def everything(self, kind: str, names: Names | None) -> None:
        """The entries of all files of a type, in the order of the files' names."""
        files = self.files.get(kind, [])
        fresh = {file: entry for file in files if (entry := self._fresh(file))}
        unread = [file for file in files if file not in fresh]
        if names and not names.have_all_of(fresh.values()):
            lost = [file for file, entry in fresh.items() if not names.have_all_of([entry])]
            if names.are_whole:
                unread += lost  # read again, to tell the line
            fresh = {file: entry for file, entry in fresh.items() if file not in set(lost)}
        found = [*fresh.values(), *self._read(unread, kind, names)]
        self.entries[kind] = list(self._single(sorted(found, key=lambda entry: entry.file)))

    def strangers(self) -> None:
        """Files in no folder of ours: reading them tells what is wrong."""
        for file in self.files.get("", ()):
            try:
                self.reading.read(file)
            except NewsroomError as error:
                self.problems += error.problems

    def _fresh(self, file: str) -> Entry | None:
        entry = self.known.get(file)
        if entry is None or entry.place is None:
            return None
        return refreshed(entry, self.reading.stamps, self.reading.root)

    def _read(self, files: Sequence[str], kind: str, names: Names | None) -> list[Entry]:
        if not files:
            return []
        work = partial(_read_files, self.reading, _maker(kind, names, self.reading, self.cache))
        workers = processors() if len(files) >= WORTH_SHARING else 1
        found: list[Entry] = []
        for entries, problems, drafts in share_out(files, work, workers=workers, tick=self.begin(len(files))):
            found += entries
            self.problems += problems
            self.drafts += drafts
        return found

    def _single(self, entries: Iterable[Entry]) -> Iterable[Entry]:
        """Two files of one name have one address, whatever folders they lie in."""
        first: dict[str, Entry] = {}
        for entry in entries:
            other = first.setdefault(entry.id, entry)
            if other is entry:
                yield entry
            else:
                message = f"адрес {entry.url} уже занят: {other.file}"
                self.problems.append(Problem(entry.file, 0, message, "переименуйте один из файлов"))

    def _opened(self, entry: Entry) -> Any:
        assert entry.place
        data = self.reading.segments.read(entry.place)
        if of_bytes(data) != entry.digest:
            raise LostRecordError
        return records.decode(entry.kind, data, self.reading.site.tz)

    def result(self, archive: Archive) -> Gathered:
        entries = [entry for entries in self.entries.values() for entry in entries]
        made = {entry.file for entry in entries}
        return Gathered(
            archive=archive,
            entries=entries,
            problems=tuple(self.problems),
            unmade=frozenset(file for files in self.files.values() for file in files) - made,
            drafts=tuple(sorted(self.drafts)),
        )


def _by_kind(files: Iterable[str]) -> dict[str, list[str]]:
    """Content files by their types, "" for those that lie in none of our folders."""
    found: dict[str, list[str]] = {}
    for file in files:
        found.setdefault(kind_of(file), []).append(file)
    return found


def _maker(kind: str, names: Any, reading: Reading, cache: ContentCache) -> Callable[[Any], Any]:
    """What makes a thing of a type of its Source."""
    from newsroom.content import assemble, magazine

    makers: dict[str, Callable[[Any], Any]] = {
        "departments": assemble.department,
        "events": assemble.event,
        "releases": partial(assemble.release, names=names, site=reading.site),
        "broadcasts": partial(assemble.broadcast, names=names, site=reading.site),
        "issues": partial(magazine.issue, names=names, cache=cache),
        "channels": assemble.channel,
        "pages": assemble.page,
    }
    return makers[kind]


def _read_files(
    reading: Reading, make: Callable[[Any], Any], files: Sequence[str], tick: Tick
) -> tuple[list[Entry], list[Problem], list[tuple[str, str, tuple[Problem, ...]]]]:
    """Entries, problems and drafts of files; in a worker, so all of it must be fit to be sent."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    drafts = []
    if len(files) >= WORTH_SHARING:
        gc.enable()  # Markdown's trees go round in circles
    for file in files:
        try:
            entry, remarks = reading.entry(file, make)
        except NewsroomError as error:
            problems += error.problems
            continue
        finally:
            tick(1)
        entries.append(entry)
        if entry.status == "draft":
            drafts.append((file, entry.url, remarks))
    reading.segments.flush()
    return entries, problems, drafts
