"""Records kept between builds in files that only grow; each is read where it lies, on demand.

A record never changes: a new version is added and the old one is forgotten. So a build
killed while it writes leaves at worst some bytes at the end of a file that nobody
names. Each process adds to a file of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import msgspec

from newsroom.build.fingerprint import of_bytes

_SUFFIX = ".records"
_BINARY = getattr(os, "O_BINARY", 0)
_SPARE = 1 << 20
"""Bytes that may be kept in vain in any case."""


class Place(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where a record lies: in which file, from which byte, how many."""

    segment: str
    offset: int
    size: int


class Kept(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A record that is checked when it is read: where it lies and what stands for its bytes."""

    place: Place
    digest: bytes


class LostRecordError(Exception):
    """A record is not what was written: the program's memory was harmed and must be made anew."""


class Segments:
    """The record files of ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open_files: dict[str, int] = {}
        self._stream: BinaryIO | None = None
        self._old: list[Path] = []
        self._owner = self._writer = os.getpid()

    def add(self, record: bytes) -> Place:
        """Keep a record; it can be read after ``flush``. Raises OSError."""
        if self._stream is None or self._writer != os.getpid():
            self._stream, self._writer = self._open(), os.getpid()
        place = Place(_name_of(self._stream), self._stream.tell(), len(record))
        self._stream.write(record)
        return place

    def keep(self, record: bytes) -> Kept:
        """``add`` for ``recall``. Raises OSError."""
        return Kept(self.add(record), of_bytes(record))

    def recall(self, kept: Kept) -> bytes:
        """The bytes of a record; raises LostRecordError if they are not what was kept."""
        record = self.read(kept.place)
        if of_bytes(record) != kept.digest:
            raise LostRecordError
        return record

    def flush(self) -> None:
        """Let what this process added be read by all."""
        if self._stream is not None and self._writer == os.getpid():
            self._stream.flush()

    def read(self, place: Place) -> bytes:
        """The bytes of a record; fewer of them, or none, where the file has been harmed."""
        try:
            file = self._open_files.get(place.segment)
            if file is None:
                path = self.folder / f"{place.segment}{_SUFFIX}"
                file = self._open_files[place.segment] = os.open(path, os.O_RDONLY | _BINARY)
            return _read_at(file, place)
        except OSError:
            return b""

    def is_wasteful(self, live: int) -> bool:
        """Whether more is kept in vain than in use; ``live`` is the size of all records in use."""
        return sum(path.stat().st_size for path in self._files()) > 2 * live + _SPARE

    def moved(self, places: Iterable[Place]) -> list[Place]:
        """The records at ``places``, and no others, written anew: where each is now. Raises OSError.

        The old ones are there till ``forget_old``, for whoever may still go by the old places.
        """
        old = self._files()
        self.close()
        self._stream, self._writer = self._new_file(), os.getpid()
        new = [self.add(self.read(place)) for place in places]
        self.flush()
        self._old = old
        return new

    def forget_old(self) -> None:
        """Remove what was moved."""
        for path in self._old:
            path.unlink(missing_ok=True)
        self._old = []

    def forget(self) -> None:
        """Remove all records."""
        self.close()
        for path in self._files():
            path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of all files."""
        for file in self._open_files.values():
            os.close(file)
        self._open_files = {}
        if self._stream is not None:
            self._stream.close()
            self._stream = None

    def _open(self) -> BinaryIO:
        """The last file to be added to; to a forked process, which has brothers, one of its own."""
        files = self._files()
        return files[-1].open("ab") if files and os.getpid() == self._owner else self._new_file()

    def _new_file(self) -> BinaryIO:
        self.folder.mkdir(parents=True, exist_ok=True)
        number = max((int(path.stem) for path in self._files() if path.stem.isdigit()), default=0)
        while True:
            number += 1
            with suppress(FileExistsError):
                return (self.folder / f"{number:06}{_SUFFIX}").open("xb")

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{_SUFFIX}")) if self.folder.is_dir() else []


def _name_of(stream: BinaryIO) -> str:
    return stream.name.rpartition(os.sep)[2].removesuffix(_SUFFIX)


def _read_at(file: int, place: Place) -> bytes:
    """A part of a file; forks share its position, so that is left alone where it can be."""
    if hasattr(os, "pread"):
        return os.pread(file, place.size, place.offset)
    os.lseek(file, place.offset, os.SEEK_SET)
    return os.read(file, place.size)
