"""Lists of releases reach across years, and a year is opened only when something of it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import msgspec
import pytest

from newsroom.content.catalogue import Entry
from newsroom.content.outline import EVENT, RUBRIC, TAG, outline
from newsroom.content.years import ById, Entries, Year, lists
from tests.test_catalogue import ENTRY


def release(id: str, *tags: str, status: str = "published") -> Entry:
    """A release of the day that its id begins with; ids of one day stand in their order."""
    url, moment = f"/news/{id[:4]}/{id[5:7]}/{id[11:]}/", int(id[:10].replace("-", "")) * 100 + ord(id[-1])
    fields = {"id": id, "url": url, "day": id[:10], "moment": moment, "tags": tags, "status": status}
    return msgspec.structs.replace(ENTRY, **fields)


NEWEST_FIRST = (
    release("2024-06-01-f", "zima"),
    release("2024-05-09-e", "leto", "zima"),
    release("2024-05-09-d", "leto", status="withdrawn"),
    release("2023-12-31-c", "leto"),
    release("2021-01-02-b", "zima"),
    release("2021-01-01-a", "leto", "zima"),
)


@dataclass
class Shelf:
    """The years of some releases; notes which are opened."""

    entries: Sequence[Entry] = NEWEST_FIRST
    opened: list[str] = field(default_factory=list)

    def open_year(self, name: str) -> Sequence[Entry]:
        self.opened.append(name)
        return self._of(name)

    @property
    def years(self) -> list[Year]:
        names = sorted({entry.year for entry in self.entries}, reverse=True)
        return [Year(name, outline(self._of(name)), partial(self.open_year, name)) for name in names]

    def _of(self, name: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.year == name]


def ids(entries: Sequence[Entry]) -> str:
    return "".join(entry.id[-1] for entry in entries)


def test_a_list_has_the_published_releases_of_all_years_newest_first() -> None:
    years = Shelf().years
    tags = lists(years, TAG)
    assert "fecba" == ids(Entries(years))
    assert {"leto": "eca", "zima": "feba"} == {id: ids(entries) for id, entries in tags.items()}
    assert {"gorod": "fecba"} == {id: ids(entries) for id, entries in lists(years, RUBRIC).items()}
    assert {} == lists(years, EVENT)


def test_to_count_a_list_opens_nothing() -> None:
    shelf = Shelf()
    years = shelf.years
    assert (5, 4, True) == (len(Entries(years)), len(lists(years, TAG)["zima"]), bool(Entries(years)))
    assert (0, False, []) == (len(Entries()), bool(Entries()), list(Entries()))
    assert [] == shelf.opened


@pytest.mark.parametrize("start", [None, -9, -4, -1, 0, 1, 2, 3, 4, 5, 9])
@pytest.mark.parametrize("stop", [None, -9, -4, -1, 0, 1, 2, 3, 4, 5, 9])
def test_a_part_of_a_list_is_what_it_is_of_any_list(start: int | None, stop: int | None) -> None:
    whole = Entries(Shelf().years)
    expected, part = ids(list(whole)[start:stop]), whole[start:stop]
    assert (expected, len(expected)) == (ids(part), len(part))
    assert expected[1:3] == ids(part[1:3])


@pytest.mark.parametrize("step", [-3, -2, -1, 1, 2, 3, 9])
@pytest.mark.parametrize(("start", "stop"), [(None, None), (0, 4), (4, 0), (-2, 1), (1, 1), (5, 5)])
def test_a_part_may_go_in_steps(start: int | None, stop: int | None, step: int) -> None:
    whole = Entries(Shelf().years)
    expected, part = ids(list(whole)[start:stop:step]), whole[start:stop:step]
    assert (expected, expected[::-1]) == (ids(part), ids(part[::-1]))


@pytest.mark.parametrize("place", [-5, -1, 0, 2, 4])
def test_a_place_of_a_list_is_what_it_is_of_any_list(place: int) -> None:
    whole = Entries(Shelf().years)
    assert list(whole)[place] is whole[place]


@pytest.mark.parametrize("place", [-6, 5, 99])
def test_a_place_that_is_none_is_an_error(place: int) -> None:
    with pytest.raises(IndexError):
        Entries(Shelf().years)[place]


@pytest.mark.parametrize(
    ("start", "stop", "expected"), [(0, 2, ["2024"]), (1, 3, ["2024", "2023"]), (3, 5, ["2021"]), (2, 2, [])]
)
def test_a_part_opens_the_years_that_it_lies_in(start: int, stop: int, expected: list[str]) -> None:
    shelf = Shelf()
    part = Entries(shelf.years)[start:stop]
    assert (stop - start, []) == (len(part), shelf.opened)
    list(part)
    assert expected == shelf.opened


def test_a_year_is_opened_once() -> None:
    shelf = Shelf()
    years = shelf.years
    for _ in range(2):
        list(Entries(years))
        list(lists(years, TAG)["leto"])
    assert ["2024", "2023", "2021"] == shelf.opened


@pytest.mark.parametrize(
    ("entry", "tag", "count", "expected"),
    [
        (0, "zima", 2, "eb"),
        (0, "zima", 9, "eba"),
        (1, "leto", 1, "c"),
        (1, "leto", 9, "ca"),
        (2, "zima", 9, "ba"),
        (3, "zima", 9, "ba"),
        (5, "zima", 9, ""),
    ],
)
def test_what_is_older_than_a_release_follows_it_whether_it_stands_in_the_list_or_not(
    entry: int, tag: str, count: int, expected: str
) -> None:
    assert expected == ids(lists(Shelf().years, TAG)[tag].older_than(NEWEST_FIRST[entry], count))


def test_years_that_are_newer_or_not_needed_stay_closed() -> None:
    shelf = Shelf()
    assert "ba" == ids(Entries(shelf.years).older_than(NEWEST_FIRST[3], 2))
    assert ["2023", "2021"] == shelf.opened
    shelf = Shelf()
    assert "e" == ids(Entries(shelf.years).older_than(NEWEST_FIRST[0], 1))
    assert ["2024"] == shelf.opened


def test_a_release_is_found_by_its_id_in_its_year() -> None:
    shelf = Shelf()
    found = ById(shelf.years)
    assert NEWEST_FIRST[3] is found["2023-12-31-c"]
    assert ["2023"] == shelf.opened
    known = [id in found for id in ("2023-12-31-c", "2023-01-01-x", "1999-01-01-a", "2024-05-09-d", "")]
    assert [True, False, False, False, False] == known
    assert (5, "fecba") == (len(found), ids(list(found.values())))


def test_a_year_knows_its_months_days_and_what_was_withdrawn() -> None:
    year = Shelf().years[0]
    assert ["e", "e", "f", ""] == [
        ids(year.within(period)) for period in ("2024-05", "2024-05-09", "2024-06", "2024-07")
    ]
    assert "d" == ids(year.withdrawn)
    assert ["2024-06-01-f", "2024-05-09-e"] == [entry.id for entry in year.by_url.values()]
