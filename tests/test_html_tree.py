"""The quick reading of our own HTML finds what a full parser finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString
from hypothesis import given, settings

from newsroom.content.attached import Picture
from newsroom.content.html_tree import Element, parse
from newsroom.content.markdown import Converter
from tests.test_markdown import HOSTILE, SALUTE
from tests.test_markdown_shortcuts import BODIES
from tests.test_plain_text import BODIES as HTML

CONTENT = Path(__file__).parent.parent / "content"


def _html(source: str) -> str:
    def picture(address: str, *_: str) -> Picture | None:
        return SALUTE if address == "salute.jpg" else None

    return Converter().convert(source, resolve_link=lambda address, _: address, resolve_picture=picture)


def _text(text: str) -> str:
    """Beautiful Soup shortens what is nothing but spaces."""
    return text if text.strip(" \n") else " "


def _ours(element: Element) -> list[Any]:
    nodes: list[Any] = []
    for child in element.children:
        if isinstance(child, str):
            nodes.append(_text(child))
        else:
            nodes.append([child.name, child.get("href"), child.get("alt"), child.get("start"), *_ours(child)])
    return nodes


def _theirs(element: Tag) -> list[Any]:
    nodes: list[Any] = []
    for child in element.children:
        if isinstance(child, Tag):
            values = [child.get(name, "") for name in ("href", "alt", "start")]
            nodes.append([child.name, *values, *_theirs(child)])
        elif not isinstance(child, PreformattedString):
            nodes.append(_text(str(child)))
    return nodes


def _same(html: str) -> None:
    assert _theirs(BeautifulSoup(html, "html.parser")) == _ours(parse(html))


@settings(max_examples=200, deadline=None)
@given(BODIES)
def test_a_body_is_read_as_it_was_meant(source: str) -> None:
    _same(_html(source))


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_words_are_read_as_words(source: str) -> None:
    _same(_html(source))


@pytest.mark.parametrize(
    "html", [*HTML, "<P>А<BR>Б</P>", "<p>А</b></p>Б", "<p><em>А</p>Б", "<a href=x alt='y'>"]
)
def test_html_of_others_is_read_too(html: str) -> None:
    _same(html)


@pytest.mark.parametrize("file", sorted(CONTENT.rglob("*.md")), ids=lambda file: file.stem)
def test_the_city_s_own_texts_are_read(file: Path) -> None:
    _same(_html(file.read_text(encoding="utf-8").split("\n---\n", 1)[-1]))


def test_elements_are_found_at_any_depth_and_right_below() -> None:
    tree = parse("<ul><li>а<ul><li>б</li></ul></li></ul>")
    assert ["а", "б"] == ["".join(item.texts())[0] for item in tree.inside("li")]
    assert [] == tree.elements("li")
    assert 1 == len(tree.elements("ul", "ol"))
