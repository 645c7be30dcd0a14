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
        ("| a | b |\n|---|---|\n| c | d |\n{lang=en}", 12),
        ("[Ice]{lang=en} и `[a]{lang=en}`\n\n![Дети]{lang=en}(a.jpg)", 11),
        ("Лёд\n[Smart City]{en}", 10),
        ("Лёд [на][1]\n\n\\[a]{lang=en}\n\n[1]: /", 11),
    ],
)
def test_a_mark_that_would_not_work_stops_the_build(site: TinySite, body: str, line: int) -> None:
    file = site.release(body=f"Лёд готов.\n\n{body}\n")
    (problem,) = site.build().problems()
    assert f"{file}:{line + 1}: пометка языка «{{" in problem
    assert "[Smart City]{lang=en}" in problem


def test_a_mark_in_a_header_stops_the_build(site: TinySite) -> None:
    site.picture("releases/2024/05/a.jpg")
    file = site.release(
        title="Проект [Smart City]{lang=en}",
        summary="Проект [Smart City]{en}, Фигура {7} и [слово]{слово}",
        figure="{value: '{lang}', label: раз}",
        gallery="\n  caption: Вид {lang=en}\n  pictures:\n    - a.jpg: Лёд и [Ice]{lang=en}",
    )
    told = [problem.partition(": ") for problem in site.build().problems()]
    lines = (site.content / file).read_text("utf-8").split("\n")
    fields = ("title", "summary", "figure", "  caption", "    - a.jpg")
    expected = [
        f"{file}:{next(n for n, line in enumerate(lines, 1) if line.startswith(each))}" for each in fields
    ]
    assert expected == [place for place, _, _ in told]
    assert all("не действует в заголовке и других полях — уберите её" in rest for _, _, rest in told)


def test_marks_that_are_shown_in_code_and_other_braces_stop_nothing(site: TinySite) -> None:
    site.release(
        body="`[a]{lang=en}`, [Ice]{lang=en}, a[1]{x}, {лёд}, [лёд]{.red}\n", title="Лёд {1}, [2]{x}"
    )
    built = site.build()
    assert 0 == built.status, built.said


def _html(source: str, *, shortcuts: bool = True) -> str:
    converter = Converter(shortcuts=shortcuts)
    return converter.convert(source, resolve_link=lambda address, _: address, resolve_picture=lambda *_: None)
