"""What files a folder has, and by which signs a changed one is known."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

Stamp = tuple[int, int, int]
"""Size in bytes, moment of the last change of the content and of the entry, in nanoseconds."""

UNKNOWN: Stamp = (-1, 0, 0)
"""The stamp of a file whose clock cannot be trusted: it agrees with none."""

_SETTLED = 100_000_000
"""Nanoseconds after which a second change surely shows in a file's clock, which ticks in steps."""


def scan(root: Path, ignored: Iterable[str] = ()) -> dict[str, Stamp]:
    """The stamps of all files under ``root`` by their paths from it, with «/».

    Symbolic links are followed. ``ignored`` are patterns of names (``fnmatch``) of files
    and folders that are not looked at, as Pelican's IGNORE_FILES.
    """
    passed_over = re.compile("|".join(map(fnmatch.translate, ignored)) or r"(?!)")
    return dict(_files(str(root), "", passed_over))


def _files(folder: str, prefix: str, passed_over: re.Pattern[str]) -> Iterator[tuple[str, Stamp]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # a folder that vanished or may not be read has no files
        return
    for entry in entries:
        if passed_over.match(entry.name):
            continue
        if _is_folder(entry):
            yield from _files(entry.path, f"{prefix}{entry.name}/", passed_over)
        elif stamp := stamp_of(entry):
            yield prefix + entry.name, stamp


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def stamp_of(entry: os.DirEntry[str] | Path) -> Stamp | None:
    """The stamp of a file now; None where there is none."""
    try:
        found = entry.stat()
    except OSError:  # a link that leads nowhere
        return None
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def settled(stamp: Stamp, now: int) -> Stamp:
    """The stamp to remember at ``now`` (nanoseconds): UNKNOWN for a file that may change unseen.

    A file written in the same tick of the clock as it was read could be written once more
    without a trace, so what is too fresh is looked into again next time.
    """
    return stamp if max(stamp[1:]) < now - _SETTLED else UNKNOWN


def content_digest(path: Path) -> bytes:
    """SHA-256 of a file's bytes, half of it; b"" for a file that cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").digest()[:16]
    except OSError:
        return b""
