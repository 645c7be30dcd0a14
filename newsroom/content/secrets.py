"""What must not be seen yet, or any more: drafts, what waits for its hour, what was withdrawn."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from msgspec import Struct

from newsroom.build.fingerprint import fingerprint
from newsroom.build.pictures import PictureError, clean_original, measure
from newsroom.content.catalogue import Entry, FileState
from newsroom.content.folder import PICTURES
from newsroom.content.phrases import phrases, title_phrases

Why = Literal["draft", "embargo", "withdrawn"]

_TELLING_ALIAS = 8
"""Letters of a former address from which on it cannot be a part of many others."""
_HEADER = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^[ \t-]*[\w-]+:[ \t]*['\"]?(.*?)['\"]?[ \t]*$")
_TITLE = re.compile(r"^title:[ \t]*['\"]?(.*?)['\"]?[ \t]*$", re.MULTILINE)


class Secret(Struct, frozen=True, kw_only=True):
    """A content file to be kept from readers.

    ``lists`` are addresses of lists that would appear with it, ``more`` texts of it that no
    text file has: those of a PDF.
    """

    entry: Entry
    why: Why
    lists: tuple[str, ...] = ()
    more: tuple[str, ...] = ()

    @property
    def files(self) -> list[FileState]:
        """The pictures and files that it names."""
        return [state for state in self.entry.files if not state.path.endswith((".md", ".yaml"))]

    @property
    def key(self) -> bytes:
        """Tells its needles from those of another state of it."""
        states = [(state.path, state.digest) for state in self.entry.files]
        return fingerprint(self.entry.file, states, self.why, self.lists, self.more)


class Needles(Struct, frozen=True, array_like=True):
    """What gives a secret away, as bytes. ``marks`` are of its pictures and files, with the digests of
    the contents that they are of: SHA-256, and by what names of derivatives tell the original."""

    phrases: tuple[bytes, ...]
    addresses: tuple[bytes, ...]
    marks: dict[bytes, bytes]


def needles(secret: Secret, root: Path) -> Needles:
    """What gives a secret of the content folder ``root`` away."""
    return Needles(
        phrases=tuple(sorted({phrase.encode() for phrase in _phrases(secret, root)})),
        addresses=tuple(sorted({address.encode() for address in _addresses(secret)})),
        marks={mark.encode(): state.digest for state in secret.files for mark in _marks(root / state.path)},
    )


def _phrases(secret: Secret, root: Path) -> Iterator[str]:
    header, body = _split(root / secret.entry.file)
    yield from phrases([*body.splitlines(), *secret.more])
    if secret.why == "withdrawn":  # the notice shows its title and the reason
        return
    yield from phrases(_values(header))
    if title := _TITLE.search(header):
        yield from title_phrases(title[1])
        yield from map(quote, title_phrases(title[1]))


def _addresses(secret: Secret) -> Iterator[str]:
    entry = secret.entry
    yield from secret.lists
    yield from (url.lstrip("/") for url in entry.pictures)
    if secret.why != "withdrawn":
        yield entry.url.lstrip("/")
        yield from (alias for alias in entry.aliases if len(alias) >= _TELLING_ALIAS)
        if entry.kind == "releases":
            yield entry.id


def _marks(path: Path) -> Iterator[str]:
    with suppress(OSError, PictureError):
        if path.suffix.lower() in PICTURES:
            yield f".{measure(path).digest[:8]}."
            yield hashlib.sha256(clean_original(path)).hexdigest()
        else:
            yield hashlib.sha256(path.read_bytes()).hexdigest()


def _split(path: Path) -> tuple[str, str]:
    """The header and the body of a file as they are typed; empty where it is gone."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, ValueError):
        return "", ""
    header = _HEADER.match(text)
    return (header[1], text[header.end() :]) if header else ("", text)


def _values(header: str) -> Iterator[str]:
    """The values of the fields of a header, comments left out."""
    for line in header.splitlines():
        if not line.lstrip().startswith("#"):
            field = _FIELD.match(line)
            yield field[1] if field else line
