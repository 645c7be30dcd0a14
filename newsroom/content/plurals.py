"""Russian nouns beside numbers: 1 релиз, 2 релиза, 5 релизов."""

from __future__ import annotations

from newsroom.content.numbers import NBSP, number


def choose_plural(count: float, one: str, few: str, many: str) -> str:
    """The form of the noun for this count, by the rule of CLDR for Russian.

    A fraction takes ``few``: «1,5 часа».
    """
    if count != int(count):
        return few
    tail = abs(int(count)) % 100
    if 11 <= tail <= 14:
        return many
    if tail % 10 == 1:
        return one
    return few if 2 <= tail % 10 <= 4 else many


def plural(count: float, one: str, few: str, many: str) -> str:
    """«5 релизов»: the number in groups of three, a no-break space, the noun."""
    return f"{number(count)}{NBSP}{choose_plural(count, one, few, many)}"
