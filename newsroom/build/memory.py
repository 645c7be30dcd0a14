"""What the program remembers of one site between builds, and who may use it."""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from newsroom.build.lock import FileLock
from newsroom.build.segments import Segments

_PATIENCE = 600.0


class Memory:
    """A folder of remembered things; a context manager that keeps other builds out of it.

    Where ``folder`` cannot be written, or stays in use, the memory is empty and lasts as long as
    the build: that costs time and nothing else. It may be removed at any moment between builds.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: FileLock | None = FileLock(folder.with_name(f".{folder.name}.lock"))
        self._passing = ""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.take(_PATIENCE, _tell_of_waiting)
        except (OSError, TimeoutError):
            self._lock, self._passing = None, tempfile.mkdtemp(prefix="newsroom-")
            self.folder = Path(self._passing)
        self.segments = Segments(self.folder / "records")
        self.outputs = Segments(self.folder / "outputs")

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def forget(self) -> None:
        """Remember nothing: what was kept cannot be trusted."""
        self.segments.forget()
        self.outputs.forget()
        for path in self.folder.iterdir():
            if path.is_file():
                path.unlink(missing_ok=True)

    def close(self) -> None:
        """Let other builds use it."""
        with suppress(OSError):  # a full disk: what could not be kept is read anew
            self.segments.close()
            self.outputs.close()
        if self._lock:
            self._lock.release()
        if self._passing:
            shutil.rmtree(self._passing, ignore_errors=True)


def _tell_of_waiting() -> None:
    print(
        "Идёт другая сборка или проверка этого сайта: ждём, пока она кончится…", file=sys.stderr, flush=True
    )
