"""The memory of a build travels in pieces; only what is whole and is data arrives."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from newsroom.publish import git as repository
from newsroom.publish import remembered
from newsroom.publish.git import DeployError
from tests.deploying import contents, git, no_settings_of_this_machine  # noqa: F401


class Store:
    """A folder of memory and a remote that keeps it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.memory = folder, folder / "memory"
        self.bare = folder / "site.git"
        git(folder, "init", "--bare", "--quiet", str(self.bare))
        git(self.bare, "config", "uploadpack.allowFilter", "true")
        git(self.bare, "config", "receive.unpackLimit", "1")
        chance = random.Random(1)
        self.write("journal", chance.randbytes(500_000))
        self.write("catalogue", chance.randbytes(100_000))
        self.write("records/000001.records", "Новость. ".encode() * 200_000)
        self.write("records/000002.records", b"")

    def write(self, name: str, data: bytes) -> None:
        (self.memory / name).parent.mkdir(parents=True, exist_ok=True)
        (self.memory / name).write_bytes(data)

    def publish(self) -> bool:
        remote = f"file://{self.bare}"
        return remembered.publish(self.memory, remote=remote, branch="pages", project=self.folder)

    def restored(self) -> dict[str, bytes] | None:
        name = f"restored-{len(list(self.folder.iterdir()))}"
        scratch = self.folder / f"scratch-{name}"
        scratch.mkdir()
        git_there = repository.scratch(scratch, repository.at(self.folder), f"file://{self.bare}")
        found = remembered.restore(git_there, "pages", self.folder / name)
        return contents(self.folder / name) if found else None

    def put(self, path: str, data: bytes, without: str = "") -> None:
        """Put a file on the branch of the memory, as somebody else would."""
        work = self.folder / f"work-{len(list(self.folder.iterdir()))}"
        git(self.folder, "clone", "--quiet", "--branch", "pages-memory", str(self.bare), str(work))
        if without:
            (work / without).unlink()
        (work / path).parent.mkdir(parents=True, exist_ok=True)
        (work / path).write_bytes(data)
        git(work, "add", "--all")
        git(work, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "a")
        git(work, "push", "--quiet")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path)


def test_what_is_kept_arrives_byte_for_byte(store: Store) -> None:
    assert store.publish()
    assert contents(store.memory) == store.restored()


def test_the_same_memory_is_not_pushed_again(store: Store) -> None:
    assert [True, False] == [store.publish(), store.publish()]
    assert "1" == git(store.bare, "rev-list", "--count", "pages-memory")


def test_a_change_in_the_middle_and_an_addition_at_the_end_travel_alone(store: Store) -> None:
    store.publish()
    journal = (store.memory / "journal").read_bytes()
    store.write("journal", journal[:250_000] + b"a few bytes more" + journal[250_000:])
    with (store.memory / "records/000001.records").open("ab") as stream:
        stream.write("Ещё новость.".encode())
    store.publish()
    sizes = sorted(path.stat().st_size for path in store.bare.glob("objects/pack/*.pack"))
    assert [True, False] == [size < 150_000 for size in sizes]
    assert contents(store.memory) == store.restored()


def test_programs_and_drafts_are_not_kept(store: Store) -> None:
    expected = contents(store.memory)
    for name in ("templates", "journal.new", "records/000003.records.new", "records/x.py"):
        store.write(name, b"x")
    store.publish()
    assert expected == store.restored()


def test_there_may_be_no_memory(store: Store) -> None:
    assert store.restored() is None


def piece(store: Store, name: str) -> str:
    """Path of the first piece of a file."""
    index = json.loads(git(store.bare, "show", "pages-memory:memory.json"))
    return f"pieces/{index[name][0][:2]}/{index[name][0][2:]}"


def test_a_piece_that_is_not_what_its_name_says_is_refused(store: Store) -> None:
    store.publish()
    store.put(piece(store, "journal"), b"something else")
    assert store.restored() is None


def test_a_missing_piece_is_noticed(store: Store) -> None:
    store.publish()
    store.put("other", b"", without=piece(store, "catalogue"))
    assert store.restored() is None


@pytest.mark.parametrize(
    "index",
    [
        b"{",
        b"[]",
        b'{"journal": 1}',
        b'{"journal": [1]}',
        b'{"../journal": []}',
        b'{"templates": []}',
        b'{"records/../../x.records": []}',
        b'{"records/1.records\\n": []}',
    ],
)
def test_an_index_that_is_none_is_refused(store: Store, index: bytes) -> None:
    store.publish()
    store.put("memory.json", index)
    assert store.restored() is None


def test_a_branch_of_another_kind_is_not_replaced(store: Store) -> None:
    store.publish()
    store.put("README", b"", without="memory.json")
    with pytest.raises(DeployError, match="лежит не память сборки"):
        store.publish()


def test_the_memory_is_kept_by_the_project_alone(store: Store, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "project")
    git(tmp_path / "project", "remote", "add", "origin", str(store.bare))
    remembered.refuse_elsewhere(tmp_path / "project", "origin")
    git(tmp_path, "init", "--quiet", "--bare", "other.git")
    with pytest.raises(DeployError, match="чей час не настал"):
        remembered.refuse_elsewhere(tmp_path / "project", str(tmp_path / "other.git"))
