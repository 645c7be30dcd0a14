"""The commit that the material and the program stand at: asked of git beside the work, not before it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

_TIED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
"""What ties git to one repository: a hook runs with these set."""
_TRUSTING = ("-c", "safe.directory=*", "-c", "core.fsmonitor=false")
"""In CI the checkout is often another user's; nothing of the repository is run."""
CHANGED = "+"
"""After the name: the folder is not as in the commit."""


class CommitName:
    """Asks at once, and tells when it is asked itself. ``but`` are paths whose changes are no changes."""

    def __init__(self, folder: Path, but: Sequence[str] = ()) -> None:
        excluded = (f":(exclude,top)*{path}" for path in but)
        self._head = _started(folder, "rev-parse", "--verify", "--quiet", "HEAD")
        self._status = _started(folder, "status", "--porcelain", "--no-renames", "--", ":/", *excluded)

    def __enter__(self) -> CommitName:
        return self

    def __exit__(self, *_: object) -> None:
        """Nobody asks any more."""
        for asked in (self._head, self._status):
            if asked and asked.poll() is None:
                asked.kill()
            _said(asked)

    def told(self) -> str:
        """Its forty digits, «+» after them where files differ from it; "" outside git and without it."""
        head, status = _said(self._head), _said(self._status)
        if not head or status is None:
            return ""
        return head.decode().strip() + CHANGED * bool(status)


def _started(folder: Path, *arguments: str) -> subprocess.Popen[bytes] | None:
    environment = {name: value for name, value in os.environ.items() if name not in _TIED}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}  # a build writes nothing into the repository
    try:
        return subprocess.Popen(
            ["git", *_TRUSTING, "-C", str(folder), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
    except OSError:
        return None


def _said(asked: subprocess.Popen[bytes] | None) -> bytes | None:
    if asked is None:
        return None
    told, _ = asked.communicate() if asked.stdout and not asked.stdout.closed else (b"", b"")
    return None if asked.returncode else told
