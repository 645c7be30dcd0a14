"""How far a long build is, told on a terminal and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import monotonic
from typing import TextIO

from newsroom.build.workers import Tick
from newsroom.content.numbers import number

LONG = 300
"""Fewer things than that are done before anybody could read of them."""

_GLANCE = 0.2
"""Seconds between two lines."""


class Progress:
    """Tells of one part of the work after another, each in the same line of a terminal.

    ``clock`` gives seconds. Where ``stream`` is no terminal, as in CI, nothing is told.
    """

    def __init__(self, stream: TextIO | None = None, clock: Callable[[], float] = monotonic) -> None:
        self.stream = stream or sys.stderr
        self._clock, self._written = clock, False

    def begin(self, what: str, total: int) -> Tick:
        """Tell of ``total`` things («Страницы»), of which the returned function counts those done."""
        if total < LONG or not self.stream.isatty():
            return lambda _: None
        return _Line(self, what, total)

    def now(self) -> float:
        return self._clock()

    def tell(self, line: str) -> None:
        """Put ``line`` in place of the last one."""
        self.stream.write(f"\r\x1b[K{line}")
        self.stream.flush()
        self._written = True

    def end(self) -> None:
        """Leave the terminal as it was."""
        if self._written:
            self.tell("")


class _Line:
    def __init__(self, progress: Progress, what: str, total: int) -> None:
        self._progress, self._what, self._total = progress, what, total
        self._done, self._start = 0, progress.now()
        self._told = self._start

    def __call__(self, more: int) -> None:
        self._done += more
        now = self._progress.now()
        if now - self._told < _GLANCE:
            return
        self._told = now
        self._progress.tell(line(self._what, self._done, self._total, now - self._start))


def line(what: str, done: int, total: int, seconds: float) -> str:
    """«Страницы: 1 200 из 24 000, 3 100 в секунду, осталось 7 с»."""
    rate = done / seconds
    told = f"{what}: {number(min(done, total))} из {number(total)}"
    if not rate:
        return told
    return f"{told}, {number(round(rate))} в секунду, осталось {number(round(max(total - done, 0) / rate))} с"
