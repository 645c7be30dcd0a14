"""What a build remembers, kept on a branch beside the site's, so that any machine can go on from it.

Only data is kept, never a program: catalogue, journal, yearbooks and their records, each file
cut into pieces that are named by their digests. A new release changes some dozens of
them, and only those travel. What is fetched is the memory only if every piece has its digest.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsroom.publish import commit
from newsroom.publish import git as repository
from newsroom.publish.branch import Branch
from newsroom.publish.commit import Written
from newsroom.publish.git import DeployError, Git

_INDEX = "memory.json"
_KEPT = re.compile(r"catalogue|journal|yearbooks|(?:outputs|records)/[0-9]+\.records")
"""Files of the memory that are data; all others stay where they are."""

_JOURNAL = "journal"

_MARK = re.compile(rb"\xa5[\x58-\x5b]")
"""Where a piece ends: within digests about each 16 KB, and at the same bytes after others came before."""

_LARGEST = 1 << 20
"""Bytes that a piece without a mark may have: records only grow, at their end."""


@dataclass(frozen=True)
class _Piece:
    """Part of a file: from which byte, how many, their SHA-256 in hexadecimal digits."""

    file: Path
    start: int
    size: int
    digest: str

    def read(self) -> bytes:
        with self.file.open("rb") as stream:
            stream.seek(self.start)
            return stream.read(self.size)


def branch_of(site: str) -> str:
    """The branch that keeps the memory of the site on another one."""
    return f"{site}-memory"


def refuse_elsewhere(project: Path, remote: str) -> None:
    """Raise DeployError unless the remote is a repository of the project, where the material lies anyway.

    The records hold the releases whose hour has not come.
    """
    outside = repository.at(project)
    if not repository.is_own(outside, repository.address_of(outside, remote)):
        raise DeployError(
            "память сборки хранит и релизы, чей час не настал, поэтому её место — только хранилище "
            "самого проекта: опубликуйте сайт без неё (без --memory)"
        )


def publish(memory: Path, *, remote: str, branch: str, project: Path) -> bool:
    """Keep the folder ``memory`` for the site of ``branch``; False when it is kept already.

    It is the only commit of a branch of its own. Raises DeployError, and OSError where
    the folder cannot be read.
    """
    with tempfile.TemporaryDirectory(prefix="newsroom-memory-") as folder:
        target = Branch.fetch(
            repository.scratch(Path(folder), repository.at(project), remote), branch_of(branch)
        )
        if target.tip and _INDEX not in target.listing:
            raise DeployError(f"на ветке «{target.name}» лежит не память сборки: удалите её")
        files = {name: list(_pieces(memory / name)) for name in _names(memory)}
        pieces = {_path(piece.digest): piece for found in files.values() for piece in found}
        if target.listing.keys() == {_INDEX, *pieces}:
            return False
        written = [
            Written(path, "100644", piece.read())
            for path, piece in pieces.items()
            if path not in target.listing
        ]
        index = {name: [piece.digest for piece in found] for name, found in files.items()}
        written.append(Written(_INDEX, "100644", json.dumps(index, indent=0).encode()))
        removed = sorted(target.listing.keys() - {_INDEX, *pieces})
        commit.onto(target, message="Memory of the build", written=written, removed=removed)
        target.push()
    return True


def restore(git: Git, branch: str, memory: Path) -> bool:
    """Put the memory of the site of ``branch`` into the new folder ``memory``.

    False, and nothing is written, where there is none or a piece of it is not what its name says.
    Raises DeployError when the remote cannot be reached, and OSError.
    """
    kept = Branch.fetch(git, branch_of(branch), "files")
    try:
        index = json.loads(_contents(kept, [_INDEX])[0])
        files = {str(name): b"".join(_unpacked(kept, digests)) for name, digests in index.items()}
    except (KeyError, ValueError, TypeError, AttributeError):
        return False
    if not all(_KEPT.fullmatch(name) for name in files):
        return False
    for name, data in files.items():
        (memory / name).parent.mkdir(parents=True, exist_ok=True)
        (memory / name).write_bytes(data)
    return True


class Journal:
    """The one file of a memory that tells which edition it is of: taken alone, and put back alone."""

    def __init__(self, git: Git, branch: str) -> None:
        """Raises DeployError when the remote cannot be reached."""
        self._kept = Branch.fetch(git, branch_of(branch))
        self._index: dict[str, list[str]] = {}
        if _INDEX in self._kept.listing:
            self._index = json.loads(_contents(self._kept, [_INDEX])[0])

    def restore(self, memory: Path) -> bool:
        """Put it into the folder ``memory``; False where there is none."""
        try:
            data = b"".join(_unpacked(self._kept, self._index[_JOURNAL]))
        except (KeyError, ValueError):
            return False
        memory.mkdir(parents=True, exist_ok=True)
        (memory / _JOURNAL).write_bytes(data)
        return True

    def publish(self, memory: Path) -> None:
        """Keep the one in ``memory`` in its place, if it is another. Raises DeployError and OSError."""
        pieces = list(_pieces(memory / _JOURNAL))
        index = self._index | {_JOURNAL: [piece.digest for piece in pieces]}
        if index == self._index:
            return
        named = {_path(digest) for digests in index.values() for digest in digests}
        new = {_path(piece.digest): piece for piece in pieces}
        written = [
            Written(path, "100644", piece.read())
            for path, piece in new.items()
            if path not in self._kept.listing
        ]
        written.append(Written(_INDEX, "100644", json.dumps(index, indent=0).encode()))
        removed = sorted(self._kept.listing.keys() - {_INDEX, *named})
        commit.onto(self._kept, message="Memory of the build", written=written, removed=removed)
        self._kept.push()


def _names(memory: Path) -> list[str]:
    """The files to be kept; records last, so that a build at this moment only adds what nobody names."""
    paths = (path.relative_to(memory).as_posix() for path in memory.rglob("*") if path.is_file())
    return sorted(path for path in paths if _KEPT.fullmatch(path))


def _pieces(file: Path) -> Iterator[_Piece]:
    data = file.read_bytes()
    start = 0
    for mark in [found.end() for found in _MARK.finditer(data)] + [len(data)]:
        while start < mark:
            end = min(mark, start + _LARGEST)
            yield _Piece(file, start, end - start, hashlib.sha256(data[start:end]).hexdigest())
            start = end


def _path(digest: str) -> str:
    return f"pieces/{digest[:2]}/{digest[2:]}"


def _unpacked(kept: Branch, digests: list[str]) -> Iterator[bytes]:
    """The pieces of those digests; ValueError where one is another, KeyError where one is missing."""
    for digest, data in zip(digests, _contents(kept, [_path(digest) for digest in digests]), strict=True):
        if hashlib.sha256(data).hexdigest() != digest:
            raise ValueError(digest)
        yield data


def _contents(kept: Branch, paths: list[str]) -> list[bytes]:
    """The bytes of files of the branch; KeyError where it has none at a path."""
    found = kept.contents(paths)
    return [found[path] for path in paths]
