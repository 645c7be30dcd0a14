"""The chapters of the catalogue: the releases of each year, and one of everything else.

A chapter whose folders hold what they held is taken over as it lies, unopened: its
outline says enough of it. So what a build costs depends on the years it touches and
not on how many there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

import msgspec

from newsroom.build.memory import Memory
from newsroom.build.scan import Stamp
from newsroom.build.sealed import seal, unseal
from newsroom.build.segments import Kept, Segments
from newsroom.content.addresses import kind_of
from newsroom.content.catalogue import Entry, order
from newsroom.content.outline import Outline, outline

OTHERS = ""
"""The chapter of all that is no release."""

_NAME = "catalogue"
_ENTRIES = msgspec.msgpack.Decoder(list[Entry])


class _Stored(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A chapter as it is written; ``lines`` are kept in one piece where the records are."""

    name: str
    folders: dict[str, bytes]
    beyond: dict[str, Stamp]
    outline: Outline
    size: int
    lines: Kept


class Chapter:
    """Lines of the catalogue: of releases, newest first, of anything else by its file.

    ``folders`` are those its files lie in, with the digests that they have while it stands for
    them; b"" for a folder to be looked into in any case. ``beyond`` are the stamps of files in
    other folders that its own name: pictures in a folder below, texts that are linked to.
    ``size`` is of its records, in bytes. Drafts are in no chapter.
    """

    kept: Kept | None = None
    """Where its lines lie already."""
    _segments: Segments

    def __init__(self, name: str, entries: Sequence[Entry], folders: Mapping[str, bytes]) -> None:
        self.name = name
        self.folders = folders
        self.entries = self._sorted(entry for entry in entries if entry.place)
        self.beyond = self._named_beyond() if folders else {}
        self.outline = outline(self.entries if name != OTHERS else ())
        self.size = sum(place.size for entry in self.entries for place in entry.places)

    @classmethod
    def stored(cls, stored: _Stored, segments: Segments) -> Chapter:
        """A chapter whose lines stay where they lie till somebody asks for them."""
        chapter = cls.__new__(cls)
        chapter.name, chapter.folders, chapter.beyond = stored.name, stored.folders, stored.beyond
        chapter.outline, chapter.size, chapter.kept = stored.outline, stored.size, stored.lines
        chapter._segments = segments
        return chapter

    @cached_property
    def entries(self) -> list[Entry]:
        """The lines; raises LostRecordError."""
        assert self.kept
        return _ENTRIES.decode(self._segments.recall(self.kept))

    def _named_beyond(self) -> dict[str, Stamp]:
        return {
            state.path: state.stamp
            for entry in self.entries
            for state in entry.files
            if folder_of(state.path) not in self.folders
        }

    def _sorted(self, lines: Iterable[Entry]) -> list[Entry]:
        if self.name == OTHERS:
            return sorted(lines, key=lambda entry: entry.file)
        return sorted(lines, key=order, reverse=True)


def folder_of(file: str) -> str:
    """The folder that a file lies in: «releases/2024/05»."""
    return file.rpartition("/")[0]


def chapter_of(file: str) -> str:
    """The name of the chapter of a content file: a release's year, which its name begins with."""
    if kind_of(file) != "releases":
        return OTHERS
    return file[file.rindex("/") + 1 :][:4]


def read_catalogue(memory: Memory, key: bytes) -> dict[str, Chapter]:
    """The chapters kept under ``key``, by name; none where there is nothing to be trusted."""
    data = unseal(memory.folder / _NAME, key)
    if data is None:
        return {}
    try:
        stored = msgspec.msgpack.decode(data, type=list[_Stored])
    except msgspec.MsgspecError:
        return {}
    return {each.name: Chapter.stored(each, memory.segments) for each in stored}


def write_catalogue(memory: Memory, key: bytes, chapters: Sequence[Chapter]) -> None:
    """Keep chapters; the lines of those that were kept before stay where they are. Raises OSError."""
    stored = [_to_store(chapter, memory.segments) for chapter in chapters]
    memory.segments.flush()
    seal(memory.folder / _NAME, key, msgspec.msgpack.encode(stored))


def _to_store(chapter: Chapter, segments: Segments) -> _Stored:
    lines = chapter.kept or segments.keep(msgspec.msgpack.encode(chapter.entries))
    return _Stored(
        chapter.name, dict(chapter.folders), dict(chapter.beyond), chapter.outline, chapter.size, lines
    )
