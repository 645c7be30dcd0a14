"""What the speed must be, as medians of ratios in one run, and whether it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from bench.rounds import Run
from bench.scenarios import COLD

Measure = Literal["wall", "cpu", "peak"]
_NAMES: Mapping[Measure, str] = {"wall": "time", "cpu": "CPU", "peak": "peak memory"}


@dataclass(frozen=True)
class Target:
    """``measure`` of a scenario of ours is at most ``limit`` times that of a full build by ``against``."""

    size: int
    theme: str
    scenario: str
    measure: Measure
    against: str
    limit: float

    def __str__(self) -> str:
        what = _NAMES[self.measure]
        return f"{self.scenario}: {what} at most {ratio_text(self.limit)} of {self.against}'s full build"


TARGETS = (
    Target(15_300, "plain", "cold", "cpu", "Hugo", 1.0),
    Target(15_300, "plain", "added", "wall", "Hugo", 1 / 30),
    Target(15_300, "plain", "added", "wall", "Pelican", 1 / 150),
    Target(15_300, "plain", "cold", "peak", "Hugo", 1 / 4),
    Target(15_300, "plain", "nothing", "wall", "Hugo", 1 / 40),
    Target(15_300, "full", "cold", "cpu", "Hugo", 1.2),
    Target(15_300, "full", "added", "wall", "Hugo", 1 / 20),
    Target(15_300, "full", "published", "wall", "Hugo", 1 / 10),
    Target(153_000, "plain", "added", "wall", "Hugo", 1 / 80),
    Target(153_000, "plain", "cold", "cpu", "Hugo", 1.0),
)
"""From the issue «2. Speed»."""

GROWTH = 2.5
"""An incremental build of ten times as many releases takes less than so many times as long."""


def ratio(runs: Sequence[Run], scenario: str, measure: Measure, against: str) -> float | None:
    """Median over the rounds of ours to theirs; None where either was not run.

    Theirs is the same scenario of the same round if it was run, else their cold build of that round.
    """
    ours = {run.round: run for run in runs if (run.contender, run.scenario) == ("newsroom", scenario)}
    theirs = {run.round: run for run in runs if (run.contender, run.scenario) == (against, COLD.name)}
    theirs |= {run.round: run for run in runs if (run.contender, run.scenario) == (against, scenario)}
    ratios = [
        getattr(ours[number].usage, measure) / getattr(theirs[number].usage, measure)
        for number in ours.keys() & theirs.keys()
    ]
    return median(ratios) if ratios else None


def verdicts(runs: Sequence[Run], size: int, theme: str) -> Iterator[tuple[Target, float, bool]]:
    """The targets of this size and theme that were run: the ratio, and whether it is within the limit."""
    for target in TARGETS:
        if (target.size, target.theme) == (size, theme):
            found = ratio(runs, target.scenario, target.measure, target.against)
            if found is not None:
                yield target, found, found <= target.limit


def ratio_text(value: float) -> str:
    """«1.2 ×», «1/32»."""
    return f"{value:.2f} ×" if value > 0.2 else f"1/{1 / value:.0f}"
