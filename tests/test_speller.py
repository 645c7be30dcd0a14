"""Whether a word passes for Russian, and what may be meant by one that does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.check.dictionary import Dictionary
from newsroom.check.slips import slips
from newsroom.check.speller import Speller


@pytest.fixture(scope="module")
def speller(russian: Dictionary) -> Speller:
    return Speller(russian, ["Серебряков", "Серебрякова", "Падун"])


@pytest.mark.parametrize(
    "words",
    [
        "телемарафон соцсетях видеообзор горсовет двухполосный Медиаграмотность",  # first parts
        "неподцензурный нелицензионные",  # «не» with adjectives
        "пресс-служба физкультурно-спортивный что-нибудь кое-какие по-братски Нью-Йорк северо-западный",
        "онлайн-трансляция чат-бот IT-сфера Wi-Fi-сеть ГТО-центр",
        "16-летний 2023-м 5G ГЭС МБУ кВт ВКонтакте А Instagram",
    ],
)
def test_what_is_written_right_passes(speller: Speller, words: str) -> None:
    assert [] == [word for word in words.split() if not speller.passes(word)]


@pytest.mark.parametrize(
    "words",
    [
        "спорсмен незнаю нехочу агенство искуство програма",
        "телемарофон пресс-слжуба IT-офера физкультурна-спортвный что-небудь",
        "спортрт видеоя",  # what is too short to be a word after a first part
    ],
)
def test_what_is_not_does_not_pass(speller: Speller, words: str) -> None:
    assert [] == [word for word in words.split() if speller.passes(word)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("спорсмен", ["спортсмен"]),
        ("будующий", ["будущий", "бушующий"]),
        ("карова", ["корова", "караван"]),
        ("рестораан", ["ресторан"]),
        ("Админстрация", ["Администрация"]),
        ("незнаю", ["не знаю"]),
        ("наулице", ["на улице"]),
        ("пресс-слжуба", ["пресс-служба"]),
        ("ывапролд", []),
    ],
)
def test_what_may_be_meant_is_named_the_likeliest_first(
    speller: Speller, written: str, meant: list[str]
) -> None:
    assert meant[:1] == speller.suggestions(written)[:1]
    assert len(speller.suggestions(written)) <= 2


@pytest.mark.parametrize(
    ("written", "name"),
    [("Серебреков", "Серебряков"), ("Серебряковаа", "Серебрякова"), ("Серов", ""), ("Подун", "")],
)
def test_a_misspelt_name_of_the_list_is_recognized_if_it_is_long(
    speller: Speller, written: str, name: str
) -> None:
    assert name == speller.nearly_a_name(written)


@given(st.text(alphabet="абвёя-", max_size=6))
def test_a_slip_changes_one_letter(word: str) -> None:
    assert all(abs(len(slip) - len(word)) <= 1 for slip in slips(word))


@given(word=st.text(max_size=20))
def test_no_word_is_too_strange(speller: Speller, word: str) -> None:
    if not speller.passes(word):
        speller.suggestions(word)
        speller.nearly_a_name(word)
