"""The journal of a build is read as it was written, or is empty."""

from __future__ import annotations

import msgspec
import pytest

from newsroom.build.journal import Journal, MadeOutput, MadeSection, read_journal, write_journal
from newsroom.build.memory import Memory
from newsroom.build.sealed import seal, unseal
from newsroom.build.segments import LostRecordError
from tests.full_disk import room_for

OUTPUTS = [
    MadeOutput("news/2024/05/парад/index.html", b"8 bytes." * 2, b"\1" * 32),
    MadeOutput("news/2024/05/index.html", b"", b"\2" * 32),
]
SECTIONS = {
    "news/2024/05": MadeSection.of(b"8 bytes.", OUTPUTS, "ab" * 32, 1),
    "feeds": MadeSection.of(b"another.", [], "cd" * 32, 0),
}
JOURNAL = Journal("ef" * 32, SECTIONS, {"2024": b"8 bytes."})


def told(journal: Journal, memory: Memory) -> tuple[object, ...]:
    """All that a journal says."""
    sections = {
        key: (
            section.fingerprint,
            section.outputs(memory.outputs),
            section.paths,
            section.shard,
            section.releases,
        )
        for key, section in journal.sections.items()
    }
    return journal.edition, sections, journal.years


def lying(memory: Memory) -> int:
    """How many bytes the outputs take."""
    return sum(path.stat().st_size for path in memory.outputs.folder.iterdir())


def test_a_journal_is_read_as_it_was_written(memory: Memory) -> None:
    write_journal(memory, JOURNAL)
    assert told(JOURNAL, memory) == told(read_journal(memory), memory)


def test_a_section_gives_its_outputs_and_their_paths(memory: Memory) -> None:
    write_journal(memory, JOURNAL)
    found = read_journal(memory).sections
    assert [OUTPUTS, []] == [section.outputs(memory.outputs) for section in found.values()]
    assert [[made.path for made in OUTPUTS], []] == [section.paths for section in found.values()]


def test_what_was_kept_is_not_written_again(memory: Memory) -> None:
    write_journal(memory, JOURNAL)
    before, last = lying(memory), read_journal(memory)
    new = MadeSection.of(b"a third.", OUTPUTS[:1], "12" * 32, 0)
    journal = Journal("12" * 32, {**last.sections, "feeds": new}, {})
    write_journal(memory, journal)
    assert before + len(msgspec.msgpack.encode(OUTPUTS[:1])) == lying(memory)
    assert told(journal, memory) == told(read_journal(memory), memory)


def test_what_no_section_names_is_left_behind(memory: Memory) -> None:
    write_journal(memory, JOURNAL)
    memory.outputs.add(b"x" * (2 << 20))
    journal = read_journal(memory)
    expected = told(journal, memory)
    write_journal(memory, journal)
    assert expected == told(read_journal(memory), memory)
    assert len(msgspec.msgpack.encode(OUTPUTS)) + len(msgspec.msgpack.encode([])) == lying(memory)


def test_outputs_that_were_harmed_are_lost(memory: Memory) -> None:
    write_journal(memory, JOURNAL)
    (path,) = memory.outputs.folder.iterdir()
    path.write_bytes(path.read_bytes().replace(b"news", b"olds"))
    with pytest.raises(LostRecordError):
        read_journal(memory).sections["news/2024/05"].outputs(memory.outputs)


def test_there_is_no_journal_before_the_first_build(memory: Memory) -> None:
    assert Journal("", {}) == read_journal(memory)


@pytest.mark.parametrize("data", [b"", b"\x93", b"\xa1a", b"\x82\xa7edition\x01\xa8sections\x80"])
def test_what_is_no_journal_is_none(memory: Memory, data: bytes) -> None:
    seal(memory.folder / "journal", b"journal 3", data)
    assert data == unseal(memory.folder / "journal", b"journal 3")
    assert Journal() == read_journal(memory)


def test_a_harmed_journal_is_none(memory: Memory) -> None:
    write_journal(memory, JOURNAL)
    path = memory.folder / "journal"
    path.write_bytes(path.read_bytes()[:-1])
    assert Journal() == read_journal(memory)


def test_the_last_journal_stays_where_the_disk_is_full(memory: Memory) -> None:
    write_journal(memory, Journal("ab" * 32))
    with room_for(99), pytest.raises(OSError, match="File too large"):
        write_journal(memory, JOURNAL)
    assert Journal("ab" * 32, {}) == read_journal(memory)
