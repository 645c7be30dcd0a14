"""The lines of a page put together again into paragraphs, as they were before they were printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

_PAGE_NUMBER = re.compile(r"[\s\-–—]*(?:стр(?:аница|\.)?\s*)?\d{1,4}[\s\-–—]*", re.IGNORECASE)
_ITEM = re.compile(r"(?:[-–—•·▪‣]|\d{1,3}(?:\.\d{1,3})*[.)]|[а-яa-z]\))\s+\S", re.IGNORECASE)
"""What begins a paragraph of its own: «1.2. Утвердить», «— за», «а) до»."""
_END = re.compile(r"[.!?…:;][»”\")]*\Z")
_FULL, _WHOLE = 0.8, 0.93
"""Parts of the usual length: from which on a line may go on in the next one, even after a full stop."""
_DENSE = 50
"""Signs of a usual line of a text; lines of fewer are those of a table, a cover, a list."""
_HANGING = re.compile(
    r"(?:,|(?:^|\s)(?:и|а|в|на|с|о|об|к|по|от|до|за|из|для|при|под|над|или|что|№|г\.|ст\.|ул\.))\Z",
    re.IGNORECASE,
)
"""How no sentence ends."""


def paragraphs(page: str) -> list[str]:
    """The paragraphs of a page, each in one line; its number is left out."""
    lines = [" ".join(line.split()) for line in page.split("\n")]
    usual = _usual_length(lines)
    found: list[list[str]] = []
    is_open = False
    for line in _without_number(lines):
        if line and is_open and _goes_on(found[-1][-1], line, usual):
            found[-1].append(line)
        elif line:
            found.append([line])
        is_open = bool(line)
    return [" ".join(lines) for lines in found]


def paragraphs_html(texts: Iterable[str]) -> str:
    """Paragraphs for a page."""
    return "".join(f"<p>{escape(text, quote=False)}</p>\n" for text in texts)


def typed_html(text: str) -> str:
    """A text file: paragraphs are parted by empty lines, the lines within stay."""
    blocks = (block.strip() for block in re.split(r"\n[ \t]*\n", text))
    lines = (
        "<br>\n".join(escape(line.strip(), quote=False) for line in block.split("\n")) for block in blocks
    )
    return "".join(f"<p>{block}</p>\n" for block in lines if block)


def _usual_length(lines: Iterable[str]) -> int:
    """That of a line which reaches the right margin."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _without_number(lines: list[str]) -> Iterator[str]:
    told = [place for place, line in enumerate(lines) if line]
    ends = {told[0], told[-1]} if len(told) > 1 else set()
    for place, line in enumerate(lines):
        if not (place in ends and _PAGE_NUMBER.fullmatch(line)):
            yield line


def _goes_on(before: str, line: str, usual: int) -> bool:
    """Whether a line is of the same paragraph as the one before it."""
    if _ITEM.match(line):
        return False
    if line[0].islower() or _HANGING.search(before):
        return True
    is_end = _END.search(before)
    return usual >= _DENSE and len(before) >= (_WHOLE if is_end else _FULL) * usual
