"""What the rules see of a text: the pictures and links of its page, and every word where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.check.manuscript import Manuscript, manuscript_of
from newsroom.check.marks import PictureMark, read_marks
from newsroom.content.attached import Picture
from newsroom.content.markdown import Converter

BODIES = {
    "a link": "Есть [программа](plan.pdf) дня.\n",
    "a link with a title": 'Есть [программа](plan.pdf "План на день") дня.\n',
    "an address in angle brackets": "[а](<plan 1.pdf>) и [б](<b.pdf> 'Б')\n",
    "an address with brackets": "[а](/news/a_(b)/) и [б](b(1).pdf)\n",
    "words with brackets": "[план [первый]](plan.pdf)\n",
    "a link in two lines": "Есть [программа\nдня](plan.pdf) и [ещё](\nb.pdf).\n",
    "references": "[План][p], [план][] и [план]\n\n[p]: plan.pdf 'П'\n[план]: <b.pdf>\n",
    "brackets that lead nowhere": "[план] и [план][нет] и ![план]\n",
    "a picture": '![Лёд](a.jpg "Каток | И. Фамилия")\n',
    "a title with quotation marks": '![Лёд](a.jpg "Каток "Лёд" открыт")\n',
    "a linked picture": '[![Лёд](a.jpg "Каток")](/news/)\n',
    "a picture by reference": "![Лёд][a]\n\n[a]: a.jpg 'Каток | Автор'\n",
    "two pictures": "![Лёд](a.jpg)\n![Ворота](b.jpg)\n",
    "code": "`[а](b)` и ``![а](`b`)`` и [в](в.pdf)\n",
    "an escaped bracket": r"\[а](b.pdf) и [а\]](c.pdf)" + "\n",
    "bare links": "<https://a.example/> и <press@a.example> и <b>\n",
    "a list": "- [а](a.pdf)\n- ![б](b.jpg)\n",
    "a table": "| а | б |\n|---|---|\n| [а](a.pdf) | б |\n",
    "a blank line within": "[а\n\nб](c.pdf)\n",
}


def built(body: str) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Pictures (address, alt, title) and addresses of links as they come to a page."""
    pictures: list[tuple[str, str, str]] = []
    links: list[str] = []

    def picture(address: str, alt: str, title: str) -> Picture | None:
        pictures.append((address, alt, title))
        return None

    def link(address: str, _: str = "") -> str:
        links.append(address.removeprefix("mailto:"))
        return "/"

    Converter().convert(body, resolve_link=link, resolve_picture=picture)
    return pictures, links


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_rules_see_the_pictures_and_links_of_the_page(body: str) -> None:
    marks = read_marks(body)
    pictures, links = built(body)
    joined = [
        (mark.src, mark.alt, " | ".join(filter(None, [mark.caption, mark.author]))) for mark in marks.pictures
    ]
    assert pictures == joined
    assert sorted(links) == sorted(mark.target for mark in marks.links)


PAGE = """\
---
title: Каток открыт
summary: >
  Каток открыт
  для всех
image:
  src: led.jpg
  alt: Лёд
  caption: Первый день
  author: И. Фамилия
changes:
  - date: 2024-05-10
    note: Уточнён час
---
Лёд *готов*, смотрите [план](plan.pdf
"План") и
`код`.

## Где

- у входа
- на площади
  рядом

| Час | Где |
|---|---|
| 10 | тут |
![Ворота](v.jpg "Вход | Автор")
"""


@pytest.fixture
def page() -> Manuscript:
    return manuscript_of(PAGE, "releases/2024/05/2024-05-09-katok.md")


def test_all_that_a_reader_sees_is_among_the_texts_and_nothing_else(page: Manuscript) -> None:
    assert [
        (2, "Каток открыт"),
        (3, "Каток открыт для всех"),
        (8, "Лёд"),
        (9, "Первый день"),
        (13, "Уточнён час"),
        (28, "Ворота"),
        (28, "Вход"),
        (15, "Лёд готов , смотрите план"),
        (16, "и"),
        (17, "."),
        (19, "Где"),
        (21, "у входа"),
        (22, "на площади"),
        (23, "рядом"),
        (25, "| Час | Где |"),
        (27, "| 10 | тут |"),
    ] == [(line, " ".join(text.split())) for line, text in page.texts()]


def test_a_passage_is_a_paragraph_a_heading_an_item_or_a_row(page: Manuscript) -> None:
    assert [
        (15, "Лёд готов , смотрите план и ."),
        (19, "Где"),
        (21, "у входа"),
        (22, "на площади рядом"),
        (25, "| Час | Где |"),
        (27, "| 10 | тут |"),
    ] == [(line, " ".join(text.split())) for line, text in page.passages]


def test_prose_keeps_the_columns_of_its_lines(page: Manuscript) -> None:
    for typed, prose in zip(page.lines, page.prose, strict=True):
        assert len(typed) == len(prose)
        assert all(seen in {" ", letter} for seen, letter in zip(prose, typed, strict=True))


@pytest.mark.parametrize(("text", "expected"), [("Лёд", (8, 8)), ("рядом", (23, 3)), ("Ворота", (28, 3))])
def test_what_is_found_is_shown_at_its_line_and_column(
    page: Manuscript, text: str, expected: tuple[int, int]
) -> None:
    line, whole = next((line, whole) for line, whole in page.running_texts() if text in whole)
    found = page.found(line, whole, whole.index(text), "", "")
    assert expected == (found.line, found.column)


def test_the_picture_of_the_header_comes_first(page: Manuscript) -> None:
    first, second = page.pictures
    assert PictureMark(7, "led.jpg", "Лёд", "Первый день", "И. Фамилия") == first
    assert PictureMark(28, "v.jpg", "Ворота", "Вход", "Автор") == second


_MARKS = st.sampled_from(
    [*"[]()!<>|`*_#-=\\\"'\n: ", "](", "![", "\n\n", "a.jpg", "]: b", "\n- ", "Лёд", "> "]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_MARKS, max_size=60).map("".join))
def test_whatever_is_typed_words_stay_in_their_places(body: str) -> None:
    marks = read_marks(body)
    lines = body.split("\n")
    assert [len(line) for line in lines] == [len(line) for line in marks.prose]
    found = [mark.line for group in (marks.headings, marks.pictures, marks.links) for mark in group]
    assert set(found) <= set(range(1, len(lines) + 1))
