"""Typography of a Markdown document: each line of text as a whole, across emphasis and links."""

from __future__ import annotations

from itertools import chain
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
        lines = _Lines(frozenset(self.md.block_level_elements) - _SKIPPED).of(root)
        texts = typeset([[text for text, _, _ in line] for line in lines])
        for (_, element, is_tail), text in zip(chain(*lines), chain(*texts), strict=True):
            if is_tail and element is not None:
                element.tail = text
            elif element is not None:
                element.text = text


def is_foreign(element: ET.Element) -> bool:
    """Whether its words are said to be in another language, whose printers have rules of their own."""
    return element.get("lang", "ru").partition("-")[0] != "ru"


_Piece = tuple[str, ET.Element | None, bool]
"""A text, its element, whether it is the tail after that; without an element, not to be touched."""


class _Lines:
    """Gathers the texts that a reader sees in one line: of a block up to a block inside it, and so on."""

    def __init__(self, blocks: frozenset[str]) -> None:
        self._blocks = blocks
        self._line: list[_Piece] = []
        self._lines: list[list[_Piece]] = []
        self._worth_setting = False

    def of(self, root: ET.Element) -> list[list[_Piece]]:
        """The lines under ``root`` in reading order that have anything to be set."""
        self._add_texts(root)
        self._end_line()
        return self._lines

    def _end_line(self) -> None:
        if self._worth_setting:
            self._lines.append(self._line)
        self._line, self._worth_setting = [], False

    def _add_texts(self, element: ET.Element) -> None:
        if element.text:
            self._add_text(element.text, element, is_tail=False)
        for child in element:
            if is_foreign(child):
                self._pass_over(child)
            elif child.tag in self._blocks:
                self._end_line()
                self._add_texts(child)
                self._end_line()
            elif child.tag == "br":
                self._line.append(("\n", None, False))
            elif child.tag in _SKIPPED:
                self._line.append((OPAQUE, None, False))
            else:
                self._add_texts(child)
            if child.tail:
                self._add_text(child.tail, child, is_tail=True)

    def _pass_over(self, foreign: ET.Element) -> None:
        if foreign.tag in self._blocks:
            self._end_line()
        else:
            self._line.append((OPAQUE, None, False))

    def _add_text(self, text: str, element: ET.Element, *, is_tail: bool) -> None:
        if isinstance(text, AtomicString):
            self._line.append((OPAQUE, None, False))
            return
        # A line break inside a paragraph is a space to the reader.
        self._line.append((text.replace("\n", " "), element, is_tail))
        self._worth_setting = self._worth_setting or not text.isspace()
