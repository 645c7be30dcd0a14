"""Whatever happened before, a build ends with the bytes of one that remembers nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest

from newsroom.settings import EXTRAS
from tests.conftest import ROOT, Built
from tests.random_newsroom import Chance, State, Trial, differences, files_of
from tests.random_steps import (
    STEPS,
    Step,
    change,
    change_face,
    edit_template,
    edit_theme_file,
    newsroom,
    restore_theme,
)

SOME = 3
"""Processes, where work is shared."""


def compared(trial: Trial, *, workers: int = 1, clean_workers: int = 1, compiled: bool = False) -> Built:
    """A build on the old output, after it was seen to end as a clean one does."""
    before = files_of(trial.folder / "output")
    built, clean = trial.build(workers), trial.build_clean(clean_workers, compiled=compiled)
    assert (clean.status, refusal(clean)) == (built.status, refusal(built))
    assert {} == differences(before if clean.status else clean.files(), built.files())
    return built


def refusal(built: Built) -> str:
    return built.said if built.status else ""


def walk(trial: Trial, chance: Chance, steps: int, step: Step = change) -> None:
    """So many steps; one that makes a fault is mostly taken back. A failure names all steps up to it."""
    done: list[str] = []
    sound = deepcopy(trial.state)
    for _ in range(steps):
        done.append(step(trial.state, chance))
        trial.write(hide=chance.likely(0.3))
        workers, clean_workers = chance.one(((1, 1), (1, 1), (SOME, 1), (1, SOME)))
        try:
            built = compared(trial, workers=workers, clean_workers=clean_workers, compiled=chance.likely(0.8))
            again = trial.build()  # a refusal does not wear off
            assert (built.status, refusal(built)) == (again.status, refusal(again))
            assert again.status or "записано 0, " in again.said
        except AssertionError as error:
            raise AssertionError("\n".join(done)) from error
        if built.status == 0:
            sound = deepcopy(trial.state)
        elif chance.likely(0.8):
            trial.become(deepcopy(sound))
            done.append("taken back")


def trial_of(folder: Path, seed: int) -> tuple[Trial, Chance]:
    """A newsroom that has been built once."""
    state, chance = newsroom(seed)
    trial = Trial(folder, state)
    trial.write()
    built = compared(trial)
    assert 0 == built.status, built.said
    return trial, chance


def test_any_steps_end_with_the_bytes_of_a_clean_build(tmp_path: Path) -> None:
    walk(*trial_of(tmp_path, seed=1), steps=20)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_many_steps_end_with_the_bytes_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    walk(*trial_of(tmp_path, seed), steps=30)


@pytest.mark.slow
def test_steps_with_drawn_cards_end_with_the_bytes_of_a_clean_build(tmp_path: Path) -> None:
    state, chance = newsroom(seed=5, releases=6)
    state.settings |= {"extras": EXTRAS}
    trial = Trial(tmp_path, state)
    trial.write()
    walk(trial, chance, steps=6)
    walk(trial, chance, steps=1, step=change_face)
    walk(trial, chance, steps=6)


@pytest.mark.slow
def test_edits_after_a_change_of_the_theme_end_with_the_bytes_of_a_clean_build(tmp_path: Path) -> None:
    trial, chance = trial_of(tmp_path, seed=6)
    for theme_step in (edit_template, edit_theme_file, restore_theme):
        walk(trial, chance, steps=1, step=theme_step)
        walk(trial, chance, steps=3)


def test_every_kind_of_step_leaves_a_newsroom_that_can_be_written(tmp_path: Path) -> None:
    for step in STEPS:
        state, chance = newsroom(seed=7)
        while not step(state, chance):
            edit_template(state, chance)  # so that there is something to restore
        assert state.content(), step.__name__
    Trial(tmp_path, state).write()


def hours(count: int) -> Callable[[State, Chance], str]:
    """A step of the clock alone, on or back."""

    def move(state: State, _: Chance) -> str:
        state.now += timedelta(hours=count)
        return state.now.isoformat()

    return move


def test_the_hour_moved_on_and_back_ends_with_the_bytes_of_a_clean_build(tmp_path: Path) -> None:
    trial, chance = trial_of(tmp_path, seed=8)
    first = files_of(tmp_path / "output")
    for count in (6, 24 * 9, 24 * 300, -24 * 300 - 24 * 9 - 6):
        walk(trial, chance, steps=1, step=hours(count))
    assert {} == differences(first, files_of(tmp_path / "output"))


def test_work_shared_among_processes_ends_with_the_same_bytes(tmp_path: Path) -> None:
    state, _ = newsroom(seed=9)
    trial = Trial(tmp_path, state)
    trial.write()
    alone, shared = trial.build_clean(1), trial.build(SOME)
    assert (0, 0) == (alone.status, shared.status), alone.said
    assert {} == differences(alone.files(), shared.files())


def test_another_seed_of_hashes_zone_and_folder_change_no_byte(tmp_path: Path) -> None:
    seed, steps = 10, 5
    state, chance = newsroom(seed)
    for _ in range(steps):
        change(state, chance)
    trial = Trial(tmp_path / "here", state)
    trial.write()
    assert 0 == trial.build().status
    there = tmp_path / "somewhere else"
    environment = os.environ | {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C"}
    command = [sys.executable, "-m", "tests.random_newsroom", str(there), str(seed), str(steps)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    assert {} == differences(files_of(tmp_path / "here/output"), files_of(there / "output"))
