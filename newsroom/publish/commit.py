"""Makes the one commit of a branch: of the whole output by ghp-import, or of what changed by git alone.

ghp-import writes to the repository it stands in; here that is a scratch one, for the
project's branches and objects are not its business. Both ways make the same tree.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from newsroom.publish.branch import Branch
from newsroom.publish.git import REMOTE, DeployError, Git

_FAILURE = "коммит не получился"


class Written(NamedTuple):
    """A file to be committed: its path, its mode as git writes it, its bytes."""

    path: str
    mode: str
    data: bytes


def whole(branch: Branch, output: Path, *, message: str, domain: str, paths: Iterable[str]) -> None:
    """Commit every file of ``output``; raises DeployError unless all ``paths`` are in the commit."""
    options = [
        "--no-history",
        "--no-jekyll",
        "--remote",
        REMOTE,
        "--branch",
        branch.name,
        "--message",
        message,
    ]
    options += ["--cname", domain] if domain else []
    branch.git.call([sys.executable, "-m", "ghp_import", *options, str(output)], _FAILURE)
    listing = ("ls-tree", "-r", "-z", "--name-only", branch.ref)
    lost = set(paths).difference(branch.git.run(*listing, failure="коммит не читается").split("\0"))
    if lost:
        raise DeployError(f"в коммит не попали файлы: {', '.join(sorted(lost))}")


def onto(branch: Branch, *, message: str, written: Iterable[Written], removed: Iterable[str]) -> None:
    """Commit the files of the branch's tip without the ``removed`` and with the ``written``."""
    who = committer(branch.git)

    def parts() -> Iterator[bytes]:
        yield f"commit {branch.ref}\ncommitter {who}\n".encode(errors="surrogateescape")
        yield _data(message.encode())
        if branch.tip:
            yield f'M 040000 {branch.tip.tree} ""\n'.encode()
        for path in removed:  # first, for a file may stand where a folder was
            yield b"D %s\n" % _quoted(path)
        for path, mode, data in written:
            yield b"M %s inline %s\n" % (mode.encode(), _quoted(path))
            yield _data(data)

    branch.git.feed("fast-import", "--quiet", "--force", "--date-format=raw", parts=parts(), failure=_FAILURE)


def on_top(branch: Branch, committer: str, *, message: str, written: Written) -> str:
    """Commit one file as the next step of a branch with a history; gives the id of the commit."""
    parts = [
        f"commit {branch.ref}\nmark :1\ncommitter {committer}\n".encode(errors="surrogateescape"),
        _data(message.encode()),
        f"from {branch.tip.commit}\n".encode() if branch.tip else b"",
        b"M %s inline %s\n" % (written.mode.encode(), _quoted(written.path)),
        _data(written.data),
        b"\nget-mark :1\n",
    ]
    told = branch.git.feed(
        "fast-import", "--quiet", "--force", "--date-format=raw", parts=parts, failure=_FAILURE
    )
    return told.decode().strip()


def committer(git: Git) -> str:
    """Who commits, and when, as commits tell it."""
    return git.run("var", "GIT_COMMITTER_IDENT", failure=_FAILURE)


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)


def _quoted(path: str) -> bytes:
    """A path as fast-import reads it, whatever is in it (git-fast-import, filemodify)."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode(errors="surrogateescape")
