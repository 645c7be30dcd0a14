"""The text of a PDF, page by page, and what cannot be read of it: knows paths and bytes only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec

from newsroom.build.pdf import PdfError, opened, readable
from newsroom.build.scan import content_digest

if TYPE_CHECKING:
    from pathlib import Path

    from newsroom.build.cache import ContentCache

RECIPE = 1
"""Raise when the text of the same file comes out other than before."""

LARGE = 0.5
"""Part of a page that a picture takes, from which on a page without words is a scanned one."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


class PdfText(msgspec.Struct, frozen=True, array_like=True):
    """The text of each page, a line for each of its lines; ``scanned`` are numbers of pages, from 1, that
    are pictures of a text, or may be. ``language`` is what the file says of itself, "" for nothing."""

    pages: tuple[str, ...]
    scanned: tuple[int, ...] = ()
    language: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether there are words, and no page that looks as if it had some that cannot be read."""
        return self.has_words and not self.scanned

    @property
    def has_words(self) -> bool:
        return any(map(_has_words, self.pages))


def pdf_text(path: Path, digest: str, cache: ContentCache) -> PdfText:
    """The text of the file of this digest; raises PdfError. What was read once is kept."""
    import pypdfium2

    def read() -> bytes:
        text = read_pdf_text(path)
        if content_digest(path).hex() != digest:  # else it would be kept for ever as another file's
            raise PdfError("файл изменился, пока его читали")
        return msgspec.msgpack.encode(text)

    key = f"pdf text {RECIPE} {pypdfium2.PDFIUM_INFO} {digest}"
    return msgspec.msgpack.decode(cache.get(key, ".msgpack", read), type=PdfText)


def read_pdf_text(file: Path | bytes) -> PdfText:
    """The text of a file, or of its bytes; raises PdfError."""
    with opened(file) as document:
        pages, scanned = [], []
        for number, page in enumerate(document, 1):
            pages.append(_text(page))
            if not _has_words(pages[-1]) and _is_covered(page):
                scanned.append(number)
            page.close()
        return PdfText(tuple(pages), tuple(scanned), _language(document))


def _text(page: Any) -> str:
    textpage = page.get_textpage()
    try:
        return readable(textpage.get_text_bounded())
    finally:
        textpage.close()


def _has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2}", text))


def _is_covered(page: Any) -> bool:
    """Whether pictures take a large part of a page."""
    from pypdfium2 import raw

    width, height = page.get_size()
    covered = 0.0
    for each in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = each.get_bounds()
        covered += abs((right - left) * (top - bottom))
    return bool(covered >= LARGE * width * height)


def _language(document: Any) -> str:
    """The language of the catalogue (ISO 32000-1, 14.9.2)."""
    import ctypes

    from pypdfium2 import raw

    length = raw.FPDFCatalog_GetLanguage(document, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFCatalog_GetLanguage(document, ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    told = buffer.raw.decode("utf-16-le", "ignore").rstrip("\0")
    return told if _LANGUAGE.fullmatch(told) else ""
