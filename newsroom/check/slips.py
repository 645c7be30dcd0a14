"""What a word becomes by one slip of the pen, the likeliest first."""

from __future__ import annotations

from collections.abc import Iterator

LETTERS = "оеаинтсрвлкмдпуяыьгзбчйхжюшцщэфъё"
"""From the most to the least frequent in Russian."""

_ALIKE = "ао еи еэ ыи ъь дт бп гк зс жш вф шщ щч юу яа её яе цс"
_MISTAKEN = {one: [pair.replace(one, "") for pair in _ALIKE.split() if one in pair] for one in LETTERS}


def slips(word: str) -> Iterator[str]:
    """Each word with one letter too many, too few or another one, or with two in each other's place."""
    yield from _without_one_of_two(word)
    yield from _sounding_alike(word)
    for at, letter in enumerate(word):
        yield word[:at] + letter + word[at:]
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    for at in range(len(word)):
        yield word[:at] + word[at + 1 :]
    for letter in LETTERS:
        for at in range(len(word) + 1):
            yield word[:at] + letter + word[at:]
    for letter in LETTERS:
        for at in range(len(word)):
            yield word[:at] + letter + word[at + 1 :]


def _without_one_of_two(word: str) -> Iterator[str]:
    for at, letter in enumerate(word):
        if word.startswith(letter, at + 1):
            yield word[:at] + word[at + 1 :]


def _sounding_alike(word: str) -> Iterator[str]:
    for at, letter in enumerate(word):
        for other in _MISTAKEN.get(letter, ()):
            yield word[:at] + other + word[at + 1 :]
