"""The catalogue is kept for the next build, and records that nobody names are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from newsroom.build.memory import Memory
from newsroom.build.scan import UNKNOWN, Stamp, scan
from newsroom.build.segments import Place
from newsroom.content.catalogue import Entry, FileState, read_catalogue, refreshed, states
from newsroom.content.keep import compacted, keep
from tests.full_disk import room_for

KEY = b"key"
NOW = 10_000_000_000
PLACE = Place("000001", 0, 3)
OLD: Stamp = (5, 1_000_000_000, 1_000_000_000)
FRESH: Stamp = (5, 1_000_000_000, 9_990_000_000)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory(tmp_path / "memory") as memory:
        yield memory


def entry(id: str, *stamps: Stamp, place: Place | None = PLACE) -> Entry:
    files = tuple(FileState(f"{id}.{number}", stamp, b"digest") for number, stamp in enumerate(stamps))
    return Entry(file=f"{id}.md", kind="pages", id=id, url=f"/{id}/", files=files, place=place)


def kept(memory: Memory) -> list[Entry]:
    return read_catalogue(memory.folder, KEY)


def test_the_next_build_finds_the_lines(memory: Memory) -> None:
    entries = [entry("b", OLD), entry("a", OLD, OLD)]
    keep(memory, KEY, [], entries, NOW)
    assert entries == kept(memory)


def test_a_draft_is_read_every_time(memory: Memory) -> None:
    keep(memory, KEY, [], [entry("a", OLD, place=None), entry("b", OLD)], NOW)
    assert [entry("b", OLD)] == kept(memory)


def test_a_fresh_stamp_is_not_remembered(memory: Memory) -> None:
    keep(memory, KEY, [], [entry("a", OLD, FRESH), entry("b", OLD)], NOW)
    assert [entry("a", OLD, UNKNOWN), entry("b", OLD)] == kept(memory)


def test_a_change_within_a_tick_of_the_clock_is_found(memory: Memory, tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text("one")
    stamps = scan(content)
    known = states(stamps, stamps, content)
    line = Entry(file="a.md", kind="pages", id="a", url="/a/", files=known, place=PLACE)
    keep(memory, KEY, [], [line], stamps["a.md"][1])
    assert [line] == [refreshed(found, stamps, content) for found in kept(memory)]
    (content / "a.md").write_text("two")  # of the same size, and let its stamp be the same too
    assert [None] == [refreshed(found, stamps, content) for found in kept(memory)]


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
    news = keep(memory, KEY, [entry("a", OLD), entry("b", UNKNOWN)], entries, NOW)
    assert (written, written) == (news, any(memory.folder.iterdir()))


def test_a_full_disk_costs_the_next_build_its_speed_and_nothing_else(memory: Memory) -> None:
    keep(memory, KEY, [], [entry("a", OLD)], NOW)
    with room_for(100):
        keep(memory, KEY, [], [entry(str(number), OLD) for number in range(99)], NOW)
    assert [entry("a", OLD)] == kept(memory)


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


def test_records_that_nobody_names_are_left_behind(memory: Memory) -> None:
    entries = recorded(memory, b"one", b"two", b"three")
    moved = compacted(memory, entries)
    memory.segments.forget_old()
    assert [b"one", b"two", b"three"] == [read(memory, entry) for entry in moved]
    assert len(b"onetwothree") == size(memory)
    places = [entry.place for entry in entries]
    assert entries == [
        msgspec.structs.replace(entry, place=place) for entry, place in zip(moved, places, strict=True)
    ]


def test_a_little_waste_moves_nothing(memory: Memory) -> None:
    entries = [entry("a", OLD, place=memory.segments.add(b"one"))]
    memory.segments.add(b"in vain")
    memory.segments.flush()
    assert entries == compacted(memory, entries)
    assert len(b"onein vain") == size(memory)


def test_this_build_reads_on_where_the_records_were_and_the_next_where_they_are(memory: Memory) -> None:
    entries = recorded(memory, b"one", b"two")
    keep(memory, KEY, [], [*entries, entry("draft", OLD, place=None)], NOW)
    assert len(b"onetwo") == size(memory)
    assert [b"one", b"two"] == [read(memory, entry) for entry in entries]
    with Memory(memory.folder.rename(memory.folder.with_name("next"))) as after:
        assert [b"one", b"two"] == [read(after, entry) for entry in kept(after)]


def test_a_full_disk_does_not_keep_records_from_being_read(memory: Memory) -> None:
    entries = recorded(memory, b"x" * 60, b"y" * 60)
    with room_for(100), pytest.raises(OSError, match="File too large"):
        compacted(memory, entries)
    assert [b"x" * 60, b"y" * 60] == [read(memory, entry) for entry in entries]


def read(memory: Memory, entry: Entry) -> bytes:
    assert entry.place
    return memory.segments.read(entry.place)
