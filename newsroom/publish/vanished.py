"""Which of the files that did not change may name an address that is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

_TELLING = (
    *(".html", ".xml", ".json", ".css", ".csv", ".ics", ".svg", ".xsl", ".opml", ".webmanifest"),
    *("robots.txt", "security.txt"),
)
"""Endings of the files whose addresses are checked."""


def pages_that_may_name(
    folder: Path, unchanged: Iterable[str], gone: Iterable[str], paths: Collection[str]
) -> list[str]:
    """Those of the ``unchanged`` files in ``folder`` that hold the end of a ``gone`` path, or lie beside it.

    ``paths`` are all that the site has now. The files are searched as plain bytes, several
    hundred megabytes a second, and only if anything is gone. What is found may name something
    else that ends so: it is to be checked. An address relative to another folder («../») is not
    found by that; our pages name none.
    """
    vanished = _vanished(gone, paths)
    if not vanished:
        return []
    ends = list(dict.fromkeys(end for path in vanished for end in _ends(path)))
    beside = {path[: path.rfind("/") + 1] for path in vanished}
    return [
        path
        for path in unchanged
        if path.endswith(_TELLING) and (path[: path.rfind("/") + 1] in beside or _names(folder / path, ends))
    ]


def _vanished(gone: Iterable[str], paths: Collection[str]) -> list[str]:
    """The gone paths; for all those in a folder of which nothing is left, the outermost such folder."""
    gone = list(gone)
    left = {folder for path in paths for folder in _folders(path)} if gone else set()
    return sorted({next((at for at in _folders(path) if at not in left), path) for path in gone})


def _folders(path: str) -> Iterator[str]:
    """The folders that a path stands in, outermost first: «a/», «a/b/» of «a/b/c»."""
    end = path.find("/") + 1
    while end:
        yield path[:end]
        end = path.find("/", end) + 1


def _ends(path: str) -> list[bytes]:
    """The last two names of an address as files write it: as it is, or in percents."""
    address = f"/{path.removesuffix('index.html')}"
    start = address.rstrip("/").rfind("/")
    end = address[address.rfind("/", 0, start) + 1 :] if start else address
    return [end.encode(), quote(end).encode()]


def _names(file: Path, ends: list[bytes]) -> bool:
    try:
        data = file.read_bytes()
    except OSError:
        return False
    return any(end in data for end in ends)
