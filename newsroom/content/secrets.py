"""What must not be seen yet, or any more: drafts, what waits for its hour, what was withdrawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from msgspec import Struct

from newsroom.build.fingerprint import fingerprint
from newsroom.build.pdf import PdfError
from newsroom.build.pictures import PictureError, clean_original, measure
from newsroom.content import front_matter
from newsroom.content.catalogue import Entry, FileState
from newsroom.content.folder import PICTURES
from newsroom.content.phrases import phrases, title_phrases
from newsroom.content.strays import TRANSCRIPT
from newsroom.problems import NewsroomError

Why = Literal["draft", "embargo", "withdrawn"]


class Secret(Struct, frozen=True, kw_only=True):
    """A content file to be kept from readers.

    ``lists`` are addresses of lists that would appear with it, ``aliases`` former addresses that
    are nobody else's; ``id`` is given if nothing public has it. ``more`` are texts of it that no
    text file has: those of a PDF.
    """

    entry: Entry
    why: Why
    lists: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    id: str = ""
    more: tuple[str, ...] = ()

    @property
    def files(self) -> list[FileState]:
        """The pictures and files that it names."""
        return [state for state in self.entry.files if not state.path.endswith((".md", ".yaml"))]

    @property
    def key(self) -> bytes:
        """Tells its needles from those of another state of it."""
        states = [(state.path, state.digest) for state in self.entry.files]
        return fingerprint(self.entry.file, states, self.why, self.lists, self.aliases, self.id, self.more)


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
    header, body = _split(root, secret.entry.file)
    beside = (line for state in secret.entry.files for line in text_beside(root / state.path).splitlines())
    yield from phrases([*body.splitlines(), *secret.more, *beside])
    if secret.why == "withdrawn":  # the notice shows its title and the reason
        return
    yield from phrases(line for value in _texts(header) for line in value.splitlines())
    title = header.get("title")
    if isinstance(title, str):
        yield from title_phrases(title)
        yield from map(quote, title_phrases(title))


def text_beside(path: Path) -> str:
    """The text of a file as it is published: of a PDF, typed for a recording, or its captions."""
    with suppress(OSError, PdfError):
        if path.suffix.lower() == ".pdf":
            from newsroom.build.pdf_text import read_pdf_text
            from newsroom.content.rejoining import paragraphs

            return "\n".join(line for page in read_pdf_text(path).pages for line in paragraphs(page))
        if path.name.endswith((TRANSCRIPT, ".txt", ".vtt")):
            return path.read_text("utf-8", errors="replace")
    return ""


def _addresses(secret: Secret) -> Iterator[str]:
    """Addresses from the root of the site, and how lists of the edition write them."""
    entry = secret.entry
    for address in (*secret.lists, *entry.pictures, *_own(secret)):
        yield from (address, f'"{address[1:]}')
    if secret.why != "withdrawn" and secret.id:
        yield from (f"release/{secret.id}", f'"{secret.id}"')


def _own(secret: Secret) -> Iterator[str]:
    if secret.why != "withdrawn":
        yield secret.entry.url
        yield from secret.aliases


def _marks(path: Path) -> Iterator[str]:
    with suppress(OSError, PictureError):
        if path.suffix.lower() in PICTURES:
            yield f".{measure(path).digest[:8]}."
            yield hashlib.sha256(clean_original(path)).hexdigest()
        else:
            yield hashlib.sha256(path.read_bytes()).hexdigest()


def _split(root: Path, file: str) -> tuple[dict[str, Any], str]:
    """The header and the body of a file; empty where it cannot be read."""
    try:
        matter = front_matter.split(front_matter.read_text(root / file, file), file)
    except NewsroomError:
        return {}, ""
    return matter.header, matter.body


def _texts(value: Any) -> Iterator[str]:
    """All texts in a header."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)
