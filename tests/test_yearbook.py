"""A yearbook stands as long as all that it was worked out from, and tells apart what sections show."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec
import pytest

from newsroom.build.memory import Memory
from newsroom.content.catalogue import Entry
from newsroom.content.library import Library
from newsroom.content.types import Tag
from newsroom.content.years import Entries
from newsroom.pages import related
from newsroom.pages.prints import prints
from newsroom.pages.yearbook import Yearbook, Yearbooks, keep_yearbooks, read_yearbooks, yearbooks
from tests.sample_library import CULTURE, PRESS, Opened, years_of
from tests.test_years import release

NOW = 1 << 40
LINES = (
    release("2024-06-01-f", "zima"),
    release("2024-05-09-e", "leto", "zima"),
    release("2023-12-31-d", "leto"),
    release("2023-12-30-c", "zima"),
    release("2021-01-02-b", "zima"),
    release("2021-01-01-a", "leto", "zima"),
)
Change = Callable[[list[Entry]], object]


def library(lines: Sequence[Entry] = LINES, *, tag: str = "Зима") -> Library:
    tags = (Tag(id="zima", title=tag, url="/tags/zima/"), Tag(id="leto", title="Лето", url="/tags/leto/"))
    cards = [msgspec.structs.replace(line, card=line.card[:7] + line.id[-1:].encode()) for line in lines]
    return Library(
        shelf=Opened({}), years=tuple(years_of(cards)), rubrics=(CULTURE,), tags=tags, departments=(PRESS,)
    )


def books(material: Library, known: dict[str, Yearbook] | None = None, now: int = NOW) -> Yearbooks:
    return yearbooks(material, prints(material, now), known or {})


def changed(lines: Sequence[Entry], **others: object) -> set[str]:
    """The years whose yearbooks are worked out anew."""
    known = dict(books(library()).years)
    found = books(library(lines), known, **others)  # type: ignore[arg-type]
    return {name for name, book in found.years.items() if book is not known.get(name)}


def test_yearbooks_of_the_same_are_taken_over() -> None:
    assert set() == changed(LINES)
    assert ["2024", "2023", "2021"] == list(books(library()).years)


@pytest.mark.parametrize(
    ("place", "fields", "expected"),
    [
        (0, {"digest": b"a change"}, {"2024"}),
        (2, {"digest": b"a change"}, {"2023"}),
        (5, {"digest": b"a change"}, {"2021"}),
        (0, {"card": b"a change"}, {"2024"}),
        (0, {"changes": (5, NOW - 1)}, set()),
    ],
)
def test_a_changed_release_touches_its_year(
    place: int, fields: dict[str, object], expected: set[str]
) -> None:
    lines = list(LINES)
    lines[place] = msgspec.structs.replace(lines[place], **fields)
    assert expected == changed(lines)


def test_what_comes_before_a_year_belongs_to_it_as_far_as_related_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = [line for line in LINES if line.id != "2021-01-01-a"]
    assert {"2024", "2023", "2021"} == changed(gone)
    monkeypatch.setattr(related, "LOOKED_AT", 1)
    assert {"2023", "2021"} == changed(gone)
    monkeypatch.setattr(related, "LOOKED_AT", 0)
    assert {"2021"} == changed(gone)


def test_another_title_of_a_tag_touches_the_years_that_name_it() -> None:
    known = dict(books(library()).years)
    found = books(library(tag="Мороз"), known)
    assert {"2024", "2023", "2021"} == {name for name in known if found.years[name] is not known[name]}
    without = [line for line in LINES if line.id != "2023-12-30-c"]
    known = dict(books(library(without)).years)
    found = books(library(without, tag="Мороз"), known)
    assert {"2024", "2021"} == {name for name in known if found.years[name] is not known[name]}


def test_a_correction_counts_from_its_hour() -> None:
    lines = list(LINES)
    lines[2] = msgspec.structs.replace(lines[2], changes=(NOW,))
    before, after = books(library(lines), now=NOW - 1), books(library(lines), now=NOW)
    assert {"2023"} == {name for name, book in after.years.items() if book != before.years[name]}
    assert NOW == after.years["2023"].changed != before.years["2023"].changed


def test_the_cards_of_a_list_stand_as_the_list_does() -> None:
    material = library()
    found = books(material)
    for entries in (material.releases, *material.by_tag.values()):
        assert b"".join(entry.card for entry in entries) == found.cards(entries)
    assert b"" == found.cards(Entries())
    assert ["2024-06", "2024-05", "2023-12", "2021-01"] == list(found.months)
    assert [1, 1, 2, 2] == [len(month.cards) // 8 for month in found.months.values()]


def test_the_newest_of_a_list_depend_on_the_years_they_stand_in() -> None:
    material = library()
    lines = list(LINES)
    lines[5] = msgspec.structs.replace(lines[5], digest=b"a change")
    other = library(lines)
    for count, same in ((1, True), (4, True), (5, False), (99, False)):
        one, two = (books(each).newest(each.releases, count) for each in (material, other))
        assert same == (one == two), count
    assert books(material).whole(material.releases) != books(other).whole(other.releases)


def test_yearbooks_are_read_as_they_were_kept(memory: Memory) -> None:
    found = books(library())
    keep_yearbooks(memory.folder, b"key", {}, found)
    assert found.years == read_yearbooks(memory.folder, b"key")
    assert list(found.years) == list(read_yearbooks(memory.folder, b"key"))
    assert {} == read_yearbooks(memory.folder, b"other")


def test_yearbooks_that_are_known_are_not_written_again(memory: Memory) -> None:
    found = books(library())
    keep_yearbooks(memory.folder, b"key", dict(found.years), found)
    assert [] == list(memory.folder.glob("yearbooks"))
