"""The Russian dictionary: which words there are, and which forms they take."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom.check.dictionary import Dictionary, read_dictionary
from newsroom.check.russian import FOLDER
from tests.conftest import ROOT

AFFIXES = """SET UTF-8
TRY оеа

SFX A Y 2
SFX A  а  ы  [^гк]а
SFX A  а  и  [гк]а

SFX B Y 1
SFX B  0  ом  [лн]
"""
WORDS = "4\nзима/A\nрека/A\nкаток\nДон/B\n"


@pytest.fixture
def small(tmp_path: Path) -> Dictionary:
    (tmp_path / "small.aff").write_text(AFFIXES, "utf-8")
    (tmp_path / "small.dic").write_text(WORDS, "utf-8")
    return read_dictionary(tmp_path / "small")


@pytest.mark.parametrize("word", ["зима", "зимы", "реки", "каток", "Дон", "Доном", "Зимы"])
def test_a_form_that_the_rules_make_is_known(small: Dictionary, word: str) -> None:
    assert small.knows(word)


@pytest.mark.parametrize("word", ["зими", "рекы", "катоком", "дон", "доном", "зимаы", "м", ""])
def test_a_form_that_no_rule_makes_is_not(small: Dictionary, word: str) -> None:
    assert not small.knows(word)


def test_a_word_is_given_in_all_its_forms(small: Dictionary) -> None:
    assert ["Дон", "Доном"] == list(small.forms("Дон"))
    assert [] == list(small.forms("Доном"))


def test_a_word_is_added_with_the_flags_of_another_to_a_new_dictionary(small: Dictionary) -> None:
    more = small.with_words({"гора": small.flags_of("Зима") or ""})
    assert more.knows("горы")
    assert not small.knows("гора")
    assert not more.inflects("село", "A")


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        ("ёлка елка ёлками елками пошёл пошел", "ёлкам-то ёлкаме пошол"),
        ("Братск Братска братский по-прежнему", "братск Братскаа"),
        ("администрация городского спортсменам будущий", "админстрация городскова спорсменам будующий"),
        ("мессенджера юнармейцев самозанятых паблики", "месенджера юнармийцев"),
    ],
)
def test_russian_is_known(russian: Dictionary, known: str, unknown: str) -> None:
    assert [] == [word for word in known.split() if not russian.knows(word) and "-" not in word]
    assert [] == [word for word in unknown.split() if russian.knows(word)]


def test_every_word_is_judged_as_hunspell_judged_it() -> None:
    """Forms and slips of words of the dictionary, as Hunspell 1.7 itself told right («+») from wrong («-»).

    Words with hyphens are not among them: Hunspell takes those apart, and so does ``Speller``.
    """
    dictionary = read_dictionary(FOLDER / "ru_RU")
    verdicts = (ROOT / "tests/golden/hunspell-verdicts.txt").read_text("utf-8").split()
    assert verdicts == [
        f"{'+' if dictionary.knows(verdict[1:]) else '-'}{verdict[1:]}" for verdict in verdicts
    ]
