"""The edition lists every file, says the same each time, and notices each change."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from newsroom.build.edition import (
    Discrepancy,
    Edition,
    EditionError,
    Shard,
    digest,
    files,
    index_bytes,
    read_sections,
    shard_path,
)
from tests.editions import edition_of, put

FILES = {
    "index.html": b"<h1>News</h1>",
    "news/2024/день.txt": "День".encode(),
    ".well-known/security.txt": b"c",
}
SHARDS = {
    "news/2024": Shard(paths={"news/2024/a.html": "1a", "news/2024/b.html": "1b"}, releases=("a", "b")),
    "feeds": Shard(paths={"feed.xml": "2a"}),
}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    for path, data in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_an_edition_lists_every_file_with_its_digest(output: Path) -> None:
    expected = {path: hashlib.sha256(data).hexdigest() for path, data in FILES.items()}
    assert expected == edition_of(output).paths


def test_an_edition_is_read_as_it_was_written(output: Path) -> None:
    edition = edition_of(output, releases=("2024-05-09-den-pobedy", "2024-05-10-itogi"))
    put(edition, output)
    assert edition == Edition.read(output)
    assert [] == edition.verify(output)


def test_an_edition_of_several_sections_is_read_as_it_was_written(tmp_path: Path) -> None:
    put(Edition(shards=SHARDS), tmp_path)
    edition = Edition.read(tmp_path)
    assert SHARDS == edition.shards
    assert {"news/2024/a.html": "1a", "news/2024/b.html": "1b", "feed.xml": "2a"} == edition.paths
    assert ("a", "b") == edition.releases
    expected = ["edition.json", "edition/feeds.json", "edition/news/2024.json"]
    assert expected == sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.json"))


def test_a_list_of_files_does_not_depend_on_the_order_it_was_made_in() -> None:
    one = Shard(paths={"a": "1", "b": "2"}, releases=("x", "y"))
    other = Shard(paths={"b": "2", "a": "1"}, releases=("y", "x"))
    assert one.to_bytes() == other.to_bytes()
    expected = {"paths": {"a": "1", "b": "2"}, "releases": ["x", "y"]}
    assert json.dumps(expected) == json.dumps(json.loads(one.to_bytes()))


def test_the_index_does_not_depend_on_the_order_it_was_made_in() -> None:
    one, other = index_bytes({"b": "2", "a": "1"}, 7, 3), index_bytes({"a": "1", "b": "2"}, 7, 3)
    assert one == other
    assert '{"files": 7, "releases": 3, "sections": {"a": "1", "b": "2"}}' == json.dumps(json.loads(one))


def test_a_changed_entry_is_a_changed_line() -> None:
    paths = {f"news/{number}/день.txt": "ab" for number in range(9)}
    one = Shard(paths=paths).to_bytes().decode().splitlines()
    other = Shard(paths={**paths, "news/4/день.txt": "cd"}).to_bytes().decode().splitlines()
    assert len(one) == len(other)
    changed = [line for line, was in zip(other, one, strict=True) if line != was]
    assert ['"news/4/день.txt": "cd",'] == changed


def test_missing_changed_and_foreign_files_are_found(output: Path) -> None:
    put(edition_of(output), output)
    (output / "index.html").write_bytes(b"<h1>Other</h1>")
    (output / "news/2024/день.txt").unlink()
    (output / "news/draft.html").write_bytes(b"secret")
    expected = [
        Discrepancy("index.html", "changed"),
        Discrepancy("news/2024/день.txt", "missing"),
        Discrepancy("news/draft.html", "foreign"),
    ]
    assert expected == Edition.read(output).verify(output)


def test_a_foreign_file_among_the_lists_is_found(output: Path) -> None:
    put(edition_of(output), output)
    (output / "edition/draft.html").write_bytes(b"secret")
    assert [Discrepancy("edition/draft.html", "foreign")] == Edition.read(output).verify(output)


def test_what_a_pages_branch_adds_is_no_part_of_an_edition(output: Path) -> None:
    (output / ".git").mkdir()
    (output / ".git/HEAD").write_bytes(b"ref")
    (output / ".nojekyll").write_bytes(b"")
    assert sorted(FILES) == sorted(edition_of(output).paths)


def test_the_editions_own_lists_are_no_part_of_it(output: Path) -> None:
    put(edition_of(output), output)
    (output / ".edition.json.new").touch()
    assert sorted(FILES) == list(files(output))
    assert sorted(FILES) == sorted(edition_of(output).paths)


@pytest.mark.parametrize(
    "data", [None, b"", b"[]", b"{}", b'{"paths": {}}', b'{"sections": []}', b'{"sections": 1}', b"\xff"]
)
def test_a_file_that_is_no_edition_is_refused(tmp_path: Path, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / "edition.json").write_bytes(data)
    for read in (Edition.read, read_sections):
        with pytest.raises(EditionError, match=r"^edition\.json: "):
            read(tmp_path)


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"{}", b'{"paths": 1, "releases": []}', b'{"paths": {}, "releases": 1}', b'{"paths": {}}'],
)
@pytest.mark.parametrize("admitted", [True, False])
def test_a_list_that_is_none_is_refused(output: Path, data: bytes, admitted: bool) -> None:
    put(edition_of(output), output)
    (output / shard_path("all")).write_bytes(data)
    if admitted:  # by an index that names this very file
        named = {"all": digest(output / shard_path("all"))}
        (output / "edition.json").write_bytes(index_bytes(named, 0, 0))
    with pytest.raises(EditionError, match=r"^edition/all\.json: " + ("" if admitted else "changed$")):
        Edition.read(output)


def test_an_edition_without_one_of_its_lists_is_refused(output: Path) -> None:
    put(edition_of(output), output)
    (output / shard_path("all")).unlink()
    with pytest.raises(EditionError, match=r"^edition/all\.json: No such file"):
        Edition.read(output)
