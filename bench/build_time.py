"""Measures builds of synthetic material: cold, with nothing changed, and with one release more.

The material is made up by a seeded generator, is named synthetic in every title, and
lives in a folder that is removed afterwards. The build is this project's own, with its
settings and theme, as a process of its own; so the numbers hold for a whole command.

    python bench/build_time.py --size 1530 --json bench.json
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 1, 1, tzinfo=UTC)
PER_YEAR = 1530
"""Releases a year: what a press service of a city of 200,000 people writes."""

RUBRICS = 8
TAGS = 40
WORDS = """город улица школа двор парк мост река дорога площадь библиотека музей театр стадион каток ярмарка
праздник работа ремонт открытие встреча конкурс выставка концерт субботник совет план отчёт год месяц день"""


@dataclass(frozen=True)
class Run:
    """One build: seconds on the clock and of all processors, megabytes at the peak, files of the site."""

    name: str
    wall: float
    cpu: float
    peak: float
    files: int


class Material:
    """Writes synthetic releases into a content folder; the same seed writes the same bytes."""

    def __init__(self, content: Path, *, size: int, seed: int, pictures: int) -> None:
        self.content, self.size, self.pictures = content, size, pictures
        self.random, self.words = random.Random(seed), WORDS.split()

    def write(self) -> None:
        """The controlled lists, the pictures, and ``size`` releases, the newest an hour before now."""
        self._text("rubrics.yaml", "".join(f"rubrika-{n}: Рубрика {n}\n" for n in range(RUBRICS)))
        self._text("tags.yaml", "".join(f"tema-{n}: Тема {n}\n" for n in range(TAGS)))
        self._text("departments/press.md", "---\ntitle: Отдел для измерений\n---\n")
        for number in range(self.size):
            self.release(number)

    def release(self, number: int) -> None:
        """One release; numbers count from the oldest."""
        age = timedelta(hours=1, days=(self.size - 1 - number) * 365 / PER_YEAR)
        moment = NOW - age
        folder, slug = f"releases/{moment:%Y/%m}", f"{moment:%Y-%m-%d}-sinteticheskiy-reliz-{number}"
        tags = ", ".join(f"tema-{n}" for n in sorted(self.random.sample(range(TAGS), 3)))
        picture = ""
        if self.pictures and number % 5 == 0:
            self._picture(f"{folder}/{slug}.jpg", number % self.pictures)
            picture = f"image:\n  src: {slug}.jpg\n  alt: Синтетическая картинка\n"
        header = (
            f"title: Синтетический релиз {number} для измерений\ndate: {moment:%Y-%m-%d %H:%M}\n"
            f"rubric: rubrika-{self.random.randrange(RUBRICS)}\ndepartment: press\ntags: {tags}\n"
            f"summary: {self._sentence()}\n{picture}"
        )
        self._text(f"{folder}/{slug}.md", f"---\n{header}---\n\n{self._body()}")

    def _body(self) -> str:
        paragraphs = [" ".join(self._sentence() for _ in range(4)) for _ in range(self.random.randint(3, 7))]
        points = "\n".join(f"- {self._sentence()}" for _ in range(3))
        return "\n\n".join([*paragraphs[:2], f"## {self._sentence()[:-1]}", points, *paragraphs[2:]]) + "\n"

    def _sentence(self) -> str:
        return " ".join(self.random.choices(self.words, k=self.random.randint(7, 14))).capitalize() + "."

    def _picture(self, path: str, seed: int) -> None:
        from PIL import Image

        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        noise = Image.frombytes("RGB", (48, 32), random.Random(seed).randbytes(48 * 32 * 3))
        noise.resize((1536, 1024), Image.Resampling.BICUBIC).save(target, "JPEG", quality=85)

    def _text(self, path: str, text: str) -> None:
        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def build(name: str, folder: Path) -> Run:
    """One build of ``folder/content``; raises CalledProcessError when it fails."""
    cache = json.dumps(str(folder / "cache"))
    command = [sys.executable, "-m", "pelican", str(folder / "content"), "--output", str(folder / "output")]
    command += ["--settings", "publishconf.py", "--extra-settings", f"CACHE_PATH={cache}"]
    environment = os.environ | {"NEWSROOM_NOW": NOW.isoformat(), "PYTHONUTF8": "1"}
    log = folder / "log.txt"
    start = time.perf_counter()
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=stream, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        print(log.read_text(encoding="utf-8", errors="replace"), file=sys.stderr)
        raise subprocess.CalledProcessError(process.returncode, command)
    files = sum(1 for path in (folder / "output").rglob("*") if path.is_file())
    unit = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss: bytes on macOS, kilobytes on Linux
    return Run(
        name, round(wall, 2), round(used.ru_utime + used.ru_stime, 2), round(used.ru_maxrss / unit, 1), files
    )


def measure(size: int, seed: int, pictures: int) -> list[Run]:
    """The three builds, in a folder of their own."""
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as name:
        folder = Path(name)
        material = Material(folder / "content", size=size, seed=seed, pictures=pictures)
        material.write()
        runs = [build("cold", folder), build("nothing changed", folder)]
        material.size += 1
        material.release(material.size - 1)
        return [*runs, build("one release more", folder)]


def table(runs: Sequence[Run]) -> str:
    """The runs for a reader."""
    head = f"{'build':<18}{'wall, s':>10}{'CPU, s':>10}{'peak, MB':>10}{'files':>9}"
    lines = [f"{r.name:<18}{r.wall:>10.2f}{r.cpu:>10.2f}{r.peak:>10.1f}{r.files:>9}" for r in runs]
    return "\n".join([head, *lines])


def main() -> int:
    """Command line: print the table, write the numbers to a file if asked."""
    parser = argparse.ArgumentParser(description="Measure builds of synthetic material.")
    parser.add_argument("--size", type=int, default=300, help="number of releases")
    parser.add_argument(
        "--pictures", type=int, default=10, help="different pictures; every fifth release has one"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="file for the numbers")
    options = parser.parse_args()
    if not hasattr(os, "wait4"):
        print("This system does not tell what a process used: run it on Linux or macOS.", file=sys.stderr)
        return 1
    print(f"{options.size} synthetic releases, seed {options.seed}; Python {platform.python_version()}")
    runs = measure(options.size, options.seed, options.pictures)
    print(table(runs))
    if options.json:
        given = {"size": options.size, "seed": options.seed, "pictures": options.pictures}
        machine = {
            "python": platform.python_version(),
            "processors": os.cpu_count(),
            "system": platform.system(),
        }
        data = {**given, **machine, "runs": [asdict(run) for run in runs]}
        options.json.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
