"""Which of the files that did not change may name an address that is gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import quote

_TELLING = (".html", ".xml", ".json", ".css", ".csv", ".ics", ".svg", ".xsl", ".opml", ".webmanifest", ".txt")
"""Endings of the files whose addresses are checked."""


def pages_that_may_name(
    folder: Path, unchanged: Iterable[str], gone: Iterable[str], paths: Collection[str]
) -> list[str]:
    """Those of the ``unchanged`` files in ``folder`` where the end of a ``gone`` path stands, or that lie beside it.

    ``paths`` are all that the site has now. The files are searched as plain bytes, several
    hundred megabytes a second, and only if anything is gone. What is found may name something
    else that ends so: it is to be checked. An address relative to another folder («../») is not
    found by that; our pages name none.
    """
    vanished = _vanished(gone, paths)
    if not vanished:
        return []
    ends = list(dict.fromkeys(end for path in vanished for end in _ends(path)))
    beside = {str(PurePosixPath(path).parent) for path in vanished}
    return [
        path
        for path in unchanged
        if path.endswith(_TELLING)
        and (str(PurePosixPath(path).parent) in beside or _names(folder / path, ends))
    ]


def _vanished(gone: Iterable[str], paths: Collection[str]) -> list[str]:
    """The gone paths; for all those in a folder of which nothing is left, the folder, with «/»."""
    gone = list(gone)
    if not gone:
        return []
    left = {str(parent) for path in paths for parent in PurePosixPath(path).parents}
    return sorted({next(_lost_folders(path, left), path) for path in gone})


def _lost_folders(path: str, left: Collection[str]) -> Iterator[str]:
    """The outermost folder of ``path`` of which nothing is left, if there is one."""
    parents = [str(parent) for parent in PurePosixPath(path).parents][::-1]
    yield from (f"{parent}/" for parent in parents if parent not in left)


def _ends(path: str) -> list[bytes]:
    """The last two names of an address as files write it: as it is, or in percents."""
    address = path.removesuffix("index.html")
    names = address.rstrip("/").split("/")[-2:]
    end = "/".join(names) + ("/" if address.endswith("/") else "")
    return [f"/{end}".encode() if len(names) == 1 else end.encode(), quote(end).encode()]


def _names(file: Path, ends: list[bytes]) -> bool:
    try:
        data = file.read_bytes()
    except OSError:
        return False
    return any(end in data for end in ends)
