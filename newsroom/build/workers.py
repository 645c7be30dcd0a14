"""Work shared among processes: where a system can fork, each gets a part and its own processor.

A forked worker has everything its parent has and sends back only results. It holds the
parent's locks too, so nobody takes its place while it lives.
"""

from __future__ import annotations

import gc
import mmap
import os
import pickle
import selectors
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TextIO, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Tick = Callable[[int], None]
"""Called with how many more are done."""

_COUNT = struct.Struct("q")
_GLANCE = 0.1
"""Seconds between two looks at how far the workers are."""


def processors() -> int:
    """How many processes can work at once here; 1 where there is no fork, or none to be trusted."""
    if not hasattr(os, "fork") or sys.platform == "darwin":
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share_out(
    items: Sequence[Item],
    work: Callable[[Sequence[Item], Tick], Result],
    *,
    workers: int,
    tick: Tick = lambda _: None,
) -> list[Result]:
    """``work`` done on parts of ``items`` by so many processes; its results, in no certain order.

    The parts are taken in turn (every n-th item), so that neighbours of equal weight are
    shared evenly. An exception of a worker is raised here; a worker that dies raises OSError.
    """
    if workers < 2 or len(items) < 2:
        return [work(items, tick)]
    workers = min(workers, len(items))
    counts = mmap.mmap(-1, _COUNT.size * workers)
    gc.freeze()  # the children shall not touch, and so copy, what they only read
    _flush(sys.stdout, sys.stderr)
    started: list[_Worker] = []
    try:
        for number in range(workers):
            part = items[number::workers]
            started.append(_start(part, work, _Counter(counts, number)))
        return _gathered(started, counts, tick)
    finally:
        for worker in started:
            worker.end()
        gc.unfreeze()


class _Worker:
    """A child at work: its process, and the pipe its results come through."""

    def __init__(self, pid: int, reader: int) -> None:
        self.pid, self.reader = pid, reader
        self._is_over = False

    def status(self) -> int:
        """Its exit status; waits for it."""
        _, status = os.waitpid(self.pid, 0)
        self._is_over = True
        return os.waitstatus_to_exitcode(status)

    def end(self) -> None:
        """Let it not go on where nobody waits for its work."""
        if not self._is_over:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self.pid, signal.SIGKILL)
                self.status()
        os.close(self.reader)


class _Counter:
    """A worker's place in memory shared with its parent."""

    def __init__(self, counts: mmap.mmap, number: int) -> None:
        self._counts, self._offset, self._done = counts, number * _COUNT.size, 0

    def __call__(self, more: int) -> None:
        self._done += more
        _COUNT.pack_into(self._counts, self._offset, self._done)


def _start(part: Sequence[Item], work: Callable[[Sequence[Item], Tick], Result], tick: Tick) -> _Worker:
    """A worker on its part."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writer)
        return _Worker(pid, reader)
    status = 1
    try:
        os.close(reader)
        with open(writer, "wb") as stream:
            stream.write(_answer(part, work, tick))
        status = 0
    except KeyboardInterrupt:
        pass
    except BaseException:
        traceback.print_exc()
    finally:  # a child ends here, whatever happens to it
        try:
            _flush(sys.stderr)
        finally:
            os._exit(status)


def _flush(*streams: TextIO | None) -> None:
    """Print what waits to be printed; a stream may be closed, or be none at all."""
    for stream in filter(None, streams):
        with suppress(OSError, ValueError):
            stream.flush()


def _answer(part: Sequence[Item], work: Callable[[Sequence[Item], Tick], Result], tick: Tick) -> bytes:
    try:
        return pickle.dumps((True, work(part, tick)))
    except Exception as error:
        error.add_note(traceback.format_exc())  # the parent has only the error, not where it came from
        return pickle.dumps((False, error))


def _gathered(workers: Sequence[_Worker], counts: mmap.mmap, tick: Tick) -> list[Any]:
    """What the workers sent, read as it comes: a full pipe would stop them."""
    received = {worker.reader: bytearray() for worker in workers}
    told = 0
    with selectors.DefaultSelector() as selector:
        for reader in received:
            selector.register(reader, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select(_GLANCE):
                chunk = os.read(key.fd, 1 << 20)
                received[key.fd] += chunk
                if not chunk:
                    selector.unregister(key.fd)
            done = sum(count for (count,) in _COUNT.iter_unpack(counts))
            tick(done - told)
            told = done
    statuses = [worker.status() for worker in workers]
    if any(statuses):
        raise OSError(f"a worker ended with status {max(statuses, key=abs)}")
    answers = [pickle.loads(data) for data in received.values()]
    for well, answer in answers:
        if not well:
            raise answer
    return [answer for _, answer in answers]
