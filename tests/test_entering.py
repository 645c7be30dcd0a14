"""Files enter a folder whatever stands in their way, and leave no empty folder behind."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.build.entering import enter, prune

Tree = dict[str, bytes]
OTHER_DISK = Path("/dev/shm")

NAMES = st.sampled_from(["a", "b", ".a", "день победы"])
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


def sound(tree: Mapping[str, bytes]) -> Tree:
    """The tree without files that have others inside them."""
    folders = folders_of(tree)
    return {path: data for path, data in tree.items() if path not in folders}


def folders_of(tree: Mapping[str, bytes]) -> set[str]:
    return {parent.as_posix() for path in tree for parent in Path(path).parents[:-1]}


TREES = st.dictionaries(PATHS, st.binary(max_size=3), max_size=7).map(sound)


def write(folder: Path, tree: Mapping[str, bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for path, data in tree.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def read(folder: Path) -> tuple[Tree, set[str]]:
    """Files, and folders."""
    entries = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    files = {name: path.read_bytes() for name, path in entries.items() if path.is_file()}
    return files, entries.keys() - files.keys()


def after(before: Tree, new: Tree, stale: set[str]) -> Tree:
    """What the tree ``before`` is to become when ``new`` entered it and what is ``stale`` left."""
    kept = sound({**before, **new})
    in_the_way = {path for path in kept if any(path.startswith(f"{file}/") for file in new)}
    return {path: data for path, data in kept.items() if path not in in_the_way | stale - new.keys()} | new


@pytest.mark.parametrize("disk", [Path(), OTHER_DISK])
@given(before=TREES, new=TREES, choice=st.data())
@settings(max_examples=30, deadline=None)
def test_a_tree_becomes_the_new_one_and_what_was_not_stale(
    disk: Path, before: Tree, new: Tree, choice: st.DataObject
) -> None:
    stale = choice.draw(st.sets(st.sampled_from(sorted(before)))) if before else set()
    with TemporaryDirectory() as here, TemporaryDirectory(dir=writable(disk, here)) as there:
        source, target = write(Path(here) / "stage", new), write(Path(there) / "site", before)
        assert sorted(new) == sorted(enter(source, target))
        removed = prune(target, stale - new.keys())
        expected = after(before, new, stale)
        assert (expected, folders_of(expected)) == read(target)
        assert set(removed) <= stale - new.keys()


def writable(disk: Path, here: str) -> str:
    """``disk`` if it can be written, and is not the one of the folder ``here``; else that one."""
    if disk.is_dir() and os.access(disk, os.W_OK) and disk.stat().st_dev != Path(here).stat().st_dev:
        return str(disk)
    return here


def test_a_new_folder_enters_as_one(tmp_path: Path) -> None:
    source = write(tmp_path / "stage", {"news/a/b": b"1", "news/c": b"2"})
    target = write(tmp_path / "site", {})
    folder = (source / "news").stat().st_ino
    assert ["news/a/b", "news/c"] == sorted(enter(source, target))
    assert folder == (target / "news").stat().st_ino


def test_what_is_there_already_and_not_stale_is_not_touched(tmp_path: Path) -> None:
    target = write(tmp_path / "site", {"news/a": b"1", "mine": b"2"})
    before = (target / "news/a").stat()
    enter(write(tmp_path / "stage", {"news/b": b"1"}), target)
    assert before == (target / "news/a").stat()
    assert ({"news/a": b"1", "news/b": b"1", "mine": b"2"}, {"news"}) == read(target)


@pytest.mark.parametrize("new", [{"news": b"new"}, {"news/a": b"new"}])
@pytest.mark.parametrize("leads_to", ["file", "nothing"])
def test_a_symbolic_link_in_the_way_is_replaced_not_followed(
    tmp_path: Path, leads_to: str, new: Tree
) -> None:
    away = write(tmp_path / "away", {"file": b"mine"})
    target = write(tmp_path / "site", {})
    (target / "news").symlink_to(away / leads_to)
    enter(write(tmp_path / "stage", new), target)
    assert (new, folders_of(new)) == read(target)
    assert ({"file": b"mine"}, set()) == read(away)


def test_a_file_replaces_a_symbolic_link_to_a_folder_and_not_the_folder(tmp_path: Path) -> None:
    away = write(tmp_path / "away", {"file": b"mine"})
    target = write(tmp_path / "site", {})
    (target / "news").symlink_to(away)
    enter(write(tmp_path / "stage", {"news": b"new"}), target)
    assert ({"news": b"new"}, set()) == read(target)
    assert ({"file": b"mine"}, set()) == read(away)


@pytest.mark.parametrize(
    ("stale", "removed", "left"),
    [
        ([], [], {"a/b/c", "a/d", "e"}),
        (["a/b/c"], ["a/b/c"], {"a/d", "e"}),
        (["a/d", "a/b/c"], ["a/d", "a/b/c"], {"e"}),
        (["a/b", "e/f", "nothing", "no/thing"], [], {"a/b/c", "a/d", "e"}),
        (["e", "e"], ["e"], {"a/b/c", "a/d"}),
        (["e", "a/d", "a/b/c"], ["e", "a/d", "a/b/c"], set()),
    ],
)
def test_stale_files_leave_with_the_folders_they_leave_empty(
    tmp_path: Path, stale: list[str], removed: list[str], left: set[str]
) -> None:
    folder = write(tmp_path / "site", {"a/b/c": b"", "a/d": b"", "e": b""})
    assert removed == prune(folder, stale)
    expected = dict.fromkeys(left, b"")
    assert (expected, folders_of(expected)) == read(folder)
    assert folder.is_dir()
