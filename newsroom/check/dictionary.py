"""A Hunspell dictionary: which words there are, and which forms they take.

Of Hunspell's format this reads what the Russian dictionary has: UTF-8, words with one-letter
flags (``.dic``), and for each flag the endings that such words take, one at a time (``SFX`` in ``.aff``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

_NOTHING = "0"
"""How an ``.aff`` file writes an empty ending."""


class Ending(NamedTuple):
    """A rule: a word with ``flag`` that fits ``condition`` takes ``ending`` in the place of ``stripped``."""

    flag: str
    stripped: str
    ending: str
    condition: str

    def fits(self, word: str) -> bool:
        return bool(_at_the_end(self.condition).search(word))


class Dictionary:
    """``flags`` of words as the dictionary lists them, and the ``endings`` that the flags stand for."""

    def __init__(self, flags: Mapping[str, str], endings: tuple[Ending, ...]) -> None:
        self._flags = flags
        self._endings = endings
        self._by_ending: dict[str, dict[str, list[Ending]]] = {}
        for rule in endings:
            self._by_ending.setdefault(rule.ending, {}).setdefault(rule.stripped, []).append(rule)
        self._longest = max(map(len, self._by_ending), default=0)

    def has(self, word: str) -> bool:
        """Whether this is a form of a listed word, in these very letters."""
        if word in self._flags:
            return True
        for cut in range(max(0, len(word) - self._longest), len(word) + 1):
            for stripped, rules in self._by_ending.get(word[cut:], {}).items():
                listed = word[:cut] + stripped
                flags = self._flags.get(listed)
                if flags and any(rule.flag in flags and rule.fits(listed) for rule in rules):
                    return True
        return False

    def knows(self, word: str) -> bool:
        """Whether the word may stand in a text: a listed small letter may be a capital there."""
        return self.has(word) or (word[:1].isupper() and self.has(word[0].lower() + word[1:]))

    def forms(self, listed: str) -> Iterator[str]:
        """The word and all forms of it; none where the word is not listed."""
        if listed in self._flags:
            yield listed
            yield from self._inflected(listed, self._flags[listed])

    def flags_of(self, listed: str) -> str | None:
        """The flags of a word in its first form, with a capital or without; None where it is not listed."""
        return self._flags.get(listed, self._flags.get(listed.lower()))

    def inflects(self, word: str, flags: str) -> bool:
        """Whether a word that had these flags would take any ending."""
        return next(self._inflected(word, flags), None) is not None

    def with_words(self, flags: Mapping[str, str]) -> Dictionary:
        """A dictionary with these words too."""
        return Dictionary({**self._flags, **flags}, self._endings)

    def _inflected(self, listed: str, flags: str) -> Iterator[str]:
        for rule in self._endings:
            if rule.flag in flags and rule.fits(listed):
                yield listed[: len(listed) - len(rule.stripped)] + rule.ending


@cache
def _at_the_end(condition: str) -> re.Pattern[str]:
    return re.compile(f"(?:{condition})$")


def read_dictionary(path: Path) -> Dictionary:
    """The dictionary of two files, ``path`` with the endings ``.aff`` and ``.dic``."""
    rows = (line.split() for line in path.with_suffix(".aff").read_text("utf-8").splitlines())
    rules = [row[1:5] for row in rows if len(row) == 5 and row[0] == "SFX"]
    endings = tuple(Ending(flag, _bare(stripped), _bare(new), at) for flag, stripped, new, at in rules)
    words = path.with_suffix(".dic").read_text("utf-8").splitlines()[1:]  # the first line is their number
    return Dictionary(dict(word.partition("/")[::2] for word in words), endings)


def _bare(ending: str) -> str:
    return "" if ending == _NOTHING else ending
