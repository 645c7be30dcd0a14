"""The words of a text, and phrases of lists found among them in any form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.check.inflection import inflected
from newsroom.check.phrases import Phrases
from newsroom.check.words import Sieve, Wording, folded


def words(text: str) -> list[str]:
    return [word.text for word in Wording(1, text).words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Лёд — это вода, да?", ["Лёд", "это", "вода", "да"]),
        ("пресс-служба, что-то", ["пресс-служба", "что-то"]),
        ("пресс\u2011служба", ["пресс-служба"]),
        ("ква́нт, при\u00adвет, и\u0306од, е\u0308лка", ["квант", "привет", "йод", "ёлка"]),
        ("на братск.рф и press@example.ru, https://a.example/путь.", ["на", "и"]),
        ("файл план.pdf, метка #НаЛьду; г. Братск", ["файл", "метка", "г", "Братск"]),
        ("Конец.Начало", ["Конец", "Начало"]),
        ("", []),
    ],
)
def test_words_are_what_people_would_call_words(text: str, expected: list[str]) -> None:
    assert expected == words(text)


@given(st.text(alphabet="аБё-\u2011\u0301\u00ad .,«»@#:/1a\n", max_size=30))
def test_words_stand_where_they_are_said_to(text: str) -> None:
    wording = Wording(1, text)
    of_pieces = {word.text for piece in wording.pieces for word in Wording(1, piece).words}
    assert of_pieces == {word.text for word in wording.words}
    for word in wording.words:
        assert text[word.start].casefold() == word.text[0].casefold()
        assert word.end - word.start >= len(word.text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Город. Лёд Ока", {"Город", "Лёд"}),
        ("В «Лёд» и Лёд", {"В", "Лёд"}),
        ("# Лёд\n\n1. Каток", {"Лёд", "Каток"}),
        ("сказал: Лёд — Ока", set()),
    ],
)
def test_a_capital_tells_nothing_where_a_sentence_may_begin(text: str, expected: set[str]) -> None:
    wording = Wording(1, text)
    capitals = [word for word in wording.words if word.text[0].isupper()]
    assert expected == {word.text for word in capitals if wording.may_open(word)}


def test_a_sieve_looks_at_a_piece_once_and_at_what_it_holds_each_time() -> None:
    seen: list[str] = []

    def is_idle(piece: Wording) -> bool:
        seen.append(piece.text)
        return piece.text != "мэр"

    sieve = Sieve(is_idle)
    told = [sieve.holds(Wording(1, text)) for text in ("лёд и лёд", "мэр и лёд", "лёд", "мэр")]
    assert [False, True, False, True] == told
    assert ["и", "лёд", "мэр", "мэр"] == sorted(seen)


@pytest.mark.parametrize(
    ("word", "forms", "others"),
    [
        ("кейс", "кейса кейсом кейсов кейсами", "кейсовый кейсик"),
        ("локация", "локации локаций локациями", "локационный локал"),
        ("клининговый", "клининговая клинингового клининговым", "клининг клининговость"),
        ("Иванов", "Иванову Ивановым Ивановых", "Ивановский Иван"),
        ("государство", "государства государством государств", "государственный"),
        ("Свидетели", "Свидетелей Свидетелям", "Свидетельство"),
        ("отель", "отеля отелем отелей", "отелька"),
        ("музей", "музея музеев", "музейный"),
        ("ГЭС", "ГЭС", "ГЭСа"),
        ("Meta", "Meta", "Metal Мета"),
        ("ёж", "ежа Ёжом", "ежевика"),
    ],
)
def test_forms_have_endings_of_their_kind_only(word: str, forms: str, others: str) -> None:
    assert [] == [form for form in forms.split() if folded(form) not in inflected(word)]
    assert [] == [form for form in others.split() if folded(form) in inflected(word)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("об Исламском государстве", ["Исламском государстве"]),
        ("группы «Исламское\nгосударство»", ["Исламское\nгосударство"]),
        ("исламское государство", []),
        ("Исламское. Государство", []),
        ("Исламское, государство", []),
        ("в фуд-зоне и фуд\u2011зонах", ["фуд-зоне", "фуд\u2011зонах"]),
        ("Мэр города, мэр и мэры", ["Мэр города", "мэр", "мэры"]),
        ("сад «Ромашка», ромашка и Ромашка", ["Ромашка"]),
        ("сайт meta, компания Meta", ["Meta"]),
    ],
)
def test_phrases_are_found_in_any_form_the_longest_first(text: str, expected: list[str]) -> None:
    names = ["Исламское государство", "фуд-зона", "мэр", "мэр города", "«Ромашка»", "Meta"]
    wording = Wording(1, text)
    found = Phrases([(name, name) for name in names]).find(wording)
    assert expected == [
        text[wording.parts[match.first].start : wording.parts[match.last].end] for match in found
    ]
