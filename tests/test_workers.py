"""Work is shared among processes as if one had done it, and whatever happens to one is told."""

from __future__ import annotations

import errno
import gc
import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from newsroom.build.workers import Tick, processors, share_out
from newsroom.problems import NewsroomError, Problem

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
ROOT = Path(__file__).parent.parent
Work = Callable[[Sequence[int], Tick], object]


def doubled(items: Sequence[int], tick: Tick) -> list[int]:
    for _ in items:
        tick(1)
    return [2 * item for item in items]


def process(_: Sequence[int], __: Tick) -> int:
    return os.getpid()


def failing(_: Sequence[int], __: Tick) -> None:
    raise KeyError("краска", 7)


def killed(_: Sequence[int], __: Tick) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class UnsentError(Exception):
    def __init__(self) -> None:
        self.stream = io.StringIO
        self.work = lambda: None
        super().__init__("no process can be sent this")


def unsent_error(_: Sequence[int], __: Tick) -> None:
    raise UnsentError


def unsent_result(_: Sequence[int], __: Tick) -> object:
    return lambda: None


def leaving(_: Sequence[int], __: Tick) -> None:
    raise SystemExit(3)


@pytest.mark.parametrize("workers", [0, 1, 2, 3, 8])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_every_item_is_worked_on_once(count: int, workers: int) -> None:
    results = share_out(range(count), doubled, workers=workers)
    assert [2 * item for item in range(count)] == sorted(item for part in results for item in part)


def test_no_worker_is_without_an_item() -> None:
    assert [1, 1, 1] == [len(part) for part in share_out(range(3), doubled, workers=9)]


def test_neighbours_are_dealt_to_different_workers() -> None:
    parts = share_out([1, 2, 3, 4, 5], lambda items, _: list(items), workers=2)
    assert [[1, 3, 5], [2, 4]] == sorted(parts)


@pytest.mark.parametrize(("items", "workers"), [([1, 2], 1), ([1], 2), ([], 2)])
def test_who_needs_no_help_works_alone(items: list[int], workers: int) -> None:
    assert [os.getpid()] == share_out(items, process, workers=workers)


def test_two_workers_are_two_other_processes() -> None:
    assert 3 == len({os.getpid(), *share_out([1, 2], process, workers=2)})


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_ticks_add_up(workers: int) -> None:
    told: list[int] = []
    share_out(range(10), doubled, workers=workers, tick=told.append)
    assert 10 == sum(told)


def test_a_result_may_be_larger_than_a_pipe() -> None:
    results = share_out([b"a", b"b"], lambda items, _: items[0] * 3_000_000, workers=2)
    assert {b"a" * 3_000_000, b"b" * 3_000_000} == set(results)


@pytest.mark.parametrize("workers", [1, 2])
def test_an_exception_is_raised_here(workers: int) -> None:
    with pytest.raises(KeyError) as caught:
        share_out([1, 2], failing, workers=workers)
    assert ("краска", 7) == caught.value.args


def test_the_first_exception_is_raised_though_others_did_their_work() -> None:
    def work(items: Sequence[int], _: Tick) -> int:
        return 12 // items[0]

    with pytest.raises(ZeroDivisionError):
        share_out([3, 0, 4], work, workers=3)


def refusing(_: Sequence[int], __: Tick) -> None:
    raise NewsroomError([Problem("b.md", 2, "нет", "да"), Problem("a.md", 1, "нет", "да")])


def test_problems_are_carried_over() -> None:
    with pytest.raises(NewsroomError) as caught:
        share_out([1, 2], refusing, workers=2)
    assert ["a.md", "b.md"] == [problem.file for problem in caught.value.problems]


def test_problems_are_told_by_a_worker_as_by_ourselves() -> None:
    with pytest.raises(NewsroomError) as caught:
        share_out([1, 2], refusing, workers=2)
    assert "a.md:1: нет — да\nb.md:2: нет — да" == str(caught.value)


