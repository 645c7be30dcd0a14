"""Headings, lists, quotations and rules of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsroom.importing.blocks import Block, Heading, Listing, Paragraph, Quotation, Rule, unmarked_end
from newsroom.importing.html_reading import DEEPEST, Maker, Reading
from newsroom.importing.inline import BREAK, Piece, Style, markdown_line, plain_line

if TYPE_CHECKING:
    from bs4 import Tag

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_IN_NO_HEADING = ("blockquote", "ol", "p", "table", "ul", *_HEADINGS)
_LONGEST_NUMBER = 6
"""Digits of the number a list may begin with."""


def _heading(reading: Reading, element: Tag, style: Style) -> None:
    if reading.level or reading.in_line or element.find(_IN_NO_HEADING):
        reading.block_inside(element, style._replace(bold=True))
        return
    reading.end_paragraph()
    pieces = [Piece(" ") if piece == BREAK else piece for piece in reading.line_of(element)]
    pictures = [piece for piece in pieces if piece.kind == "markdown" and piece.text.startswith("![")]
    words = [piece for piece in pieces if piece not in pictures]
    if markdown := unmarked_end(markdown_line(words, emphasis=False)):
        reading.blocks.append(Heading(int(element.name[1]), markdown, plain_line(words)))
    reading.blocks += [Paragraph(piece.text) for piece in pictures]


def _list(reading: Reading, element: Tag, style: Style) -> None:
    if reading.level >= DEEPEST or reading.in_line:
        reading.block_inside(element, style)
        return
    reading.end_paragraph()
    items = tuple(_items(reading, element, style))
    before = reading.blocks[-1] if reading.blocks else None
    start = _first_number(element) if element.name == "ol" else 0
    if items and start and isinstance(before, Listing) and before.start:
        reading.desk.lost("два нумерованных списка стояли подряд и стали одним: проверьте номера")
    reading.blocks += [Listing(start, items)] if items else []


def _items(reading: Reading, element: Tag, style: Style) -> Iterator[tuple[Block, ...]]:
    """The items of a list. What stands between them belongs to the item before."""
    item: tuple[Block, ...] = ()
    for holder in _holders(element):
        blocks = tuple(reading.of(holder, style, in_list=True))
        if holder.name != "li" and item:
            item += blocks
            continue
        if item:
            yield item
        item = blocks
        if item and isinstance(item[0], Listing):  # an item that is nothing but a list
            yield from item[0].items[:-1]
            item = (*item[0].items[-1], *item[1:])
    if item:
        yield item


def _holders(element: Tag) -> Iterator[Tag]:
    """The items of a list, and what else it holds, wrapped."""
    from bs4.element import NavigableString, Tag

    for child in list(element.children):
        if isinstance(child, Tag) and child.name == "li":
            yield child
        elif isinstance(child, Tag) or (type(child) is NavigableString and child.strip()):
            yield child.wrap(Tag(name="div"))


def _first_number(element: Tag) -> int:
    written = str(element.get("start") or "1")
    return int(written) if re.fullmatch(rf"[0-9]{{1,{_LONGEST_NUMBER}}}", written) and int(written) else 1


def _quotation(reading: Reading, element: Tag, style: Style) -> None:
    """What is set off in a list, where quotations are not made, was only indented."""
    if reading.level >= DEEPEST or reading.in_list or reading.in_line:
        reading.block_inside(element, style)
        return
    reading.end_paragraph()
    blocks = tuple(reading.of(element, style))
    reading.blocks += [Quotation(blocks)] if blocks else []


def _rule(reading: Reading, element: Tag, style: Style) -> None:
    """A line between two parts of a text; what only decorates its beginning goes."""
    reading.end_paragraph()
    if (
        reading.blocks
        and not isinstance(reading.blocks[-1], Rule)
        and not reading.level
        and not reading.in_line
    ):
        reading.blocks.append(Rule())
    reading.inside(element, style)


MAKERS: dict[str, Maker] = {
    "blockquote": _quotation,
    "dir": _list,
    "hr": _rule,
    "menu": _list,
    "ol": _list,
    "ul": _list,
    **dict.fromkeys(_HEADINGS, _heading),
}
