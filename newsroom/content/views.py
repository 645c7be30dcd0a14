"""``data/views/2024.csv``: how often the page of each release was opened, a line a day, a file a year.

``invoke views`` writes them from the logs of the server; lines made by hand are as good.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from newsroom.content.data_table import FOLDER as DATA
from newsroom.content.data_table import Row, read_table
from newsroom.problems import NewsroomError, Problem

FOLDER = f"{DATA}/views"
COLUMNS = ("date", "release", "views")
HEADING = f"{','.join(COLUMNS)}\n"
DAYS = 30
"""Of which the releases are found that are read most: up to the last day that was counted."""

View = tuple[str, str, int]
"""A day («2024-05-09»), the id of a release, how often its page was opened."""


class Views(Struct, frozen=True, dict=True):
    """The years that there are, each read when it is asked for: ``read`` gives a year's lines."""

    names: tuple[str, ...] = ()
    read: Callable[[str], tuple[View, ...]] = lambda _: ()

    def total(self, year: int) -> int | None:
        """All views of a year; None where nobody counted."""
        return sum(count for _, _, count in self.of(str(year))) if str(year) in self.names else None

    def by_month(self, year: int) -> Mapping[str, int]:
        """Views by months («2024-05»)."""
        found: Counter[str] = Counter()
        for day, _, count in self.of(str(year)):
            found[day[:7]] += count
        return found

    def by_day(self, year: int) -> Mapping[str, int]:
        """Views by days."""
        found: Counter[str] = Counter()
        for day, _, count in self.of(str(year)):
            found[day] += count
        return found

    def most_read(self, year: int) -> list[tuple[str, int]]:
        """The releases of a year's views with these, most first."""
        return _ranked(self.of(str(year)))

    @cached_property
    def most_read_now(self) -> list[tuple[str, int]]:
        """The releases that were opened in the last days counted with how often, most first."""
        if not self.names:
            return []
        newest = self.of(self.names[-1])
        last = max((day for day, _, _ in newest), default="")
        if not last:
            return []
        since = (date.fromisoformat(last) - timedelta(DAYS - 1)).isoformat()
        before = self.of(self.names[-2]) if len(self.names) > 1 and since[:4] < last[:4] else ()
        return _ranked(view for view in (*before, *newest) if view[0] >= since)

    def of(self, year: str) -> tuple[View, ...]:
        """The lines of a year."""
        if year not in self._known:
            self._known[year] = self.read(year) if year in self.names else ()
        return self._known[year]

    @cached_property
    def _known(self) -> dict[str, tuple[View, ...]]:
        return {}


def read_views(root: Path) -> Views:
    """The views of a content folder; a year's file is read when its views are asked for: NewsroomError."""
    names = tuple(sorted(path.stem for path in (root / FOLDER).glob("[0-9][0-9][0-9][0-9].csv")))
    return Views(names, lambda year: read_year(root, year))


def read_year(root: Path, year: str) -> tuple[View, ...]:
    """The lines of a year's file, in its order; none where there is none. Raises NewsroomError."""
    path = root / file_of(year)
    if not path.is_file():
        return ()
    text = path.read_text("utf-8", "replace")
    try:
        return tuple(_plain(text, year))
    except ValueError:  # something in it is not as a program writes it
        return tuple(_checked(root, year))


def file_of(year: str) -> str:
    """The path from the content folder of a year's file."""
    return f"{FOLDER}/{year}.csv"


def as_text(views: Iterable[View]) -> str:
    """A year's file: sorted, a line a day and release."""
    return HEADING + "".join(f"{day},{release},{count}\n" for day, release, count in sorted(views))


def _plain(text: str, year: str) -> Iterator[View]:
    """The lines of a file that a program wrote; ValueError where one is otherwise. It has thousands."""
    if not text.startswith(HEADING):
        raise ValueError
    days: set[str] = set()
    seen: set[str] = set()
    for line in text[len(HEADING) :].splitlines():
        name, count = line.rsplit(",", 1)
        day, release = name.split(",")
        if day not in days:
            if date.fromisoformat(day).isoformat() != day or not day.startswith(year):
                raise ValueError
            days.add(day)
        if name in seen or not count.isdecimal() or not release:
            raise ValueError
        seen.add(name)
        yield day, release, int(count)


def _checked(root: Path, year: str) -> Iterator[View]:
    """The same with every fault told."""
    file, problems, found = file_of(year), list[Problem](), dict[tuple[str, str], View]()
    for line, row in read_table(root, file, COLUMNS):
        if told := _fault(row, year, found):
            problems.append(Problem(file, line, *told))
        else:
            found[row["date"], row["release"]] = row["date"], row["release"], int(row["views"])
    if problems:
        raise NewsroomError(problems)
    yield from found.values()


def _fault(row: Row, year: str, found: Mapping[tuple[str, str], View]) -> tuple[str, str] | None:
    day, count = row["date"], row["views"]
    try:
        is_day = date.fromisoformat(day).isoformat() == day
    except ValueError:
        is_day = False
    if not is_day:
        return f"«{day}» — не день", "пишите его так: 2024-05-09"
    if not day.startswith(year):
        return f"день {day} другого года", f"перенесите строку в {file_of(day[:4])}"
    if not count.isascii() or not count.isdecimal():
        return f"«{count}» — не число просмотров", "пишите его цифрами"
    if not row["release"]:
        return "релиз не назван", "впишите имя его файла без .md"
    if (day, row["release"]) in found:
        return f"релиз «{row['release']}» уже сосчитан в этот день", "сложите числа в одной строке"
    return None


def _ranked(views: Iterable[View]) -> list[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for _, release, count in views:
        counted[release] += count
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
