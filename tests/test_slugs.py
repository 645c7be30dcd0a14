"""Slugs: what Russian titles become in an address."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from iuliia import MOSMETRO

from newsroom.content.slugs import SLUG_LIMIT, is_slug, slug

TITLES = {
    "День Победы": "den-pobedy",
    "Братская пятилетка": "bratskaya-pyatiletka",
    "День юных": "den-yunykh",
    "Ещё ёлка": "esche-elka",
    "Съёмка подъезда": "syomka-podyezda",
    "СЪЁМКА": "syomka",
    "Воробьёвы горы": "vorobyovy-gory",
    "Широкий и новый мост": "shiroky-i-novy-most",
    "МБОУ «СОШ № 12-а»": "mbou-sosh-12-a",
    "№ 5": "5",
    "Итоги — 2023: 1 530 релизов!": "itogi-2023-1-530-relizov",
    "Выборы—2024": "vybory-2024",
    "Telegram-канал мэра": "telegram-kanal-mera",
    "За́мок в горо\u00adде": "zamok-v-gorode",
    "Трои\u0306ка": "troyka",
    "Café Ångström": "cafe-angstrom",
    "Д’Артаньян": "dartanyan",
    "  --  тире  --  ": "tire",
    "Цены: 100 ₽": "tseny-100",
}


@pytest.mark.parametrize(("title", "expected"), TITLES.items())
def test_a_title_becomes_a_slug(title: str, expected: str) -> None:
    assert expected == slug(title)


def test_a_long_title_is_cut_after_a_whole_word() -> None:
    result = slug("Братский экономический форум " * 5)
    assert "bratsky-ekonomichesky-forum-bratsky-ekonomichesky-forum-bratsky-ekonomichesky" == result
    assert len(result) <= SLUG_LIMIT


def test_the_last_word_stays_when_it_ends_at_the_limit() -> None:
    assert "aaa-bbb" == slug("aaa bbb ccc", limit=7)


def test_a_single_long_word_is_cut_at_the_limit() -> None:
    assert "a" * 10 == slug("a" * 30, limit=10)


@pytest.mark.parametrize("text", ["", "   ", "№", "—!?", "\u00ad"])
def test_nothing_to_make_a_slug_of_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="нет букв и цифр"):
        slug(text)


@pytest.mark.parametrize("text", ["den-pobedy", "5", "a-1-b"])
def test_slugs_are_known(text: str) -> None:
    assert is_slug(text)


@pytest.mark.parametrize("text", ["", "-a", "a-", "a--b", "A", "день", "a_b", "a b", "a\n"])
def test_other_texts_are_not_slugs(text: str) -> None:
    assert not is_slug(text)


@given(st.text(max_size=120))
def test_whatever_comes_out_is_a_slug_and_its_own_slug(text: str) -> None:
    try:
        result = slug(text)
    except ValueError:
        return
    assert is_slug(result)
    assert len(result) <= SLUG_LIMIT
    assert result == slug(result)


@given(st.text(st.sampled_from("абвгдеёжзийклмнопрстуфхцчшщъыьэюя 1_-"), min_size=1, max_size=40))
@example("ъёньий ьёёъй тц цц ий ый")
def test_letters_are_those_of_the_scheme(text: str) -> None:
    try:
        expected = re.sub("[^a-z0-9]+", "-", MOSMETRO.translate(text)).strip("-")
        assert expected == slug(text)
    except ValueError:
        assert not expected
