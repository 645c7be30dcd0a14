"""Editions made by hand, for tests of those who read them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from newsroom.build.edition import FILE_NAME, Edition, Shard, digest, files, index_bytes, shard_path


def edition_of(folder: Path, releases: Iterable[str] = ()) -> Edition:
    """The edition, of a single section, that the files of ``folder`` make up now."""
    paths = {path: digest(folder / path) for path in files(folder)}
    return Edition(shards={"all": Shard(paths=paths, releases=tuple(releases))})


def put(edition: Edition, folder: Path) -> None:
    """Write its lists into ``folder``."""
    sections = {}
    for key, shard in edition.shards.items():
        data = shard.to_bytes()
        sections[key] = hashlib.sha256(data).hexdigest()
        path = folder / shard_path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    index = index_bytes(sections, len(edition.paths), len(edition.releases))
    (folder / FILE_NAME).write_bytes(index)
