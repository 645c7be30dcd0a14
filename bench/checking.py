"""``python -m bench.checking --size 15300``: what a check of a synthetic archive takes beside its build."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench.contenders import ROOT, newsroom
from bench.corpus import Corpus
from bench.measure import Usage, run
from bench.rounds import prepare
from bench.scenarios import Workplace, add, change_nothing

STEPS = (
    ("everything, for the first time", change_nothing),
    ("everything, nothing changed", change_nothing),
    ("everything, one release added", add),
)
_SETTINGS = """\
from bench.settings.plain import *

CACHE_PATH, THEME = {cache!r}, {theme!r}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the archive, check it thrice, print seconds."""
    parser = argparse.ArgumentParser(prog="python -m bench.checking", description=__doc__)
    parser.add_argument("--size", type=int, default=300, help="releases in the archive (300)")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        (at,) = prepare(Corpus(options.size), [newsroom("plain")], Path(folder))
        for title, usage in measured(at):
            print(f"{title}: {usage.wall:.2f} s, processors {usage.cpu:.2f} s, {usage.peak:.0f} MB")
    return 0


def measured(at: Workplace) -> Iterator[tuple[str, Usage]]:
    """The build, then each check: what it is called and what it took; raises CommandError."""
    place = at.place
    settings = place.folder / "settings.py"
    settings.write_text(_SETTINGS.format(cache=str(place.cache), theme=str(place.theme)), "utf-8")
    paths = [str(place.content), "--output", str(place.output), "--settings", str(settings)]
    measure = partial(run, environment=at.contender.variables(place), folder=ROOT, log=place.log)
    yield "the build itself", measure([sys.executable, "-m", "newsroom", *paths])
    for title, change in STEPS:
        change(at)
        yield title, measure([sys.executable, "-m", "newsroom.check", *paths, "--all"])


if __name__ == "__main__":
    raise SystemExit(main())
