"""A record is read as it was added, cut short, or not at all: never as something else."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from newsroom.build.segments import Place, Segments
from newsroom.build.workers import share_out
from tests.full_disk import room_for

forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


@pytest.fixture
def segments(tmp_path: Path) -> Segments:
    return Segments(tmp_path / "records")


def files(segments: Segments) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(segments.folder.iterdir())}


def test_a_record_is_read_after_a_flush(segments: Segments) -> None:
    places = [segments.add(record) for record in (b"one", b"", b"three")]
    segments.flush()
    assert [b"one", b"", b"three"] == [segments.read(place) for place in places]
    segments.close()


def test_the_next_build_adds_to_the_same_file(segments: Segments) -> None:
    first = segments.add(b"one")
    segments.close()
    again = Segments(segments.folder)
    second = again.add(b"two")
    again.close()
    assert {"000001.records": b"onetwo"} == files(segments)
    assert [b"one", b"two"] == [segments.read(place) for place in (first, second)]


def test_a_file_that_grew_since_it_was_read_is_read_on(segments: Segments) -> None:
    for record in (b"one", b"two"):
        place = segments.add(record)
        segments.flush()
        assert record == segments.read(place)
    segments.close()


@forking
def test_each_process_adds_to_a_file_of_its_own(segments: Segments) -> None:
    own = segments.add(b"parent")
    segments.flush()

    def work(records: object, _: object) -> list[tuple[bytes, Place]]:
        assert isinstance(records, list)
        added = [(record, segments.add(record)) for record in records]
        segments.flush()
        return added

    found = [pair for part in share_out([b"a", b"b", b"c", b"d"], work, workers=2) for pair in part]
    late = segments.add(b"later")
    segments.flush()
    assert [b"parent", b"later"] == [segments.read(place) for place in (own, late)]
    assert [record for record, _ in found] == [segments.read(place) for _, place in found]
    assert [b"ac", b"bd", b"parentlater"] == sorted(files(segments).values())
    segments.close()


@pytest.mark.parametrize(
    ("harm", "expected"),
    [
        (lambda path: path.write_bytes(b"onetw"), b"tw"),
        (lambda path: path.write_bytes(b"on"), b""),
        (lambda path: path.write_bytes(b""), b""),
        (lambda path: path.unlink(), b""),
        (lambda path: (path.unlink(), path.mkdir()), b""),
    ],
)
def test_of_a_harmed_file_less_is_read(
    segments: Segments, harm: Callable[[Path], object], expected: bytes
) -> None:
    segments.add(b"one")
    place = segments.add(b"two")
    segments.close()
    harm(segments.folder / "000001.records")
    assert expected == Segments(segments.folder).read(place)


@pytest.mark.parametrize(("live", "expected"), [(0, True), (499_999, True), (500_000, False)])
def test_a_megabyte_and_as_much_as_is_in_use_may_be_kept_in_vain(
    segments: Segments, live: int, expected: bool
) -> None:
    segments.add(b"x" * (1_000_000 + (1 << 20)))
    segments.close()
    assert expected == segments.is_wasteful(live)


def test_nothing_is_not_wasteful(segments: Segments) -> None:
    assert not segments.is_wasteful(0)


def test_records_that_are_moved_leave_the_others_behind(segments: Segments) -> None:
    places = [segments.add(record) for record in (b"one", b"two", b"three")]
    moved = segments.moved([places[2], places[0]])
    assert [b"three", b"one"] == [segments.read(place) for place in moved]
    segments.forget_old()
    assert {"000002.records": b"threeone"} == files(segments)
    segments.close()


def test_what_was_moved_is_at_its_old_place_too_till_that_is_forgotten(segments: Segments) -> None:
    place = segments.add(b"one")
    (moved,) = segments.moved([place])
    other = Segments(segments.folder)
    assert [b"one", b"one"] == [other.read(place), other.read(moved)]
    other.close()
    segments.forget_old()
    assert [b"one", b"one"] == [segments.read(place), segments.read(moved)]  # the file is open here
    segments.close()
    assert [b"", b"one"] == [segments.read(place), segments.read(moved)]
    segments.close()


def test_where_nothing_was_moved_nothing_old_is_forgotten(segments: Segments) -> None:
    place = segments.add(b"one")
    segments.forget_old()
    segments.flush()
    assert b"one" == segments.read(place)
    segments.close()


def test_after_a_move_records_are_added_as_before(segments: Segments) -> None:
    (moved,) = segments.moved([segments.add(b"one")])
    added = segments.add(b"two")
    segments.flush()
    assert [b"one", b"two"] == [segments.read(place) for place in (moved, added)]
    segments.close()


def test_what_is_forgotten_is_no_longer_there(segments: Segments) -> None:
    place = segments.add(b"one")
    segments.flush()
    segments.read(place)
    segments.forget()
    assert b"" == segments.read(place)
    assert {} == files(segments)


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="nothing tells which files are open here")
def test_what_is_closed_has_no_file_open(segments: Segments) -> None:
    before = sorted(Path("/dev/fd").iterdir())
    place = segments.add(b"one")
    segments.flush()
    segments.read(place)
    segments.close()
    assert before == sorted(Path("/dev/fd").iterdir())


def test_another_file_in_the_folder_is_left_alone(segments: Segments) -> None:
    segments.folder.mkdir()
    (segments.folder / "note.txt").write_bytes(b"mine")
    segments.add(b"one")
    segments.forget()
    assert {"note.txt": b"mine"} == files(segments)


def test_a_full_disk_is_told_and_harms_no_record(segments: Segments) -> None:
    place = segments.add(b"one")
    segments.flush()
    with room_for(100):
        segments.add(b"x" * 200)
        with pytest.raises(OSError, match="File too large"):
            segments.flush()
        with pytest.raises(OSError, match="File too large"):
            segments.close()
    assert b"one" == Segments(segments.folder).read(place)


def test_records_that_find_no_room_to_move_stay_where_they_are(segments: Segments) -> None:
    places = [segments.add(b"x" * 60) for _ in range(3)]
    segments.flush()
    with room_for(100), pytest.raises(OSError, match="File too large"):
        segments.moved(places)
    segments.forget_old()
    assert [b"x" * 60] * 3 == [segments.read(place) for place in places]
    segments.close()


class Shelves(RuleBasedStateMachine):
    """Records added, moved, cut and read in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.temporary = TemporaryDirectory()
        self.segments = Segments(Path(self.temporary.name) / "records")
        self.written: list[tuple[Place, bytes]] = []
        self.flushed = 0
        self.cut = False

    @rule(record=st.binary(max_size=40))
    def add(self, record: bytes) -> None:
        if self.cut:  # new bytes take the place of those that were cut off
            self.written = [(place, record) for place, record in self.written if self.whole(place, record)]
            self.flushed, self.cut = len(self.written), False
        self.written.append((self.segments.add(record), record))

    @rule()
    def flush(self) -> None:
        self.segments.flush()
        self.flushed = len(self.written)

    @rule()
    def reopen(self) -> None:
        self.segments.close()
        self.segments = Segments(self.segments.folder)
        self.flushed = len(self.written)

    @rule(choice=st.data())
    def move(self, choice: st.DataObject) -> None:
        self.reopen()
        kept = [pair for pair in self.written if self.whole(*pair) and choice.draw(st.booleans())]
        places = self.segments.moved([place for place, _ in kept])
        self.written = [(place, record) for place, (_, record) in zip(places, kept, strict=True)]
        self.flushed, self.cut = len(self.written), False

    @rule(choice=st.data())
    def truncate(self, choice: st.DataObject) -> None:
        self.reopen()
        for path in sorted(self.segments.folder.glob("*")):
            os.truncate(path, choice.draw(st.integers(0, path.stat().st_size)))
            self.cut = True

    @rule()
    def forget(self) -> None:
        self.segments.forget()
        self.written, self.flushed, self.cut = [], 0, False

    @invariant()
    def nothing_else_is_read(self) -> None:
        for place, record in self.written:
            assert record.startswith(self.segments.read(place))

    @invariant()
    def what_is_flushed_is_read_whole(self) -> None:
        if not self.cut:
            assert all(self.whole(place, record) for place, record in self.written[: self.flushed])

    def whole(self, place: Place, record: bytes) -> bool:
        return record == self.segments.read(place)

    def teardown(self) -> None:
        self.segments.close()
        self.temporary.cleanup()


TestShelves = Shelves.TestCase
TestShelves.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
