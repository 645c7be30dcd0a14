"""The catalogue is kept for the next build, and records that nobody names are not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from newsroom.build.memory import Memory
from newsroom.build.scan import UNKNOWN, Stamp, scan, stamp_of
from newsroom.build.segments import Place
from newsroom.content.catalogue import Entry, FileState, refreshed, states
from newsroom.content.chapters import Chapter, read_catalogue
from newsroom.content.keep import compacted, keep
from tests.full_disk import room_for

KEY = b"key"
NOW = 10_000_000_000
PLACE = Place("000001", 0, 3)
OLD: Stamp = (5, 1_000_000_000, 1_000_000_000)
FRESH: Stamp = (5, 1_000_000_000, 9_990_000_000)


def entry(id: str, *stamps: Stamp, place: Place | None = PLACE) -> Entry:
    files = tuple(FileState(f"{id}.{number}", stamp, b"digest") for number, stamp in enumerate(stamps))
    return Entry(file=f"releases/{id}.md", kind="releases", id=id, url=f"/{id}/", files=files, place=place)


def chapter(*entries: Entry, name: str = "2024") -> Chapter:
    return Chapter(name, entries, {"releases": b"12345678"})


def kept(memory: Memory) -> dict[str, list[Entry]]:
    return {name: chapter.entries for name, chapter in read_catalogue(memory, KEY).items()}


def test_the_next_build_finds_the_lines(memory: Memory) -> None:
    one, other = chapter(entry("b", OLD), entry("a", OLD, OLD)), chapter(entry("c", OLD), name="2023")
    keep(memory, KEY, {}, [one, other], NOW)
    assert {"2024": one.entries, "2023": other.entries} == kept(memory)


def test_a_draft_is_read_every_time(memory: Memory) -> None:
    keep(memory, KEY, {}, [chapter(entry("a", OLD, place=None), entry("b", OLD))], NOW)
    assert {"2024": [entry("b", OLD)]} == kept(memory)


def test_a_fresh_stamp_is_not_remembered_and_its_folder_is_looked_into(memory: Memory) -> None:
    keep(memory, KEY, {}, [chapter(entry("a", OLD, FRESH)), chapter(entry("b", OLD), name="2023")], NOW)
    assert {"2024": [entry("a", OLD, UNKNOWN)], "2023": [entry("b", OLD)]} == kept(memory)
    found = read_catalogue(memory, KEY)
    assert [{"releases": b""}, {"releases": b"12345678"}] == [each.folders for each in found.values()]


def test_a_change_within_a_tick_of_the_clock_is_found(memory: Memory, tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "releases").mkdir(parents=True)
    (content / "releases/a.md").write_text("one")
    stamps = scan(content)
    known = states(dict.fromkeys(stamps, b""), stamps, content)
    line = Entry(file="releases/a.md", kind="releases", id="a", url="/a/", files=known, place=PLACE)
    keep(memory, KEY, {}, [chapter(line)], stamps["releases/a.md"][1])
    (found,) = kept(memory)["2024"]
    assert line == refreshed(found, stamps, content)
    (content / "releases/a.md").write_text("two")  # of the same size, and let its stamp be the same too
    assert refreshed(found, stamps, content) is None


@pytest.mark.parametrize(
    ("entries", "written"),
    [
        ([entry("a", OLD), entry("b", UNKNOWN)], False),
        ([entry("a", OLD), entry("b", FRESH)], False),
        ([entry("a", OLD), entry("b", UNKNOWN), entry("draft", OLD, place=None)], False),
        ([entry("a", OLD), entry("b", OLD)], True),
        ([entry("a", OLD)], True),
        ([], True),
    ],
)
def test_the_catalogue_is_written_when_it_differs(
    memory: Memory, entries: Sequence[Entry], written: bool
) -> None:
    keep(memory, KEY, {}, [chapter(entry("a", OLD), entry("b", UNKNOWN))], NOW)
    before = stamp_of(memory.folder / "catalogue")
    news = keep(memory, KEY, read_catalogue(memory, KEY), [chapter(*entries)], NOW)
    assert (written, written) == (news, before != stamp_of(memory.folder / "catalogue"))


@pytest.mark.parametrize("names", [(), ("2024",), ("2024", "2023", "2022")])
def test_a_year_that_came_or_went_is_written(memory: Memory, names: Sequence[str]) -> None:
    keep(memory, KEY, {}, [chapter(entry("a", OLD)), chapter(entry("b", OLD), name="2023")], NOW)
    known = read_catalogue(memory, KEY)
    chapters = [known.get(name) or chapter(entry("c", OLD), name=name) for name in names]
    assert keep(memory, KEY, known, chapters, NOW)
    assert list(names) == list(kept(memory))


def test_a_folder_that_is_another_now_is_written(memory: Memory) -> None:
    keep(memory, KEY, {}, [chapter(entry("a", OLD))], NOW)
    touched = Chapter("2024", [entry("a", OLD)], {"releases": b"another."})
    assert keep(memory, KEY, read_catalogue(memory, KEY), [touched], NOW)
    assert [touched.folders] == [each.folders for each in read_catalogue(memory, KEY).values()]


def test_a_full_disk_costs_the_next_build_its_speed_and_nothing_else(memory: Memory) -> None:
    keep(memory, KEY, {}, [chapter(entry("a", OLD))], NOW)
    with room_for(100):
        keep(memory, KEY, {}, [chapter(*(entry(str(number), OLD) for number in range(99)))], NOW)
    assert {"2024": [entry("a", OLD)]} == kept(memory)


def recorded(memory: Memory, *records: bytes) -> list[Entry]:
    """A line for each of the records, which are kept with a megabyte in vain between them."""
    entries = []
    for number, record in enumerate(records):
        entries.append(entry(str(number), OLD, place=memory.segments.add(record)))
        memory.segments.add(b"x" * (1 << 20))
    memory.segments.flush()
    return entries


def size(memory: Memory) -> int:
    return sum(path.stat().st_size for path in memory.segments.folder.iterdir())


def records(memory: Memory, chapters: Iterable[Chapter]) -> dict[str, bytes]:
    """What lies where the lines say, by ids."""
    lines = (entry for chapter in chapters for entry in chapter.entries)
    return {line.id: memory.segments.read(line.place) for line in lines if line.place}


RECORDS = {"0": b"one", "1": b"two", "2": b"three"}


def test_records_that_nobody_names_are_left_behind(memory: Memory) -> None:
    one, two, three = recorded(memory, *RECORDS.values())
    chapters = [chapter(one, two), chapter(three, name="2023")]
    moved = compacted(memory, chapters)
    memory.segments.forget_old()
    assert RECORDS == records(memory, moved)
    assert len(b"onetwothree") == size(memory)
    assert [each.folders for each in chapters] == [each.folders for each in moved]


def test_a_little_waste_moves_nothing(memory: Memory) -> None:
    chapters = [chapter(entry("a", OLD, place=memory.segments.add(b"one")))]
    memory.segments.add(b"in vain")
    memory.segments.flush()
    assert chapters is compacted(memory, chapters)
    assert len(b"onein vain") == size(memory)


def test_this_build_reads_on_where_the_records_were_and_the_next_where_they_are(memory: Memory) -> None:
    chapters = [chapter(*recorded(memory, *RECORDS.values()), entry("draft", OLD, place=None))]
    keep(memory, KEY, {}, chapters, NOW)
    lines = [found.kept.place.size for found in read_catalogue(memory, KEY).values() if found.kept]
    assert len(b"onetwothree") + sum(lines) == size(memory)
    assert RECORDS == records(memory, chapters)
    with Memory(memory.folder.rename(memory.folder.with_name("next"))) as after:
        assert RECORDS == records(after, read_catalogue(after, KEY).values())


def test_a_full_disk_does_not_keep_records_from_being_read(memory: Memory) -> None:
    chapters = [chapter(*recorded(memory, b"x" * 60, b"y" * 60))]
    with room_for(100), pytest.raises(OSError, match="File too large"):
        compacted(memory, chapters)
    assert {"0": b"x" * 60, "1": b"y" * 60} == records(memory, chapters)