@pytest.mark.parametrize(
    ("work", "status", "told"),
    [(killed, -9, ""), (unsent_error, 1, "UnsentError"), (leaving, 1, "SystemExit: 3")],
)
def test_a_worker_that_dies_is_an_error(
    work: Work, status: int, told: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(OSError, match=f"^a worker ended with status {status}$"):
        share_out([1, 2], work, workers=2)
    said = capfd.readouterr().err
    assert (bool(told), True) == (bool(said), told in said)


def test_a_result_that_cannot_be_sent_is_an_error() -> None:
    with pytest.raises(Exception, match="lambda"):
        share_out([1, 2], unsent_result, workers=2)


def test_one_worker_killed_among_others_is_an_error() -> None:
    def work(items: Sequence[int], tick: Tick) -> object:
        if items[0] == 1:
            killed(items, tick)
        return doubled(items, tick)

    with pytest.raises(OSError, match="status -9"):
        share_out([1, 2, 3], work, workers=3)


@pytest.mark.parametrize("work", [doubled, failing, killed, unsent_error, leaving])
def test_nothing_is_left_behind(work: Work, tmp_path: Path) -> None:
    def signed(items: Sequence[int], tick: Tick) -> object:
        (tmp_path / str(os.getpid())).touch()
        return work(items, tick)

    before = descriptors()
    with suppress(KeyError, OSError):
        share_out([1, 2, 3], signed, workers=3)
    pids = [int(path.name) for path in tmp_path.iterdir()]
    assert (3, []) == (len(pids), [pid for pid in pids if is_there(pid)])
    assert before == descriptors()
    assert 0 == gc.get_freeze_count()


def test_a_parent_that_is_interrupted_leaves_no_worker_behind(tmp_path: Path, orphans: list[int]) -> None:
    def work(_: Sequence[int], __: Tick) -> None:
        place = tmp_path / str(os.getpid())
        place.touch()
        time.sleep(5)
        place.write_text("went on")

    def tick(_: int) -> None:
        while len(found := list(tmp_path.iterdir())) < 2:
            time.sleep(0.01)
        orphans.extend(int(path.name) for path in found)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        share_out([1, 2], work, workers=2, tick=tick)
    assert [] == [pid for pid in orphans if is_there(pid)]
    assert ["", ""] == [path.read_text() for path in tmp_path.iterdir()]


def test_a_fork_that_fails_leaves_no_worker_behind(
    tmp_path: Path, orphans: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    fork = os.fork

    def once() -> int:
        if orphans:
            raise OSError(errno.EAGAIN, "Resource temporarily unavailable")
        orphans.append(fork())
        return orphans[0]

    monkeypatch.setattr(os, "fork", once)
    with pytest.raises(OSError, match="unavailable"):
        share_out([1, 2], lambda *_: (tmp_path / "done").touch(), workers=2)
    assert [] == [pid for pid in orphans if is_there(pid)]


@pytest.fixture
def orphans() -> Iterator[list[int]]:
    """Processes to be ended after the test, if they are not."""
    pids: list[int] = []
    before = descriptors()
    yield pids
    for pid in pids:
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    for left in descriptors() - before:
        with suppress(OSError):
            os.close(left)


def descriptors() -> set[int]:
    return {int(path.name) for path in Path("/dev/fd").iterdir()}


def is_there(pid: int) -> bool:
    """Whether there is such a process, or what is left of a dead one that nobody waited for."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def closed() -> io.StringIO:
    stream = io.StringIO()
    stream.close()
    return stream


@pytest.mark.parametrize("make", [lambda: None, closed])
@pytest.mark.parametrize("name", ["stdout", "stderr"])
def test_nobody_need_be_there_to_read_what_is_printed(
    name: str, make: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, name, make())
    results = share_out([1, 2], doubled, workers=2)
    assert [[2], [4]] == sorted(results)


WORSE = """\
import os, sys
from newsroom.build.workers import share_out

print("said before", end=" ")

def work(items, tick):
    sys.stdout.flush()
    sys.stderr.flush = lambda: 1 / 0
    raise SystemExit(3)

try:
    share_out([1, 2], work, workers=2)
finally:
    print("said after")
    sys.stdout.flush()
"""


def test_a_worker_never_goes_on_as_its_parent() -> None:
    # What its parent has said already it must not say again; and here even its last words fail.
    command = [sys.executable, "-c", WORSE]
    buffered = os.environ | {"PYTHONUNBUFFERED": ""}
    ended = subprocess.run(command, cwd=ROOT, env=buffered, capture_output=True, text=True, check=False)
    assert "said before said after\n" == ended.stdout
    assert "OSError: a worker ended with status 1" in ended.stderr


def test_there_is_always_a_processor() -> None:
    assert 1 <= processors() <= (os.cpu_count() or 1)


@pytest.mark.parametrize("missing", ["fork", "platform"])
def test_where_no_fork_is_to_be_trusted_one_process_works(
    missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if missing == "fork":
        monkeypatch.delattr(os, "fork")
    else:
        monkeypatch.setattr(sys, "platform", "darwin")
    assert 1 == processors()
