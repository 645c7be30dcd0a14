"""What Lighthouse says of the built site on a throttled phone: `python -m newsroom.audit.lighthouse output`.

The site is served with its own headers, packed by gzip, over HTTP/1.1 on the loopback; Lighthouse
simulates a slow phone on slow 4G (its defaults: 1.6 Mbit/s, 150 ms, a processor four times slower).
Its figures of speed depend on how busy this machine is, so each page is looked at several times and
the best score of a category counts; what is wrong with a page itself is wrong every time. Lighthouse
takes a machine of a benchmark index of 1000 and more for granted: where it says less, ask for a smaller
slowdown of the processor (``--cpu``).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsroom.audit.budget import Weight, weigh
from newsroom.audit.chromium import chromium, find_whole_chromium
from newsroom.audit.kinds import kinds
from newsroom.audit.server import serving

PROGRAM = Path(__file__).parents[2] / ".tools/node_modules/lighthouse/cli/index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = ("home", "release", "news", "magazine", "search", "lite")
"""Kinds of pages that are looked at, where the site has them."""
LEAST = 0.99
_MEASURES = (
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
)


class Verdict(Struct, frozen=True):
    """Of one page: the score of each category from 0 to 1, its measures, and what cost points."""

    url: str
    scores: Mapping[str, float]
    measures: Mapping[str, str]
    lost: tuple[str, ...]


def verdict(url: str, report: Mapping[str, Any]) -> Verdict:
    """What a report of Lighthouse 12 says."""
    audits = report["audits"]
    categories = {name: report["categories"][name] for name in CATEGORIES}
    return Verdict(
        url=url,
        scores={name: category["score"] or 0 for name, category in categories.items()},
        measures={name: audits[name].get("displayValue", "") for name in _MEASURES},
        lost=tuple(
            f"{name}: {audit['title']} {audit.get('displayValue', '')}".strip()
            for name, category in categories.items()
            for reference in category["auditRefs"]
            if reference["weight"]
            and (audit := audits[reference["id"]])["score"] is not None
            and audit["score"] < LEAST
        ),
    )


def best(verdicts: Sequence[Verdict]) -> Verdict:
    """The scores a page can reach: of each category the best; measures and losses of the fastest look."""
    fastest = max(verdicts, key=lambda each: each.scores["performance"])
    scores = {name: max(each.scores[name] for each in verdicts) for name in CATEGORIES}
    return Verdict(url=fastest.url, scores=scores, measures=fastest.measures, lost=fastest.lost)


class Looking(Struct, frozen=True):
    """How pages are looked at: the program of the browser, where reports are left, how often, how slow."""

    browser: str
    folder: Path
    runs: int
    cpu: int


def look(url: str, name: str, how: Looking) -> Mapping[str, Any]:
    """One look of Lighthouse at a page; its report is left in a file of that name."""
    path = how.folder / f"{name.replace(' ', '-')}.json"
    command = ["node", str(PROGRAM), url, "--quiet", "--output=json", f"--output-path={path}"]
    command += ["--chrome-flags=--headless=new --no-sandbox", f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--throttling.cpuSlowdownMultiplier={how.cpu}"]
    subprocess.run(command, env=os.environ | {"CHROME_PATH": how.browser}, check=True)
    report: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    return report


def chosen(output: Path) -> Mapping[str, str]:
    """The longest page of each kind that is looked at; of releases the longest with a picture too."""
    longest = {kind.name: urls for kind, urls in kinds(output).items() if urls}
    pages = {name: longest[name][0] for name in PAGES if name in longest}
    pictured = (url for url in longest.get("release", ()) if _has_picture(output, url))
    if url := next(pictured, ""):
        pages["release with a picture"] = url
    return pages


def main(arguments: list[str]) -> int:
    """Print a table of scores; the exit status is 1 where a page has less than 99 of 100."""
    given = _arguments(arguments)
    browser = find_whole_chromium()
    for there, name in (
        (browser, "Chromium"),
        (PROGRAM.is_file(), PROGRAM.name),
        (given.output.is_dir(), "site"),
    ):
        if not there:
            sys.stderr.write(f"{name} is not here: see the top of {__file__} and .ci/run\n")
            return 2
    with serving(given.output) as address, tempfile.TemporaryDirectory() as kept:
        how = Looking(browser, given.json or Path(kept), given.runs, given.cpu)
        how.folder.mkdir(parents=True, exist_ok=True)
        found = list(_verdicts(chosen(given.output), address, how))
    return int(any(score < LEAST for each in found for score in each.scores.values()))


def _verdicts(pages: Mapping[str, str], address: str, how: Looking) -> Iterator[Verdict]:
    with chromium(how.browser) as browser:
        weights = weigh(browser, [address + url for url in pages.values()])
    for (name, url), weight in zip(pages.items(), weights, strict=True):
        reports = [look(address + url, f"{name}-{run}", how) for run in range(how.runs)]
        seen = [verdict(url, report) for report in reports]
        _tell(name, seen, weight, min(report["environment"]["benchmarkIndex"] for report in reports))
        yield best(seen)


def _tell(name: str, seen: Sequence[Verdict], weight: Weight, machine: float) -> None:
    found, speeds = best(seen), sorted(_points(each.scores["performance"]) for each in seen)
    lines = [
        f"{name}  {found.url}",
        "  ".join(f"{category} {_points(score)}" for category, score in found.scores.items()),
        ", ".join(f"{measure} {value}" for measure, value in found.measures.items()),
        f"performance of all looks {speeds} on a machine of benchmark index {machine:.0f}",
        str(weight),
        *(f"lost: {each}" for each in found.lost),
    ]
    sys.stdout.write("\n  ".join(lines) + "\n")
    sys.stdout.flush()


def _points(score: float) -> int:
    return round(score * 100)


def _has_picture(output: Path, url: str) -> bool:
    return b'class="captioned' in (output / url.strip("/") / "index.html").read_bytes()


def _arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m newsroom.audit.lighthouse", description=__doc__)
    parser.add_argument("output", type=Path, help="folder of the built site")
    parser.add_argument("--runs", type=int, default=3, help="looks at each page (3)")
    parser.add_argument("--cpu", type=int, default=4, help="slowdown of the processor (4)")
    parser.add_argument("--json", type=Path, help="folder to leave the reports in")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
