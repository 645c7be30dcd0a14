"""What is sent to the server: the files that changed, with their packed twins, in a folder of their own."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from newsroom.publish.listing import Listing
from newsroom.publish.server import twins


def fill(parcel: Path, output: Path, paths: Iterable[str], listing: Listing, cache: Path) -> list[str]:
    """Put files of the output and their twins into the folder ``parcel``; gives the paths of all, sorted."""
    paths = list(paths)
    packed = [path for path in paths if twins.is_packed(path)]
    twins.pack(((output / path, listing[path]) for path in packed), cache)
    for path in paths:
        _put(output / path, parcel / path)
    found = set(paths)
    for path in packed:
        for ending, file in twins.twins(listing[path], cache).items():
            _put(file, parcel / f"{path}{ending}")
            found.add(f"{path}{ending}")
    return sorted(found)


def _put(source: Path, target: Path) -> None:
    """A link where the two lie on one file system, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        os.link(source, target)
        return
    shutil.copy2(source, target)
