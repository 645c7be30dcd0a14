"""A long build says on a terminal how far it is, and leaves the line as it was."""

from __future__ import annotations

import io
import sys
from contextlib import nullcontext

import pytest

from newsroom import progress
from newsroom.problems import NewsroomError
from newsroom.progress import LONG, Progress, line
from tests.conftest import TinySite


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    """Gives the seconds that it is told."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def lines(stream: io.StringIO) -> list[str]:
    """What stood in the line of a terminal, one thing after another."""
    return stream.getvalue().split("\r\x1b[K")[1:]


def test_how_far_the_work_is_is_told_five_times_a_second() -> None:
    stream, clock = Terminal(), Clock()
    told = Progress(stream, clock)
    tick = told.begin("Файлы сайта", 2000)
    for clock.seconds in (0.1, 0.2, 0.3, 1.0):
        tick(100)
    told.end()
    assert [
        "Файлы сайта: 200 из 2\u202f000, 1\u202f000 в секунду, осталось 2 с",
        "Файлы сайта: 400 из 2\u202f000, 400 в секунду, осталось 4 с",
        "",
    ] == [each.replace("\u00a0", "\u202f") for each in lines(stream)]


@pytest.mark.parametrize(("stream", "total"), [(io.StringIO(), LONG), (Terminal(), LONG - 1)])
def test_elsewhere_and_of_short_work_nothing_is_told(stream: io.StringIO, total: int) -> None:
    clock = Clock()
    told = Progress(stream, clock)
    tick = told.begin("Материалы", total)
    clock.seconds = 9
    tick(1)
    told.end()
    assert "" == stream.getvalue()


def test_more_done_than_was_foreseen_is_all_of_it() -> None:
    assert "Файлы: 3 из 3, 5 в секунду, осталось 0 с" == line("Файлы", 5, 3, 1.0)


@pytest.mark.parametrize("task", ["build", "check"])
@pytest.mark.parametrize("title", ["Каток", None])
def test_the_line_is_cleared_before_anything_else_is_said(
    site: TinySite, monkeypatch: pytest.MonkeyPatch, task: str, title: str | None
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(progress, "LONG", 0)
    monkeypatch.setattr(progress, "_GLANCE", 0)
    monkeypatch.setattr(sys, "stderr", terminal)
    site.release(title=title)
    pelican = site._pelican()
    with nullcontext() if title else pytest.raises((SystemExit, NewsroomError)):
        pelican.run() if task == "build" else pelican.read()
    said = lines(terminal)
    assert any(each.startswith("Материалы: ") for each in said)
    last = max(index for index, each in enumerate(said) if " из " in each)
    assert "" == said[last + 1].partition("releases/")[0]
