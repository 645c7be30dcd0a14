"""Content files become an archive: what did not change is known already, the rest is read.

What cannot become anything is set aside with the reason.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import Struct, field

from newsroom.build.cache import ContentCache
from newsroom.build.fingerprint import of_bytes
from newsroom.build.segments import LostRecordError
from newsroom.build.workers import Tick, processors, share_out
from newsroom.content import records
from newsroom.content.archive import Archive
from newsroom.content.catalogue import Entry, refreshed
from newsroom.content.chapters import OTHERS, Chapter, chapter_of
from newsroom.content.names import Known, Names
from newsroom.content.notices import FILE as EMERGENCY
from newsroom.content.places import Places, id_of
from newsroom.content.posts import FOLDER as POSTS
from newsroom.content.posts import month_of, read_posts, strange_names
from newsroom.content.reading import Reading
from newsroom.content.strays import is_material, strays
from newsroom.problems import NewsroomError, Problem

WORTH_SHARING = 60
"""Files to read from which on a second process saves more time than it costs."""

SWEEP = 1000
"""Files to read between two looks for garbage: Markdown leaves five small things for each, no more."""

VOCABULARY = ("rubrics.yaml", "tags.yaml")


class Draft(Struct, frozen=True):
    """A release that is not finished: its line, which is kept nowhere, and what it lacks."""

    entry: Entry
    remarks: tuple[Problem, ...]


class Gathered(Struct, frozen=True, kw_only=True):
    """The archive, what is wrong with the material, and the files of which nothing could be made.

    ``chapters`` is the catalogue to keep.
    """

    archive: Archive
    chapters: list[Chapter]
    problems: tuple[Problem, ...]
    unmade: frozenset[str]
    drafts: tuple[Draft, ...]


def gather(
    reading: Reading,
    known: Mapping[str, Chapter],
    cache: ContentCache,
    begin: Callable[[int], Tick] = lambda _: lambda _: None,
) -> Gathered:
    """Make an archive of the files that ``reading`` knows; ``known`` is the catalogue of the last build.

    ``begin`` is told how many files must be read, and gives what counts them.
    """
    places = Places(reading.stamps, known)
    others = {entry.file: entry for entry in places.lines(OTHERS)}
    gathering = _Gathering(reading, places, cache, begin, others)
    rubrics, tags = (gathering.terms(file) for file in VOCABULARY)
    notices = gathering.terms(EMERGENCY).entries.values() if EMERGENCY in reading.stamps else ()
    departments, events = gathering.named("departments"), gathering.named("events")
    names = Names(
        rubrics=rubrics, tags=tags, departments=departments, events=events, releases=places.release_ids
    )
    years = gathering.years(names)
    gathering.strangers()
    things = {kind: gathering.things(kind, names) for kind in ("broadcasts", "issues", "channels", "pages")}
    gathering.posts(names)
    gathering.problems += strays(places.not_known(), gathering.read_anew(years))
    archive = Archive(names=names, years=years, entries=gathering.lines, notices=tuple(notices), **things)
    return gathering.result(archive)


class _Gathering(Struct):
    reading: Reading
    places: Places
    cache: ContentCache
    begin: Callable[[int], Tick]
    known: Mapping[str, Entry]
    lines: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    """What could be made of everything but releases, by types."""
    problems: list[Problem] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    unmade: set[str] = field(default_factory=set)
    untouched: frozenset[str] = frozenset()
    """The years that are as they were."""
    touched: dict[str, frozenset[str]] = field(default_factory=dict)
    """The ids of all releases of each other one."""

    def terms(self, file: str) -> Known[Any]:
        """A controlled list."""
        entry = self._fresh(file, self.known)
        if entry is None:
            try:
                entry = self.reading.terms(file, _list_reader(file, self.reading))
            except NewsroomError as error:
                self.problems += error.problems
                return Known({}, whole=False)
            self.reading.segments.flush()
        self.lines[file] = (entry,)
        return Known({term.id: term for term in self._opened(entry)})

    def named(self, kind: str) -> Known[Any]:
        """Departments or events, which releases name."""
        things = {thing.id: thing for thing in self.things(kind, None)}
        ids = {id_of(file) for file in self.places.files(kind)}
        return Known(things, whole=things.keys() == ids)

    def things(self, kind: str, names: Names | None) -> tuple[Any, ...]:
        """Everything of a type but releases, opened."""
        files = self.places.files(kind)
        self.lines[kind] = tuple(self._entries(kind, files, self.known, names))
        return tuple(self._opened(entry) for entry in self.lines[kind])

    def read_anew(self, years: Iterable[Chapter]) -> list[Entry] | None:
        """The lines of all files but those of untouched years; None where one could not be made."""
        if self.unmade:
            return None
        found = [draft.entry for draft in self.drafts]
        for lines in (*self.lines.values(), *(year.entries for year in years if not year.kept)):
            found += lines
        return found

    def years(self, names: Names) -> tuple[Chapter, ...]:
        """The releases, year by year, newest first; those of untouched years as they lie."""
        untouched = [chapter for chapter in self.places.untouched() if names.know(chapter.outline.names)]
        self.untouched = frozenset(chapter.name for chapter in untouched)
        touched = self.places.releases_but(self.untouched)
        self.touched = {name: frozenset(map(id_of, some)) for name, some in touched.items()}
        files = [file for some in touched.values() for file in some]
        known = {entry.file: entry for name in touched for entry in self.places.lines(name)}
        found: dict[str, list[Entry]] = {name: [] for name in touched}
        for entry in self._entries("releases", files, known, names):
            found[chapter_of(entry.file)].append(entry)
        anew = (
            Chapter(name, entries, self.places.folders(touched[name], entries))
            for name, entries in found.items()
        )
        return tuple(sorted([*untouched, *anew], key=lambda chapter: chapter.name, reverse=True))

    def posts(self, names: Names) -> None:
        """The files of posts; one that names what is not there makes no line, so that it is told of again."""
        found, channels = [], frozenset(map(id_of, self.places.files("channels")))
        for file in sorted(self.reading.stamps.within(POSTS)):
            if is_material(file):
                continue  # a stranger, told of as such
            entry = self._fresh(file, self.known)
            try:
                if entry is None or not self._has_all_of(entry, channels):
                    entry = self._posts(file, names, channels)
                found.append(entry)
            except NewsroomError as error:
                self.problems += error.problems
        self.reading.segments.flush()
        self.lines[POSTS] = tuple(found)

    def _has_all_of(self, posts: Entry, channels: frozenset[str]) -> bool:
        """Whether all that a file named is still there: of a year that is as it was no release is gone."""
        year = posts.id[:4]
        as_it_was = year in self.untouched or self.touched.get(year, frozenset()).issuperset(posts.releases)
        return as_it_was and channels.issuperset(posts.channels)

    def _posts(self, file: str, names: Names, channels: frozenset[str]) -> Entry:
        month, root = month_of(file), self.reading.root
        posts = read_posts(root, month)
        year = month[:4]
        known = names.releases if year in self.untouched else self.touched.get(year, frozenset())
        if problems := list(strange_names(root, month, posts, known, channels)):
            raise NewsroomError(problems)
        return self.reading.posts(file, posts)

    def strangers(self) -> None:
        """Files in no folder of ours: reading them tells what is wrong."""
        for file in self.places.files(""):
            try:
                self.reading.read(file)
            except NewsroomError as error:
                self.problems += error.problems

    def _entries(
        self, kind: str, files: Sequence[str], known: Mapping[str, Entry], names: Names | None
    ) -> list[Entry]:
        """What can be made of files of a type, in the order of their names."""
        fresh = {file: entry for file in files if (entry := self._fresh(file, known))}
        unread = [file for file in files if file not in fresh]
        if names and not names.have_all_of(fresh.values()):
            lost = [file for file, entry in fresh.items() if not names.have_all_of([entry])]
            if names.are_whole:
                unread += lost  # read again, to tell the line
            fresh = {file: entry for file, entry in fresh.items() if file not in set(lost)}
        found = sorted([*fresh.values(), *self._read(unread, kind, names)], key=lambda entry: entry.file)
        entries = list(self._single(found))
        self.unmade.update(set(files).difference(entry.file for entry in entries))
        return entries

    def _fresh(self, file: str, known: Mapping[str, Entry]) -> Entry | None:
        entry = known.get(file)
        return entry and refreshed(entry, self.reading.stamps, self.reading.root)

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
        return self._compared(found) if kind == "releases" else found

    def _compared(self, entries: list[Entry]) -> list[Entry]:
        """The lines of releases, those with corrections with what tells the changes; without it left out."""
        corrected = [entry for entry in entries if entry.changes and entry.status == "published"]
        if not corrected:
            return entries
        from newsroom.content.comparing import with_versions

        others = [entry for entry in entries if not entry.changes or entry.status != "published"]
        workers = processors() if len(corrected) >= WORTH_SHARING else 1
        try:
            return others + with_versions(corrected, self.reading, workers)
        except NewsroomError as error:
            self.problems += error.problems
            return others

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
        others = Chapter(OTHERS, [entry for entries in self.lines.values() for entry in entries], {})
        return Gathered(
            archive=archive,
            chapters=[others, *archive.years],
            problems=tuple(self.problems),
            unmade=frozenset(self.unmade),
            drafts=tuple(sorted(self.drafts, key=lambda draft: draft.entry.file)),
        )


def _list_reader(file: str, reading: Reading) -> Callable[[Any], dict[str, Any]]:
    """What reads a file that is one list."""
    from newsroom.content import emergency, vocabulary

    readers: dict[str, Callable[[Any], dict[str, Any]]] = {
        "rubrics.yaml": vocabulary.read_rubrics,
        "tags.yaml": vocabulary.read_tags,
        EMERGENCY: partial(emergency.read_notices, zone=reading.site.tz),
    }
    return readers[file]


def _maker(kind: str, names: Any, reading: Reading, cache: ContentCache) -> Callable[[Any], Any]:
    """What makes a thing of a type of its Source."""
    from newsroom.content import assemble, magazine, unfinished

    release = unfinished.release if reading.site.preview else assemble.release
    makers: dict[str, Callable[[Any], Any]] = {
        "departments": assemble.department,
        "events": assemble.event,
        "releases": partial(release, names=names, site=reading.site),
        "broadcasts": partial(assemble.broadcast, names=names, site=reading.site),
        "issues": partial(magazine.issue, names=names, cache=cache),
        "channels": assemble.channel,
        "pages": assemble.page,
    }
    return makers[kind]


def _read_files(
    reading: Reading, make: Callable[[Any], Any], files: Sequence[str], tick: Tick
) -> tuple[list[Entry], list[Problem], list[Draft]]:
    """Entries, problems and drafts of files; in a worker, so all of it must be fit to be sent."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    drafts = []
    for count, file in enumerate(files, 1):
        if count % SWEEP == 0:
            gc.collect()
        try:
            entry, remarks = reading.entry(file, make)
        except NewsroomError as error:
            problems += error.problems
            continue
        finally:
            tick(1)
        entries.append(entry)
        if entry.status == "draft":
            drafts.append(Draft(entry, remarks))
    reading.segments.flush()
    return entries, problems, drafts
