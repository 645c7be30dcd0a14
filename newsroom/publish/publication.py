"""What is to lie on a branch, and in what it differs from what lies there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from newsroom.build.edition import FILE_NAME, SIGNATURE_NAME, Edition, shard_path


@dataclass(frozen=True)
class Publication:
    """The files of an edition in ``output``, its own lists, and what a branch of pages has besides.

    ``domain`` is written into CNAME; where it is "", a CNAME of the output is taken, if there is one.
    """

    output: Path
    edition: Edition
    domain: str = ""

    @cached_property
    def lists(self) -> frozenset[str]:
        """Where the edition's own lists stand, and what they are signed with."""
        signature = [SIGNATURE_NAME] if (self.output / SIGNATURE_NAME).is_file() else []
        return frozenset({FILE_NAME, *signature, *map(shard_path, self.edition.shards)})

    @cached_property
    def extras(self) -> Mapping[str, bytes]:
        """The files that are of no edition, as ghp-import writes them."""
        own = self.output / "CNAME"
        domain = self.domain.encode() or (own.read_bytes() if own.is_file() else b"")
        return {".nojekyll": b""} | ({"CNAME": domain} if domain else {})

    @cached_property
    def paths(self) -> frozenset[str]:
        """All files of the branch."""
        return self.lists.union(self.edition.paths, self.extras)

    @property
    def message(self) -> str:
        """What the commit says."""
        return f"Releases: {len(self.edition.releases)}"

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises OSError."""
        extra = self.extras.get(path)
        return (self.output / path).read_bytes() if extra is None else extra

    def mode(self, path: str) -> str:
        """The mode of a file as git writes it."""
        return "100755" if path not in self.extras and os.access(self.output / path, os.X_OK) else "100644"

    def entry(self, path: str) -> str:
        """Mode, kind and git's id of a file («100644 blob 1f7a…»). Raises OSError."""
        data = self.read(path)
        id = hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()
        return f"{self.mode(path)} blob {id}"


@dataclass(frozen=True)
class Difference:
    """The paths to write and those to remove, each sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]

    @classmethod
    def of(cls, now: Publication, before: Mapping[str, str]) -> Difference:
        """How ``now`` differs from ``before``, the listing of a commit that a deploy made.

        Where a list of the edition is the same, so are the files in it; only where it is not are they
        looked into. Raises OSError for a file that the edition names and the output lacks.
        """

        def other(paths: Iterable[str]) -> set[str]:
            return {path for path in paths if before.get(path) != now.entry(path)}

        outer = other(now.lists | now.extras.keys())
        shards = (shard for key, shard in now.edition.shards.items() if shard_path(key) in outer)
        inner = other(path for shard in shards for path in shard.paths)
        written = outer | inner | (now.edition.paths.keys() - before.keys())
        return cls(tuple(sorted(written)), tuple(sorted(before.keys() - now.paths)))

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)
