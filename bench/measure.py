"""What one command took: seconds, processor time, memory of the whole tree of processes, files written."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_MEGABYTE = 2**20


class CommandError(RuntimeError):
    """A contender failed; the message holds the end of what it said."""


@dataclass(frozen=True, kw_only=True)
class Usage:
    """``wall`` and ``cpu`` in seconds, the processors' of all processes; memory in megabytes.

    ``peak`` is the largest sum seen of the proportional set sizes of all processes
    (each page of memory counted once, however many share it); ``largest`` the
    greatest resident set of a single process, as the kernel kept it. ``written``
    counts files that are new, changed or gone; ``files`` what there is afterwards.
    """

    wall: float
    cpu: float
    peak: float
    largest: float
    written: int = 0
    files: int = 0


Snapshot = Mapping[str, tuple[int, int, int]]
"""Time of change, inode and size of each file of a folder by its path."""


def run(command: Sequence[str], *, environment: Mapping[str, str], folder: Path, log: Path) -> Usage:
    """Run a command to its end, its output in ``log``; raises CommandError when it fails."""
    start = time.perf_counter()
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, env=dict(environment), cwd=folder, stdout=stream, stderr=subprocess.STDOUT
        )
        watch = MemoryWatch(process.pid)
        with watch:
            _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = log.read_text(encoding="utf-8", errors="replace")[-4000:]
        raise CommandError(f"{' '.join(command[:3])} … ended with {process.returncode}\n{said}")
    largest = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / _MEGABYTE
    cpu = used.ru_utime + used.ru_stime
    return Usage(wall=wall, cpu=cpu, peak=watch.peak / _MEGABYTE or largest, largest=largest)


class MemoryWatch:
    """Samples the memory of a process and its descendants until it is left; ``peak`` in bytes.

    It rests twenty times as long as a sample takes, so that reading the tables of a
    large process neither slows it nor counts: 0 where there is no ``/proc``.
    """

    def __init__(self, pid: int, pause: float = 0.02) -> None:
        self.peak = 0
        self._pid, self._pause, self._over = pid, pause, threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> MemoryWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _sample(self) -> None:
        rest = 0.0
        while not self._over.wait(rest):
            start = time.perf_counter()
            self.peak = max(self.peak, sum(map(_proportional_size, _tree(self._pid))))
            rest = max(self._pause, 20 * (time.perf_counter() - start))


def snapshot(folder: Path) -> Snapshot:
    """All files of a folder; empty when there is none."""
    return dict(_entries(str(folder), len(str(folder)) + 1)) if folder.is_dir() else {}


def written(before: Snapshot, after: Snapshot) -> int:
    """Files that are new or changed in ``after``, and those that are gone."""
    changed = sum(1 for path, state in after.items() if before.get(path) != state)
    return changed + sum(1 for path in before if path not in after)


def _entries(folder: str, cut: int) -> Iterator[tuple[str, tuple[int, int, int]]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(entry.path, cut)
            else:
                state = entry.stat(follow_symlinks=False)
                yield entry.path[cut:], (state.st_mtime_ns, state.st_ino, state.st_size)


def _tree(pid: int) -> Iterator[int]:
    """The process and all its descendants."""
    yield pid
    for child in _children(pid):
        yield from _tree(child)


def _children(pid: int) -> Iterator[int]:
    """Those of all threads of a process; none of what has ended meanwhile."""
    with suppress(OSError), os.scandir(_PROC / str(pid) / "task") as threads:
        for thread in threads:
            with suppress(OSError):
                yield from map(int, (Path(thread) / "children").read_text("ascii").split())


def _proportional_size(pid: int) -> int:
    """Bytes; 0 for a process that has ended."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
