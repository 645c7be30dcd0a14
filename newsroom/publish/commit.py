"""Makes the one commit of a branch: of the whole output by ghp-import, or of what changed by git alone.

ghp-import writes to the repository it stands in; here that is a scratch one, for the
project's branches and objects are not its business. Both ways make the same tree.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from newsroom.publish.branch import Tip
from newsroom.publish.git import REMOTE, DeployError, Git

FAILURE = "коммит не получился"


def whole(git: Git, branch: str, output: Path, *, message: str, domain: str, paths: Iterable[str]) -> None:
    """A commit of every file of ``output``; raises DeployError unless all ``paths`` are in it."""
    options = ["--no-history", "--no-jekyll", "--remote", REMOTE, "--branch", branch, "--message", message]
    options += ["--cname", domain] if domain else []
    git.call([sys.executable, "-m", "ghp_import", *options, str(output)], FAILURE)
    listing = ("ls-tree", "-r", "-z", "--name-only", f"refs/heads/{branch}")
    lost = set(paths).difference(git.run(*listing, failure="коммит не читается").split("\0"))
    if lost:
        raise DeployError(f"в коммит не попали файлы: {', '.join(sorted(lost))}")


def onto(
    git: Git,
    branch: str,
    tip: Tip | None,
    *,
    message: str,
    written: Iterable[tuple[str, str, Callable[[], bytes]]],
    removed: Iterable[str],
) -> None:
    """A commit of the files of ``tip`` without ``removed`` and with ``written``: (path, mode, what reads it)."""
    committer = git.run("var", "GIT_COMMITTER_IDENT", failure=FAILURE)

    def parts() -> Iterator[bytes]:
        yield f"commit refs/heads/{branch}\ncommitter {committer}\n".encode(errors="surrogateescape")
        yield _data(message.encode())
        if tip:
            yield f'M 040000 {tip.tree} ""\n'.encode()
        for path in removed:  # first, for a file may stand where a folder was
            yield b"D %s\n" % _quoted(path)
        for path, mode, read in written:
            yield b"M %s inline %s\n" % (mode.encode(), _quoted(path))
            yield _data(read())

    git.feed("fast-import", "--quiet", "--date-format=raw", parts=parts(), failure=FAILURE)


def _data(data: bytes) -> bytes:
    return b"data %d\n%s\n" % (len(data), data)


def _quoted(path: str) -> bytes:
    """A path as fast-import reads it, whatever is in it (git-fast-import, filemodify)."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode(errors="surrogateescape")
