"""Finds phrases of a list in a text, in any forms of their words, with or without quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from newsroom.check.inflection import inflected
from newsroom.check.words import Sieve, Word, Wording, folded

T = TypeVar("T")

_WITHIN = re.compile(r"[\s«»„“”\"'\u2011-]*")
"""What may stand between two words of a phrase."""


class Match(NamedTuple, Generic[T]):
    """A phrase found: ``first`` and ``last`` are places of its words among the ``parts`` of the text."""

    entry: T
    first: int
    last: int


class _Phrase(NamedTuple, Generic[T]):
    entry: T
    forms: tuple[frozenset[str], ...]
    capitals: tuple[bool, ...]
    """Where the list has a capital letter the text must have one: «Колумбайн» is no flower."""
    is_quoted: bool
    """Whether the text must have it in quotation marks, as the list has: «Медуза» is no animal."""


class Phrases(Generic[T]):
    """Phrases, each with what it stands for; the longest that begins at a word is found."""

    def __init__(self, listed: Iterable[tuple[str, T]]) -> None:
        self._by_first_word: dict[str, list[_Phrase[T]]] = {}
        self._telling: set[str] = set()
        self._sieve = Sieve(lambda piece: self._telling.isdisjoint(piece.folded_parts))
        for typed, entry in listed:
            words = Wording(0, typed).parts
            if words:
                phrase = _Phrase(
                    entry,
                    tuple(inflected(word.text) for word in words),
                    tuple(word.text[0].isupper() for word in words),
                    typed.lstrip()[:1] in ("«", '"'),
                )
                self._telling |= min(phrase.forms, key=len)  # «ЛГБТ» of «движение ЛГБТ» has one form
                for form in phrase.forms[0]:
                    self._by_first_word.setdefault(form, []).append(phrase)
        for phrases in self._by_first_word.values():
            phrases.sort(key=lambda phrase: -len(phrase.forms))

    def find(self, text: Wording) -> Iterator[Match[T]]:
        """All phrases in a text; none begins within another."""
        if not self._sieve.holds(text):
            return
        free_from = 0
        for first, word in enumerate(text.parts):
            if first < free_from:
                continue
            for phrase in self._by_first_word.get(folded(word.text), ()):
                end = first + len(phrase.forms)
                if _stands(phrase, text.parts[first:end], text):
                    yield Match(phrase.entry, first, end - 1)
                    free_from = end
                    break


def _stands(phrase: _Phrase[T], words: Sequence[Word], text: Wording) -> bool:
    if len(words) != len(phrase.forms):
        return False
    if phrase.is_quoted and not text.is_quoted(words[0]):
        return False
    fitting = zip(words, phrase.forms, phrase.capitals, strict=True)
    return all(
        folded(word.text) in forms and (word.text[0].isupper() or not is_capital)
        for word, forms, is_capital in fitting
    ) and all(_WITHIN.fullmatch(text.text, a.end, b.start) for a, b in pairwise(words))
