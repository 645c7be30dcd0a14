"""Nobody takes a line out of ``addresses.lock``: the commit that the work began at remembers it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from newsroom.content.address_lock import NAME, AddressLock, read_lock
from newsroom.problems import Problem

_TOLD = 3
"""Addresses named in one message: the whole file may be gone."""


def erased(content: Path, commit: str = "HEAD") -> Iterator[Problem]:
    """What the lock of a content folder had at a commit and has no more; nothing outside git.

    Raises NewsroomError where a line of it is no address.
    """
    command = ["git", "show", f"{commit}:./{NAME}"]
    try:
        shown = subprocess.run(command, cwd=content, capture_output=True, check=False)
    except OSError:  # there is no git here
        return
    before = AddressLock(shown.stdout) if shown.returncode == 0 else AddressLock()
    gone = sorted(before.lines.keys() - read_lock(content).lines.keys())
    if gone:
        some = ", ".join(gone[:_TOLD]) + (" …" if len(gone) > _TOLD else "")
        remedy = "верните строки: в git они остались"
        yield Problem(NAME, 0, f"стёрты опубликованные адреса: {some}", remedy)
