"""HTML becomes Markdown that our reader turns into the same text: nothing doubled, lost or taken for markup."""

from __future__ import annotations

from html import escape

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.importing.escaping import visible
from newsroom.importing.html_to_markdown import html_to_markdown
from tests.importing_desk import KeepingDesk, html_of, letters


def markdown(html: str) -> str:
    return html_to_markdown(html, KeepingDesk()).removesuffix("\n")


def lost(html: str) -> list[str]:
    desk = KeepingDesk()
    html_to_markdown(html, desk)
    return desk.losses


def read_back(html: str) -> BeautifulSoup:
    return BeautifulSoup(html_of(html_to_markdown(html, KeepingDesk())), "html.parser")


MARKS = list("\\`*_{}[]()<>#+-.!|&;=:~^\"'/@ \n1") + [
    "1. ",
    "- ",
    "&amp;",
    "&nbsp;",
    "](",
    "  \n",
    "http://a.ru/",
    "а",
    "б",
]
SIGNS = st.one_of(st.sampled_from(MARKS), st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]))
TEXT = st.lists(SIGNS, min_size=1, max_size=30).map("".join)


@settings(max_examples=1000, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_text_survives(texts: list[str]) -> None:
    html = "".join(f"<p>{escape(text).replace(chr(10), '<br>')}</p>" for text in texts)
    assert letters("".join(map(visible, texts))) == letters(read_back(html).get_text())


INLINE = st.sampled_from(["b", "i", "a href='/x/'", "span", "font", "code", "em", "strong", "u"])
BLOCK = st.sampled_from(["p", "div", "blockquote", "h2", "h3", "center"])


def wrapped(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag.split(' ')[0]}>"


def spans(inner):
    return st.one_of(
        st.builds(wrapped, INLINE, inner), st.builds("".join, st.lists(inner, min_size=1, max_size=4))
    )


LINE = st.recursive(st.builds(escape, TEXT), spans, max_leaves=5)


def blocks(inner):
    item = st.builds(wrapped, st.just("li"), inner)
    cell = st.builds(wrapped, st.sampled_from(["td", "th"]), inner)
    row = st.builds(wrapped, st.just("tr"), st.builds("".join, st.lists(cell, min_size=1, max_size=3)))
    return st.one_of(
        st.builds(wrapped, BLOCK, inner),
        st.builds(
            wrapped, st.sampled_from(["ul", "ol"]), st.builds("".join, st.lists(item, min_size=1, max_size=3))
        ),
        st.builds(wrapped, st.just("table"), st.builds("".join, st.lists(row, min_size=1, max_size=3))),
        st.builds("".join, st.lists(inner, min_size=1, max_size=3)),
        st.builds("<br>".join, st.lists(inner, min_size=1, max_size=3)),
    )


PAGE = st.recursive(LINE, blocks, max_leaves=6)


@settings(max_examples=1500, deadline=None)
@given(PAGE)
def test_any_page_survives(html: str) -> None:
    text = visible(BeautifulSoup(html, "lxml").get_text())
    got = read_back(html)
    assert letters(text) == letters(got.get_text()).replace("X", "X"), html_to_markdown(html, KeepingDesk())
