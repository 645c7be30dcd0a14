"""``check/words.txt``: the words of a city, which a dictionary does not have.

One word a line; in «Падун = Байкал» it takes the forms that the dictionary has of the other word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from newsroom.check.dictionary import Dictionary
from newsroom.problems import Problem

_LINE = re.compile(r"(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*)(?:\s*=\s*(?P<model>[^\W\d_]+(?:-[^\W\d_]+)*))?")


class CityWord(NamedTuple):
    """A word, its line, and the word whose forms it takes ("" where it has none but itself)."""

    line: int
    word: str
    model: str


def read_words(text: str, file: str) -> tuple[list[CityWord], list[Problem]]:
    """The words of a list, and what is wrong with its other lines."""
    words, problems = [], []
    for number, line in enumerate(text.split("\n"), 1):
        typed = line.partition("#")[0].strip()
        found = _LINE.fullmatch(typed)
        if found:
            words.append(CityWord(number, found["word"], found["model"] or ""))
        elif typed:
            remedy = "одно слово в строке: «Падун» или «Падун = Байкал», чтобы оно склонялось как второе"
            problems.append(Problem(file, number, f"строка «{typed}» не понятна", remedy))
    return words, problems


def enlisted(
    words: Iterable[CityWord], dictionary: Dictionary, file: str
) -> tuple[Dictionary, list[Problem]]:
    """The dictionary with these words; tells of those that their model gives no forms."""
    flags: dict[str, str] = {}
    problems = []
    for line, word, model in words:
        given = dictionary.flags_of(model) if model else ""
        if given is None:
            remedy = "возьмите другое слово, которое склоняется так же, в начальной форме"
            problems.append(Problem(file, line, f"образца «{model}» нет в словаре", remedy))
        elif model and not dictionary.inflects(word, given):
            remedy = "возьмите образец, который кончается на те же буквы, в начальной форме"
            problems.append(Problem(file, line, f"«{word}» не склоняется как «{model}»", remedy))
        flags[word] = given or ""
    return dictionary.with_words(flags), problems
