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


def program(*places: Path) -> bytes:
    """The fingerprint of Python, of every installed library, and of files, or of all ``.py`` in folders."""
    return fingerprint(sys.version_info[:3], _libraries(), [_sources(place) for place in places])


def installed_version(name: str) -> str:
    """The version of a library by the name of its folder («pagefind_bin»); "" where it is not installed."""
    found = (folder.removeprefix(f"{name}-") for folder in _libraries() if folder.startswith(f"{name}-"))
    return next(found, "").removesuffix(".dist-info")


def _sources(place: Path) -> list[tuple[str, bytes]]:
    return [(path.relative_to(place).as_posix(), path.read_bytes()) for path in _files(place)]


def _files(place: Path) -> Iterable[Path]:
    return sorted(place.rglob("*.py")) if place.is_dir() else [place]


def _libraries() -> list[str]:
    """Names and versions, as the folders of installed libraries tell them."""
    return sorted(set(_distributions(sysconfig.get_path("purelib"))))


def _distributions(folder: str) -> Iterator[str]:
    if os.path.isdir(folder):
        yield from (entry.name for entry in os.scandir(folder) if entry.name.endswith(".dist-info"))
