"""The city's lists for rules, in the folder ``check/`` of the content; a list may be missing."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from newsroom.check.city_lists import (
    ForeignWord,
    Marked,
    read_foreign_words,
    read_marked_organizations,
    read_officials,
)
from newsroom.check.city_words import CityWord, enlisted, read_words
from newsroom.check.offices import Offices
from newsroom.check.phrases import Phrases
from newsroom.check.russian import russian_dictionary
from newsroom.check.speller import Speller
from newsroom.content.front_matter import read_text
from newsroom.problems import NewsroomError, Problem

LISTS = "check"
"""The folder of the lists in the content folder; what lies there is read by rules only."""

WORDS = "words.txt"
FOREIGN_WORDS = "foreign-words.yaml"
MARKED_ORGANIZATIONS = "marked-organizations.yaml"
OFFICIALS = "officials.yaml"

FILES = tuple(f"{LISTS}/{name}" for name in (WORDS, FOREIGN_WORDS, MARKED_ORGANIZATIONS, OFFICIALS))
"""The paths of all lists from the content folder."""

_SAID_OF_HEADERS = {
    "в docs/fields.md": "в начале файла",
    "смотрите docs/fields.md": "смотрите начало файла",
    " в шапку": "",
    "в шапке": "в списке",
    "шапка не читается": "список не читается",
}

T = TypeVar("T")

_NO_WORDS: tuple[list[CityWord], list[Problem]] = ([], [])


class Lists:
    """Each list is read when the first rule asks for it; one that is broken is empty, and a problem."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._problems: list[Problem] = []

    @cached_property
    def words(self) -> frozenset[str]:
        """The city's own words in small letters, as the list has them."""
        return frozenset(entry.word.lower() for entry in self._city_words)

    @cached_property
    def speller(self) -> Speller:
        """Knows the words of the dictionary and those of the city."""
        dictionary, problems = enlisted(self._city_words, russian_dictionary(), f"{LISTS}/{WORDS}")
        self._problems += problems
        names = (entry.word for entry in self._city_words if entry.word[0].isupper())
        return Speller(dictionary, [form for name in names for form in dictionary.forms(name)])

    @cached_property
    def foreign_words(self) -> Phrases[ForeignWord]:
        return self._read(FOREIGN_WORDS, read_foreign_words, Phrases(()))

    @cached_property
    def marked_organizations(self) -> Phrases[Marked]:
        return self._read(MARKED_ORGANIZATIONS, read_marked_organizations, Phrases(()))

    @cached_property
    def offices(self) -> Offices:
        return self._read(OFFICIALS, read_officials, Offices())

    @property
    def told_phrases(self) -> tuple[Phrases[ForeignWord], Phrases[Marked]]:
        """Phrases that other rules tell of, or that a mark excuses: of their spelling nothing is said."""
        return self.foreign_words, self.marked_organizations

    def problems(self) -> list[Problem]:
        """What is wrong with any of the lists; reads all of them."""
        _ = self.speller, self.foreign_words, self.marked_organizations, self.offices
        return sorted(self._problems)

    @cached_property
    def _city_words(self) -> list[CityWord]:
        words, problems = self._read(WORDS, read_words, _NO_WORDS)
        self._problems += problems
        return words

    def _read(self, name: str, reader: Callable[[str, str], T], empty: T) -> T:
        """What a reader makes of a list's text and path."""
        file = f"{LISTS}/{name}"
        if not (self.folder / name).is_file():
            return empty
        try:
            return reader(read_text(self.folder / name, file), file)
        except NewsroomError as error:
            self._problems += map(_of_a_list, error.problems)
            return empty


def _of_a_list(problem: Problem) -> Problem:
    """What is told of a header, told of a list, which explains itself in its first lines."""
    said = (problem.message, problem.remedy)
    for header, of_list in _SAID_OF_HEADERS.items():
        said = (said[0].replace(header, of_list), said[1].replace(header, of_list))
    return Problem(problem.file, problem.line, *said)
