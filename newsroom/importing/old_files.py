"""Pictures and attachments of an old site, found in a copy of its folder of uploads."""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

_DATA = re.compile(r"data:[\w/+.-]*;base64,(?P<data>.+)", re.DOTALL | re.IGNORECASE)
_LARGEST = 200 * 2**20
"""Bytes of a file that is taken over."""


class OldFiles:
    """Files by the addresses they had; without a ``folder`` there are none but those inside the text."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder.resolve() if folder else None

    def has(self, address: str) -> bool:
        """Whether something is there at this address."""
        try:
            return self._path(address) is not None
        except OSError:
            return False

    def find(self, address: str) -> bytes | None:
        """The bytes that an address stood for.

        Of «/upload/a/1.jpg» is tried upload/a/1.jpg, then a/1.jpg and 1.jpg: the copy
        may have been made of the whole site or of its uploads alone.
        """
        if inside := _DATA.match(address):
            return _decoded(inside["data"])
        try:
            path = self._path(address)
            return path.read_bytes() if path and path.stat().st_size <= _LARGEST else None
        except OSError:  # a name too long for a disk, too
            return None

    def _path(self, address: str) -> Path | None:
        if self._folder is None:
            return None
        try:
            parts = PurePosixPath(unquote(urlsplit(address).path)).parts
        except ValueError:
            return None
        names = [part for part in parts if part not in {"/", "."}]
        if ".." in names or any("\x00" in name or "\\" in name for name in names):
            return None
        for start in range(len(names)):
            for form in ("NFC", "NFD"):  # a Mac writes «й» as two characters
                path = self._folder.joinpath(*(unicodedata.normalize(form, name) for name in names[start:]))
                if path.is_file() and path.resolve().is_relative_to(self._folder):
                    return path
        return None


def name_of(address: str) -> str:
    """The name of the file that an address ends with; "" for one inside the text."""
    if address.startswith("data:"):
        return ""
    try:
        return PurePosixPath(unquote(urlsplit(address).path)).name
    except ValueError:
        return ""


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(re.sub(r"\s", "", unquote(text)), validate=True)
    except (binascii.Error, ValueError):
        return None
