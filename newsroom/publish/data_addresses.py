"""Every full address that a file for machines names: feeds, sitemaps, calendars, open data, JSON-LD.

A value is an address when it is one as a whole; in texts of HTML, which feeds carry,
the addresses of links and pictures are. Words in running text are not looked at.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_IN_HTML = re.compile(r"\b(?:href|src)=(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_LINE = re.compile(r"^[A-Za-z-]+(?:;[^:\n]*)?:[ ]*(https?://\S+)\s*$", re.MULTILINE | re.IGNORECASE)
_XML_LINK = re.compile(r"\bhref=[\"']([^\"']+)[\"']")


Found = Iterator[tuple[int, str]]
"""Pairs (line or 0 where the form knows none, address)."""


class UnreadableError(Exception):
    """The file is not in its own form; ``line`` is where, the text says in Russian what is wrong."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def of_file(path: str, file: Path) -> Found:
    """The addresses of ``file``, which the site serves at ``path``; none of one that is not for machines.

    Raises UnreadableError where XML or JSON cannot be parsed.
    """
    match file.suffix:
        case ".xml" | ".svg" | ".xsl" | ".opml":
            yield from _in_xml(_parsed(file.read_bytes()))
        case ".json" | ".webmanifest":
            yield from ((0, address) for address in _in_json(_loaded(file.read_bytes())))
        case ".csv":
            yield from _in_csv(file.read_text("utf-8-sig", "replace"))
        case ".ics":
            # Long lines of iCalendar are folded (RFC 5545, 3.1); a line counted here is a whole one.
            yield from _in_lines(re.sub(r"\r?\n[ \t]", "", file.read_text("utf-8", "replace")))
        case ".txt" if path in {"robots.txt", ".well-known/security.txt"}:
            yield from _in_lines(file.read_text("utf-8", "replace"))


def of_linked_data(page: Any) -> Found:
    """The addresses in the JSON-LD of a page, an lxml tree of HTML.

    Raises UnreadableError where a block is not JSON.
    """
    for script in page.iterfind(".//script[@type='application/ld+json']"):
        line = script.sourceline or 0
        try:
            data = _loaded((script.text or "").encode())
        except UnreadableError as error:
            raise UnreadableError(line, f"JSON-LD: {error}") from None
        yield from ((line, address) for address in _in_json(data))


def _parsed(data: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(error.lineno or 0, f"XML не разбирается: {error.msg}") from None


def _loaded(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError as error:
        raise UnreadableError(getattr(error, "lineno", 0), f"JSON не разбирается: {error}") from None


def _in_value(value: str) -> Sequence[str]:
    """The value itself, or the addresses of the HTML it holds."""
    text = value.strip()
    if _ADDRESS.fullmatch(text):
        return (text,)
    if "<" not in text:
        return ()
    return [html.unescape(found[1] or found[2] or "") for found in _IN_HTML.finditer(text)]


def _in_xml(root: Any) -> Found:
    for instruction in root.xpath("preceding-sibling::processing-instruction('xml-stylesheet')"):
        for found in _XML_LINK.finditer(instruction.text or ""):
            yield instruction.sourceline or 0, found[1]
    for element in root.iter("*"):
        for value in (element.text, *element.attrib.values()):
            for address in _in_value(value or ""):
                yield element.sourceline or 0, address


def _in_json(data: Any) -> Iterator[str]:
    waiting = [data]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield from _in_value(item)
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            waiting += item.values()


def _in_csv(text: str) -> Found:
    reader = csv.reader(io.StringIO(text))
    for row in reader:
        for cell in row:
            for address in _in_value(cell):
                yield reader.line_num, address


def _in_lines(text: str) -> Found:
    for found in _LINE.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found[1]
