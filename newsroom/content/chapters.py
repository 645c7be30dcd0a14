"""The chapters of the catalogue: the releases of each year, and one of everything else.

A chapter whose folders hold what they held is taken over as it lies, unopened: its
outline says enough of it. So what a build costs depends on the years it touches and
not on how many there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import msgspec

from newsroom.build.sealed import seal, unseal
from newsroom.content.addresses import kind_of
from newsroom.content.catalogue import Entry, order
from newsroom.content.outline import Outline, outline

OTHERS = ""
"""The chapter of all that is no release."""

_NAME = "catalogue"
_ENTRIES = msgspec.msgpack.Decoder(list[Entry])


class _Stored(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A chapter as it is written: its lines in one piece, to be taken apart only where they are asked for."""

    name: str
    folders: dict[str, bytes]
    outline: Outline
    size: int
    packed: bytes


class Chapter:
    """Lines of the catalogue: of releases, newest first, of anything else by its file.

    ``folders`` are those its files lie in, with the digests that they have while it stands for
    them; b"" for a folder to be looked into in any case. ``size`` is of its records, in bytes.
    Drafts are in no chapter.
    """

    def __init__(self, name: str, folders: Mapping[str, bytes], outline: Outline, size: int) -> None:
        self.name = name
        self.folders = folders
        self.outline = outline
        self.size = size

    @classmethod
    def of(cls, name: str, entries: Sequence[Entry], folders: Mapping[str, bytes]) -> Chapter:
        """The chapter of these lines, in whatever order they come."""
        lines = [entry for entry in entries if entry.place]
        if name == OTHERS:
            lines.sort(key=lambda entry: entry.file)
        else:
            lines.sort(key=order, reverse=True)
        size = sum(entry.place.size for entry in lines if entry.place)
        chapter = cls(name, folders, outline(lines if name != OTHERS else ()), size)
        chapter.entries = lines
        return chapter

    @classmethod
    def stored(cls, stored: _Stored) -> Chapter:
        chapter = cls(stored.name, stored.folders, stored.outline, stored.size)
        chapter.packed = stored.packed
        return chapter

    @cached_property
    def entries(self) -> list[Entry]:
        """The lines."""
        return _ENTRIES.decode(self.packed)

    @cached_property
    def packed(self) -> bytes:
        """The lines as they are written."""
        return msgspec.msgpack.encode(self.entries)

    def to_store(self) -> _Stored:
        return _Stored(self.name, dict(self.folders), self.outline, self.size, self.packed)


def chapter_of(file: str) -> str:
    """The name of the chapter of a content file: a release's year, which its name begins with."""
    if kind_of(file) != "releases":
        return OTHERS
    return file[file.rindex("/") + 1 :][:4]


def read_catalogue(folder: Path, key: bytes) -> dict[str, Chapter]:
    """The chapters kept in ``folder`` under ``key``, by name; none where there is nothing to be trusted."""
    data = unseal(folder / _NAME, key)
    if data is None:
        return {}
    try:
        stored = msgspec.msgpack.decode(data, type=list[_Stored])
    except msgspec.MsgspecError:
        return {}
    return {each.name: Chapter.stored(each) for each in stored}


def write_catalogue(folder: Path, key: bytes, chapters: Sequence[Chapter]) -> None:
    """Keep chapters in ``folder``. Raises OSError."""
    seal(folder / _NAME, key, msgspec.msgpack.encode([chapter.to_store() for chapter in chapters]))
