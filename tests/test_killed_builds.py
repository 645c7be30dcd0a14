"""A build that is killed, or has no room left, harms nothing; the next one ends as a clean one does."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from newsroom.build.edition import DRAFT_NAME
from tests.full_disk import room_for
from tests.random_newsroom import Chance, State, Trial, differences, files_of
from tests.random_steps import (
    add_release,
    delete_release,
    edit_release,
    edit_template,
    newsroom,
    rename_release,
)

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="a build that is killed is a forked process"),
    pytest.mark.usefixtures("own_templates"),
]

FAULT = 70
"""Exit status of a build that ended with an exception."""
WORKERS = 3


@dataclass(frozen=True)
class Version:
    """A state of the newsroom, and the files of a clean build of it."""

    state: State
    files: dict[str, bytes]


def versions(trial: Trial, chance: Chance) -> list[Version]:
    """Three that differ in many files: of the second all pages are other, of the third a part of them."""
    found = []
    steps = (add_release, add_release, edit_release, edit_release, delete_release, rename_release)
    for before in ((), (*steps, edit_template), steps):
        for step in before:
            step(trial.state, chance)
        for header in trial.state.headers():
            header["links"] = []
        trial.write()
        clean = trial.build_clean()
        assert 0 == clean.status, clean.said
        found.append(Version(deepcopy(trial.state), clean.files()))
    return found


def trial_in(folder: Path) -> tuple[Trial, list[Version]]:
    """A newsroom of sixteen releases: some hundreds of files."""
    state, chance = newsroom(seed=1, releases=16)
    state.settings |= {"per_page": 5}
    trial = Trial(folder, state)
    return trial, versions(trial, chance)


def forked(work: Callable[[], int]) -> int:
    """The id of a process, the head of a group of its own, that does this work and ends."""
    pid = os.fork()
    if pid:
        with suppress(OSError):  # whichever of the two comes first
            os.setpgid(pid, pid)
        return pid
    status = FAULT
    try:
        with suppress(OSError):
            os.setpgid(0, 0)
        status = work()
    finally:
        os._exit(status)


def ended(pid: int) -> int:
    """Its exit status, or the number of the signal that killed it, negative."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def beside(folder: Path) -> set[str]:
    """What lies beside outputs and memories and should not outlive a build."""
    names = {path.name for place in (folder, folder / "cache/memory") for path in place.iterdir()}
    return {name for name in names if name.startswith(".")}


def strange(folder: Path, allowed: list[Version]) -> list[str]:
    """Files of the output that stand in none of these versions."""
    return [
        path
        for path, data in files_of(folder / "output").items()
        if path != DRAFT_NAME and all(version.files.get(path) != data for version in allowed)
    ]


def assert_mended(trial: Trial, version: Version) -> None:
    """The next build ends as a clean one, and nothing is left beside the site."""
    built = trial.build()
    assert 0 == built.status, built.said
    assert {} == differences(version.files, built.files())
    assert set() == beside(trial.folder)


def forget(trial: Trial) -> None:
    shutil.rmtree(trial.folder / "cache/memory/output", ignore_errors=True)


def wait_for_commit(trial: Trial, pid: int) -> None:
    """Till files begin to enter the output, or the build has ended."""
    draft = trial.folder / "output" / DRAFT_NAME
    while not draft.exists() and os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        time.sleep(0.0005)


