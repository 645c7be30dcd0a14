"""The walk through HTML of Word and of old sites, however untidy: pieces of lines, and blocks made of them.

What becomes of an element is told by the makers in ``html_words``, ``html_links``,
``html_blocks`` and ``html_tables``; all others are looked through.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from newsroom.importing.blocks import Block, Paragraph, with_captions
from newsroom.importing.escaping import visible
from newsroom.importing.inline import BREAK, PLAIN, Piece, Style, markdown_line, paragraph, plain_line

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

DEEPEST = 8
"""Lists and quotations inside one another; the reader of releases refuses more than 20 levels in all."""

_DEEPEST_ELEMENT = 150
"""Elements inside one another; deeper ones give their words only."""

_BLOCKS = frozenset(
    ["address", "article", "aside", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
     "fieldset", "figcaption", "footer", "form", "header", "html", "legend", "li", "main", "menu", "nav", "p",
     "section", "summary", "tbody", "td", "tfoot", "th", "thead", "tr"]
)  # fmt: skip
_BOLD = frozenset({"b", "strong", "dt", "summary", "legend"})
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
_WEIGHT = re.compile(r"font-weight:\s*(?:(bold|bolder|[6-9]00)|(normal|lighter|[1-4]00))", re.IGNORECASE)
_SLANT = re.compile(r"font-style:\s*(?:(italic|oblique)|(normal))", re.IGNORECASE)


class Desk(Protocol):
    """Who decides what becomes of an address, and is told what is lost."""

    def link(self, address: str) -> str:
        """The address to be written, or "" where only the words of the link can be kept."""

    def picture(self, address: str) -> str:
        """The name of the picture beside the release, or "" where there is none."""

    def alt(self, written: str, caption: str) -> str:
        """What stands for a picture to those who do not see it; "" is left to an editor."""

    def lost(self, what: str) -> None:
        """Told in Russian what was not kept."""


Maker = Callable[["Reading", "Tag", Style], None]
"""Makes pieces or blocks of an element, within a style."""


class Reading:
    """The blocks of an element and of all within it.

    ``level`` is how deep in lists and quotations it stands, ``in_list`` whether the nearest is a
    list. A reading ``in_line`` makes no blocks: of a cell, a heading, the words of a link; what
    would part blocks is a line break.
    """

    def __init__(
        self,
        desk: Desk,
        makers: Mapping[str, Maker],
        level: int = 0,
        *,
        in_list: bool = False,
        in_line: bool = False,
    ) -> None:
        self.desk, self.level, self.in_list, self.in_line = desk, level, in_list, in_line
        self.blocks: list[Block] = []
        self.pieces: list[Piece] = []
        self._makers = makers
        self._depth = 0

    def of(self, element: Tag, style: Style, *, in_list: bool = False) -> list[Block]:
        """The blocks of what stands inside an element, a level deeper."""
        inner = Reading(self.desk, self._makers, self.level + 1, in_list=in_list)
        inner.inside(element, style)
        return inner.finished()

    def line_of(self, element: Tag) -> list[Piece]:
        """What stands inside an element as a line."""
        inner = Reading(self.desk, self._makers, self.level, in_line=True)
        inner.inside(element, PLAIN)
        return inner.pieces

    def finished(self) -> list[Block]:
        """The blocks, when all is read."""
        self.end_paragraph()
        return with_captions(self.blocks)

    def inside(self, element: Tag, style: Style) -> None:
        """Goes through what an element holds."""
        from bs4.element import NavigableString, PreformattedString, Tag

        self._depth += 1
        for child in list(element.children):
            if isinstance(child, Tag):
                self._element(child, style)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self.pieces.append(Piece(visible(str(child)), style))
        self._depth -= 1

    def _element(self, element: Tag, style: Style) -> None:
        style = _style_of(element, style)
        if self._depth > _DEEPEST_ELEMENT:
            self.pieces.append(Piece(visible(element.get_text(" ")), style))
        elif maker := self._makers.get(element.name):
            maker(self, element, style)
        elif re.search(r"display:\s*none", str(element.get("style", ""))):
            if words := shortened(element):
                self.desk.lost(f"скрытое на старой странице не перенесено: «{words}»")
        elif element.name in _BLOCKS:
            self.block_inside(element, style)
        else:
            self.inside(element, style)

    def block_inside(self, element: Tag, style: Style) -> None:
        """Goes through a block: what it holds stands in paragraphs of its own."""
        self.end_paragraph()
        self.inside(element, style)
        self.end_paragraph(is_caption="caption" in element.get_attribute_list("class"))

    def end_paragraph(self, *, is_caption: bool = False) -> None:
        """Makes paragraphs of the pieces so far."""
        if self.in_line:
            self.pieces.append(BREAK)
            return
        pieces, self.pieces = self.pieces, []
        for part in _between_empty_lines(pieces):
            if markdown := paragraph(part):
                is_bold = _is_bold(part)
                bold = markdown_line(part, emphasis=False) if is_bold and not _has_break(part) else ""
                self.blocks.append(Paragraph(markdown, plain_line(part), bold, is_caption, is_bold))


def parsed(html: str) -> BeautifulSoup:
    """The tree of a piece of HTML; XML's own marks are taken off, the text in them stays."""
    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning

    bare = re.sub(r"<\?xml[^>]*>|<!\[CDATA\[|\]\]>|\x00", "", html)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(bare, "lxml")


def shortened(element: Tag, limit: int = 60) -> str:
    """The first words of an element, to tell it by."""
    words = " ".join(visible(element.get_text(" ")).split())
    return words if len(words) <= limit else f"{words[:limit].rsplit(' ', 1)[0]}…"


def _style_of(element: Tag, style: Style) -> Style:
    written = str(element.get("style") or "")
    weight, slant = _WEIGHT.search(written), _SLANT.search(written)
    bold = bool(weight[1]) if weight else style.bold or element.name in _BOLD
    italic = bool(slant[1]) if slant else style.italic or element.name in _ITALIC
    return Style(bold, italic)


def _between_empty_lines(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Paragraphs as old editors made them: two line breaks with nothing between."""
    part: list[Piece] = []
    breaks = 0
    for piece in pieces:
        if piece.kind == "break":
            breaks += 1
        elif not piece.text.isspace() and piece.text:
            if breaks > 1 and part:
                yield part
                part = []
            breaks = 0
        part.append(piece)
    if part:
        yield part


def _is_bold(pieces: Sequence[Piece]) -> bool:
    seen = [piece for piece in pieces if piece.text.strip()]
    return bool(seen) and all(piece.style.bold and piece.kind == "words" for piece in seen)


def _has_break(pieces: Sequence[Piece]) -> bool:
    """Whether a line ends before the last word."""
    kinds = [piece.kind for piece in pieces if piece.kind == "break" or piece.text.strip()]
    while kinds and kinds[-1] == "break":
        kinds.pop()
    while kinds and kinds[0] == "break":
        kinds.pop(0)
    return "break" in kinds
