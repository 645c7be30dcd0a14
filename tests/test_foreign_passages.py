"""Passages in another language say so, and Russian typography leaves them alone."""

from __future__ import annotations

import pytest

from newsroom.content.markdown import Converter
from newsroom.content.markdown_twin import markdown_twin
from newsroom.content.plain_text import plain_text
from tests.conftest import TinySite

MARKED = {
    'Проект [Smart "City" - 2]{lang=en} идёт': '<p>Проект <span lang="en">Smart "City" - 2</span> идёт</p>',
    '"[Smart City]{lang=en}" идёт': '<p>«<span lang="en">Smart City</span>» идёт</p>',
    "[[A 'b'](/a/)]{lang=en-GB}": '<p><span lang="en-GB"><a href="/a/">A \'b\'</a></span></p>',
    "[[Smart City]{lang=en}](/a/)": '<p><a href="/a/"><span lang="en">Smart City</span></a></p>',
    "## [Smart City]{lang=en}": '<h2 id="smart-city"><span lang="en">Smart City</span></h2>',
    'Ask "not" - what\n{lang=en}': '<p lang="en">Ask "not" - what</p>',
    "Ask *not*\n{lang=en}": '<p lang="en">Ask <em>not</em></p>',
    '> Ask.\n>\n> "Why?"\n> {lang=en}': '<blockquote lang="en">\n<p>Ask.</p>\n<p>"Why?"</p>\n</blockquote>',
    "> Ask.\n>\n> {lang=en}": '<blockquote lang="en">\n<p>Ask.</p>\n</blockquote>',
    "- Ice\n  {lang=en}\n- лёд": '<ul>\n<li lang="en">Ice</li>\n<li>лёд</li>\n</ul>',
    "`[a]{lang=en}`": "<p><code>[a]{lang=en}</code></p>",
    "\\[a]{lang=en}": "<p>[a]{lang=en}</p>",
}


@pytest.mark.parametrize(("source", "expected"), MARKED.items())
@pytest.mark.parametrize("shortcuts", [True, False])
def test_a_marked_passage_becomes(source: str, expected: str, shortcuts: bool) -> None:
    assert expected == _html(source, shortcuts=shortcuts)


def test_a_twin_for_others_has_the_words_without_our_marks() -> None:
    source = "Проект [Smart [City](/a/)]{lang=en}.\n\n> Ice.\n>\n> Is nice.\n> {lang=en}\n\nДальше [лёд].\n"
    expected = "Проект Smart [City](/a/).\n\n> Ice.\n>\n> Is nice.\n\nДальше [лёд].\n"
    assert expected == markdown_twin(source, {})
    assert "Проект Smart City (/a/).\n\n> Ice.\n>\n> Is nice.\n\nДальше [лёд]." == plain_text(_html(source))


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("[Smart City]{lang=english}", 9),
        ("Лёд\n[Smart City]{lang: en}", 10),
        ("Slow ice {lang=en}", 9),
        ("Slow ice\n\n{lang=en}", 11),
        ("Slow ice\n{lang=en}\nна катке", 10),
        ('[a]{lang=en" onclick="alert(1)}', 9),
    ],
)
def test_a_mark_that_would_not_work_stops_the_build(site: TinySite, body: str, line: int) -> None:
    file = site.release(body=f"Лёд готов.\n\n{body}\n")
    (problem,) = site.build().problems()
    assert f"{file}:{line + 1}: пометка языка «{{" in problem
    assert "[Smart City]{lang=en}" in problem


def _html(source: str, *, shortcuts: bool = True) -> str:
    converter = Converter(shortcuts=shortcuts)
    return converter.convert(source, resolve_link=lambda address, _: address, resolve_picture=lambda *_: None)
