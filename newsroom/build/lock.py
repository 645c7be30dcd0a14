"""One at a time: a lock that the system itself takes back from a process that dies."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

_TAKEN = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})
_PAUSE = 0.1
"""Seconds between two tries."""

PATIENCE = 600.0
"""Seconds to wait for a build of the same site."""

if sys.platform == "win32":
    import msvcrt

    def _try(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock_of(output: Path) -> FileLock:
    """The lock of a site's folder: who holds it may change it, or be sure that it does not change."""
    return FileLock(output.with_name(f".{output.name}.lock"))


class FileLock:
    """A lock held through the file ``path``, which is there only while somebody holds or awaits it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: BinaryIO | None = None

    def take(self, patience: float, waiting: Callable[[], None]) -> None:
        """Take the lock; ``waiting`` is called once if another holds it.

        Raises TimeoutError when it is not free within ``patience`` seconds, and
        OSError where the file cannot be made.
        """
        end = time.monotonic() + patience
        told = False
        while not self._take():
            if time.monotonic() >= end:
                raise TimeoutError(str(self.path))
            if not told:
                waiting()
            told = True
            time.sleep(_PAUSE)

    def release(self) -> None:
        """Let the next one in; nothing happens where the lock is not held."""
        if self._file is None:
            return
        if sys.platform == "win32":  # an open file cannot be removed there, and one that is removed is free
            self._file.close()
            with suppress(OSError):
                self.path.unlink()
        else:
            self.path.unlink(missing_ok=True)
            self._file.close()
        self._file = None

    def _take(self) -> bool:
        file = self.path.open("ab")
        try:
            _try(file)
        except OSError as error:
            file.close()
            if error.errno not in _TAKEN:
                raise
            return False
        if not self._is_still_there(file):
            file.close()
            return False
        self._file = file
        return True

    def _is_still_there(self, file: BinaryIO) -> bool:
        """Whether the file locked is the one others will find: its last holder removes it."""
        try:
            return os.path.samestat(os.fstat(file.fileno()), self.path.stat())
        except FileNotFoundError:
            return False
