"""The numbers for a reader and for a program."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from bench.equality import Difference
from bench.rounds import Run
from bench.scenarios import SCENARIOS
from bench.targets import GROWTH, Measure, ratio, ratio_text, verdicts

_FIGURES = ("wall", "cpu", "peak", "largest", "written", "files")
_TITLES = {scenario.name: scenario.title for scenario in SCENARIOS}
_RATIOS: tuple[tuple[Measure, str], ...] = (("wall", "time"), ("cpu", "CPU"), ("peak", "memory"))


@dataclass(frozen=True, kw_only=True)
class Report:
    """One run of the benchmark; ``versions`` and ``unlike`` are by the name of a contender.

    ``unlike`` tells how a contender's site differs from ours; ``smaller`` holds the
    medians of an earlier run at a tenth of the size, by scenario.
    """

    size: int
    seed: int
    theme: str
    rounds: int
    versions: Mapping[str, str]
    runs: Sequence[Run]
    unlike: Mapping[str, Sequence[Difference]]
    smaller: Mapping[str, float] | None = None

    def data(self) -> dict[str, Any]:
        """Everything, for JSON; nothing in it names the machine or its folders."""
        return {
            "size": self.size,
            "seed": self.seed,
            "theme": self.theme,
            "rounds": self.rounds,
            "machine": machine(),
            "versions": dict(self.versions),
            "runs": [_rounded(run) for run in self.runs],
            "medians": self._medians(),
            "ratios": self._ratios(),
            "targets": [
                {"target": str(target), "limit": target.limit, "ratio": found, "met": met}
                for target, found, met in verdicts(self.runs, self.size, self.theme)
            ],
            "differences": {name: [asdict(each) for each in found] for name, found in self.unlike.items()},
        }

    def text(self) -> str:
        """The tables for a terminal."""
        blocks = (
            "\n".join(block) for block in (self._head(), self._table(), self._verdicts(), self._unlike())
        )
        return "\n\n".join(block for block in blocks if block)

    def _medians(self) -> dict[str, dict[str, dict[str, float]]]:
        """Contender, scenario, figure."""
        found: dict[str, dict[str, dict[str, float]]] = {}
        for name, scenario in dict.fromkeys((run.contender, run.scenario) for run in self.runs):
            usages = [run.usage for run in self.runs if (run.contender, run.scenario) == (name, scenario)]
            figures = {figure: median(getattr(usage, figure) for usage in usages) for figure in _FIGURES}
            found.setdefault(name, {})[scenario] = figures
        return found

    def _ratios(self) -> dict[str, dict[str, dict[str, float | None]]]:
        """Other contender, scenario, measure."""
        others = [name for name in self._medians() if name != "newsroom"]
        mine = self._medians().get("newsroom", {})
        return {
            other: {
                scenario: {measure: ratio(self.runs, scenario, measure, other) for measure, _ in _RATIOS}
                for scenario in mine
            }
            for other in others
        }

    def _head(self) -> list[str]:
        facts = machine()
        programs = " · ".join(f"{name} {number}" for name, number in self.versions.items())
        what = f"{self.size:,} synthetic releases, seed {self.seed}, theme {self.theme}"
        return [
            f"{what}; medians of {self.rounds} rounds",
            f"{programs} · {facts['processors']} processors · {facts['system']} {facts['architecture']}",
        ]

    def _table(self) -> Iterator[str]:
        """A row for each contender and scenario; ratios stand in the rows of ours."""
        ratios = self._ratios()
        yield " " * 82 + "".join(f"{f'against {other}':>30}" for other in ratios)
        heads = "".join(f"{what:>10}" for _ in ratios for _, what in _RATIOS)
        yield f"{'':<36}{'wall, s':>10}{'CPU, s':>10}{'peak, MB':>10}{'written':>8}{'files':>8}{heads}"
        for name, scenarios in self._medians().items():
            for scenario, figures in scenarios.items():
                row = f"{f'{name}, {_TITLES[scenario]}':<36}{figures['wall']:>10.2f}{figures['cpu']:>10.2f}"
                row += f"{figures['peak']:>10.0f}{figures['written']:>8.0f}{figures['files']:>8.0f}"
                if name == "newsroom":
                    found = (ratios[other][scenario][measure] for other in ratios for measure, _ in _RATIOS)
                    row += "".join(f"{ratio_text(each) if each else '–':>10}" for each in found)
                yield row

    def _verdicts(self) -> Iterator[str]:
        for target, found, met in verdicts(self.runs, self.size, self.theme):
            yield f"{'ok' if met else 'MISSED':<8}{target}: {ratio_text(found)}"
        yield from self._growth()

    def _growth(self) -> Iterator[str]:
        """Only of incremental builds: the others do work for every release."""
        smaller = self.smaller or {}
        for scenario, figures in self._medians().get("newsroom", {}).items():
            if scenario in smaller and scenario not in {"cold", "theme"}:
                growth = figures["wall"] / smaller[scenario]
                verdict = "ok" if growth < GROWTH else "MISSED"
                yield f"{verdict:<8}{scenario}: grew {growth:.2f} ×, less than {GROWTH} wanted"

    def _unlike(self) -> Iterator[str]:
        for name, found in self.unlike.items():
            yield f"the site of {name} is like ours" + (", but for" if found else "")
            yield from (f"  {each}" for each in found)


def machine() -> dict[str, str | int | None]:
    """What bears on the numbers; no name of the machine."""
    return {
        "processors": os.cpu_count(),
        "system": platform.system(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
    }


def _rounded(run: Run) -> dict[str, Any]:
    usage = {name: round(value, 3) for name, value in asdict(run.usage).items()}
    return {"contender": run.contender, "scenario": run.scenario, "round": run.round, **usage}
