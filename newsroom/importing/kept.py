"""The last look at an import: whether every word that was there is there still."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NOT_LETTERS = re.compile(r"[\W_]+")


def missing(texts: Iterable[str], page: str) -> list[str]:
    """Words of the texts that stand nowhere on the page, in their order.

    Compared are letters and digits alone: typography sets all the rest in its own way.
    """
    shown = letters(page)
    lost: list[str] = []
    for text in texts:
        if letters(text) not in shown:
            lost += [word for word in text.split() if letters(word) not in shown]
    return lost


def letters(text: str) -> str:
    """The letters and digits of a text, small ones."""
    # Compatible forms are looked up before: «м²» and «м2» are the same words.
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text)).lower()
