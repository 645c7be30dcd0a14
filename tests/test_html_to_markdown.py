"""HTML becomes Markdown that our reader turns into the same text: nothing lost, nothing taken for markup."""

from __future__ import annotations

from html import escape

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

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


PAIRS = {
    "no markup where there was none": (
        "<p>2024. Год</p><p>#тег</p><p>+ плюс</p>",
        "2024\\. Год\n\n\\#тег\n\n\\+ плюс",
    ),
    "marks within a line": ("<p>a_b *c* [d](e) `f` &lt;g&gt;</p>", "a_b \\*c\\* \\[d\\](e) \\`f\\` &lt;g>"),
    "entities that were words": ("<p>Tom &amp;amp; Jerry &amp; Co</p>", "Tom &amp;amp; Jerry & Co"),
    "a reference that is none": ("<p>[1]: http://a.example</p>", "\\[1\\]: http://a.example"),
    "a remark": ("<p>- Мы рады.</p>", "— Мы рады."),
    "spaces of every kind": ("<p>&nbsp;&nbsp;\t раз&nbsp; &nbsp;два\n три </p><p>&nbsp;</p>", "раз два три"),
    "what cannot be seen": ("<p>сло\u00adво\u200b и\ufeff \u0096 тире</p>", "слово и – тире"),
    "two breaks are a paragraph": ("раз<br>два<br/> &nbsp;<br>три", "раз  \nдва\n\nтри"),
    "blocks without paragraphs": ("<div>раз<div>два</div>три</div>", "раз\n\nдва\n\nтри"),
    "emphasis": ("<p><b>раз</b> <em>два</em> <strong><i>три</i></strong></p>", "**раз** *два* ***три***"),
    "emphasis by styles": (
        '<p><span style="font-weight: 700">а</span> б <b style="font-weight:normal">в</b></p>',
        "**а** б в",
    ),
    "spaces in emphasis": ("<p>слово<b> важно </b>слово</p>", "слово **важно** слово"),
    "emphasis in pieces": ("<p><b>раз</b><b> два</b> <b>три</b>!</p>", "**раз два три**!"),
    "a comma is not emphasised": ("<p>раз<b>,</b> два</p>", "раз, два"),
    "styles that touch": ("<p>а <b>раз</b><i>два</i></p>", "а **раздва**"),
    "emphasis over a break": ("<p>а <b>раз<br>два</b></p>", "а **раз**  \n**два**"),
    "headings from the second level": (
        "<h1>А</h1><h4>Б</h4><h5>В</h5><h1>Г</h1>",
        "## А\n\n### Б\n\n#### В\n\n## Г",
    ),
    "no level is skipped": ("<h2>А</h2><h4>Б</h4><h3>В</h3>", "## А\n\n### Б\n\n### В"),
    "no bold heading": ("<h2><b>А</b> #</h2><p>б</p>", "## А \\#\n\nб"),
    "no empty heading": ("<h2>&nbsp;</h2><h3><br></h3><p>б</p>", "б"),
    "a bold line over a text": ("<p><b>Где и когда</b></p><p>Там.</p>", "## Где и когда\n\nТам."),
    "a bold lead": ("<p><b>Каток открыт.</b></p><p>Там.</p>", "**Каток открыт.**\n\nТам."),
    "a list": ("<ul><li>раз</li><li></li><li>два</ul>", "- раз\n- два"),
    "a list in a list": (
        "<ul><li>а<ol><li>б<ul><li>в</li></ul></li></ol></li><li>г</li></ul>",
        "- а\n    1. б\n        - в\n- г",
    ),
    "a list put beside its item": ("<ul><li>а</li><ul><li>б</li></ul></ul>", "- а\n    - б"),
    "an item that is a list": ("<ul><li><ul><li>а</li><li>б</li></ul></li><li>в</li></ul>", "- а\n- б\n- в"),
    "a list from five": ('<ol start="5"><li>а</li><li>б</li></ol>', "5. а\n6. б"),
    "an item of two paragraphs": ("<ul><li><p>а</p><p>б</p></li><li>в</li></ul>", "- а\n\n    б\n\n- в"),
    "a quotation": ("<blockquote><p>а</p><p>б</p></blockquote>", "> а\n>\n> б"),
    "a table": (
        "<table><tr><th>а</th><th>б|в</th></tr><tr><td><p>1</p><p>2</p></td><td>3.<br>4</td></tr></table>",
        "| а | б\\|в |\n|---|---|\n| 1; 2 | 3. 4 |",
    ),
    "merged cells": (
        "<table><tr><td rowspan='2'>а<td>б<tr><td>в<tr><td colspan='2'>г</table>",
        "| а | б |\n|---|---|\n|  | в |\n| г |  |",
    ),
    "a table that lays a page out": (
        "<table><tr><td>&nbsp;</td><td><h3>а</h3><p>б</p></td></tr><tr><td></td><td><ul><li>в</ul></td></tr></table>",
        "## а\n\nб\n\n- в",
    ),
    "a table in a table": (
        "<table><tr><td><table><tr><td>а</td><td>б</td></tr><tr><td>в</td><td>г</td></tr></table></td></tr></table>",
        "| а | б |\n|---|---|\n| в | г |",
    ),
    "a link": (
        '<p>раз<a href="/a b/(c)?d=1&amp;e=2"> два </a>три</p>',
        "раз [два](/a%20b/%28c%29?d=1&e=2) три",
    ),
    "a link whose words are its address": (
        '<a href="https://a.example/">https://a.example/</a>',
        "<https://a.example/>",
    ),
    "a bold link": ('<p>а <a href="/b/"><b>б</b></a>!<a href="/c/">в</a></p>', "а **[б](/b/)**\\![в](/c/)"),
    "brackets in a link": ('<p><a href="/a/">б] [в</a></p>', "[б\\] \\[в](/a/)"),
    "a link without words": ('<p>а<a href="/b/"></a><a name="c"></a></p>', "а"),
    "a picture in a paragraph": ('<p>а <img src="b.jpg" alt="Дети"> в</p>', "а\n\n![Дети](b.jpg)\n\nв"),
    "a picture with a caption": (
        '<figure><img src="b.jpg" alt="Дети"><figcaption>Первый день (каток "Лёд")</figcaption></figure>',
        '![Дети](<b.jpg> "Первый день (каток «Лёд»)")',
    ),
    "a small picture that opens a large one": (
        '<a href="big.jpg"><img src="s.jpg" alt="а"></a>',
        "![а](big.jpg)",
    ),
    "a picture that is gone": ('<p><img src="gone.jpg" alt="Дети"></p>', "[картинка: Дети](gone.jpg)"),
    "a counter": ('<p>а<img src="c.gif" width="1" height="1"></p>', "а"),
    "raised and lowered": ("<p>м<sup>2</sup> H<sub>2</sub>O 1<sup>й</sup></p>", "м² H₂O 1й"),
    "a quotation in a line": ("<p><q>Лёд</q></p>", "«Лёд»"),
    "a definition list": ("<dl><dt>Где</dt><dd>Там</dd></dl>", "## Где\n\nТам"),
    "lines as they stood": ("<pre>раз\n  два</pre>", "раз  \nдва"),
    "a rule": ("<hr><p>а</p><hr><hr><p>б</p>", "а\n\n* * *\n\nб"),
    "an unclosed tag": ("<p>а<p>б<ul><li>в<li>г</ul>", "а\n\nб\n\n- в\n- г"),
    "comments and processing": ("<?xml version='1.0'?><p>а<!-- б --></p><![CDATA[<p>в</p>]]>", "а\n\nв"),
}


