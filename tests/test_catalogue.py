"""A line of the catalogue stands for its files as long as they hold what they held."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from newsroom.build.scan import UNKNOWN, Stamp, content_digest, digest_of, scan
from newsroom.build.segments import Place, Segments
from newsroom.content.catalogue import (
    Entry,
    FileState,
    order,
    refreshed,
    states,
    updated,
)
from newsroom.content.reading import Reading
from newsroom.content.types import Link, Rubric
from tests.sample_library import SITE

FILES = {"releases/a.md": "---", "releases/a.jpg": "picture"}
ENTRY = Entry(
    file="releases/a.md",
    kind="releases",
    id="2024-05-09-a",
    url="/news/2024/05/a/",
    files=(FileState("releases/a.md", (1, 2, 3), b"digest"),),
    place=Place("000001", 7, 99),
    card_size=40,
    digest=b"8 bytes.",
    card=b"another.",
    moment=1715220000,
    day="2024-05-09",
    status="published",
    rubric="gorod",
    department="press",
    tags=("zima", "den-pobedy"),
    changes=(1715230000, 1715240000),
    links=(Link(file="releases/a.md", line=3, target="/news/", fragment="gde"),),
    pictures=("/news/2024/05/a/a.jpg",),
)
Change = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(text)
    return tmp_path / "content"


def entry_of(root: Path, *, stamps: Mapping[str, Stamp] | None = None) -> Entry:
    """A line for the files, as they are now."""
    known = states(dict.fromkeys(FILES, b""), scan(root) if stamps is None else stamps, root)
    return Entry(file="releases/a.md", kind="releases", id="a", url="/a/", files=known)


def rewritten(path: Path, text: str) -> None:
    """Another text with a stamp that surely differs, whatever the tick of the clock."""
    path.write_text(text)
    os.utime(path, ns=(0, 0))


def test_a_file_not_read_is_digested_by_its_states(root: Path) -> None:
    stamps = scan(root)
    found = states(dict.fromkeys(FILES, b""), stamps, root)
    expected = [FileState(path, stamps[path], content_digest(root / path)) for path in sorted(FILES)]
    assert tuple(expected) == found


def test_the_digest_of_what_was_read_is_the_digest_of_the_file(root: Path) -> None:
    read = {path: digest_of((root / path).read_bytes()) for path in FILES}
    stamps = scan(root)
    assert states(dict.fromkeys(FILES, b""), stamps, root) == states(read, stamps, root)


def test_a_file_that_is_not_there_is_in_an_unknown_state(root: Path) -> None:
    assert (FileState("b.md", UNKNOWN, b""),) == states({"b.md": b""}, scan(root), root)


def test_unchanged_files_are_taken_as_they_were(root: Path) -> None:
    entry = entry_of(root)
    assert entry is refreshed(entry, scan(root), root / "not looked into")


@pytest.mark.parametrize(
    "change",
    [
        lambda root: os.utime(root / "releases/a.md", ns=(0, 0)),
        lambda root: rewritten(root / "releases/a.jpg", "picture"),
        lambda root: (root / "releases/b.md").touch(),
    ],
)
def test_files_that_hold_what_they_held_are_known_by_their_new_stamps(root: Path, change: Change) -> None:
    entry = entry_of(root)
    change(root)
    assert entry_of(root) == refreshed(entry, scan(root), root)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: rewritten(root / "releases/a.md", "more"),
        lambda root: rewritten(root / "releases/a.md", "-=-"),
        lambda root: rewritten(root / "releases/a.jpg", ""),
        lambda root: (root / "releases/a.jpg").unlink(),
        lambda root: (root / "releases/a.jpg").rename(root / "releases/b.jpg"),
    ],
)
def test_where_a_file_holds_something_else_all_is_read_again(root: Path, change: Change) -> None:
    entry = entry_of(root)
    change(root)
    assert refreshed(entry, scan(root), root) is None


def test_a_file_whose_stamp_was_not_remembered_is_known_by_its_content(root: Path) -> None:
    entry = entry_of(root, stamps={})
    assert entry_of(root) == refreshed(entry, scan(root), root)
    rewritten(root / "releases/a.jpg", "another")
    assert refreshed(entry, scan(root), root) is None


def test_a_file_whose_stamp_was_not_remembered_and_that_vanished_is_missed(root: Path) -> None:
    entry = entry_of(root, stamps={})
    (root / "releases/a.jpg").unlink()
    assert refreshed(entry, scan(root), root) is None


def test_a_changed_file_that_a_scan_passes_over_is_read_again(root: Path) -> None:
    entry = entry_of(root, stamps=scan(root, ["*.jpg"]))
    rewritten(root / "releases/a.jpg", "another")
    assert refreshed(entry, scan(root, ["*.jpg"]), root) is None


def test_what_named_a_missing_file_is_read_every_time(root: Path) -> None:
    entry = Entry(file="a", kind="pages", id="a", url="/a/", files=states({"b.md": b""}, scan(root), root))
    assert refreshed(entry, scan(root), root) is None


def test_a_file_that_was_saved_while_it_was_read_is_read_again(root: Path, tmp_path: Path) -> None:
    (root / "rubrics.yaml").write_text("Город")

    def read(folder: Path) -> dict[str, Rubric]:
        title = (folder / "rubrics.yaml").read_text()
        rewritten(folder / "rubrics.yaml", "Спорт")
        return {"gorod": Rubric(id="gorod", title=title, url="/rubrics/gorod/")}

    segments = Segments(tmp_path / "records")
    reading = Reading(read=lambda _: None, root=root, stamps=scan(root), segments=segments, site=SITE)
    entry = reading.terms("rubrics.yaml", read)
    segments.close()
    assert refreshed(entry, scan(root), root) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (1715220000, 1715220000),
        (1715229999, 1715220000),
        (1715230000, 1715230000),
        (1715299999, 1715240000),
        (0, 1715220000),
    ],
)
def test_a_correction_counts_from_its_moment(now: int, expected: int) -> None:
    assert expected == updated(ENTRY, now)


def test_releases_are_in_the_order_of_their_moments_and_then_of_their_ids() -> None:
    entries = [Entry(file=id, kind="releases", id=id, url="", moment=moment) for id, moment in MOMENTS]
    assert ["c", "a", "b"] == [entry.id for entry in sorted(entries, key=order)]


MOMENTS = [("b", 2), ("a", 2), ("c", 1)]


def test_a_line_tells_its_month_and_year() -> None:
    assert ("2024-05", "2024") == (ENTRY.month, ENTRY.year)
