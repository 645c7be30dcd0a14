"""A report as a table for programs: a line for each number, its chapter, what it counts, its source.

CSV by RFC 4180, with the UTF-8 mark that Excel needs, as the open data have it.
"""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.pages.open_data import csv_bytes
from newsroom.pages.report.figures import Number, Report
from newsroom.pages.uris import uri
from newsroom.settings import Site

COLUMNS = ("year", "chapter", "table", "label", "measure", "value", "at_least", "source")


def as_csv(report: Report, site: Site) -> bytes:
    """An empty value is a number that the data lack; «at_least» tells that only so much is known."""
    return csv_bytes(COLUMNS, _lines(report, site))


def _lines(report: Report, site: Site) -> Iterator[tuple[object, ...]]:
    for chapter in report.chapters:
        for statement in chapter.statements:
            if statement.number:
                yield report.year, chapter.title, "", statement.label, "", *_cells(statement.number, site)
        for table in chapter.tables:
            for row in table.rows:
                for measure, number in zip(table.head[1:], row.numbers, strict=True):
                    yield report.year, chapter.title, table.title, row.label, measure, *_cells(number, site)


def _cells(number: Number, site: Site) -> tuple[object, bool, str]:
    at_least = bool(number.amount and number.amount.at_least)
    source = uri(site, number.source.url) if number.source else ""
    return (number.amount.value if number.amount else ""), at_least, source
