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

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a build that is killed is a forked process")

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
    """A newsroom of sixty releases."""
    state, chance = newsroom(seed=1, releases=60)
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


@pytest.mark.parametrize("kills", [6, pytest.param(40, marks=pytest.mark.slow)])
def test_a_build_killed_at_any_moment_is_mended_by_the_next(tmp_path: Path, kills: int) -> None:
    random = Random(kills)
    trial, known = trial_in(tmp_path)
    started, allowed = time.monotonic(), [known[-1]]
    assert_mended(trial, known[-1])
    long = time.monotonic() - started
    for _ in range(kills):
        version = random.choice(known)
        trial.state = version.state
        trial.write()
        if random.random() < 0.3:
            forget(trial)
        workers = random.choice((1, WORKERS))
        pid = forked(lambda workers=workers: trial.build(workers).status)  # type: ignore[misc]
        if random.random() < 0.5:
            wait_for_commit(trial, pid)
            time.sleep(random.uniform(0, 0.02))
        else:
            time.sleep(random.uniform(0, long))
        random.choice((os.kill, os.killpg))(pid, signal.SIGKILL)  # the parent alone, or all of them
        ended(pid)
        allowed.append(version)
        assert [] == strange(tmp_path, allowed)
        if random.random() < 0.7:
            assert_mended(trial, version)
            allowed = [version]


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
    with open(reader, "rb") as stream:
        said = stream.read().decode(errors="replace")
    return ended(pid), said


def without_room(
    trial: Trial, known: list[Version], build: Callable[[], tuple[int, str]], *, forgetful: bool
) -> str:
    """A build of the second version on the first where ``build`` has little room; what it said."""
    before, after = known[:2]
    trial.state = before.state
    trial.write()
    assert_mended(trial, before)
    trial.state = after.state
    trial.write()
    if forgetful:
        forget(trial)
    status, said = build()
    assert said
    assert [] == strange(trial.folder, [before, after])
    found = {path: data for path, data in files_of(trial.folder / "output").items() if path != DRAFT_NAME}
    assert {} == differences(after.files if status == 0 else before.files, found)
    return said


@pytest.mark.slow
def test_a_build_whose_files_may_not_grow_harms_nothing(tmp_path: Path) -> None:
    trial, known = trial_in(tmp_path)
    said = set()
    for room in (0, 300, 3_000, 10_000, 30_000, 60_000, 100_000, 200_000, 400_000):

        def build(room: int = room) -> tuple[int, str]:
            with room_for(room):
                return built_apart(trial, workers=WORKERS)

        for forgetful in (False, True):
            said.add(without_room(trial, known, build, forgetful=forgetful))
            assert_mended(trial, known[1])
    assert len(said) > 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=96m", "newsroom-test", str(disk)]
    if not shutil.which("mount") or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a file system can be mounted by root on Linux only")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_a_build_on_a_full_disk_harms_nothing(small_disk: Path) -> None:
    trial, known = trial_in(small_disk)
    ballast, said = small_disk / "ballast", set()
    for room in (0, 8, 32, 128, 512, 1024, 2048, 3072, 4096, 6144, 8192):

        def build(room: int = room) -> tuple[int, str]:
            free = shutil.disk_usage(small_disk).free
            with ballast.open("wb") as stream:
                os.posix_fallocate(stream.fileno(), 0, free - room * 1024)
            try:
                return built_apart(trial, workers=WORKERS)
            finally:
                ballast.unlink()

        for forgetful in (False, True):
            said.add(without_room(trial, known, build, forgetful=forgetful))
            assert_mended(trial, known[1])
    assert len(said) > 1
