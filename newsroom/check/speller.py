"""Whether a word is written as a dictionary has it, and which words may be meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from newsroom.check.dictionary import Dictionary
from newsroom.check.slips import slips
from newsroom.check.words import Sieve, Word, Wording

SHORTEST_PART = 4
"""Letters that a word has after a first part, at least: «со» and «рт» are no word after «спорт»."""

SHORTEST_NAME = 6
"""Letters of a name that others are compared with: short names are too like one another."""

MOST_SUGGESTIONS = 2

FIRST_PARTS = """
авиа авто агро анти арт аудио аэро био благо вело взаимо видео вне внутри водо восьми высоко гео гидро гипер
гор гос двадцати двух девяти десяти евро жил зоо инвест интернет кибер кино контр культ лже макро мало медиа
меж между мета метео микро мини много моно мото мульти нано нац нейро ново обще одно онлайн полит пост пром
псевдо пяти радио разно сверх семи соц спец спорт стерео строй суб супер теле тепло термо техно транс трех
тридцати трёх тур турбо ультра физ фин фото хоз четырех четырёх шести эко экс экспресс электро энерго
"""
"""What makes a new word before a known one: «теле» and «марафон»."""

PARTS_BEFORE_A_HYPHEN = """
авиа бизнес веб видео вице интернет кое макси медиа микро мини мульти онлайн офлайн пиар поп пресс промо рок
северо смс спорт твид телеграм топ тур фитнес фото шоу эко экс экспресс юго
"""
"""What is no word by itself: «пресс-» of «пресс-служба»."""

PARTS_AFTER_A_HYPHEN = "то либо нибудь таки ка де с тка"

_FIRST = re.compile(
    f"(?:{'|'.join(sorted(FIRST_PARTS.split(), key=len, reverse=True))})(?=(?P<rest>.{{{SHORTEST_PART},}}))"
)
_PLAIN = re.compile("[А-Яа-яЁё][а-яё]+")
"""A word of Russian letters, and no abbreviation: not «ГЭС», «кВт», «А»."""
_BEFORE = frozenset(PARTS_BEFORE_A_HYPHEN.split())
_AFTER = frozenset(PARTS_AFTER_A_HYPHEN.split())
_ADJECTIVE = "(?:[ыи]й|ой|[ао]я|[яе]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]м|[ыи]ми|[ыи]х|[ую]ю)"
_NEGATED = re.compile(f"не(?P<rest>.{{{SHORTEST_PART},}}{_ADJECTIVE})")
"""«Не» is written together with adjectives and participles, never with verbs: «незнаю» is no word."""


class Speller:
    """Words of the dictionary, and what is made of them by first parts and hyphens."""

    def __init__(self, dictionary: Dictionary, names: Iterable[str] = ()) -> None:
        """``names`` are the names that are looked for in misspelt ones, in all their forms."""
        self._dictionary = dictionary
        self._names = {name.lower(): name for name in names if len(name) >= SHORTEST_NAME}
        self._passes: dict[str, bool] = {}
        self._sieve = Sieve(lambda piece: all(self.passes(word.text) for word in piece.words))
        self._suggested: dict[str, list[str]] = {}
        self._near: dict[str, str] = {}

    def passes(self, word: str) -> bool:
        """Whether there is nothing to be said of a word: it is known, or not for this dictionary to know."""
        passes = self._passes.get(word)
        if passes is None:
            passes = self._passes[word] = self._knows(word) or self._is_not_russian(word)
        return passes

    def doubts(self, text: Wording) -> Iterator[Word]:
        """The words of a text that do not pass."""
        if self._sieve.holds(text):
            yield from (word for word in text.words if not self.passes(word.text))

    def _is_not_russian(self, word: str) -> bool:
        """Whether there is a digit in it, or all that is unknown of it are abbreviations or foreign."""
        parts = word.split("-")
        plain = [part for part in parts if _PLAIN.fullmatch(part)]
        is_mixed = len(plain) < len(parts) and all(map(self._may_precede, plain))
        return not plain or is_mixed or any(map(str.isdigit, word))

    def _knows(self, word: str) -> bool:
        if self._dictionary.knows(word) or self._is_composed(word.lower()):
            return True
        if "-" not in word:
            return False
        *before, last = word.split("-")
        return all(map(self._may_precede, before)) and (last.lower() in _AFTER or self._knows(last))

    def _is_composed(self, word: str) -> bool:
        """Made of a first part and a known word; of «не» and an adjective."""
        found = _NEGATED.fullmatch(word) or _FIRST.match(word)
        return bool(found and self._dictionary.has(found["rest"]))

    def _may_precede(self, part: str) -> bool:
        """Whether a hyphen may follow: «пресс-», «физкультурно-»."""
        if part.lower() in _BEFORE or self._knows(part):
            return True
        stem = part[:-1].lower()
        return part[-1:] in "ое" and any(map(self._dictionary.has, (f"{stem}ый", f"{stem}ий", f"{stem}ой")))

    def suggestions(self, word: str) -> list[str]:
        """Known words that are one slip away; else the two words that it may be made of."""
        if word not in self._suggested:
            self._suggested[word] = self._suggestions(word)
        return self._suggested[word]

    def _suggestions(self, word: str) -> list[str]:
        before, hyphen, after = word.rpartition("-")
        if hyphen and not self._knows(after):
            return [f"{before}-{like}" for like in self.suggestions(after)]
        if hyphen:
            return [f"{like}-{after}" for like in self.suggestions(before)]
        found: list[str] = []
        for slip in slips(word.lower()):
            if slip not in found and self._dictionary.knows(slip):
                found.append(slip)
            if len(found) == MOST_SUGGESTIONS:
                break
        if not found:
            found += islice(self._two_words(word.lower()), 1)
        return [like.capitalize() if word[0].isupper() else like for like in found]

    def nearly_a_name(self, word: str) -> str:
        """The name of which this is a slip; "" if there is none."""
        if word not in self._near:
            near = (self._names[slip] for slip in slips(word.lower()) if slip in self._names)
            self._near[word] = next(near, "")
        return self._near[word]

    def _two_words(self, word: str) -> Iterator[str]:
        """What became one word where a space was left out."""
        for at in range(2, len(word) - 1):
            if self._dictionary.has(word[:at]) and self._dictionary.has(word[at:]):
                yield f"{word[:at]} {word[at:]}"
