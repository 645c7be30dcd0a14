"""``python -m bench --size 15300 --json bench.json``: the benchmark from the command line."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.contenders import Contender, ContenderError, hugo, newsroom, pelican
from bench.corpus import Corpus
from bench.equality import Difference, differences
from bench.measure import CommandError
from bench.report import Report
from bench.rounds import Run, play, prepare
from bench.scenarios import COLD, SCENARIOS, Scenario, Workplace


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, print the table, write the JSON; 1 if a program is missing or failed."""
    options = _options(arguments)
    if not hasattr(os, "wait4"):
        print("This system does not tell what a process used: run it on Linux or macOS.", file=sys.stderr)
        return 1
    try:
        _refuse_what_cannot_be_written_or_read(options)
        report = _measured(options)
    except (ContenderError, CommandError) as error:
        print(error, file=sys.stderr)
        return 1
    print(report.text())
    if options.json:
        data = json.dumps(report.data(), ensure_ascii=False, indent=2)
        options.json.write_text(f"{data}\n", encoding="utf-8")
    return 0


def _refuse_what_cannot_be_written_or_read(options: argparse.Namespace) -> None:
    """Before hours of building, and not after them; raises ContenderError."""
    try:
        if options.json:
            options.json.touch()
        if options.smaller:
            before = json.loads(options.smaller.read_text(encoding="utf-8"))
            if (before["theme"], before["size"] * 10) != (options.theme, options.size):
                raise ContenderError(f"{options.smaller} is no run of a tenth of the size with that theme")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContenderError(f"the files of --json and --smaller: {error}") from None


def _measured(options: argparse.Namespace) -> Report:
    contenders = _contenders(options)
    corpus = Corpus(options.size, options.seed)
    runs: list[Run] = []
    unlike: dict[str, Sequence[Difference]] = {}
    with _folder(options.folder) as folder:
        _tell(f"writing {corpus.size:,} releases")
        workplaces = prepare(corpus, contenders, folder)
        for run in play(
            workplaces, _scenarios(options.only), options.rounds, thorough=options.thorough, tell=_tell
        ):
            runs.append(run)
            if run.round == 1 and run.scenario == COLD.name and run.contender != "newsroom":
                unlike[run.contender] = _unlike(workplaces, run.contender)
    return Report(
        size=options.size,
        seed=options.seed,
        theme=options.theme,
        rounds=options.rounds,
        versions={contender.name: contender.version for contender in contenders},
        runs=runs,
        unlike=unlike,
        smaller=_smaller(options.smaller),
    )


def _contenders(options: argparse.Namespace) -> list[Contender]:
    """Ours first: the others are compared with it."""
    chosen = [newsroom(options.theme)]
    if not options.no_hugo:
        chosen.append(hugo(options.theme, options.hugo))
    if not options.no_pelican:
        chosen.append(pelican())
    return chosen


def _scenarios(only: str) -> list[Scenario]:
    """Those named, in their order; the cold build is always among them, for the others stand on it."""
    names = {name.strip() for name in only.split(",") if name.strip()} or {each.name for each in SCENARIOS}
    unknown = names - {each.name for each in SCENARIOS}
    if unknown:
        known = ", ".join(each.name for each in SCENARIOS)
        raise ContenderError(f"there is no scenario {', '.join(sorted(unknown))}; there are {known}")
    return [each for each in SCENARIOS if each is COLD or each.name in names]


def _unlike(workplaces: Sequence[Workplace], name: str) -> list[Difference]:
    outputs = {at.contender.name: at.place.output for at in workplaces}
    return differences(outputs["newsroom"], outputs[name])


def _smaller(file: Path | None) -> dict[str, float] | None:
    """Seconds of our scenarios in an earlier run."""
    if file is None:
        return None
    medians = json.loads(file.read_text(encoding="utf-8"))["medians"]["newsroom"]
    return {scenario: figures["wall"] for scenario, figures in medians.items()}


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    """The folder asked for, kept afterwards; else one that is removed."""
    if given is not None:
        given.mkdir(parents=True, exist_ok=True)
        yield given.resolve()
    else:
        with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as name:
            yield Path(name)


def _tell(what: str) -> None:
    """Where it is, on a terminal."""
    if sys.stderr.isatty():
        print(f"\r\x1b[K{what}", end="", file=sys.stderr, flush=True)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure builds of a synthetic archive."
    )
    parser.add_argument("--size", type=int, default=300, help="number of releases")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--theme", choices=("plain", "full"), default="plain")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default="", help="scenarios by name, with commas")
    parser.add_argument("--thorough", action="store_true", help="the others build in every scenario too")
    parser.add_argument("--hugo", default="", help="the program, if it is not installed")
    parser.add_argument("--no-hugo", action="store_true")
    parser.add_argument("--no-pelican", action="store_true")
    parser.add_argument("--folder", type=Path, help="work here and keep everything")
    parser.add_argument("--smaller", type=Path, help="JSON of a run at a tenth of the size: tells the growth")
    parser.add_argument("--json", type=Path, help="file for the numbers")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
