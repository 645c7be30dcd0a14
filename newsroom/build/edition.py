"""The edition: what one build published, every path with its digest, every release.

It is written as ``edition.json`` into the root of the output and lists every
other file there, so a deploy, a mirror or a reader can prove what was published.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FILE_NAME = "edition.json"
DRAFT_NAME = f".{FILE_NAME}.new"
"""The edition while it is written."""

FOREIGN_NAMES = frozenset({FILE_NAME, DRAFT_NAME, ".git", ".nojekyll", "CNAME"})
"""Names in the root that are no part of an edition: itself and what a pages branch adds."""

Fault = Literal["missing", "changed", "foreign"]


class EditionError(Exception):
    """There is no edition to read, or the file is not one."""


@dataclass(frozen=True, order=True)
class Discrepancy:
    """A file of the folder that is not as the edition says."""

    path: str
    fault: Fault


@dataclass(frozen=True, kw_only=True)
class Edition:
    """``paths`` maps each path («news/index.html») to its SHA-256 in hexadecimal digits;
    ``releases`` are the ids of the releases published."""

    paths: Mapping[str, str]
    releases: tuple[str, ...] = ()

    @classmethod
    def of(cls, folder: Path, releases: tuple[str, ...] = ()) -> Edition:
        """The edition that the files of ``folder`` make up now."""
        return cls(paths={path: digest(folder / path) for path in files(folder)}, releases=releases)

    @classmethod
    def read(cls, folder: Path) -> Edition:
        """The edition written in ``folder``; raises EditionError if there is none."""
        try:
            data = json.loads((folder / FILE_NAME).read_bytes())
            return cls(paths=dict(data["paths"]), releases=tuple(data["releases"]))
        except OSError as error:
            raise EditionError(f"{FILE_NAME}: {error.strerror}") from error
        except (ValueError, TypeError, KeyError) as error:
            raise EditionError(f"{FILE_NAME}: {error}") from error

    def to_bytes(self) -> bytes:
        """The file's bytes: sorted, one entry a line, no moment of time in it."""
        data = {"paths": dict(sorted(self.paths.items())), "releases": sorted(self.releases)}
        return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"

    def write(self, folder: Path) -> None:
        """Put ``edition.json`` into ``folder``, whole or not at all."""
        draft = folder / DRAFT_NAME
        draft.write_bytes(self.to_bytes())
        draft.replace(folder / FILE_NAME)

    def verify(self, folder: Path) -> list[Discrepancy]:
        """Every file of ``folder`` that is missing, changed or not of this edition; sorted."""
        present = set(files(folder))
        found = [Discrepancy(path, "foreign") for path in present - self.paths.keys()]
        for path, expected in self.paths.items():
            if path not in present:
                found.append(Discrepancy(path, "missing"))
            elif digest(folder / path) != expected:
                found.append(Discrepancy(path, "changed"))
        return sorted(found)


def files(folder: Path) -> Iterator[str]:
    """Paths of all files an edition of ``folder`` lists, relative, with «/», sorted."""
    paths = (entry.relative_to(folder) for entry in folder.rglob("*") if not entry.is_dir())
    yield from sorted(path.as_posix() for path in paths if path.parts[0] not in FOREIGN_NAMES)


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
