"""What is to lie on a branch, and in what it differs from what lies there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from newsroom.build.edition import FILE_NAME, Edition, shard_path


@dataclass(frozen=True)
class Publication:
    """The files of an edition in ``output``, its own lists, and ``extras`` that the branch needs besides."""

    output: Path
    edition: Edition
    extras: Mapping[str, bytes]

    @cached_property
    def lists(self) -> frozenset[str]:
        """Where the edition's own lists stand."""
        return frozenset({FILE_NAME, *map(shard_path, self.edition.shards)})

    @cached_property
    def paths(self) -> frozenset[str]:
        """All files of the branch."""
        return self.lists.union(self.edition.paths, self.extras)

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError."""
        extra = self.extras.get(path)
        return (self.output / path).read_bytes() if extra is None else extra

    def mode(self, path: str) -> str:
        """The mode of a file as git writes it."""
        return "100755" if path not in self.extras and os.access(self.output / path, os.X_OK) else "100644"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """The paths to write and those to remove, each sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]

    @classmethod
    def of(cls, now: Publication, before: Mapping[str, str]) -> Difference:
        """How ``now`` differs from the ``listing`` of a commit that a deploy made.

        Where a list of the edition is the same, so are the files in it; only where it is not are they
        looked into. Raises OSError for a file that the edition names and the output lacks.
        """
        outer = _other(now, now.lists | now.extras.keys(), before)
        changed = {
            path
            for key, shard in now.edition.shards.items()
            if shard_path(key) in outer
            for path in shard.paths
        }
        inner = _other(now, changed, before) | (now.edition.paths.keys() - before.keys())
        return cls(written=tuple(sorted(outer | inner)), removed=tuple(sorted(before.keys() - now.paths)))

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)


def _other(now: Publication, paths: Iterable[str], before: Mapping[str, str]) -> set[str]:
    """Those of the paths where the branch holds something else or nothing."""
    return {path for path in paths if before.get(path) != _entry(now, path)}


def _entry(now: Publication, path: str) -> str:
    data = now.read(path)
    id = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
    return f"{now.mode(path)} blob {id}"
