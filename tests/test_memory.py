"""What is remembered is used by one build at a time, and nothing depends on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsroom.build import memory as module
from newsroom.build.memory import Memory
from tests.full_disk import room_for


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.0)


def remember(memory: Memory) -> None:
    (memory.folder / "catalogue").write_bytes(b"lines")
    memory.segments.add(b"record")
    memory.segments.flush()


def remembered(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_next_build_finds_what_was_remembered(tmp_path: Path) -> None:
    with Memory(tmp_path / "cache/site") as memory:
        place = memory.segments.add(b"record")
    with Memory(tmp_path / "cache/site") as memory:
        assert tmp_path / "cache/site" == memory.folder
        assert b"record" == memory.segments.read(place)
    assert ["site/records/000001.records"] == remembered(tmp_path / "cache")


def test_a_second_build_at_once_remembers_for_itself_and_briefly(tmp_path: Path) -> None:
    with Memory(tmp_path / "site") as first:
        remember(first)
        with Memory(tmp_path / "site") as second:
            assert [] == remembered(second.folder)
            remember(second)
            assert first.folder != second.folder
        assert not second.folder.exists()
        assert ["catalogue", "records/000001.records"] == remembered(first.folder)
    with Memory(tmp_path / "site") as third:
        assert first.folder == third.folder


def test_two_sites_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with Memory(tmp_path / "one") as one, Memory(tmp_path / "two") as two:
        assert [tmp_path / "one", tmp_path / "two"] == [one.folder, two.folder]


@pytest.mark.parametrize("place", ["file", "file/site"])
def test_where_nothing_can_be_written_nothing_is_remembered(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine")
    with Memory(tmp_path / place) as memory:
        remember(memory)
        assert ["catalogue", "records/000001.records"] == remembered(memory.folder)
    assert not memory.folder.exists()
    assert ["file"] == remembered(tmp_path)


def test_what_is_forgotten_is_gone_and_the_place_stays_ours(tmp_path: Path) -> None:
    with Memory(tmp_path / "site") as memory:
        remember(memory)
        memory.forget()
        assert [] == remembered(tmp_path / "site")
        remember(memory)
        assert ["catalogue", "records/000001.records"] == remembered(tmp_path / "site")
        with Memory(tmp_path / "site") as other:
            assert memory.folder != other.folder


@pytest.mark.parametrize("end", [lambda memory: memory.close(), lambda memory: memory.__exit__()])
def test_a_memory_may_be_closed_twice(tmp_path: Path, end: Callable[[Memory], None]) -> None:
    memory = Memory(tmp_path / "site")
    end(memory)
    memory.close()
    assert ["site"] == [path.name for path in tmp_path.iterdir()]


def test_a_full_disk_keeps_nobody_out(tmp_path: Path) -> None:
    with room_for(10), Memory(tmp_path / "site") as memory:
        memory.segments.add(b"x" * 20)
    with Memory(tmp_path / "site") as after:
        assert memory.folder == after.folder
