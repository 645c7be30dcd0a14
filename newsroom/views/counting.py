"""Counts views: lines of logs by days and releases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct, field

from newsroom.content.addresses import address_of
from newsroom.content.strays import is_material
from newsroom.views.log_lines import Request


class Tally(Struct):
    """What was counted: views by day and id of the release, and what was left out."""

    views: Counter[tuple[str, str]] = field(default_factory=Counter)
    lines: int = 0
    news: int = 0
    """Lines of requests for what lies below /news/."""
    robots: int = 0
    without_news: list[str] = field(default_factory=list)
    """Logs that had no such line."""
    others: int = 0
    """Pages below /news/ that are of no release: months, lists, and what is there no more."""

    def add(
        self,
        chunk: Iterable[bytes],
        needle: bytes,
        read: Callable[[bytes], Request | None],
        is_browser: Callable[[bytes], bool],
        releases: Mapping[str, str],
    ) -> None:
        """Count some lines."""
        for line in chunk:
            self.lines += 1
            if needle not in line:
                continue
            self.news += 1
            request = read(line)
            if request is None or not request.path.endswith("/"):
                continue
            release = releases.get(request.path)
            if release is None:
                self.others += 1
            elif is_browser(request.agent):
                self.views[request.day, release] += 1
            else:
                self.robots += 1


def release_addresses(root: Path) -> dict[str, str]:
    """The ids of all releases of the material by the addresses of their pages, withdrawn ones among them."""
    files = (path.relative_to(root).as_posix() for path in (root / "releases").rglob("*.md"))
    return {address_of(file): Path(file).stem for file in files if is_material(file)}
