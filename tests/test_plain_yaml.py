"""Headers read without a YAML parser are what the parser would make of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from newsroom.content.front_matter import parse_any_yaml
from newsroom.content.plain_yaml import plain_mapping
from newsroom.problems import NewsroomError

CONTENT = Path(__file__).parent.parent / "content"
HEADER = """title: 'Итоги: год'
date: 2024-05-09 10:00
tags:
  - prazdnik
  - 'ветераны и дети'
image:
  src: salute.jpg
  alt: Салют над рекой, вечер
event: [den-pobedy, den-goroda]
"""


def test_a_usual_header_needs_no_parser() -> None:
    values, lines = plain_mapping(HEADER, 2) or ({}, {})
    assert {
        "title": "Итоги: год",
        "date": "2024-05-09 10:00",
        "tags": ["prazdnik", "ветераны и дети"],
        "image": {"src": "salute.jpg", "alt": "Салют над рекой, вечер"},
        "event": ["den-pobedy", "den-goroda"],
    } == values
    assert (2, 6, 9, 10) == (lines[()], lines["tags", 1], lines["image", "alt"], lines["event", 1])


PHRASES = st.sampled_from([
    "слово", "два слова", "10:00", "2024-05-09 10:00", "12", "0x1F", "null", "a: b", "a:", "a #b", "a#b",
    "#b", "'в'", "'a: b'", "'it''s'", "' a '", "'a' b", "''", '"a"', "[a, b]", "[a,b]", "[a]", "[]", "[a b]",
    "[a, -b]", "{a: b}", "- a", "-a", "«а»", "а, б", "*a", "&a b", "!a", "%a", "@a", "|", ">", "~", "", " ",
    "а\u00a0б", "a\tb", "\u200b", "а'б", "а]", "? a", "a  ", "---", "...", "\U0001f389", "й\u0306",
])  # fmt: skip
NAMES = st.sampled_from(["title", "tags", "a-b", "a_b", "Title", "я", "1", "a b", "- a", "?"])
LINES = st.one_of(
    st.tuples(NAMES, st.sampled_from([":", ": ", ":  ", " : "]), PHRASES).map("".join),
    st.tuples(st.sampled_from(["  - ", "  -", "- ", "   - ", "    - ", "  ", " "]), PHRASES).map("".join),
    st.tuples(st.just("  "), NAMES, st.just(": "), PHRASES).map("".join),
    st.sampled_from(["", "# примечание", "title: слово", "tags:", "image:", "  src: a.jpg", "  - a"]),
)


@settings(max_examples=500, deadline=None)
@given(st.lists(LINES, max_size=6).map(lambda lines: "".join(f"{line}\n" for line in lines)))
@example(HEADER)
@example("a: b")
@example("a: b\n  c: d\n")
@example("a:\n  - b\n  c: d\n")
def test_what_is_read_without_a_parser_is_what_it_would_read(text: str) -> None:
    plain = plain_mapping(text, 2)
    if plain is not None:
        assert parse_any_yaml(text, "file.md", 2) == plain


@pytest.mark.parametrize("text", ["a: b: c\n", "a: [b\n", "a: b\na: c\n", "a: 'b\n", "a: @b\n", "a: b #c\n"])
def test_what_is_wrong_is_left_to_the_parser(text: str) -> None:
    assert plain_mapping(text, 1) is None
    with pytest.raises(NewsroomError):
        parse_any_yaml(text, "file.md")


def test_the_city_s_own_headers_are_read_the_same() -> None:
    headers = [path.read_text(encoding="utf-8").split("---\n")[1] for path in sorted(CONTENT.rglob("*.md"))]
    read = [(header, plain) for header in headers if (plain := plain_mapping(header, 2))]
    assert [plain for _, plain in read] == [parse_any_yaml(header, "file.md", 2) for header, _ in read]
    assert len(headers) <= len(read) * 2
