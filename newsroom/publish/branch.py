"""What a branch of the remote holds, and how another commit takes its place.

Of the old commit only the lists of files are fetched, never the files. The commit that
takes its place has no parent, so the branch never grows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from newsroom.publish.git import REMOTE, DeployError, Git

_SPARING = ("--quiet", "--no-tags", "--no-write-fetch-head", "--depth=1")


@dataclass(frozen=True)
class Tip:
    """The commit a branch holds, and its tree; ``alone`` when it has no parent, as all of ours."""

    commit: str
    tree: str
    alone: bool


def fetch(git: Git, branch: str, what: Literal["lists", "files"] = "lists") -> Tip | None:
    """The tip of the remote's branch, fetched into the scratch repository; None when there is no branch.

    With «files» their contents come too. Raises DeployError.
    """
    failure = "хранилище недоступно"
    place = f"refs/remotes/{REMOTE}/{branch}"
    options = [*_SPARING, *(["--filter=blob:none"] if what == "lists" else [])]
    try:
        git.run("fetch", *options, REMOTE, f"+refs/heads/{branch}:{place}", failure=failure)
    except DeployError:
        if not git.run("ls-remote", REMOTE, f"refs/heads/{branch}", failure=failure):
            return None
        raise
    # Else each file that git misses later it would fetch, one by one.
    git.ask("config", "--remove-section", f"remote.{REMOTE}")
    return _tip(git, place)


def listing(git: Git, tip: Tip) -> dict[str, str]:
    """The files of a commit: mode, kind and git's id of each («100644 blob 1f7a…») by its path."""
    told = git.run("ls-tree", "-r", "-z", tip.commit, failure="ветка не читается")
    return {path: entry for entry, _, path in (line.partition("\t") for line in told.split("\0")) if path}


def tree(git: Git, commit: str) -> str:
    """Git's id of all that a commit holds: two commits of equal files have the same."""
    return git.run("rev-parse", f"{commit}^{{tree}}", failure="коммит не читается")


def push(git: Git, branch: str, before: Tip | None) -> None:
    """Put our commit in place of ``before``; refused when another deploy came between.

    The pack is thin, as is git's habit: only so does it leave out the files the branch holds already.
    """
    lease = f"--force-with-lease=refs/heads/{branch}:{before.commit if before else ''}"
    ref = f"refs/heads/{branch}:refs/heads/{branch}"
    git.run("push", "--quiet", lease, REMOTE, ref, failure="хранилище не приняло сайт")


def _tip(git: Git, place: str) -> Tip:
    """The commit as it was written: what shows commits leaves out the parents that were not fetched."""
    told = git.feed("cat-file", "--batch", parts=[f"{place}\n".encode()], failure="ветка не читается").decode()
    first, *head = told.partition("\n\n")[0].splitlines()
    (tree,) = (line.removeprefix("tree ") for line in head if line.startswith("tree "))
    return Tip(first.split()[0], tree, alone=not any(line.startswith("parent ") for line in head))
