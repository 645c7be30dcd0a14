"""What files a folder has, and by which signs a changed one is known."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from newsroom.build.fingerprint import fingerprint
from newsroom.problems import NewsroomError, Problem

Stamp = tuple[int, int, int]
"""Size in bytes, moment of the last change of the content and of the entry, in nanoseconds."""

UNKNOWN: Stamp = (-1, 0, 0)
"""The stamp of a file whose clock cannot be trusted: it agrees with none."""

ABSENT: Stamp = (-2, 0, 0)
"""The stamp of a file that was looked for and is not there."""

_ALLOW = "дайте права на чтение или проверьте диск"

_PIECE = 1 << 16
"""Bytes read at once."""

DIGEST_SIZE = 16
"""Bytes of the digest of a content."""

_SETTLED = 100_000_000
"""Nanoseconds after which a second change surely shows in a file's clock, which ticks in steps."""


class Scan(Mapping[str, Stamp]):
    """The stamps of all files of a folder by their paths from it, with «/».

    ``folders`` has the same by folders («releases/2024/05», "" for the root), name by name.
    """

    def __init__(self, folders: Mapping[str, Mapping[str, Stamp]]) -> None:
        self.folders = folders

    def __getitem__(self, path: str) -> Stamp:
        folder, _, name = path.rpartition("/")
        return self.folders[folder][name]

    def __iter__(self) -> Iterator[str]:
        for folder in self.folders:
            yield from self.within(folder)

    def __len__(self) -> int:
        return sum(map(len, self.folders.values()))

    def within(self, folder: str) -> Iterator[str]:
        """The paths of the files that lie right in a folder."""
        prefix = f"{folder}/" if folder else ""
        return (prefix + name for name in self.folders.get(folder, ()))

    @cached_property
    def digests(self) -> dict[str, bytes]:
        """By folder, what stands for the names and stamps of the files right in it."""
        return {folder: fingerprint(files) for folder, files in self.folders.items()}


def scan(root: Path, ignored: Iterable[str] = ()) -> Scan:
    """Look at all files under ``root``.

    Symbolic links are followed. ``ignored`` are patterns of names (``fnmatch``) of files
    and folders that are not looked at, as Pelican's IGNORE_FILES. Raises NewsroomError for what is
    there and cannot be looked at: without it releases would leave the site in silence.
    """
    passed_over = re.compile("|".join(map(fnmatch.translate, ignored)) or r"(?!)")
    folders, ahead, problems = {}, [""], []
    while ahead:
        folder = ahead.pop()
        prefix = f"{folder}/" if folder else ""
        try:
            files, inside, faults = _look(f"{root}/{folder}", passed_over)
        except (FileNotFoundError, NotADirectoryError):  # it vanished meanwhile
            continue
        except OSError as error:
            problems.append(
                Problem(folder or str(root), 0, f"папка не открывается: {error.strerror}", _ALLOW)
            )
            continue
        problems += [Problem(prefix + name, 0, message, remedy) for name, message, remedy in faults]
        ahead += [prefix + name for name in inside]
        if files:
            folders[folder] = files
    if problems:
        raise NewsroomError(problems)
    return Scan(folders)


def _look(
    folder: str, passed_over: re.Pattern[str]
) -> tuple[dict[str, Stamp], list[str], list[tuple[str, str, str]]]:
    """The files right in a folder with their stamps, the folders in it, and what is wrong; raises OSError."""
    files: dict[str, Stamp] = {}
    folders, faults = [], []
    with _opened(folder) as place, os.scandir(place) as entries:
        for entry in entries:
            if passed_over.match(entry.name):
                continue
            if not entry.name.isascii() and (shown := _in_unicode(entry.name)) != entry.name:
                faults.append((shown, "имя файла не в UTF-8", "переименуйте его"))
                continue
            try:
                if entry.is_dir():
                    folders.append(entry.name)
                else:
                    files[entry.name] = _stamp(entry.stat())
            except OSError as error:
                if entry.is_symlink():
                    faults.append((entry.name, "ссылка никуда не ведёт", "уберите её или верните файл"))
                elif not isinstance(error, FileNotFoundError):  # it vanished meanwhile
                    faults.append((entry.name, f"файл не открывается: {error.strerror}", _ALLOW))
    return files, folders, faults


def _in_unicode(name: str) -> str:
    """A name as it can be printed: what is not UTF-8 in it becomes «�»."""
    return os.fsencode(name).decode("utf-8", "replace")


@contextmanager
def _opened(folder: str) -> Iterator[str | int]:
    """A folder to look through, from within where the system can: that spares each file its path."""
    if os.scandir not in os.supports_fd:
        yield folder
        return
    place = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield place
    finally:
        os.close(place)


def stamp_of(path: Path | str) -> Stamp | None:
    """The stamp of a file now; None where there is none."""
    try:
        return _stamp(os.stat(path))
    except OSError:
        return None


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def settled(stamp: Stamp, now: int) -> Stamp:
    """The stamp to remember at ``now`` (nanoseconds): UNKNOWN for a file that may change unseen.

    A file written in the same tick of the clock as it was read could be written once more
    without a trace, so what is too fresh is looked into again next time.
    """
    return stamp if max(stamp[1:]) < now - _SETTLED else UNKNOWN


def content_digest(path: Path | str) -> bytes:
    """``digest_of`` a file's bytes; b"" for a file that cannot be read."""
    try:
        with open(path, "rb", buffering=0) as stream:  # hashlib.file_digest takes a quarter of a megabyte
            digest = hashlib.sha256()
            while piece := stream.read(_PIECE):
                digest.update(piece)
            return digest.digest()[:DIGEST_SIZE]
    except OSError:
        return b""


def digest_of(content: bytes) -> bytes:
    """The first half of SHA-256."""
    return hashlib.sha256(content).digest()[:DIGEST_SIZE]
