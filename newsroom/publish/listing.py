"""What a place holds, path by path with digests: the output, a server, a storage; and how two differ."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from newsroom.build.edition import (
    FILE_NAME,
    SIGNATURE_NAME,
    EditionError,
    parse_sections,
    parse_shard,
    shard_path,
)

Listing = Mapping[str, str]
"""By paths («news/index.html»): SHA-256 in hexadecimal digits. The lists of the edition are among them."""
Fetch = Callable[[str], bytes | None]
"""The bytes of a file of a place, None where it has none of that path. May raise OSError."""


class Change(Struct, frozen=True):
    """The paths to write and those to remove, each sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]

    @classmethod
    def between(cls, before: Listing, now: Listing) -> Change:
        """What makes a place that holds ``before`` hold ``now``."""
        written = sorted(path for path, digest in now.items() if before.get(path) != digest)
        return cls(tuple(written), tuple(sorted(before.keys() - now.keys())))

    def __bool__(self) -> bool:
        return bool(self.written or self.removed)


def of_folder(folder: Path) -> Listing:
    """What is published of a folder with an edition. Raises EditionError where there is none."""
    listing = of_place(lambda path: _read(folder / path))
    if not listing:
        raise EditionError(f"{FILE_NAME}: missing")
    return listing


def of_place(fetch: Fetch, here: Path | None = None) -> Listing:
    """What the edition of a place says that it holds; {} where it has no edition.

    Lists that are the same in the folder ``here`` are not fetched. Raises EditionError where
    the place has an edition that is not whole.
    """
    index = fetch(FILE_NAME)
    if index is None:
        return {}
    found = {FILE_NAME: _digest(index)}
    if (signature := fetch(SIGNATURE_NAME)) is not None:
        found[SIGNATURE_NAME] = _digest(signature)
    for key, digest in parse_sections(index).items():
        data = _read(here / shard_path(key)) if here else None
        if data is None or _digest(data) != digest:
            data = fetch(shard_path(key))
        if data is None:
            raise EditionError(f"{shard_path(key)}: missing")
        found[shard_path(key)] = digest
        found |= parse_shard(data, key, digest).paths
    return found


def _read(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
