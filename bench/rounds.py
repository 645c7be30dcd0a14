"""Runs the contenders in turn, scenario by scenario, round by round."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.contenders import ROOT, Contender, ContenderError, Place
from bench.corpus import Corpus
from bench.material import Material, write
from bench.measure import Usage, run, snapshot, written
from bench.pictures import pictures
from bench.scenarios import COLD, Scenario, Workplace, restore

Tell = Callable[[str], None]

MARK = ".newsroom-bench"
"""A file that only a folder of benchmarks has: there a run may remove what another left."""


@dataclass(frozen=True)
class Run:
    """One measured build."""

    contender: str
    scenario: str
    round: int
    usage: Usage


def prepare(corpus: Corpus, contenders: Sequence[Contender], folder: Path) -> list[Workplace]:
    """Write the corpus for each contender into ``folder``, and copies of their themes.

    What an earlier run left there is removed; raises ContenderError where it is a folder of somebody else's.
    """
    drawn = pictures(corpus.seed)
    mark = folder / MARK
    if folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise ContenderError(f"{folder} is neither empty nor of an earlier run: name another folder")
    folder.mkdir(parents=True, exist_ok=True)
    mark.touch()
    places = [Place(folder / contender.name.lower()) for contender in contenders]
    for place in places:
        shutil.rmtree(place.folder, ignore_errors=True)
    materials = [
        Material(place.content, contender.dialect, drawn)
        for place, contender in zip(places, contenders, strict=True)
    ]
    write(corpus, materials)
    found = zip(contenders, places, materials, strict=True)
    workplaces = [Workplace(contender, place, material, corpus) for contender, place, material in found]
    for workplace in workplaces:
        workplace.install_theme()
    return workplaces


def play(
    workplaces: Sequence[Workplace],
    scenarios: Sequence[Scenario],
    rounds: int,
    *,
    thorough: bool = False,
    tell: Tell = lambda _: None,
) -> Iterator[Run]:
    """The runs in the order they are made.

    A program that is not incremental does the same work in every scenario: it builds
    once a round, cold, unless ``thorough``. Each round begins with the corpus as it was.
    """
    for number in range(1, rounds + 1):
        # Whoever comes first has an emptier cache of files: they take turns in that too.
        in_turn = workplaces if number % 2 else workplaces[::-1]
        for scenario in scenarios:
            for at in in_turn:
                if _takes_part(at.contender, scenario, thorough=thorough):
                    scenario.change(at)
                    tell(f"round {number} of {rounds}: {scenario.title}, {at.contender.name}")
                    yield Run(at.contender.name, scenario.name, number, measured(at, scenario))
        for at in workplaces:
            restore(at)


def _takes_part(contender: Contender, scenario: Scenario, *, thorough: bool) -> bool:
    if scenario.publishes:
        return contender.publish is not None
    return scenario is COLD or thorough or contender.incremental


def measured(at: Workplace, scenario: Scenario) -> Usage:
    """One build, or build and deploy; raises CommandError when it fails."""
    command = at.contender.publish if scenario.publishes else at.contender.command
    assert command
    os.sync()  # what others have written must not be waited for by this one
    before = snapshot(at.place.output)
    usage = run(
        command(at.place),
        environment=at.contender.variables(at.place),
        folder=ROOT,
        log=at.place.log,
    )
    after = snapshot(at.place.output)
    return replace(usage, written=written(before, after), files=len(after))
