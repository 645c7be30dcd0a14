"""The address of the old site, from which what an export names by half is made whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from urllib.parse import urlsplit

from newsroom.importing.addresses import full_address
from newsroom.importing.entry import Entry
from newsroom.importing.old_files import OldFiles
from newsroom.problems import NewsroomError, Problem

_REFERENCE = re.compile(r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_WITH_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//|#|$", re.IGNORECASE)


def base_of(given: str, entries: Iterable[Entry], old_files: OldFiles, export: str) -> str:
    """The old site: what an editor has said, else what the first whole address of a page names.

    Raises NewsroomError where it is needed and not told; files that are there need none.
    """
    if given:
        return _whole(given)
    listed = list(entries)
    for entry in listed:
        if entry.address.lower().startswith(("http://", "https://")):
            parts = _site_of(entry.address)
            if parts:
                return parts
    for entry in listed:
        if half := next(_halves(entry, old_files), ""):
            message = f"{entry.place}: в адресе «{half[:100]}» нет имени прежнего сайта"
            raise NewsroomError([Problem(export, 0, message, "добавьте --base https://прежний-сайт")])
    return ""


def _site_of(address: str) -> str:
    """Scheme and host of an address; "" where it cannot be read."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else ""


def _whole(given: str) -> str:
    if not given.lower().startswith(("http://", "https://")) or not _site_of(given):
        message = f"это не адрес сайта: «{given}»"
        raise NewsroomError(
            [Problem("--base", 0, message, "пишите его целиком: --base https://прежний-сайт")]
        )
    return given


def _halves(entry: Entry, old_files: OldFiles) -> Iterator[str]:
    """Addresses of an entry that mean nothing without the site they were on."""
    if entry.address and _is_half(entry.address):
        yield entry.address
    found = (unescape(next(filter(None, match.groups()), "")) for match in _REFERENCE.finditer(entry.body))
    for address in (*filter(None, (entry.image, *entry.files)), *found):
        if _is_half(address) and not old_files.has(address):
            yield address


def _is_half(address: str) -> bool:
    return not _WITH_SCHEME.match(address.strip()) and not full_address(address)
