"""Files enter a folder by renames and leave it without empty folders behind them."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path


def enter(source: Path, target: Path) -> list[str]:
    """Move every file under ``source`` to the same place under ``target``; gives their paths.

    A folder that ``target`` lacks is moved as one. Each file is replaced in one step: who
    reads sees the old one or the new. A folder that stands in the way of a file goes, and a file
    in the way of a folder.
    """
    return _enter(str(source), str(target), "")


def prune(folder: Path, stale: Iterable[str]) -> list[str]:
    """Remove the files ``stale``, given by their paths, and the folders this leaves empty."""
    removed = []
    for path in stale:
        with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            os.unlink(f"{folder}/{path}")
            removed.append(path)
    parents = {parent for path in removed for parent in _parents(path)}
    for parent in sorted(parents, reverse=True):
        with suppress(OSError):  # it is not empty
            os.rmdir(f"{folder}/{parent}")
    return removed


def remove_empty_folders(folder: Path, left_alone: Collection[str]) -> None:
    """Remove what a build left that was killed between a file and the folder it stood in.

    ``left_alone`` are the names of folders, right in ``folder``, that are not ours.
    """
    for entry in list(os.scandir(folder)):
        if entry.is_dir(follow_symlinks=False) and entry.name not in left_alone:
            for inside, _, names in os.walk(entry.path, topdown=False):
                if not names and not os.listdir(inside):
                    os.rmdir(inside)


def _enter(source: str, target: str, prefix: str) -> list[str]:
    moved = []
    for entry in list(os.scandir(source)):
        place = f"{target}/{entry.name}"
        if not entry.is_dir(follow_symlinks=False):
            _replace(entry.path, place)
            moved.append(prefix + entry.name)
            continue
        inside = f"{prefix}{entry.name}/"
        if os.path.lexists(place) and not os.path.isdir(place):
            os.unlink(place)
        if not os.path.isdir(place) and _rename(entry.path, place):
            moved += [inside + path for path in _files(place, "")]
            continue
        os.makedirs(place, exist_ok=True)
        moved += _enter(entry.path, place, inside)
    return moved


def _replace(draft: str, place: str) -> None:
    if os.path.isdir(place) and not os.path.islink(place):
        shutil.rmtree(place)
    if not _rename(draft, place):
        near = os.path.join(os.path.dirname(place), f".{os.path.basename(place)}.new")
        shutil.copyfile(draft, near)
        os.replace(near, place)


def _rename(source: str, target: str) -> bool:
    """False where ``target`` is on a file system of its own, which no rename reaches."""
    try:
        os.replace(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        return False
    return True


def _files(folder: str, prefix: str) -> Iterable[str]:
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name


def _parents(path: str) -> Iterable[str]:
    while path := os.path.dirname(path):
        yield path