@pytest.mark.parametrize(("html", "expected"), PAIRS.values(), ids=PAIRS)
def test_html_becomes_the_markdown_an_editor_would_write(html: str, expected: str) -> None:
    assert expected == markdown(html)


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<script>x()</script>", "программа"),
        ("<form><input name='a'></form>", "поля формы"),
        ("<svg><path/></svg>", "рисунок SVG"),
        ("<p>Начало в <s>10:00</s> 11:00</p>", "«10:00»"),
        ("<p style='display: none'>тайна</p>", "«тайна»"),
        ("<iframe src='https://video.example/1'></iframe>", "вместо показа"),
        ("<object></object>", "без адреса"),
        ("<a href='/x/'><img src='a.jpg' alt='б'></a>", "была ссылка на /x/"),
        ("<table><tr><td colspan='2'>а<tr><td>б<td>в<tr><td>г<td>д</table>", "ячейки"),
        ("<ul><li>а<table><tr><td>б<td>в<tr><td>г<td>д</table></li></ul>", "внутри списка"),
        ("<ol><li>а</li></ol><ol><li>б</li></ol>", "проверьте номера"),
    ],
)  # fmt: skip
def test_what_is_not_kept_is_told(html: str, told: str) -> None:
    (only,) = lost(html)
    assert told in only


def test_ordinary_html_loses_nothing() -> None:
    unusual = {"merged cells", "a quotation in a line"}
    assert [] == [loss for name, (html, _) in PAIRS.items() if name not in unusual for loss in lost(html)]


def test_elements_within_elements_without_end_give_their_words() -> None:
    assert "глубоко" in markdown("<div><b>" * 400 + "глубоко")
    assert markdown("<ul><li>а" * 100).count("а") == 100


MARKS = [
    *"\\`*_{}[]()<>#+-.!|&;=:~^\"'/@ \n1аб",
    *("1. ", "- ", "&amp;", "&nbsp;", "](", "  \n", "http://a.ru/"),
]
SIGNS = st.one_of(st.sampled_from(MARKS), st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]))
TEXT = st.lists(SIGNS, min_size=1, max_size=30).map("".join)
INLINE = st.sampled_from(["b", "i", "a href='/x/'", "span", "font", "code", "em", "strong", "u"])
BLOCK = st.sampled_from(["p", "div", "blockquote", "h2", "h3", "center"])


def within(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag.split(' ', 1)[0]}>"


def some(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.lists(inner, min_size=1, max_size=3).map("".join)


def lines(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.one_of(st.builds(within, INLINE, inner), some(inner))


def blocks(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    items = some(st.builds(within, st.just("li"), inner))
    row = st.builds(within, st.just("tr"), some(st.builds(within, st.sampled_from(["td", "th"]), inner)))
    return st.one_of(
        st.builds(within, BLOCK, inner),
        st.builds(within, st.sampled_from(["ul", "ol"]), items),
        st.builds(within, st.just("table"), some(row)),
        some(inner),
        st.lists(inner, min_size=1, max_size=3).map("<br>".join),
    )


PAGES = st.recursive(st.recursive(TEXT.map(escape), lines, max_leaves=5), blocks, max_leaves=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=4))
def test_any_text_survives(texts: list[str]) -> None:
    html = "".join(f"<p>{escape(text).replace(chr(10), '<br>')}</p>" for text in texts)
    assert letters("".join(map(visible, texts))) == letters(read_back(html).get_text())


@settings(max_examples=150, deadline=None)
@given(PAGES)
def test_the_text_of_any_page_survives(html: str) -> None:
    text = visible(BeautifulSoup(html, "lxml").get_text())
    assert letters(text) == letters(read_back(html).get_text())
