"""Finished bytes kept between builds: drawn cards, pictures in other sizes, pages of a magazine.

A key already says everything its bytes depend on: digests of the inputs, the
parameters, the version of the recipe. So an entry is never stale, only missing;
the folder may be deleted at any time and costs nothing but the time to fill it.
"""

from __future__ import annotations

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class ContentCache:
    """A folder of finished bytes, each found by its key.

    Beside every entry stands the digest of its bytes; one that does not agree
    (a full disk, a killed build) is made anew. Several processes and threads
    may share the folder: a file appears under its name only when complete.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str, suffix: str, make: Callable[[], bytes]) -> bytes:
        """The bytes kept under ``key``, else what ``make`` gives, which is then kept.

        ``suffix`` is the ending of the file's name («.webp»), for whoever looks
        into the folder. A folder that cannot be written only costs speed.
        """
        place = self._place(key, suffix)
        kept = _read(place)
        if kept is not None:
            return kept
        data = make()
        with suppress(OSError):
            _keep(place, data)
        return data

    def path(self, key: str, suffix: str, make: Callable[[], bytes]) -> Path | None:
        """A file holding the same bytes as ``get``, to be linked or copied and never changed.

        None where the folder cannot be written: then take the bytes from ``get``.
        """
        place = self._place(key, suffix)
        if _read(place) is None:
            try:
                _keep(place, make())
            except OSError:
                return None
        return Path(place)

    def _place(self, key: str, suffix: str) -> str:
        name = hashlib.sha256(key.encode()).hexdigest()
        return f"{self.folder}/{name[:2]}/{name[2:]}{suffix}"


def _seal(place: str) -> str:
    return f"{place}.sha256"


def _read(place: str) -> bytes | None:
    """The bytes of a whole entry; None for one that is missing, cut short or changed."""
    try:
        data, digest = _content(place), _content(_seal(place))
    except OSError:
        return None
    return data if digest == _digest(data) else None


def _content(place: str) -> bytes:
    with open(place, "rb", buffering=0) as stream:
        return stream.readall()


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def _keep(place: str, data: bytes) -> None:
    os.makedirs(os.path.dirname(place), exist_ok=True)
    _write(place, data)
    _write(_seal(place), _digest(data))


def _write(place: str, data: bytes) -> None:
    """Write under a name of this thread's own and rename: a reader sees all or nothing."""
    draft = f"{place}.{os.getpid()}.{threading.get_ident()}.part"
    try:
        with open(draft, "wb") as stream:
            stream.write(data)
        os.replace(draft, place)
    except OSError:
        with suppress(OSError):
            os.unlink(draft)
        raise
