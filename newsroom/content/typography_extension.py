"""Typography of a Markdown document: each line of text as a whole, across emphasis and links."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from newsroom.content.typography import OPAQUE, typeset

_SKIPPED = frozenset({"code", "pre", "kbd", "samp", "img"})


class TypographyExtension(Extension):
    """Adds ``typeset`` to a Markdown parser, after inline elements are made."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Markdown calls it so
        # After «inline» (20) has made elements, before «prettify» (10) adds line breaks and
        # «unescape» (0) reveals what an editor has escaped on purpose.
        md.treeprocessors.register(_TypographyTreeprocessor(md), "typography", 15)


class _TypographyTreeprocessor(Treeprocessor):
    def run(self, root: ET.Element) -> None:
        for line in _lines(root, self.md.is_block_level):
            for piece, text in zip(line, typeset([piece.text for piece in line]), strict=True):
                piece.put(text)


@dataclass(frozen=True)
class _Piece:
    """The text of an element, or the tail after it; without an element, not to be touched."""

    text: str
    element: ET.Element | None = None
    tail: bool = False

    def put(self, text: str) -> None:
        if self.element is None:
            return
        if self.tail:
            self.element.tail = text
        else:
            self.element.text = text


def _lines(block: ET.Element, is_block: Callable[[str], bool]) -> Iterator[list[_Piece]]:
    """Texts that a reader sees in one line: of a block up to a block inside it, and so on."""
    line: list[_Piece] = []
    for piece in _pieces(block, is_block):
        if isinstance(piece, _Piece):
            line.append(piece)
            continue
        yield from _worth_setting(line)
        line = []
        yield from _lines(piece, is_block)
    yield from _worth_setting(line)


def _worth_setting(line: list[_Piece]) -> Iterator[list[_Piece]]:
    if any(piece.element is not None and piece.text.strip() for piece in line):
        yield line


def _pieces(element: ET.Element, is_block: Callable[[str], bool]) -> Iterator[_Piece | ET.Element]:
    """The texts of an element in reading order; a block inside comes as the element itself."""
    if element.text:
        yield _text_piece(element.text, element)
    for child in element:
        if child.tag == "br":
            yield _Piece("\n")
        elif child.tag in _SKIPPED:
            yield _Piece(OPAQUE)
        elif is_block(child.tag):
            yield child
        else:
            yield from _pieces(child, is_block)
        if child.tail:
            yield _text_piece(child.tail, child, tail=True)


def _text_piece(text: str, element: ET.Element, *, tail: bool = False) -> _Piece:
    if isinstance(text, AtomicString):
        return _Piece(OPAQUE)
    # A line break inside a paragraph is a space to the reader.
    return _Piece(text.replace("\n", " "), element, tail)
