"""The journal of a build is read as it was written, or is empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom.build.journal import Journal, MadeOutput, MadeSection, read_journal, write_journal
from newsroom.build.sealed import seal, unseal
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


def test_a_journal_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_journal(tmp_path, JOURNAL)
    assert JOURNAL == read_journal(tmp_path)


def test_a_section_gives_its_outputs_and_their_paths(tmp_path: Path) -> None:
    write_journal(tmp_path, JOURNAL)
    found = read_journal(tmp_path).sections
    assert [OUTPUTS, []] == [section.outputs for section in found.values()]
    assert [[made.path for made in OUTPUTS], []] == [section.paths for section in found.values()]


def test_there_is_no_journal_before_the_first_build(tmp_path: Path) -> None:
    assert Journal("", {}) == read_journal(tmp_path)


@pytest.mark.parametrize("data", [b"", b"\x93", b"\xa1a", b"\x82\xa7edition\x01\xa8sections\x80"])
def test_what_is_no_journal_is_none(tmp_path: Path, data: bytes) -> None:
    write_journal(tmp_path, JOURNAL)
    (name,) = (path.name for path in tmp_path.iterdir())
    seal(tmp_path / name, b"journal 2", data)
    assert data == unseal(tmp_path / name, b"journal 2")
    assert Journal() == read_journal(tmp_path)


def test_a_harmed_journal_is_none(tmp_path: Path) -> None:
    write_journal(tmp_path, JOURNAL)
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert Journal() == read_journal(tmp_path)


def test_the_last_journal_stays_where_the_disk_is_full(tmp_path: Path) -> None:
    write_journal(tmp_path, Journal("ab" * 32))
    with room_for(99), pytest.raises(OSError, match="File too large"):
        write_journal(tmp_path, JOURNAL)
    assert Journal("ab" * 32) == read_journal(tmp_path)
