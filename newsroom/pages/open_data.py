"""Open data: what the site knows, as tables for programs.

Each set is CSV and JSON with a passport and a structure, in the manner of the
«Методические рекомендации по публикации открытых данных» (version 3.0): ``list.csv``
is the register, ``<set>-meta.csv`` a passport, ``<set>-structure.csv`` the columns.

CSV is RFC 4180: commas, CRLF. It begins with the UTF-8 mark, because without it Excel
takes Cyrillic for Windows-1251; other programs skip it as «utf-8-sig». JSON has none.
A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP,
«CSV Injection»); JSON has it as it is.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from newsroom.build.fingerprint import fingerprint
from newsroom.build.section import Output, Section
from newsroom.pages.desk import Desk
from newsroom.pages.open_data_sets import datasets
from newsroom.pages.open_data_tables import DataSet, Row, Rows, Table
from newsroom.pages.uris import uri
from newsroom.settings import Site

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a formula begins: spreadsheets know the full-width signs too, and skip white space."""

STANDARD = "http://opendata.gosmonitor.ru/standard/3.0"


def sections(desk: Desk) -> Iterator[Section]:
    """A section for each table; one for the passports, the structures and the register of all sets."""
    sets = datasets(desk.library, desk.yearbooks, desk.site, desk.measures)
    for each in sets:
        for table in each.tables:
            yield _table_section(each, table, desk)
    described = [(each.modified, [(table.name, len(table.rows)) for table in each.tables]) for each in sets]
    yield desk.press.section("data", lambda: _descriptions(sets, described, desk), described)


def _table_section(each: DataSet, table: Table, desk: Desk) -> Section:
    names = [column.name for column in each.columns]
    rows = table.rows
    shown = desk.yearbooks.whole(rows.items) if isinstance(rows, Rows) else fingerprint(rows)

    def outputs() -> Iterator[Output]:
        yield desk.press.file(
            table.csv_url.lstrip("/"), lambda: csv_bytes(names, _lines(names, rows)), {"rows": shown}
        )
        yield desk.press.file(table.json_url.lstrip("/"), lambda: _json_rows(rows), {"rows": shown})

    return desk.press.section(f"data/{table.name}", outputs, shown, weight=2)


def _descriptions(sets: Sequence[DataSet], described: object, desk: Desk) -> Iterator[Output]:
    site, shown = desk.site, {"sets": described}
    for each in sets:
        structure = [(column.name, "", column.title, column.kind) for column in each.columns]
        heading = ("field name", "english description", "russian description", "format")
        yield desk.press.file(
            each.structure_url.lstrip("/"),
            partial(csv_bytes, heading, structure),
            {"structure": structure},
        )
        yield desk.press.file(
            each.passport_url.lstrip("/"),
            partial(_passport_file, each, site),
            {"sets": described},
        )
    heading = ("property", "title", "value", "format")
    yield desk.press.file("data/list.csv", lambda: csv_bytes(heading, _register(sets, site)), shown)
    yield desk.press.file("data/index.json", lambda: _index(sets, site), shown)


def _passport_file(each: DataSet, site: Site) -> bytes:
    return csv_bytes(("property", "value"), _passport(each, site))


def _passport(each: DataSet, site: Site) -> Iterator[tuple[str, str]]:
    yield "standardversion", STANDARD
    yield "identifier", each.id
    yield "title", each.title
    yield "description", each.description
    yield "creator", site.organization or site.name
    if each.modified:
        yield "modified", each.modified.isoformat()
    yield "subject", f"{site.city}, {each.title.lower()}"
    yield "format", "csv"
    for table in each.tables:
        yield f"data-{table.name}", uri(site, table.csv_url)
    yield "structure", uri(site, each.structure_url)


def _register(sets: Iterable[DataSet], site: Site) -> Iterator[tuple[str, str, str, str]]:
    yield "standardversion", "Версия методических рекомендаций", STANDARD, ""
    for each in sets:
        yield each.id, each.title, uri(site, each.passport_url), "csv"


def _index(sets: Iterable[DataSet], site: Site) -> bytes:
    described = [
        {
            "id": each.id,
            "title": each.title,
            "description": each.description,
            "modified": each.modified.isoformat() if each.modified else None,
            "columns": [
                {"name": column.name, "title": column.title, "type": column.kind} for column in each.columns
            ],
            "tables": [
                {
                    "title": table.title,
                    "rows": len(table.rows),
                    "csv": uri(site, table.csv_url),
                    "json": uri(site, table.json_url),
                }
                for table in each.tables
            ],
        }
        for each in sets
    ]
    index = {"publisher": site.organization or site.name, "datasets": described}
    return (json.dumps(index, ensure_ascii=False, indent=1) + "\n").encode()


def _json_rows(rows: Iterable[Row]) -> bytes:
    """An array with one object a line, so that a changed row is a changed line."""
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n".encode()


def _lines(names: Iterable[str], rows: Iterable[Row]) -> Iterator[list[object]]:
    columns = list(names)
    for row in rows:
        yield [row[name] for name in columns]


def _cell(value: object) -> str:
    """Lists are joined by «; »; true and false are XML Schema's; nothing is an empty cell."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_bytes(heading: Iterable[str], lines: Iterable[Iterable[object]]) -> bytes:
    """A table as a file."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(heading)
    writer.writerows(map(_cell, line) for line in lines)
    return target.getvalue().encode("utf-8-sig")
