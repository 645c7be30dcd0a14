"""ZIP files that are the same bytes each time: nothing packed, nothing of the clock or of the machine.

Stored as they are (method 0 of APPNOTE.TXT 4.4.5), files can be looked through for what must not be seen.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime

_UNIX = 3
"""«Made by» of every entry, else it tells the system (APPNOTE.TXT 4.4.2)."""
_READABLE = 0o100644 << 16
_EPOCH = 1980
"""The first year a ZIP can tell."""
_HEADERS, _END = 30 + 46, 22
"""Bytes of an entry's two headers without its name, and of the end (4.3.7, 4.3.12, 4.3.16)."""


def stored_zip(members: Iterable[tuple[str, bytes]], moment: datetime) -> bytes:
    """The file with these names and contents, in their order, all dated ``moment`` by its own clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            entry = zipfile.ZipInfo(name, _clock(moment))
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, data)
    return buffer.getvalue()


def stored_size(members: Iterable[tuple[str, int]]) -> int:
    """How many bytes the file has whose members have these names, of ASCII, and sizes."""
    return _END + sum(_HEADERS + 2 * len(name) + size for name, size in members)


def members(data: bytes) -> Iterator[bytes]:
    """The contents of the files in a ZIP; raises zipfile.BadZipFile."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield from map(archive.read, archive.infolist())


def _clock(moment: datetime) -> tuple[int, int, int, int, int, int]:
    if moment.year < _EPOCH:
        return _EPOCH, 1, 1, 0, 0, 0
    return moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second