def seconds(work: Callable[[], object]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


@pytest.mark.parametrize("kills", [6, pytest.param(40, marks=pytest.mark.slow)])
def test_a_build_killed_at_any_moment_is_mended_by_the_next(tmp_path: Path, kills: int) -> None:
    random = Random(kills)
    trial, known = trial_in(tmp_path)
    assert_mended(trial, known[-1])
    trial.become(known[0].state)
    spans = {False: seconds(lambda: built_apart(trial))}
    forget(trial)
    spans[True] = seconds(lambda: built_apart(trial))
    allowed, killed = [known[0]], 0
    for _ in range(kills):
        version, forgetful, workers = random.choice(known), random.random() < 0.4, random.choice((1, WORKERS))
        trial.become(version.state)
        if forgetful:
            forget(trial)
        pid = forked(lambda workers=workers: trial.build(workers).status)  # type: ignore[misc]
        if random.random() < 0.5:
            wait_for_commit(trial, pid)
            time.sleep(random.uniform(0, 0.01))
        else:
            time.sleep(random.uniform(0, spans[forgetful]))
        random.choice((os.kill, os.killpg))(pid, signal.SIGKILL)  # the parent alone, or all of them
        killed += ended(pid) == -signal.SIGKILL
        allowed.append(version)
        assert [] == strange(tmp_path, allowed)
        if random.random() < 0.7:
            assert_mended(trial, version)
            allowed = [version]
    assert killed


def built_apart(trial: Trial, workers: int = 1) -> tuple[int, str]:
    """Status of a build in a process of its own, and what it said last."""
    reader, writer = os.pipe()

    def work() -> int:
        try:
            built = trial.build(workers)
            said, status = built.said, built.status
        except Exception:
            said, status = traceback.format_exc(), FAULT
        os.write(writer, said[-4000:].encode()[-4000:])
        return status

    pid = forked(work)
    os.close(writer)
    with os.fdopen(reader, "rb") as stream:
        said = stream.read().decode(errors="replace")
    return ended(pid), said


def without_room(
    trial: Trial, known: list[Version], build: Callable[[], tuple[int, str]], *, forgetful: bool
) -> int:
    """The second version built on the first where ``build`` has little room, then with room; the status."""
    before, after = known[:2]
    trial.become(before.state)
    assert_mended(trial, before)
    trial.become(after.state)
    if forgetful:
        forget(trial)
    status, said = build()
    assert status in {0, 1}, said
    assert ("освободите место" in said) == (status == 1), said
    assert [] == strange(trial.folder, [before, after])
    found = {path: data for path, data in files_of(trial.folder / "output").items() if path != DRAFT_NAME}
    assert {} == differences(after.files if status == 0 else before.files, found)
    assert_mended(trial, after)
    return status


def least_room(build_in: Callable[[int], int], most: int, step: int) -> int:
    """The least room in which a build succeeds; the search fills the disk at one moment after another."""
    least = 0
    assert (0, True) == (build_in(most), build_in(least) != 0)
    while most - least > step:
        room = (least + most) // 2
        if build_in(room) == 0:
            most = room
        else:
            least = room
    return most


@pytest.mark.slow
@pytest.mark.parametrize("forgetful", [False, True])
def test_a_build_whose_files_may_not_grow_harms_nothing(tmp_path: Path, forgetful: bool) -> None:
    trial, known = trial_in(tmp_path)

    def build_in(room: int) -> int:
        def build() -> tuple[int, str]:
            with room_for(room):
                return built_apart(trial, workers=WORKERS)

        return without_room(trial, known, build, forgetful=forgetful)

    assert least_room(build_in, most=1_000_000, step=4_000)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=96m", "newsroom-test", str(disk)]
    if not shutil.which("mount") or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a file system of its own can be mounted by root on Linux only")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
@pytest.mark.parametrize("forgetful", [False, True])
def test_a_build_on_a_full_disk_harms_nothing(small_disk: Path, forgetful: bool) -> None:
    trial, known = trial_in(small_disk)
    ballast = small_disk / "ballast"

    def build_in(room: int) -> int:
        def build() -> tuple[int, str]:
            free = shutil.disk_usage(small_disk).free
            with ballast.open("wb") as stream:
                os.posix_fallocate(stream.fileno(), 0, free - room)
            try:
                return built_apart(trial, workers=WORKERS)
            finally:
                ballast.unlink()

        return without_room(trial, known, build, forgetful=forgetful)

    assert least_room(build_in, most=16_000_000, step=4_096)
