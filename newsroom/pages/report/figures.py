"""What a report is made of: chapters of statements and tables, where every number names its source."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from newsroom.content.amount import Amount
from newsroom.content.numbers import MINUS, number

MISSING = "нет данных"
Drawing = Literal["", "columns", "bars"]
"""How a table is drawn besides: months as columns, things as bars."""


class Source(Struct, frozen=True):
    """Where a number comes from: the title and the address of a page, or of data, of this site."""

    title: str
    url: str


class Number(Struct, frozen=True, kw_only=True):
    """A number of a report; without an ``amount`` the data lack it. ``signed`` is of growth: «+8 200»."""

    amount: Amount | None = None
    source: Source | None = None
    signed: bool = False

    def __str__(self) -> str:
        """As readers see it."""
        if self.amount is None:
            return MISSING
        if not self.signed or self.amount.value <= 0:
            return str(self.amount)
        grown = f"+{number(self.amount.value)}"
        return f"более {grown}" if self.amount.at_least else grown

    @property
    def plain(self) -> str:
        """As programs read it: digits, "" where nothing is known."""
        return "" if self.amount is None else str(self.amount.value).replace(MINUS, "-")


class Statement(Struct, frozen=True, kw_only=True):
    """What a number counts, the number, and a remark on it. Without a number it is said in words alone.

    ``remedy`` tells editors what to add where the number is missing. The ``large`` are the year at a glance.
    """

    label: str
    number: Number | None = None
    remark: str = ""
    remedy: str = ""
    source: Source | None = None
    large: bool = False

    @property
    def is_missing(self) -> bool:
        return self.number is not None and self.number.amount is None


class Row(Struct, frozen=True, kw_only=True):
    """A line of a table: what it is of, the address of its page, a number for each column."""

    label: str
    numbers: tuple[Number, ...]
    url: str = ""


class Table(Struct, frozen=True, kw_only=True):
    """Numbers by months, rubrics, channels; ``head`` are the titles of its columns, the first that of rows.

    ``drawing`` shows its first column of numbers.
    """

    id: str
    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    drawing: Drawing = ""
    source: Source | None = None


class Chapter(Struct, frozen=True, kw_only=True):
    """Part of a report."""

    id: str
    title: str
    statements: tuple[Statement, ...] = ()
    tables: tuple[Table, ...] = ()


class Report(Struct, frozen=True, kw_only=True):
    """All that is known of a year."""

    year: int
    chapters: tuple[Chapter, ...]

    @property
    def url(self) -> str:
        return f"/reports/{self.year}/"

    @property
    def title(self) -> str:
        return f"{self.year} год в числах"

    @property
    def headlines(self) -> list[Statement]:
        """The numbers to show large, as far as they are known."""
        told = [statement for chapter in self.chapters for statement in chapter.statements]
        return [statement for statement in told if statement.large and not statement.is_missing]

    @property
    def missing(self) -> Iterator[Statement]:
        """The statements whose numbers the data lack, those of the tables left out."""
        for chapter in self.chapters:
            yield from (statement for statement in chapter.statements if statement.is_missing)
