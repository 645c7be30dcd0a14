"""What is done to a Word document before mammoth reads it, for mammoth knows nothing of it.

Hidden text (``w:vanish``) is taken out; the numbers of numbered paragraphs, which go on after
other blocks, are left as bookmarks for ``with_numbers``.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

from newsroom.importing.word_numbers import numbers_of

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

MARK = "newsroom-number-"
"""Begins the name of a bookmark that holds a number."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS = re.compile(r"word/(?:document|footnotes|endnotes)\.xml")
_OFF = frozenset({"0", "false", "off"})
_FIELD_PARTS = frozenset({f"{W}rPr", f"{W}fldChar", f"{W}instrText"})
"""Of a hidden run they stay: without its end a field would swallow the text after it."""


def prepared(data: bytes) -> tuple[bytes, bool]:
    """The document without hidden text and with its numbers told, and whether there was hidden text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    styles = _tree(parts["word/styles.xml"]) if "word/styles.xml" in parts else None
    had_hidden = False
    for name in filter(_TEXTS.fullmatch, list(parts)):
        tree = _tree(parts[name])
        had_hidden |= _take_hidden(tree, _hidden_styles(styles))
        if name == "word/document.xml" and "word/numbering.xml" in parts:
            _tell_numbers(tree, _tree(parts["word/numbering.xml"]), styles)
        parts[name] = _bytes(tree)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue(), had_hidden


def with_numbers(soup: BeautifulSoup) -> None:
    """Gives each numbered list of mammoth's HTML the number it begins with, and takes the bookmarks out."""
    for mark in soup.select(f'a[id^="{MARK}"]'):
        item = mark.find_parent("li")
        if item and item.parent and item.parent.name == "ol" and not item.find_previous_sibling("li"):
            item.parent["start"] = str(mark["id"]).removeprefix(MARK)
        mark.decompose()


def _take_hidden(tree: Any, styles: frozenset[str]) -> bool:
    had_words = False
    for row in list(tree.iter(f"{W}tr")):
        if _is_on(row.find(f"{W}trPr/{W}hidden")):
            had_words |= _has_words(row)
            row.getparent().remove(row)
    for run in list(tree.iter(f"{W}r")):
        if _is_hidden(run, styles):
            had_words |= _has_words(run)
            for child in [child for child in run if child.tag not in _FIELD_PARTS]:
                run.remove(child)
    return had_words


def _is_hidden(run: Any, styles: frozenset[str]) -> bool:
    own = run.find(f"{W}rPr/{W}vanish")
    if own is not None:
        return _is_on(own)
    paragraph = next(run.iterancestors(f"{W}p"), None)
    named = [run.find(f"{W}rPr/{W}rStyle")]
    named += [paragraph.find(f"{W}pPr/{W}pStyle")] if paragraph is not None else []
    return any(style is not None and style.get(f"{W}val") in styles for style in named)


def _hidden_styles(styles: Any) -> frozenset[str]:
    found = styles.iter(f"{W}style") if styles is not None else ()
    return frozenset(style.get(f"{W}styleId") for style in found if _is_on(style.find(f"{W}rPr/{W}vanish")))


def _is_on(element: Any) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in _OFF


def _has_words(element: Any) -> bool:
    return any((text.text or "").strip() for text in element.iter(f"{W}t"))


def _tell_numbers(tree: Any, numbering: Any, styles: Any) -> None:
    from lxml import etree

    for paragraph, number in numbers_of(tree, numbering, styles):
        mark = etree.Element(f"{W}bookmarkStart", {f"{W}id": "0", f"{W}name": f"{MARK}{number}"})
        properties = paragraph.find(f"{W}pPr")
        paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, mark)


def _tree(part: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    tree: Any = etree.fromstring(part, parser)
    if tree.getroottree().docinfo.doctype:
        raise ValueError("a part of a Word document has no document type")
    return tree


def _bytes(tree: Any) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
