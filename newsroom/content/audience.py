"""``data/audience.csv``: how many people official pages in networks reach.

A line is what was known of a page on a day: its subscribers, and how many posts it had put out since the
first of January and how often those had been seen. An empty cell is what nobody knows. In place of a
channel a line may name an owner («Администрация города»): then it tells of all the owner's pages together.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from newsroom.content import values
from newsroom.content.amount import Amount, amount
from newsroom.content.data_table import FOLDER, Row, read_table
from newsroom.content.fields import FaultsError
from newsroom.content.typography import typograph
from newsroom.problems import NewsroomError, Problem

FILE = f"{FOLDER}/audience.csv"
NUMBERS = ("subscribers", "posts", "views")
COLUMNS = ("date", "channel", *NUMBERS)


class Count(Struct, frozen=True, kw_only=True):
    """What was known on a day of a page, or of all pages of an owner: ``channel`` is its id, or his name.

    ``posts`` and ``views`` are those of the calendar year up to the day; None is what nobody knows.
    ``line`` is where it stands in the file.
    """

    date: date
    channel: str
    subscribers: Amount | None = None
    posts: Amount | None = None
    views: Amount | None = None
    line: int = 0


class Audience(Struct, frozen=True, dict=True):
    """All counts, oldest first."""

    counts: tuple[Count, ...] = ()

    @cached_property
    def by_channel(self) -> Mapping[str, tuple[Count, ...]]:
        """The counts of each page or owner, oldest first."""
        found: dict[str, list[Count]] = {}
        for count in self.counts:
            found.setdefault(count.channel, []).append(count)
        return {channel: tuple(counts) for channel, counts in found.items()}

    def subscribers(self, channel: str) -> tuple[Count, ...]:
        """The counts of a page that tell its subscribers, oldest first."""
        return tuple(count for count in self.by_channel.get(channel, ()) if count.subscribers)

    def last(self, channel: str, field: str, year: int) -> Amount | None:
        """The last value of «subscribers», «posts» or «views» in a year."""
        count = self.last_count(channel, field, year)
        return getattr(count, field) if count else None

    def last_count(self, channel: str, field: str, year: int) -> Count | None:
        """The last count in a year that tells «subscribers», «posts» or «views»."""
        return next((count for count in reversed(self.of_year(channel, year)) if getattr(count, field)), None)

    def start(self, channel: str, year: int) -> Count | None:
        """The count of the subscribers a page had when a year began: of the month before, up to 1 January."""
        first, last = date(year - 1, 12, 1), date(year, 1, 1)
        known = [count for count in self.subscribers(channel) if first <= count.date <= last]
        return known[-1] if known else None

    def growth(self, channel: str, year: int, *, is_new: bool = False) -> Amount | None:
        """How many more subscribers a page has since a year began; one that is new began with none.

        None where it was not counted then, or not since. Of «more than» at the end no more is known
        of the difference; at the start it says nothing of it.
        """
        last, start = self.last_count(channel, "subscribers", year), self.start(channel, year)
        if last is None or last.subscribers is None:
            return None
        if is_new:
            return last.subscribers
        if (
            start is None
            or start.subscribers is None
            or start.subscribers.at_least
            or start.date == last.date
        ):
            return None
        return Amount(last.subscribers.value - start.subscribers.value, last.subscribers.at_least)

    def of_year(self, channel: str, year: int) -> list[Count]:
        """The counts of a page or an owner in a year, oldest first."""
        return [count for count in self.by_channel.get(channel, ()) if count.date.year == year]


def read_audience(root: Path) -> Audience:
    """The counts of a content folder, none where it has no file; raises NewsroomError with all problems."""
    counts, problems = [], []
    for line, row in read_table(root, FILE, COLUMNS):
        try:
            counts.append(_count(line, row))
        except NewsroomError as error:
            problems += error.problems
    problems += _twice(counts)
    if problems:
        raise NewsroomError(problems)
    return Audience(tuple(sorted(counts, key=lambda count: (count.date, count.channel))))


def strangers(audience: Audience, channels: Collection[str], owners: Collection[str]) -> Iterator[Problem]:
    """Lines that name neither a channel nor an owner of one."""
    for count in audience.counts:
        if count.channel not in channels and count.channel not in owners:
            near = difflib.get_close_matches(count.channel, [*channels, *owners], n=1)
            remedy = f"может быть, «{near[0]}»?" if near else "впишите имя файла из папки channels без .md"
            yield Problem(FILE, count.line, f"канала «{count.channel}» нет", remedy)


def as_lines(counts: Iterable[Count], mark: str = ",") -> str:
    """Counts as lines of the file, with a mark between cells."""
    return "".join(mark.join(_cells(count, mark)) + "\n" for count in counts)


def _cells(count: Count, mark: str) -> list[str]:
    known = (getattr(count, name) for name in NUMBERS)
    return [
        count.date.isoformat(),
        _quoted(count.channel, mark),
        *(each.plain if each else "" for each in known),
    ]


def _quoted(cell: str, mark: str) -> str:
    return f'"{cell}"' if mark in cell else cell


def _count(line: int, row: Row) -> Count:
    problems: list[Problem] = []
    found: dict[str, Amount | None] = {}
    day = date.min
    try:
        day = values.day(row["date"])
    except FaultsError as error:
        problems += [Problem(FILE, line, fault.message, fault.remedy) for fault in error.faults]
    for name in NUMBERS:
        try:
            found[name] = amount(row[name]) if row[name] else None
        except FaultsError as error:
            problems += [Problem(FILE, line, f"«{row[name]}»: {f.message}", f.remedy) for f in error.faults]
    if not row["channel"]:
        problems.append(Problem(FILE, line, "канал не назван", "впишите имя его файла без .md"))
    if problems:
        raise NewsroomError(problems)
    return Count(date=day, channel=typograph(row["channel"]), line=line, **found)


def _twice(counts: Iterable[Count]) -> Iterator[Problem]:
    seen: dict[tuple[date, str], int] = {}
    for count in counts:
        first = seen.setdefault((count.date, count.channel), count.line)
        if first != count.line:
            message = f"канал «{count.channel}» уже сосчитан в этот день, в строке {first}"
            yield Problem(FILE, count.line, message, "оставьте одну из двух строк")
