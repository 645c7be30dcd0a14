"""The periods that the search has an index of each: closed quarters, and of the newest quarter its months.

So whatever changes anywhere in the archive, no more than a quarter's releases are indexed again; a
new release costs those of its month. Which period a month is in depends on the published releases alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec import Struct


class SearchPeriod(Struct, frozen=True):
    """``name`` is «2024-q2» or «2024-05», ``months`` those of it that have releases, newest first."""

    name: str
    months: tuple[str, ...]

    @property
    def is_closed(self) -> bool:
        """Whether it is a quarter, and not a month of the newest one."""
        return "q" in self.name


def search_periods(months: Iterable[str]) -> Iterator[SearchPeriod]:
    """The periods of all months that have releases («2024-05»), newest first like them."""
    for number, (name, group) in enumerate(groupby(months, _quarter)):
        if number:
            yield SearchPeriod(name, tuple(group))
        else:
            yield from (SearchPeriod(month, (month,)) for month in group)


def _quarter(month: str) -> str:
    return f"{month[:4]}-q{(int(month[5:]) + 2) // 3}"
