"""PDF files of the magazine: facts, drawn pages, their text.

Knows paths and bytes only. PDFium does the work; it is not safe for threads, so
pages are drawn one after another (or in several processes).
"""

from __future__ import annotations

import hashlib
import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from newsroom.build.cache import ContentCache

PAGE_WIDTH = 1600
"""Pixels of a drawn page to leaf through."""

RECIPE = 1
"""Raise when drawn pages of the same file come out other than before."""


class PdfError(Exception):
    """The file cannot be published as a PDF; the message is for the editor, in Russian."""


class PdfFacts(Struct, frozen=True, kw_only=True):
    """``pages`` counts them, ``size`` is in bytes, ``digest`` is SHA-256 of the file."""

    pages: int
    size: int
    digest: str


def facts(path: Path) -> PdfFacts:
    """What is known of a PDF without drawing it; raises PdfError."""
    with opened(path) as document:
        pages = len(document)
    data = path.read_bytes()
    return PdfFacts(pages=pages, size=len(data), digest=hashlib.sha256(data).hexdigest())


def render_page(path: Path, index: int, width: int) -> bytes:
    """Page ``index`` (from 0) drawn ``width`` pixels wide, on white, as a PNG to make derivatives of.

    Raises PdfError for a file or a page that cannot be drawn.
    """
    with _page(path, index) as page:
        scale = width / page.get_width()
        drawn = page.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")
    if drawn.width != width:  # PDFium rounds up
        drawn = drawn.crop((0, 0, width, drawn.height))
    target = io.BytesIO()
    drawn.save(target, "PNG", compress_level=6)
    return target.getvalue()


def page_text(path: Path, index: int) -> str:
    """Text of page ``index`` (from 0), a line for each line of the page.

    Words divided at the end of a line are put together again. Raises PdfError.
    """
    with _page(path, index) as page:
        textpage = page.get_textpage()
        try:
            return readable(textpage.get_text_bounded())
        finally:
            textpage.close()


def drawn_page(path: Path, index: int, cache: ContentCache) -> Path | None:
    """A picture of a page, ``index`` from 0, kept in the cache; None where that cannot be written."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return cache.path(
        render_key(digest, index, PAGE_WIDTH), ".png", lambda: render_page(path, index, PAGE_WIDTH)
    )


def render_key(digest: str, index: int, width: int) -> str:
    """Name of a drawn page in a cache; other versions of its makers give another name."""
    import PIL
    import pypdfium2

    return f"pdf {RECIPE} {pypdfium2.PDFIUM_INFO} {PIL.__version__} {digest} {index} {width}"


_LINE_END = "\x02\ufffe"  # what PDFium gives for a hyphen it takes for a division, without the line break
_DIVIDED = re.compile(f"(?<=[а-яёa-z])(?:-\n|\xad\n?|[{_LINE_END}]\n?)(?=[а-яёa-z])")
_COMPOUND = re.compile(f"-?[{_LINE_END}]")
_INVISIBLE = re.compile("[\xad\ufeff\x00-\x08\x0b-\x1f]")


def readable(text: str) -> str:
    """What PDFium gives, without invisible signs and with divided words put together."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    joined = _DIVIDED.sub("", "\n".join(line.rstrip() for line in lines))
    clean = _INVISIBLE.sub("", _COMPOUND.sub("-", joined))
    return re.sub("\n{3,}", "\n\n", clean).strip("\n")


@contextmanager
def opened(file: Path | bytes) -> Iterator[Any]:
    """The document, closed at the end; raises PdfError."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(file)
    except OSError as error:
        raise PdfError("файл PDF не читается") from error
    except pypdfium2.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            raise PdfError("файл PDF закрыт паролем") from error
        raise PdfError("файл PDF испорчен или это не PDF") from error
    try:
        yield document
    except pypdfium2.PdfiumError as error:
        raise PdfError("страница файла PDF испорчена") from error
    finally:
        document.close()


@contextmanager
def _page(path: Path, index: int) -> Iterator[Any]:
    with opened(path) as document:
        if not 0 <= index < len(document):
            raise PdfError(f"в файле PDF нет страницы {index + 1}: в нём их {len(document)}")
        page = document[index]
        try:
            yield page
        finally:
            page.close()
