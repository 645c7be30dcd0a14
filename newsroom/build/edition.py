"""The edition: what one build published, every path with its digest, every release.

``edition.json`` in the root of the output names its sections and their digests; each
section is a file of its own under ``edition/`` that lists paths and digests. So a deploy,
a mirror or a reader can prove what was published, and a new release rewrites a dozen
small lists and not one of a hundred thousand lines.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field

FILE_NAME = "edition.json"
FOLDER_NAME = "edition"
DRAFT_NAME = f".{FILE_NAME}.new"
"""The edition while its files enter the output; whoever finds it there finds an unfinished work."""

SIGNATURE_NAME = f"{FILE_NAME}.sig"
"""What a deploy signs the edition with (``publish.signature``): the key is not the build's to know."""

FOREIGN_NAMES = frozenset({FILE_NAME, FOLDER_NAME, DRAFT_NAME, SIGNATURE_NAME, ".git", ".nojekyll", "CNAME"})
"""Names in the root that are no part of an edition: its own lists and what a deploy adds."""

Fault = Literal["missing", "changed", "foreign"]


class EditionError(Exception):
    """There is no edition to read, or the file is not one."""


class Discrepancy(Struct, frozen=True, order=True):
    """A file of the folder that is not as the edition says."""

    path: str
    fault: Fault


class Shard(Struct, frozen=True, kw_only=True):
    """The part of an edition that one section is.

    ``paths`` maps each path («news/index.html») to its SHA-256 in hexadecimal digits;
    ``releases`` are the ids of the releases whose pages stand in it.
    """

    paths: Mapping[str, str]
    releases: tuple[str, ...] = ()

    def to_bytes(self) -> bytes:
        """The file's bytes: sorted, one entry a line, no moment of time in it."""
        return _lines({"paths": dict(sorted(self.paths.items())), "releases": sorted(self.releases)})


class Edition(Struct, frozen=True, kw_only=True, dict=True):
    """All of it: the shards by the keys of their sections."""

    shards: Mapping[str, Shard] = field(default_factory=dict)

    @cached_property
    def paths(self) -> Mapping[str, str]:
        """Every path with its digest, the lists of the edition themselves left out."""
        return {path: value for shard in self.shards.values() for path, value in shard.paths.items()}

    @property
    def releases(self) -> tuple[str, ...]:
        """The ids of all releases, sorted."""
        return tuple(sorted(id for shard in self.shards.values() for id in shard.releases))

    @classmethod
    def read(cls, folder: Path) -> Edition:
        """The edition written in ``folder``; raises EditionError if there is none or it is not whole."""
        listed = read_sections(folder)
        return cls(shards={key: _read_shard(folder, key, digest) for key, digest in listed.items()})

    def verify(self, folder: Path) -> list[Discrepancy]:
        """Every file of ``folder`` that is missing, changed or not of this edition; sorted."""
        present = set(files(folder))
        lists = {f"{FOLDER_NAME}/{path}" for path in walk(folder / FOLDER_NAME)}
        strange = (present - self.paths.keys()) | (lists - {shard_path(key) for key in self.shards})
        found = [Discrepancy(path, "foreign") for path in strange]
        for path, expected in self.paths.items():
            if path not in present:
                found.append(Discrepancy(path, "missing"))
            elif digest(folder / path) != expected:
                found.append(Discrepancy(path, "changed"))
        return sorted(found)


def shard_path(key: str) -> str:
    """Where the list of a section stands in the output."""
    return f"{FOLDER_NAME}/{key}.json"


def index_bytes(
    sections: Mapping[str, str], count: int, releases: int, *, rehearsal: bool = False, commit: str = ""
) -> bytes:
    """``edition.json``: the digests of the shards by their keys, how many files and releases there are.

    ``rehearsal`` marks the site of another hour, which nobody may publish. ``commit`` is what it is made of,
    "" outside git.
    """
    mark: dict[str, object] = {"rehearsal": True} if rehearsal else {}
    mark |= {"commit": commit} if commit else {}
    return _lines({"files": count, "releases": releases, **mark, "sections": dict(sorted(sections.items()))})


def is_rehearsal(folder: Path) -> bool:
    """Whether the edition in ``folder`` is of another hour; raises EditionError if there is none."""
    found = _parsed(_read(folder, FILE_NAME), FILE_NAME)
    return isinstance(found, dict) and bool(found.get("rehearsal"))


def with_other_shards(folder: Path, shards: Mapping[str, str], more: int) -> bytes:
    """``edition.json`` of ``folder`` with other digests of some shards, which have so many ``more`` files.

    Raises EditionError.
    """
    found = _parsed(_read(folder, FILE_NAME), FILE_NAME)
    sections = read_sections(folder) | dict(shards)
    return index_bytes(
        sections,
        found["files"] + more,
        found["releases"],
        rehearsal=is_rehearsal(folder),
        commit=str(found.get("commit", "")),
    )


def read_shard(folder: Path, key: str) -> Shard:
    """The part of the edition in ``folder`` that one section is; raises EditionError if there is none."""
    expected = read_sections(folder).get(key)
    if expected is None:
        raise EditionError(f"{shard_path(key)}: no such section")
    return _read_shard(folder, key, expected)


def read_sections(folder: Path) -> dict[str, str]:
    """The digests of the shards by their keys; raises EditionError if there is no edition."""
    return parse_sections(_read(folder, FILE_NAME))


def parse_sections(data: bytes) -> dict[str, str]:
    """The digests of the shards by their keys, of the bytes of ``edition.json``; raises EditionError."""
    found = _parsed(data, FILE_NAME)
    try:
        return {str(key): str(value) for key, value in found["sections"].items()}
    except (AttributeError, TypeError, KeyError) as error:
        raise EditionError(f"{FILE_NAME}: {error}") from error


def files(folder: Path) -> Iterator[str]:
    """Paths of all files an edition of ``folder`` lists, relative, with «/», sorted."""
    yield from sorted(path for path in walk(folder) if path.split("/", 1)[0] not in FOREIGN_NAMES)


def walk(folder: Path) -> Iterator[str]:
    """Paths of all files in ``folder``, relative, with «/»; links to folders are not followed."""
    start = len(str(folder)) + 1
    for inside, _, names in os.walk(folder):
        prefix = f"{inside[start:]}/".replace(os.sep, "/").lstrip("/")
        yield from (prefix + name for name in names)


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read_shard(folder: Path, key: str, expected: str) -> Shard:
    return parse_shard(_read(folder, shard_path(key)), key, expected)


def parse_shard(data: bytes, key: str, expected: str) -> Shard:
    """A shard of its bytes, whose digest must be as ``expected``; raises EditionError."""
    name = shard_path(key)
    if hashlib.sha256(data).hexdigest() != expected:
        raise EditionError(f"{name}: changed")
    found = _parsed(data, name)
    try:
        return Shard(paths=dict(found["paths"]), releases=tuple(found["releases"]))
    except (ValueError, TypeError, KeyError) as error:
        raise EditionError(f"{name}: {error}") from error


def _lines(data: Mapping[str, Any]) -> bytes:
    """JSON with an entry a line, so that a changed entry is a changed line."""
    text = json.dumps(data, ensure_ascii=False, separators=(",\n", ": "))
    return text.encode() + b"\n"


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise EditionError(f"{name}: {error.strerror}") from error


def _parsed(data: bytes, name: str) -> Any:
    try:
        return json.loads(data)
    except ValueError as error:
        raise EditionError(f"{name}: {error}") from error
