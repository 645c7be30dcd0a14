"""A body's HTML as paragraphs, lists and tables of Word (ECMA-376, part 1, 17: WordprocessingML)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from newsroom.content.html_tree import Element, Node, parse
from newsroom.pages.feed_items import clean
from newsroom.pages.feed_xml import attribute, text
from newsroom.pages.word_parts import LEVELS, OFFICE, PARTS

_SPACES = re.compile(r"[ \t\r\n]+")
_MARKS = {
    "strong": "<w:b/>",
    "b": "<w:b/>",
    "em": "<w:i/>",
    "i": "<w:i/>",
    "del": "<w:strike/>",
    "s": "<w:strike/>",
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
    "code": '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>',
}
_ORDER = ("<w:rStyle", "<w:rFonts", "<w:b/>", "<w:i/>", "<w:strike/>", "<w:vertAlign", "<w:lang")
"""In which the schema wants the properties of letters (17.3.2.28)."""
_HEADINGS = {f"h{level}": f"Heading{level - 1}" for level in range(2, 7)}
_BLOCKS = frozenset({*_HEADINGS, "p", "ul", "ol", "li", "blockquote", "div", "table", "figure", "hr", "pre"})
_SIDES = frozenset({"left", "right", "center"})
_WIDTH = 9638
"""Of the text on a sheet of A4 with its margins, in twentieths of a point."""
_CLOSE = '<w:spacing w:after="0"/>'
_UNDER_A_TABLE = f"<w:p><w:pPr>{_CLOSE}</w:pPr></w:p>"


class _Place(Struct, frozen=True):
    """Where a paragraph stands: the style of a quotation, the list it is an item of, with its level.

    One that is not the first of its item has no mark.
    """

    style: str = ""
    list: int = 0
    level: int = 0
    is_first: bool = True


class WordBody(Struct):
    """Writes parts of one document; keeps the links and the lists that they need.

    ``photos`` are names of pictures in the package by their addresses. All addresses are full ones.
    """

    photos: Mapping[str, str] = {}
    links: list[tuple[str, str, str]] = field(default_factory=lambda: list(PARTS))
    lists: list[bool] = field(default_factory=list)
    """Whether each is numbered."""

    def paragraph(self, words: str, style: str = "") -> str:
        """A paragraph of plain words."""
        return _paragraph(_run(words), style and f'<w:pStyle w:val="{style}"/>')

    def linked(self, before: str, words: str, address: str) -> str:
        """A paragraph with a link at its end."""
        return _paragraph(_run(before) + self._hyperlink(_run(words, _LINK), address))

    def blocks(self, html: str) -> str:
        """All of a body."""
        return "".join(self._blocks(parse(html).children, _Place()))

    def _blocks(self, nodes: list[Node], place: _Place) -> Iterator[str]:
        inline: list[Node] = []
        for node in nodes:
            if isinstance(node, str) or node.name not in _BLOCKS:
                inline.append(node)
                continue
            yield from self._flow(inline, place)
            inline = []
            yield from self._block(node, place)
        yield from self._flow(inline, place)

    def _block(self, element: Element, place: _Place) -> Iterator[str]:
        name, children = element.name, element.children
        if name in _HEADINGS:
            yield _paragraph(self._inline(element), f'<w:pStyle w:val="{_HEADINGS[name]}"/>')
        elif name in {"p", "pre"}:
            yield from self._flow([element], place)
        elif name in {"ul", "ol"}:
            yield from self._list(element, place)
        elif name == "table":
            yield self._table(element) + _UNDER_A_TABLE
        elif name == "figure":
            yield self._figure(element)
        elif name == "hr":
            yield self.paragraph("* * *")
        else:
            within = _Place("Quote") if name == "blockquote" else place
            yield from self._blocks(children, within)

    def _flow(self, nodes: list[Node], place: _Place) -> Iterator[str]:
        """Text that stands in no block of its own, as a paragraph."""
        if any(not isinstance(node, str) or node.strip() for node in nodes):
            runs = "".join(self._letters(node, ()) for node in nodes)
            yield _paragraph(runs, _properties(place, self.lists))

    def _list(self, element: Element, place: _Place) -> Iterator[str]:
        self.lists.append(element.name == "ol")
        level = min(place.level + 1, LEVELS - 1) if place.list else 0
        within = _Place(list=len(self.lists), level=level)
        for item in element.elements("li"):
            head, others = _first_paragraph(item.children)
            yield from self._flow(head, within)
            yield from self._blocks(others, replace(within, is_first=False))

    def _table(self, element: Element) -> str:
        rows = list(element.inside("tr"))
        columns = max((len(row.elements("th", "td")) for row in rows), default=1) or 1
        width = _WIDTH // columns
        grid = f'<w:gridCol w:w="{width}"/>' * columns
        look = '<w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
        return (
            f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
            + "".join(self._row(row, width) for row in rows)
            + "</w:tbl>"
        )

    def _row(self, row: Element, width: int) -> str:
        heads = bool(row.elements("th")) and not row.elements("td")
        cells = "".join(self._cell(cell, width) for cell in row.elements("th", "td"))
        return f"<w:tr>{'<w:trPr><w:tblHeader/></w:trPr>' if heads else ''}{cells}</w:tr>"

    def _cell(self, cell: Element, width: int) -> str:
        side = cell.get("class")
        aligned = f'<w:jc w:val="{side}"/>' if side in _SIDES else ""
        marks = ("<w:b/>",) if cell.name == "th" else ()
        words = "".join(self._letters(node, marks) for node in cell.children)
        size = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        return f"<w:tc>{size}{_paragraph(words, _CLOSE + aligned)}</w:tc>"

    def _figure(self, element: Element) -> str:
        """Where a picture stands: its name in the package, and what is told of it."""
        address = next((link.get("href") for link in element.inside("a")), "")
        said = next((_plain(each) for each in element.inside("figcaption")), "")
        said = said or next((each.get("alt") for each in element.inside("img")), "")
        name = self.photos.get(address) or PurePosixPath(address).name
        return self.paragraph(" — ".join(filter(None, (name, said))), "Caption")

    def _inline(self, element: Element) -> str:
        return self._letters(element, ())

    def _letters(self, node: Node, marks: tuple[str, ...]) -> str:
        """Runs of letters of one look each."""
        if isinstance(node, str):
            return _run(node, marks)
        if node.name == "br":
            return "<w:r><w:br/></w:r>"
        if node.name == "img":
            return _run(node.get("alt"), marks)
        language = node.get("lang")
        more = (_MARKS.get(node.name, ""), f'<w:lang w:val="{attribute(language)}"/>' if language else "")
        marks = (*marks, *filter(None, more))
        if node.name == "a":
            marks = (*marks, *_LINK)
        runs = "".join(self._letters(child, marks) for child in node.children)
        return self._hyperlink(runs, node.get("href")) if node.name == "a" and node.get("href") else runs

    def _hyperlink(self, runs: str, address: str) -> str:
        id = f"rId{len(self.links) + 1}"
        self.links.append((id, f"{OFFICE}/hyperlink", attribute(clean(address))))
        return f'<w:hyperlink r:id="{id}">{runs}</w:hyperlink>'


_LINK = ('<w:rStyle w:val="Hyperlink"/>',)


def _first_paragraph(nodes: list[Node]) -> tuple[list[Node], list[Node]]:
    """The nodes of an item that its mark stands before, and the others."""
    end = next(
        (n for n, node in enumerate(nodes) if not isinstance(node, str) and node.name in _BLOCKS), None
    )
    if end is None:
        return nodes, []
    head, first = nodes[:end], nodes[end]
    is_blank = all(isinstance(node, str) and not node.strip() for node in head)
    if is_blank and isinstance(first, Element) and first.name == "p":
        return [first], nodes[end + 1 :]
    return head, nodes[end:]


def _properties(place: _Place, lists: list[bool]) -> str:
    if not place.list:
        return place.style and f'<w:pStyle w:val="{place.style}"/>'
    if not place.is_first:
        return f'<w:pStyle w:val="ListContinue"/><w:ind w:left="{567 * (place.level + 1)}"/>'
    style = "ListNumber" if lists[place.list - 1] else "ListBullet"
    numbered = f'<w:ilvl w:val="{place.level}"/><w:numId w:val="{place.list}"/>'
    return f'<w:pStyle w:val="{style}"/><w:numPr>{numbered}</w:numPr>'


def _paragraph(runs: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def _run(words: str, marks: tuple[str, ...] = ()) -> str:
    words = text(clean(_SPACES.sub(" ", words)))
    if not words:
        return ""
    ordered = sorted(dict.fromkeys(marks), key=_place_of)
    # The inner language counts, and there may be one only.
    languages = [mark for mark in marks if mark.startswith("<w:lang")]
    look = "".join(mark for mark in ordered if mark not in languages[:-1])
    letters = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{letters}<w:t xml:space="preserve">{words}</w:t></w:r>'


def _place_of(mark: str) -> int:
    return next(number for number, start in enumerate(_ORDER) if mark.startswith(start))


def _plain(element: Element) -> str:
    return _SPACES.sub(" ", " ".join(element.texts())).strip()
