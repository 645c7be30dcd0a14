"""Cards hold any headline an official may write, and are the same each time."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from newsroom.pages.share_cards import card_key, draw_card

FONTS = Path(__file__).parent.parent / "theme" / "static" / "fonts"
HEAD, TEXT = FONTS / "sofia-sans-condensed-800.woff2", FONTS / "sofia-sans-condensed-600.woff2"
TITLES = [
    "Да",
    "День Победы",
    "В городе прошла «Лыжня»",
    "«Пятилетка»: вышел журнал тиражом 1000 экземпляров",
    "Пресс-служба подготовила восемь прямых эфиров с мэром города и трансляцию ежегодного отчёта",
    "О задачах пресс-службы на 2024 год: расширить охват аудитории в социальных сетях и привлечь подписчиков",
    "Постановление о внесении изменений в программу «Развитие информационного общества» " * 2,
    "Государственныепабликиадминистрациимуниципальногообразования",
    "слово " * 200,
]  # fmt: skip
MARGIN, STRATA = 64, 532
GROUND = (6, 48, 59)


def card(title: str = "День города", **words: Any) -> bytes:
    given = {"date": "9 мая 2024 г.", "rubric": "Город", "site_name": "Пресс-служба", "accent": "#d9480f"}
    return draw_card(title=title, font=HEAD, text_font=TEXT, **given | words)


def drawn(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def is_bare(image: Image.Image, box: tuple[int, int, int, int]) -> bool:
    return image.crop(box).getcolors() == [((box[2] - box[0]) * (box[3] - box[1]), GROUND)]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("figure", ["", "713 206", "10 000 000 000 000"])
def test_nothing_leaves_its_place(title: str, figure: str) -> None:
    data = card(title, figure=figure, figure_label="просмотров за год" if figure else "")
    image = drawn(data)
    assert (1200, 630) == image.size
    assert is_bare(image, (1200 - MARGIN + 1, 0, 1200, STRATA)), "over the right margin"
    assert is_bare(image, (0, 0, 16, STRATA)), "over the left edge"
    assert is_bare(image, (0, STRATA - 4, 1200, STRATA)), "into the strata"
    assert is_bare(image, (0, 0, 1200, 40)), "over the top"
    assert not is_bare(image, (0, 172, 1200, STRATA)), "no headline"
    assert 40_000 > len(data)


@pytest.mark.parametrize("name", ["date", "rubric", "site_name", "title"])
def test_a_word_may_be_missing(name: str) -> None:
    words = {name: ""}
    assert (1200, 630) == drawn(card(**words)).size


@pytest.mark.parametrize("words", [{}, {"figure": "1 530", "figure_label": "релизов"}])
def test_equal_words_give_equal_bytes_without_metadata(words: dict[str, str]) -> None:
    cards = [card(**words) for _ in range(2)]
    assert cards[0] == cards[1]
    assert {} == Image.open(io.BytesIO(cards[0])).info


@pytest.mark.parametrize(
    "words",
    [
        {"title": "День Победы"},
        {"date": "10 мая 2024 г."},
        {"rubric": "Спорт"},
        {"site_name": "Новости"},
        {"accent": "#0000ff"},
        {"figure": "8"},
    ],
)
def test_every_word_is_seen(words: dict[str, str]) -> None:
    assert card() != card(**words)


def test_small_lines_that_are_too_long_are_shortened() -> None:
    image = drawn(card(rubric="Очень длинная рубрика " * 9, site_name="Пресс-служба администрации " * 9))
    assert is_bare(image, (1200 - MARGIN + 1, 0, 1200, STRATA))
    assert is_bare(image, (800, 40, 880, 88)), "the name runs into the date"


def test_a_key_names_every_part() -> None:
    keys = {card_key("a", "b"), card_key("ab", ""), card_key("b", "a"), card_key("a", "b", "")}
    assert 4 == len(keys)
