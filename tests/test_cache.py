"""The cache gives back what was made, and never anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsroom.build.cache import ContentCache

if TYPE_CHECKING:
    from pathlib import Path


class Maker:
    """Makes the same bytes each time and counts how often it was asked."""

    def __init__(self, data: bytes = b"drawn") -> None:
        self.data = data
        self.calls = 0

    def __call__(self) -> bytes:
        self.calls += 1
        return self.data


@pytest.fixture
def cache(tmp_path: Path) -> ContentCache:
    return ContentCache(tmp_path / "cache")


def test_the_second_request_is_answered_without_making(cache: ContentCache) -> None:
    make = Maker()
    assert [b"drawn", b"drawn"] == [cache.get("key", ".png", make) for _ in range(2)]
    assert 1 == make.calls


def test_another_build_finds_what_the_first_kept(cache: ContentCache) -> None:
    cache.get("key", ".png", Maker())
    assert b"drawn" == ContentCache(cache.folder).get("key", ".png", Maker(b"other"))


def test_keys_and_suffixes_do_not_meet(cache: ContentCache) -> None:
    made = [
        cache.get(key, suffix, Maker(f"{key}{suffix}".encode()))
        for key, suffix in [("a", ".jpg"), ("b", ".jpg"), ("a", ".webp")]
    ]
    assert [b"a.jpg", b"b.jpg", b"a.webp"] == made


@pytest.mark.parametrize("damaged", [b"", b"dra", b"drawX", b"drawn and more"])
def test_a_damaged_entry_is_made_anew(cache: ContentCache, damaged: bytes) -> None:
    place = cache.path("key", ".png", Maker())
    assert place is not None
    place.write_bytes(damaged)
    make = Maker()
    assert b"drawn" == cache.get("key", ".png", make)
    assert 1 == make.calls
    assert b"drawn" == place.read_bytes()


def test_an_entry_without_its_digest_is_made_anew(cache: ContentCache) -> None:
    cache.get("key", ".png", Maker())
    for seal in cache.folder.rglob("*.sha256"):
        seal.write_bytes(b"\xff")
    make = Maker()
    assert b"drawn" == cache.get("key", ".png", make)
    assert 1 == make.calls


def test_a_path_holds_the_bytes_and_is_made_once(cache: ContentCache) -> None:
    make = Maker()
    places = [cache.path("key", ".png", make) for _ in range(2)]
    assert places[0] == places[1]
    assert places[0] is not None
    assert b"drawn" == places[0].read_bytes()
    assert 1 == make.calls


def test_empty_bytes_are_kept_too(cache: ContentCache) -> None:
    make = Maker(b"")
    assert [b"", b""] == [cache.get("key", "", make) for _ in range(2)]
    assert 1 == make.calls


def test_no_draft_is_left_behind(cache: ContentCache) -> None:
    cache.get("key", ".png", Maker())
    assert [] == list(cache.folder.rglob("*.part"))


def test_a_folder_that_cannot_be_written_does_not_break_the_build(tmp_path: Path) -> None:
    occupied = tmp_path / "cache"
    occupied.write_text("a file stands where the folder should be")
    cache = ContentCache(occupied)
    assert b"drawn" == cache.get("key", ".png", Maker())
    assert None is cache.path("key", ".png", Maker())


def test_an_error_of_the_maker_is_not_hidden(cache: ContentCache) -> None:
    def broken() -> bytes:
        raise OSError("no such picture")

    with pytest.raises(OSError, match="no such picture"):
        cache.get("key", ".png", broken)
