"""A sealed file gives back what was sealed, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.build.sealed import seal, unseal
from tests.full_disk import room_for

KEY, DATA = b"catalogue 1", b"fifteen thousand lines"


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as name:
        yield Path(name)


@settings(deadline=None, max_examples=50)
@given(key=st.binary(max_size=99), data=st.binary())
def test_what_was_sealed_is_given_back(folder: Path, key: bytes, data: bytes) -> None:
    seal(folder / "file", key, data)
    assert data == unseal(folder / "file", key)


@settings(deadline=None, max_examples=50)
@given(key=st.binary(max_size=99))
def test_another_key_opens_nothing(folder: Path, key: bytes) -> None:
    seal(folder / "file", KEY, DATA)
    assert (DATA if key == KEY else None) == unseal(folder / "file", key)


@settings(deadline=None, max_examples=50)
@given(data=st.binary(max_size=99), place=st.data())
def test_a_file_with_one_bit_changed_is_none(folder: Path, data: bytes, place: st.DataObject) -> None:
    seal(folder / "file", KEY, data)
    harmed = bytearray((folder / "file").read_bytes())
    bit = place.draw(st.integers(0, 8 * len(harmed) - 1))
    harmed[bit // 8] ^= 1 << bit % 8
    (folder / "file").write_bytes(harmed)
    assert unseal(folder / "file", KEY) is None


def test_a_file_cut_anywhere_is_none(folder: Path) -> None:
    seal(folder / "file", KEY, DATA)
    whole = (folder / "file").read_bytes()
    for size in range(len(whole)):
        (folder / "file").write_bytes(whole[:size])
        assert unseal(folder / "file", KEY) is None


def test_a_file_that_grew_is_none(folder: Path) -> None:
    seal(folder / "file", KEY, DATA)
    with (folder / "file").open("ab") as stream:
        stream.write(b"\0")
    assert unseal(folder / "file", KEY) is None


def test_no_file_and_a_folder_are_none(tmp_path: Path) -> None:
    assert unseal(tmp_path / "nothing", KEY) is None
    assert unseal(tmp_path, KEY) is None


def test_a_folder_is_made_and_no_draft_stays(tmp_path: Path) -> None:
    seal(tmp_path / "a/b/file", KEY, DATA)
    assert ["file"] == [path.name for path in (tmp_path / "a/b").iterdir()]


def test_what_was_sealed_stays_where_the_disk_is_full(tmp_path: Path) -> None:
    seal(tmp_path / "file", KEY, DATA)
    with room_for(999), pytest.raises(OSError, match="File too large"):
        seal(tmp_path / "file", KEY, b"more" * 999)
    assert DATA == unseal(tmp_path / "file", KEY)
