"""Markdown for texts in which most of its rules find nothing: the same bytes, sooner.

Python-Markdown asks every rule about every block and every line. A press release is
paragraphs of plain words; so here a rule is asked only where the characters stand that
it cannot do without. Whatever is out of the ordinary goes the library's own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar
from xml.etree import ElementTree as ET

import markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor, ParagraphProcessor
from markdown.inlinepatterns import DelimiterProcessor
from markdown.preprocessors import NormalizeWhitespace
from markdown.serializers import RE_AMP
from markdown.treeprocessors import InlineProcessor, Treeprocessor, UnescapeTreeprocessor
from markdown.util import ETX, STX, Registry

T = TypeVar("T")

_VOID = frozenset({"br", "hr", "img"})


def take_shortcuts(md: markdown.Markdown) -> None:
    """Puts quick ways in the places of Markdown's own, when all extensions are there."""
    blocks = md.parser.blockprocessors
    blocks.register(_PlainParagraph(md.parser), "plain paragraph", 120)
    blocks.register(_PlainHeading(md.parser), "plain heading", 110)
    for processor, marks in ((blocks[name], marks) for name, marks in _BLOCK_MARKS.items()):
        _ask_only_with(processor, marks)
    md.parser.blockprocessors = _Settled(blocks)
    md.inlinePatterns.register(_Delimiters(md), "em_strong", 60)
    md.preprocessors.register(_Whitespace(md), "normalize_whitespace", 30)
    md.treeprocessors.register(_Inline(md), "inline", 20)
    md.treeprocessors.register(_LineBreaks(md), "prettify", 10)
    md.treeprocessors.register(_Unescape(md), "unescape", 0)
    md.serializer = to_html


class _Settled(Registry[T]):
    """A registry that is complete: Markdown's own sorts and copies itself for each block."""

    def __init__(self, items: Iterable[T]) -> None:
        self._items = list(items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, place: int) -> T:  # type: ignore[override] # by place only, as the parser does
        return self._items[place]


class _Whitespace(NormalizeWhitespace):
    """Markdown's own looks back from every letter for lines of nothing but spaces."""

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        return super().run(lines) if _UNTIDY.search(source) else [source, "", ""]


_UNTIDY = re.compile(rf"[{STX}{ETX}\r\t\n](?:(?<!\n)| +(?:\n|\Z))")


class _PlainParagraph(ParagraphProcessor):
    """A block that no other rule takes: none of their marks at the head of a line, no cells of a table."""

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        if not _PLAIN_HEAD.match(block):
            return False
        return "\n" not in block or ("|" not in block and not _MARKED_LINE.search(block))


_PLAIN_HEAD = re.compile(r"[^\s\d#=\-_*+>\[|]|\*\*?\w|\d+[^\d.]")
_MARKED_LINE = re.compile(r"\n *[#=\-_*>\[]")


class _PlainHeading(HashHeaderProcessor):
    """A heading that is a block by itself: Markdown's own expression steps through it letter by letter."""

    RE = re.compile(r"(?P<level>#{1,6})(?P<header>[^#\\\n]*)\Z")

    def test(self, parent: ET.Element, block: str) -> bool:  # noqa: ARG002
        return block.startswith("#") and bool(self.RE.match(block))


def _ask_only_with(processor: BlockProcessor, marks: tuple[str, ...]) -> None:
    """Without one of the marks in a block the answer of this processor is known."""
    test = processor.test
    processor.test = lambda parent, block: any(map(block.__contains__, marks)) and test(parent, block)  # type: ignore[method-assign]


_BLOCK_MARKS = {"table": ("|",), "hashheader": ("#",), "setextheader": ("\n=", "\n-"), "quote": (">",)}


class _Delimiters(DelimiterProcessor):
    """Asterisks and underscores, looked for by an expression instead of letter by letter."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__("*", "strong,em", md)
        self.add("_", "strong,em", smart=True)

    def search(self, data: str, start: int) -> re.Match[str] | None:
        for found in self.compiled_re.finditer(data, start):
            delimiter = self.delimiters[found[0]]
            run = delimiter.boundary.match(data, found.start())
            if run and (delimiter.stack or run.lastgroup != "end"):
                return run
        return None


class _Inline(InlineProcessor):
    """Passes over blocks without any mark, and over the patterns of which a block has no mark."""

    def __init__(self, md: markdown.Markdown) -> None:
        super().__init__(md)
        marks = {md.inlinePatterns.get_index_for_name(name): marks for name, marks in _MARKS.items()}
        self._patterns: list[tuple[Any, tuple[str, ...]]] = [
            (pattern, marks.get(place, _NO_MARK_NEEDED)) for place, pattern in enumerate(md.inlinePatterns)
        ]

    def run(self, tree: ET.Element, ancestors: list[str] | None = None) -> ET.Element:
        for block in list(tree):
            text = "".join(block.itertext()) if len(block) else block.text or ""
            if not _ANY_MARK.search(text) and _LINE_BREAK not in text:
                continue
            self.inlinePatterns = _Settled(self._patterns_for(text))
            alone = ET.Element(tree.tag)
            alone.append(block)
            super().run(alone, ancestors)
        return tree

    def _patterns_for(self, text: str) -> Iterator[Any]:
        """Any mark may come out of an entity; all others stand in the text from the beginning."""
        for pattern, marks in self._patterns:
            if "&" in text or any(map(text.__contains__, marks)):
                yield pattern


_NO_MARK_NEEDED = ("",)
_LINE_BREAK = "  \n"
_ANY_MARK = re.compile(r"[`\\\[<&*_]")
_MARKS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "foreign words": ("]{",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": (_LINE_BREAK,),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""What a pattern of Markdown cannot match without."""


class _LineBreaks(Treeprocessor):
    """Line breaks between blocks and after ``<br>``; there are no code blocks to be spared."""

    def run(self, root: ET.Element) -> None:
        blocks = frozenset(self.md.block_level_elements)
        for element in root.iter():
            if element.tag in blocks:
                if len(element) and element[0].tag in blocks and not (element.text or "").strip():
                    element.text = "\n"
                if not (element.tail or "").strip():
                    element.tail = "\n"
            elif element.tag == "br":
                tail = element.tail or ""
                element.tail = f"\n{tail}" if tail.strip() else "\n"


class _Unescape(UnescapeTreeprocessor):
    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text


def to_html(root: ET.Element) -> str:
    """HTML of a tree of plain elements: no comments, no namespaces, no attributes without a value."""
    parts: list[str] = []
    _write(root, parts.append)
    return "".join(parts)


def _write(element: ET.Element, write: Callable[[str], None]) -> None:
    tag = element.tag
    write(f"<{tag}{_attributes(element)}>" if element.attrib else f"<{tag}>")
    if element.text:
        write(_escaped(element.text))
    for child in element:
        _write(child, write)
    if tag not in _VOID:
        write(f"</{tag}>")
    if element.tail:
        write(_escaped(element.tail))


def _attributes(element: ET.Element) -> str:
    values = ((name, _escaped(value).replace('"', "&quot;")) for name, value in sorted(element.items()))
    return "".join(f' {name}="{value}"' for name, value in values)


def _escaped(text: str) -> str:
    if "&" in text:
        text = RE_AMP.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")
