"""The edition lists every file, says the same each time, and notices each change."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from newsroom.build.edition import Discrepancy, Edition, EditionError

FILES = {
    "index.html": b"<h1>News</h1>",
    "news/2024/день.txt": "День".encode(),
    ".well-known/security.txt": b"c",
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
    assert expected == Edition.of(output).paths


def test_an_edition_is_read_as_it_was_written(output: Path) -> None:
    edition = Edition.of(output, releases=("2024-05-09-den-pobedy", "2024-05-10-itogi"))
    edition.write(output)
    assert edition == Edition.read(output)
    assert [] == edition.verify(output)


def test_the_file_does_not_depend_on_the_order_it_was_made_in() -> None:
    one = Edition(paths={"a": "1", "b": "2"}, releases=("x", "y"))
    other = Edition(paths={"b": "2", "a": "1"}, releases=("y", "x"))
    assert one.to_bytes() == other.to_bytes()
    expected = '{\n "paths": {\n  "a": "1",\n  "b": "2"\n },\n "releases": [\n  "x",\n  "y"\n ]\n}\n'
    assert expected == one.to_bytes().decode()


def test_missing_changed_and_foreign_files_are_found(output: Path) -> None:
    Edition.of(output).write(output)
    (output / "index.html").write_bytes(b"<h1>Other</h1>")
    (output / "news/2024/день.txt").unlink()
    (output / "news/draft.html").write_bytes(b"secret")
    expected = [
        Discrepancy("index.html", "changed"),
        Discrepancy("news/2024/день.txt", "missing"),
        Discrepancy("news/draft.html", "foreign"),
    ]
    assert expected == Edition.read(output).verify(output)


def test_what_a_pages_branch_adds_is_no_part_of_an_edition(output: Path) -> None:
    (output / ".git").mkdir()
    (output / ".git/HEAD").write_bytes(b"ref")
    (output / ".nojekyll").write_bytes(b"")
    assert sorted(FILES) == sorted(Edition.of(output).paths)


@pytest.mark.parametrize("data", [None, b"", b"[]", b'{"paths": {}}', b'{"paths": 1, "releases": []}'])
def test_a_file_that_is_no_edition_is_refused(tmp_path: Path, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / "edition.json").write_bytes(data)
    with pytest.raises(EditionError, match=r"edition\.json"):
        Edition.read(tmp_path)
