"""HTML, as Word or an old site gives it, into Markdown as our reader reads it.

Our own, since of 27 ordinary pieces 16 did not survive markdownify and this reader: lists inside lists,
bars in tables, lines that begin with a number (docs/decisions/0018).
"""

from __future__ import annotations

from newsroom.importing import html_blocks, html_links, html_tables, html_words
from newsroom.importing.blocks import Block, with_headings, write
from newsroom.importing.html_reading import Desk, Maker, Reading, parsed
from newsroom.importing.inline import PLAIN

_MAKERS: dict[str, Maker] = {
    **html_words.MAKERS,
    **html_links.MAKERS,
    **html_blocks.MAKERS,
    **html_tables.MAKERS,
}


def read_html(html: str, desk: Desk) -> list[Block]:
    """The blocks of a piece of HTML; bold lines over a text are headings."""
    reading = Reading(desk, _MAKERS)
    reading.inside(parsed(html), PLAIN)
    return with_headings(reading.finished())


def html_to_markdown(html: str, desk: Desk) -> str:
    """Markdown of a piece of HTML; what was not kept is told to ``desk``."""
    return write(read_html(html, desk))
