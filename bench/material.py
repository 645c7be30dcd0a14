"""Writes a corpus into content folders, for several programs in one pass; changes single releases there."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from bench.corpus import Corpus, Release
from bench.dialects import Dialect, Source
from bench.pictures import Picture


class Material:
    """A content folder in one dialect."""

    def __init__(self, folder: Path, dialect: Dialect, pictures: Sequence[Picture]) -> None:
        self.folder, self._dialect, self._pictures = folder, dialect, pictures
        self._made: set[str] = set()
        self._shared: set[str] = set()

    def put(self, release: Release) -> None:
        """Write a release; one of the same address is overwritten."""
        for source in self._sources(release):
            if source.path not in self._shared:
                self._write(source)

    def remove(self, release: Release) -> None:
        """Delete the files of a release, but none that others share."""
        for source in self._sources(release):
            if not source.shared:
                (self.folder / source.path).unlink()

    def discard(self, release: Release) -> None:
        """Delete a release if it is there."""
        if any(
            (self.folder / source.path).exists() for source in self._sources(release) if not source.shared
        ):
            self.remove(release)

    def frame(self, used: frozenset[str]) -> None:
        """Write what stands beside the releases; ``used`` are the ids of terms that they have."""
        for source in self._dialect.frame(used):
            self._write(source)

    def _sources(self, release: Release) -> Sequence[Source]:
        picture = None if release.picture is None else self._pictures[release.picture]
        return list(self._dialect.sources(release, picture))

    def _write(self, source: Source) -> None:
        path = self.folder / source.path
        folder = source.path.rpartition("/")[0]
        if folder not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(folder)
        path.write_bytes(source.data)
        if source.shared:
            self._shared.add(source.path)


def write(corpus: Corpus, materials: Sequence[Material]) -> None:
    """All releases of a corpus into all folders; each release is made once and then forgotten."""
    used: set[str] = set()
    for material in materials:
        shutil.rmtree(material.folder, ignore_errors=True)
    for release in corpus:
        used.update((release.rubric.id, release.department.id, *(tag.id for tag in release.tags)))
        for material in materials:
            material.put(release)
    for material in materials:
        material.frame(frozenset(used))
