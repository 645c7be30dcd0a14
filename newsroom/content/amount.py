"""A number as people know it: exactly, or only that it is more than so many."""

from __future__ import annotations

import re

from msgspec import Struct

from newsroom.content import values
from newsroom.content.fields import FaultsError, refused
from newsroom.content.numbers import number

_MORE = re.compile(r"(?:>|более|больше|свыше)\s*", re.IGNORECASE)


class Amount(Struct, frozen=True):
    """``at_least`` is of «более 10 000 000»: the source says no more."""

    value: int
    at_least: bool = False

    def __str__(self) -> str:
        """As readers see it: «более 10 000 000»."""
        return f"более {number(self.value)}" if self.at_least else number(self.value)

    @property
    def plain(self) -> str:
        """As it is written in a file: «>10000000»."""
        return f">{self.value}" if self.at_least else str(self.value)


def amount(value: object) -> Amount:
    """«1 530», «>10000000», «более 10 000 000»; raises FaultsError."""
    typed = value.strip() if isinstance(value, str) else ""
    more = _MORE.match(typed)
    try:
        return Amount(values.whole(typed[more.end() :] if more else typed), bool(more))
    except FaultsError:
        raise refused(
            "здесь нужно число", "пишите его цифрами: 1530, а если известно лишь «более», то >1500"
        ) from None


def total(amounts: list[Amount]) -> Amount:
    """Their sum, of which no more is known than of its parts."""
    return Amount(sum(each.value for each in amounts), any(each.at_least for each in amounts))
