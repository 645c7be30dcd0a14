"""The ledger on its branch: read once, then written record by record, each time as compare-and-swap.

A record is a commit of its own on top of what the branch holds, pushed without force: a push that is
not on top of the newest commit is refused, then what came between is fetched. So of two runs that
want to announce the same thing one writes its intent, and the other learns that it came too late.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from newsroom.publish import commit
from newsroom.publish import git as repository
from newsroom.publish.branch import Branch, fetched
from newsroom.publish.commit import Written
from newsroom.publish.git import DeployError, Git
from newsroom.publish.ledger.record import Record, from_bytes, path_of, to_bytes
from newsroom.publish.workshop import workshop

BRANCH = "announcements"
_TRIES = 12
_SLOWEST = 8.0
"""Seconds between two tries at most."""


class LedgerError(Exception):
    """The ledger cannot be read or written; the text says why, in Russian."""


class Book:
    """The records of a branch; safe to be used by several threads."""

    def __init__(self, git: Git, name: str, sleep: Callable[[float], object]) -> None:
        self._git, self._name, self._sleep = git, name, sleep
        self._lock = Lock()
        self._branch = Branch(git, name, None)
        self._records: dict[tuple[str, str], Record] = {}
        self._seen: dict[str, tuple[str, Record]] = {}
        self._fetched(anew=False)

    @property
    def records(self) -> Mapping[tuple[str, str], Record]:
        """All records by release and channel, as last seen."""
        with self._lock:
            return dict(self._records)

    def refresh(self) -> None:
        """Fetch what others wrote; raises LedgerError."""
        with self._lock:
            self._fetched(anew=True)

    def close(self) -> None:
        """Let the next run know what the remote holds: it need not be fetched. Raises DeployError."""
        with self._lock:
            self._branch.remember()

    def rehearse(self) -> None:
        """Ask the remote whether it would take a record, and give it none. Raises LedgerError."""
        with self._lock:
            try:
                self._branch.rehearse()
            except DeployError as error:
                raise LedgerError(str(error)) from None

    def put(self, before: Record | None, after: Record) -> bool:
        """Write ``after`` in the place of ``before``, None being no record; False if that changed meanwhile.

        Once it gives True the record is on the remote. Raises LedgerError when the remote cannot be
        reached, or is written to by others all the time; then it may be there or not.
        """
        with self._lock:
            return self._put(before, after)

    def _put(self, before: Record | None, after: Record) -> bool:
        complaint: DeployError | None = None
        for attempt in range(_TRIES):
            if attempt:
                self._sleep(random.uniform(0, min(_SLOWEST, 0.1 * 2**attempt)))
                try:
                    self._fetched(anew=True)
                except LedgerError as error:
                    complaint = DeployError(str(error))
                    continue
            known = self._records.get(after.place)
            if known == after:  # the push had gone through, though git did not hear of it
                return True
            if known != before:
                return False
            try:
                self._push(after)
            except DeployError as error:
                complaint = error
                continue
            self._records[after.place] = after
            return True
        raise LedgerError(f"журнал рассылки не записан: {complaint}")

    def _push(self, record: Record) -> None:
        written = Written(path_of(*record.place), "100644", to_bytes(record))
        message = f"{record.release}: {record.channel} {record.state}"
        made = commit.on_top(self._branch, commit.committer(self._git), message=message, written=written)
        self._branch = self._branch.push_forward(made)

    def _fetched(self, *, anew: bool) -> None:
        try:
            if anew:
                fetched(self._git, self._name, "files")
            self._branch = Branch.fetch(self._git, self._name, "files")
            listing = {path: id for path, id in self._branch.listing.items() if path.endswith(".json")}
            changed = [path for path, id in listing.items() if self._seen.get(path, ("",))[0] != id]
            data = self._branch.contents(changed)
        except DeployError as error:
            raise LedgerError(f"журнал рассылки не читается: {error}") from None
        read = {path: (listing[path], _read(path, data[path])) for path in changed}
        self._seen = {path: read.get(path) or self._seen[path] for path in listing}
        self._records = {record.place: record for _, record in self._seen.values()}


class Unreachable(Book):
    """A ledger that cannot be had: nothing is known of anything, and nothing may be written."""

    def __init__(self, why: LedgerError) -> None:
        self._why = why

    @property
    def records(self) -> Mapping[tuple[str, str], Record]:
        return {}

    def refresh(self) -> None:
        raise self._why

    def rehearse(self) -> None:
        raise self._why

    def put(self, before: Record | None, after: Record) -> bool:
        del before, after
        raise self._why


def _read(path: str, data: bytes) -> Record:
    try:
        return from_bytes(data, path)
    except ValueError:
        remedy = "верните файл, каким он был в истории ветки"
        raise LedgerError(f"{path}: это не запись журнала рассылки — {remedy}") from None


@contextmanager
def opened(
    project: Path,
    *,
    remote: str,
    branch: str = BRANCH,
    cache: Path | None = None,
    sleep: Callable[[float], object],
) -> Iterator[Book]:
    """The ledger on a branch of ``remote``, which need not be there yet. Raises LedgerError."""
    try:
        with workshop(cache, repository.at(project), remote, branch) as git:
            book = Book(git, branch, sleep)
            yield book
            book.close()
    except DeployError as error:
        raise LedgerError(f"журнал рассылки недоступен: {error}") from None
