"""Footnotes of a Word document: our Markdown has none, so they stand as a list at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from newsroom.importing.blocks import Block, Heading
from newsroom.importing.html_reading import Desk, parsed
from newsroom.importing.html_to_markdown import read_html
from newsroom.importing.word_before import with_numbers

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_NOTES = 'li[id^="footnote-"], li[id^="endnote-"]'
_MARKS = 'a[id^="footnote-ref-"], a[id^="endnote-ref-"]'
_BACK = 'a[href^="#footnote-ref-"], a[href^="#endnote-ref-"]'


def apart(html: str) -> tuple[str, str]:
    """mammoth's HTML without its footnotes, their marks made small digits; and the list of them.

    Lists begin with the numbers that the document shows.
    """
    soup = parsed(html)
    with_numbers(soup)
    for mark in soup.select(_MARKS):
        mark.replace_with(mark.get_text().strip("[]"))
    for arrow in soup.select(_BACK):
        arrow.decompose()
    notes = "".join(
        str(note.parent.extract()) for note in soup.select(f"{_NOTES}:first-child") if note.parent
    )
    return _inner(soup), notes


def with_notes(blocks: Sequence[Block], notes: str, desk: Desk) -> list[Block]:
    """The blocks of a text and after them its notes."""
    if not notes:
        return list(blocks)
    level = min((block.level for block in blocks if isinstance(block, Heading)), default=2)
    desk.lost("сносок на сайте нет: они стали списком «Примечания» в конце")
    return [*blocks, Heading(level, "Примечания", "Примечания"), *read_html(notes, desk)]


def _inner(soup: BeautifulSoup) -> str:
    return soup.body.decode_contents() if soup.body else ""
