"""The releases that may be published, year by year, and lists of them that reach across years.

A year is opened when something of it is asked for; how many releases it has, and of what,
is known from its outline.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import overload

from msgspec import Struct

from newsroom.content.catalogue import Entry, order
from newsroom.content.outline import Outline, terms_of

ALL = ("", "")
"""The list of all releases, where lists are named by the kind and the id of a term."""


class Year(Struct, frozen=True, dict=True):
    """What may be published of a year's releases: ``open_lines`` gives it, newest first."""

    name: str
    outline: Outline
    open_lines: Callable[[], Sequence[Entry]]

    @cached_property
    def published(self) -> list[Entry]:
        return [entry for entry in self._lines if entry.status == "published"]

    @cached_property
    def withdrawn(self) -> list[Entry]:
        return (
            [entry for entry in self._lines if entry.status == "withdrawn"] if self.outline.withdrawn else []
        )

    @cached_property
    def by_id(self) -> dict[str, Entry]:
        """The published ones."""
        return {entry.id: entry for entry in self.published}

    @cached_property
    def by_url(self) -> dict[str, Entry]:
        """The published ones."""
        return {entry.url: entry for entry in self.published}

    def count(self, kind: str, id: str) -> int:
        """How many are in a list."""
        return self.outline.counts[kind].get(id, 0) if kind else self.outline.published

    def of(self, kind: str, id: str) -> Sequence[Entry]:
        """Those of a list."""
        return self._lists.get((kind, id), ()) if kind else self.published

    def within(self, period: str) -> Sequence[Entry]:
        """Those of a month or a day («2024-05», «2024-05-09»)."""
        return self._periods.get(period, ())

    def older_than(self, entry: Entry, kind: str, id: str, count: int) -> Sequence[Entry]:
        """The ``count`` ones of a list that come next after ``entry``, which need not be of it."""
        entries = self.of(kind, id)
        moments = self._moments.get((kind, id))
        if moments is None:
            moments = self._moments[kind, id] = [order(each) for each in reversed(entries)]
        start = len(entries) - bisect_left(moments, order(entry))
        return entries[start : start + count]

    @cached_property
    def _moments(self) -> dict[tuple[str, str], list[tuple[int, str]]]:
        """The keys by which lists are sorted, oldest first."""
        return {}

    @cached_property
    def _periods(self) -> dict[str, list[Entry]]:
        periods: dict[str, list[Entry]] = {}
        for entry in self.published:
            periods.setdefault(entry.month, []).append(entry)
            periods.setdefault(entry.day, []).append(entry)
        return periods

    @cached_property
    def _lines(self) -> Sequence[Entry]:
        return self.open_lines()

    @cached_property
    def _lists(self) -> dict[tuple[str, str], list[Entry]]:
        lists: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.published:
            for kind, ids in terms_of(entry).items():
                for id in ids:
                    lists.setdefault((kind, id), []).append(entry)
        return lists


class Entries(Sequence[Entry]):
    """A list of releases, newest first, across ``years``, which come newest first too."""

    def __init__(self, years: Sequence[Year] = (), kind: str = "", id: str = "") -> None:
        self.years = years
        self.kind = kind
        self.id = id

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __bool__(self) -> bool:
        return bool(self.years)

    def __iter__(self) -> Iterator[Entry]:
        return chain.from_iterable(year.of(self.kind, self.id) for year in self.years)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | Sequence[Entry]:
        places = range(len(self))[place]
        return Part(self, places) if isinstance(places, range) else next(self.between(places, places + 1))

    def older_than(self, entry: Entry, count: int) -> list[Entry]:
        """The ``count`` releases of the list that come next after ``entry``."""
        found: list[Entry] = []
        for year in self.years:
            if year.name > entry.year:
                continue
            left = count - len(found)
            if year.name == entry.year:
                found += year.older_than(entry, self.kind, self.id, left)
            else:
                found += year.of(self.kind, self.id)[:left]
            if len(found) == count:
                break
        return found

    def between(self, start: int, stop: int) -> Iterator[Entry]:
        """Those from one place up to another."""
        begin = 0
        for year, end in zip(self.years, self._ends, strict=True):
            if begin >= stop:
                return
            if end > start:
                yield from year.of(self.kind, self.id)[max(0, start - begin) : stop - begin]
            begin = end

    @cached_property
    def _ends(self) -> list[int]:
        """How many there are up to the end of each year."""
        ends, total = [], 0
        for year in self.years:
            total += year.count(self.kind, self.id)
            ends.append(total)
        return ends


class Part(Sequence[Entry]):
    """Those of ``entries`` at some places; opened when asked for, as the whole is."""

    def __init__(self, entries: Entries, places: range) -> None:
        self._entries = entries
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._opened)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(place, slice):
            return Part(self._entries, self._places[place])
        return self._opened[place]

    @cached_property
    def _opened(self) -> list[Entry]:
        if not self._places:
            return []
        first, last = sorted((self._places[0], self._places[-1]))
        return list(self._entries.between(first, last + 1))[:: self._places.step]


class ById(Mapping[str, Entry]):
    """The published releases by their ids, which begin with the year."""

    def __init__(self, years: Sequence[Year]) -> None:
        self._years = {year.name: year for year in years}

    def __getitem__(self, id: str) -> Entry:
        return self._years[id[:4]].by_id[id]

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(year.by_id for year in self._years.values())

    def __len__(self) -> int:
        return sum(year.outline.published for year in self._years.values())


def lists(years: Sequence[Year], kind: str) -> dict[str, Entries]:
    """The lists of all terms of a kind that a published release names, by id."""
    found: dict[str, list[Year]] = {}
    for year in years:
        for id in year.outline.counts[kind]:
            found.setdefault(id, []).append(year)
    return {id: Entries(named, kind, id) for id, named in found.items()}
