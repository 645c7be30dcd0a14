"""What a branch of the remote holds, and how another commit takes its place.

Of the old commit only the lists of files are fetched, never the files. The commit that
takes its place has no parent, so the branch never grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from newsroom.publish.git import REMOTE, DeployError, Git

_SPARING = ("--quiet", "--no-tags", "--no-write-fetch-head", "--depth=1")


@dataclass(frozen=True)
class Tip:
    """The commit a branch holds, and its tree; ``alone`` when it has no parent, as all of ours."""

    commit: str
    tree: str
    alone: bool


@dataclass(frozen=True)
class Branch:
    """A branch of the remote; ``git`` is the scratch repository, ``tip`` what it held when it was fetched."""

    git: Git
    name: str
    tip: Tip | None

    @classmethod
    def fetch(cls, git: Git, name: str, what: Literal["lists", "files"] = "lists") -> Branch:
        """The branch as it is now, or as ``git`` has seen it; with «files» their contents come too.

        Raises DeployError.
        """
        if not last_seen(git, name) and not fetched(git, name, what):
            return cls(git, name, None)
        return cls(git, name, _tip(git, _place(name)))

    @property
    def ref(self) -> str:
        return f"refs/heads/{self.name}"

    @cached_property
    def listing(self) -> dict[str, str]:
        """The files the branch held: mode, kind and git's id of each («100644 blob 1f7a…») by its path."""
        if not self.tip:
            return {}
        told = self.git.run("ls-tree", "-r", "-z", self.tip.commit, failure="ветка не читается")
        return {path: entry for entry, _, path in (line.partition("\t") for line in told.split("\0")) if path}

    def contents(self, paths: Iterable[str]) -> dict[str, bytes]:
        """The bytes of files of the branch by their paths; what is not here is fetched, and nothing else.

        KeyError where the branch has none at a path. Raises DeployError.
        """
        ids = {path: self.listing[path].split()[-1] for path in paths}
        wanted = list(dict.fromkeys(ids.values()))
        failure = "файлы ветки не читаются"
        seen = self.git.feed("cat-file", "--batch-check", parts=_lines(wanted), failure=failure).decode()
        missing = [line.split()[0] for line in seen.splitlines() if line.endswith(" missing")]
        if missing:
            # Without a word of what is here: of the commit that is, the remote would think its files are too.
            silent = ("-c", "fetch.negotiationAlgorithm=noop")
            self.git.run(*silent, "fetch", *_SPARING, REMOTE, *missing, failure="хранилище недоступно")
        told = self.git.feed("cat-file", "--batch", parts=_lines(wanted), failure=failure)
        found = dict(_unpacked(wanted, told))
        return {path: found[id] for path, id in ids.items()}

    def holds(self, commit: str) -> bool:
        """Whether the branch held the same files as a commit of the scratch repository."""
        tree = self.git.run("rev-parse", f"{commit}^{{tree}}", failure="коммит не читается")
        return self.tip is not None and self.tip.tree == tree

    def push(self) -> None:
        """Put the commit that was made in the place of the tip; refused when another deploy came between.

        What was there stays on a branch beside it: ``branch_rollback`` brings it back.
        The pack is thin, as is git's habit, and the tip is told to be where history is cut: only so
        does git leave out the files that the branch holds already (pack-objects, --objects-edge-aggressive).
        """
        if self.tip:
            (self.git.folder / "shallow").write_text(f"{self.tip.commit}\n")
        lease = f"--force-with-lease={self.ref}:{self.tip.commit if self.tip else ''}"
        refs = [f"{self.ref}:{self.ref}"]
        if self.tip:
            refs.append(f"+{self.tip.commit}:refs/heads/{previous_of(self.name)}")
        # The files that the new ones resemble are not here, so there is nothing to pack them by.
        packing = ("-c", "pack.window=0") if self.tip else ()
        failure = "хранилище не приняло ветку"
        self.git.run(*packing, "push", "--quiet", lease, REMOTE, *refs, failure=failure)
        self.git.run("update-ref", _place(self.name), self.ref, failure=failure)

    def push_forward(self, commit: str) -> Branch:
        """Put a commit on top of the tip after it; gives the branch as it is then.

        Refused when another one came between.
        """
        failure = "хранилище не приняло запись"
        self.git.run("push", "--quiet", REMOTE, f"{commit}:{self.ref}", failure=failure)
        return Branch(self.git, self.name, Tip(commit, "", alone=False))

    def remember(self) -> None:
        """Let the scratch repository know what the remote was seen to hold."""
        if self.tip:
            self.git.run("update-ref", _place(self.name), self.tip.commit, failure="ветка не читается")

    def rehearse(self) -> None:
        """Ask the remote whether it would let us push, and push nothing. Raises DeployError."""
        failure = "пробная запись не получилась"
        nobody = ("-c", "user.name=newsroom", "-c", "user.email=newsroom@localhost")
        tree = self.git.run("mktree", failure=failure)  # of no files
        commit = self.git.run(*nobody, "commit-tree", tree, "-m", "rehearsal", failure=failure)
        failure = "хранилище не примет запись"
        self.git.run(
            "push", "--quiet", "--dry-run", REMOTE, f"{commit}:{self.ref}-rehearsal", failure=failure
        )


def previous_of(name: str) -> str:
    """The branch that keeps the edition before."""
    return f"{name}-previous"


def _lines(ids: Iterable[str]) -> list[bytes]:
    return [f"{id}\n".encode() for id in ids]


def _unpacked(ids: Iterable[str], told: bytes) -> Iterator[tuple[str, bytes]]:
    """What ``cat-file --batch`` tells of each id: a line that ends in its size, its bytes, a line break."""
    start = 0
    for id in ids:
        end = told.index(b"\n", start)
        size = int(told[start:end].split()[-1])
        yield id, told[end + 1 : end + 1 + size]
        start = end + 1 + size + 1


def last_seen(git: Git, name: str) -> str:
    """The commit that the branch of the remote held when the repository last saw it, "" if it never did."""
    return git.ask("rev-parse", "--verify", "--quiet", _place(name))


def _place(name: str) -> str:
    return f"refs/remotes/{REMOTE}/{name}"


def fetched(git: Git, name: str, what: Literal["lists", "files"]) -> bool:
    """Whether there is such a branch; then its tip is fetched, whatever ``git`` has seen before."""
    failure = "хранилище недоступно"
    options = [*_SPARING, *(["--filter=blob:none"] if what == "lists" else [])]
    fetch = ("fetch", *options, REMOTE, f"+refs/heads/{name}:{_place(name)}")
    try:
        git.run(*fetch, failure=failure)
    except DeployError:
        if not git.run("ls-remote", REMOTE, f"refs/heads/{name}", failure=failure):
            return False
        git.run(*fetch, failure=failure)  # somebody may have made it meanwhile
    # Else git would fetch each file that it misses, one by one.
    git.ask("config", "--remove-section", f"remote.{REMOTE}")
    return True


def _tip(git: Git, place: str) -> Tip:
    """The commit as it was written: what shows commits leaves out the parents that were not fetched."""
    told = git.feed(
        "cat-file", "--batch", parts=[f"{place}\n".encode()], failure="ветка не читается"
    ).decode()
    first, *head = told.partition("\n\n")[0].splitlines()
    (tree,) = (line.removeprefix("tree ") for line in head if line.startswith("tree "))
    return Tip(first.split()[0], tree, alone=not any(line.startswith("parent ") for line in head))
