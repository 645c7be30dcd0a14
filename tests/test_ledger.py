"""The ledger: records on a branch of a real remote, written as compare-and-swap."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from newsroom.publish.ledger.book import BRANCH, Book, LedgerError, opened
from newsroom.publish.ledger.record import Record, from_bytes, key_of, path_of, to_bytes
from newsroom.publish.networks.network import Remote
from tests.announcing import NOON, Clock, remote_and_project
from tests.deploying import git, no_settings_of_this_machine  # noqa: F401

ID = "2024-05-09-katok"


def record(channel: str = "max-city", state: str = "intent") -> Record:
    return Record(
        release=ID,
        channel=channel,
        state=state,  # type: ignore[arg-type]
        revision=1,
        payload_sha256="0" * 64,
        idem=key_of(ID, channel),
        remote=Remote(ids=("1", "2"), url="https://network.example/1"),
        intent_at=NOON,
        parts={"a": "retry"},
    )


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    return remote_and_project(tmp_path)[0]


@pytest.fixture
def book(remote: Path) -> Iterator[Book]:
    with another(remote) as book:
        yield book


def another(remote: Path):  # type: ignore[no-untyped-def]
    """The ledger as another run has it."""
    return opened(remote.parent / "project", remote="origin", sleep=Clock().sleep)


def states(remote: Path) -> dict[str, str]:
    """What a human finds on the branch: states by path."""
    listed = git(remote, "ls-tree", "-r", "--name-only", BRANCH).splitlines()
    return {path: from_bytes(git(remote, "show", f"{BRANCH}:{path}").encode(), path).state for path in listed}


def test_a_record_is_a_file_that_reads_back_as_it_was() -> None:
    told = record().turned("done", NOON, "run", error="и так бывает")
    assert told == from_bytes(to_bytes(told), path_of(ID, "max-city"))


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", to_bytes(replace(record(), schema=2))])
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - of msgspec and ours
        from_bytes(data, path_of(ID, "max-city"))


def test_a_remote_without_a_ledger_has_no_records(book: Book) -> None:
    assert {} == book.records


def test_a_record_is_on_the_remote_once_it_is_put(book: Book, remote: Path) -> None:
    assert book.put(None, record())
    assert {f"2024/05/{ID}/max-city.json": "intent"} == states(remote)


def test_the_branch_is_an_orphan_and_each_record_a_commit(book: Book, remote: Path) -> None:
    book.put(None, record())
    book.put(record(), record(state="done"))
    assert [f"{ID}: max-city done", f"{ID}: max-city intent"] == git(
        remote, "log", "--format=%s", BRANCH
    ).splitlines()


def test_of_two_who_want_the_same_one_learns_that_it_came_too_late(book: Book, remote: Path) -> None:
    with another(remote) as other:
        assert (True, False) == (book.put(None, record()), other.put(None, record(state="dead")))
    assert {f"2024/05/{ID}/max-city.json": "intent"} == states(remote)


def test_two_who_want_different_things_both_get_them(book: Book, remote: Path) -> None:
    with another(remote) as other:
        assert book.put(None, record())
        assert other.put(None, record("vk-city"))
        assert book.put(record(), record(state="done"))
    assert {f"2024/05/{ID}/max-city.json": "done", f"2024/05/{ID}/vk-city.json": "intent"} == states(remote)


def test_what_others_wrote_is_seen_after_a_refresh(book: Book, remote: Path) -> None:
    with another(remote) as other:
        other.put(None, record())
    assert {} == book.records
    book.refresh()
    assert {(ID, "max-city"): record()} == book.records


def test_a_push_that_went_through_unheard_counts(
    book: Book, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsroom.publish.branch import Branch
    from newsroom.publish.git import DeployError

    whole = Branch.push_forward

    def deaf(branch: Branch, commit: str) -> Branch:
        whole(branch, commit)
        monkeypatch.setattr(Branch, "push_forward", whole)
        raise DeployError("связь прервалась")

    monkeypatch.setattr(Branch, "push_forward", deaf)
    assert book.put(None, record())
    assert "1" == git(remote, "rev-list", "--count", BRANCH)


def test_a_first_push_that_never_arrived_is_no_record(
    book: Book, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from newsroom.publish.branch import Branch
    from newsroom.publish.git import DeployError

    def cut_off(branch: Branch, commit: str) -> Branch:
        raise DeployError(f"связь прервалась: {branch.name} {commit}")

    monkeypatch.setattr(Branch, "push_forward", cut_off)
    with pytest.raises(LedgerError):
        book.put(None, record())
    assert ({}, "") == (book.records, git(remote, "for-each-ref"))


def test_the_next_run_on_a_machine_has_what_the_last_one_left(remote: Path, tmp_path: Path) -> None:
    for number in range(3):
        with opened(
            remote.parent / "project", remote="origin", cache=tmp_path / "cache", sleep=Clock().sleep
        ) as book:
            assert number == len(book.records)
            book.put(None, record(f"channel-{number}"))


def test_a_remote_that_cannot_be_reached_is_told_of_and_nothing_is_thought_written(
    book: Book, remote: Path
) -> None:
    remote.rename(remote.with_name("elsewhere"))
    with pytest.raises(LedgerError, match="журнал рассылки не записан"):
        book.put(None, record())
    assert {} == book.records


def test_a_file_that_is_no_record_names_itself(book: Book, remote: Path, tmp_path: Path) -> None:
    book.put(None, record())
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--branch", BRANCH, str(remote), str(clone))
    (clone / path_of(ID, "max-city")).write_text("{}")
    subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@a", "commit", "--quiet", "--all", "-m", "harm"],
        cwd=clone,
        check=True,
    )
    git(clone, "push", "--quiet")
    with pytest.raises(LedgerError, match=f"2024/05/{ID}/max-city.json"):
        book.refresh()


def test_a_rehearsal_writes_nothing(book: Book, remote: Path) -> None:
    book.rehearse()
    assert "" == git(remote, "for-each-ref")


def test_a_rehearsal_tells_of_a_remote_that_takes_nothing(book: Book, remote: Path) -> None:
    remote.rename(remote.with_name("elsewhere"))
    with pytest.raises(LedgerError, match="хранилище не примет запись"):
        book.rehearse()
