"""``python -m bench.views --megabytes 1000``: how fast views are counted. The log it makes is synthetic."""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from newsroom.settings import Site
from newsroom.views.__main__ import count

_DEVICES = ("Windows NT 10.0; Win64; x64", "Linux; Android 10; K", "Macintosh; Intel Mac OS X 10_15_7")
_AGENTS = (
    *(
        f"Mozilla/5.0 ({device}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{version}.0 Safari/537.36"
        for device in _DEVICES
        for version in range(90, 130)
    ),
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "curl/8.5.0",
)
_OTHERS = (
    "/theme/main.0a1b2c3d.css",
    "/news/",
    "/rss.xml",
    "/favicon.svg",
    "/news/2024/05/katok/led.640.webp",
)


def write_log(file: Path, megabytes: int, addresses: Sequence[str]) -> int:
    """Write a synthetic log of this size; gives its lines. A third of them are pages of releases."""
    chance, lines, size = random.Random(2024), 0, 0
    with file.open("w", encoding="ascii", buffering=1 << 20) as stream:
        while size < megabytes * 1_000_000:
            path = chance.choice(addresses if chance.random() < 0.33 else _OTHERS)
            day, hour = 1 + lines * 28 // (megabytes * 5000), chance.randrange(24)
            size += stream.write(
                f"192.0.2.{chance.randrange(256)} - - [{min(day, 28):02}/May/2024:{hour:02}:15:30 +0800] "
                f'"GET {path} HTTP/2.0" 200 {chance.randrange(90_000)} "-" "{chance.choice(_AGENTS)}"\n'
            )
            lines += 1
    return lines


def main() -> int:
    """Measure one count; print its seconds, lines a second and the most memory that the process had."""
    parser = argparse.ArgumentParser(prog="python -m bench.views", description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--releases", type=int, default=15_300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="newsroom-views-") as name:
        root, file = Path(name, "content"), Path(name, "access.log")
        addresses = []
        for number in range(options.releases):
            year, month = 2014 + number % 10, 1 + number % 12
            folder = root / f"releases/{year}/{month:02}"
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{year}-{month:02}-09-novost-{number}.md").touch()
            addresses.append(f"/news/{year}/{month:02}/novost-{number}/")
        lines = write_log(file, options.megabytes, addresses)
        site = Site(
            name="",
            city="",
            url="https://news.example",
            now=datetime.fromtimestamp(0, UTC),
            zone="Asia/Irkutsk",
        )
        started = time.perf_counter()
        tally = count(root, [str(file)], site)
        seconds = time.perf_counter() - started
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{file.stat().st_size / 1e6:.0f} MB, {lines} lines, {tally.views.total()} views")
        print(f"{seconds:.1f} s, {lines / seconds:.0f} lines/s, at most {peak:.0f} MB of memory")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
