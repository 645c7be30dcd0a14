"""What the program is: the fingerprint of its own source and of the libraries beside it.

Whatever is kept between builds was made by a certain program; by another one it is made anew.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from newsroom.build.fingerprint import fingerprint


def program(*folders: Path) -> bytes:
    """The fingerprint of the Python files in ``folders``, of Python, and of every installed library."""
    return fingerprint(sys.version_info[:3], _libraries(), [_sources(folder) for folder in folders])


def _sources(folder: Path) -> list[tuple[str, bytes]]:
    return [(path.relative_to(folder).as_posix(), path.read_bytes()) for path in _files(folder)]


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*.py"))


def _libraries() -> list[str]:
    """Names and versions, as the folders of installed libraries tell them."""
    return sorted(set(_distributions(sysconfig.get_path("purelib"))))


def _distributions(folder: str) -> Iterator[str]:
    if os.path.isdir(folder):
        yield from (entry.name for entry in os.scandir(folder) if entry.name.endswith(".dist-info"))
