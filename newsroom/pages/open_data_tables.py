"""What a set of open data is made of: columns and tables, and where its files lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sized
from dataclasses import dataclass
from datetime import date
from typing import Any

from msgspec import Struct

from newsroom.content.catalogue import Entry
from newsroom.content.years import Entries

FOLDER = "/data/"
Row = Mapping[str, Any]


class Column(Struct, frozen=True):
    """A column: ``name`` as in the files, its meaning in Russian, its type in the words of XML Schema."""

    name: str
    title: str
    kind: str = "string"


@dataclass(frozen=True)
class Rows(Sized):
    """Rows of releases, counted before they are made: ``make`` makes them of the ``items``."""

    items: Entries
    make: Callable[[Entry], Row]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Row]:
        return map(self.make, self.items)


class Table(Struct, frozen=True, kw_only=True):
    """One table of a set: ``name`` is its file's without the extension."""

    name: str
    title: str
    rows: Rows | tuple[Row, ...]

    @property
    def csv_url(self) -> str:
        return f"{FOLDER}{self.name}.csv"

    @property
    def json_url(self) -> str:
        return f"{FOLDER}{self.name}.json"


class DataSet(Struct, frozen=True, kw_only=True):
    """A set of equal tables: releases have one a year, newest first.

    ``modified`` is None where nothing tells it.
    """

    id: str
    title: str
    description: str
    columns: tuple[Column, ...]
    tables: tuple[Table, ...]
    modified: date | None = None

    @property
    def passport_url(self) -> str:
        return f"{FOLDER}{self.id}-meta.csv"

    @property
    def structure_url(self) -> str:
        return f"{FOLDER}{self.id}-structure.csv"
