"""Tables of HTML: those that hold data become tables, those that only lay a page out become its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from newsroom.importing.blocks import Table
from newsroom.importing.html_reading import Maker, Reading
from newsroom.importing.inline import Style, lines_of, markdown_line

if TYPE_CHECKING:
    from bs4 import Tag

_WIDEST = 20
"""Columns of a table that a page can show."""
_LONGEST_CELL = 600
"""Characters of a cell; where a page stood in a table, one cell held the whole text."""
_IN_NO_CELL = ("table", "blockquote", "hr", "h1", "h2", "h3", "iframe", "pre", "video")
_SENTENCE_END = re.compile(r"[.!?…:;,]\W*$")


def _table(reading: Reading, element: Tag, style: Style) -> None:
    reading.end_paragraph()
    caption = element.find("caption", recursive=False)
    if caption:
        reading.block_inside(caption.extract(), style._replace(bold=True))
    rows = [_cells(row) for row in _rows(element)]
    is_data = _is_data(element, rows)
    if is_data and reading.in_list:
        reading.desk.lost("таблица внутри списка стала текстом")
    if not is_data or reading.in_list or reading.in_line:
        reading.block_inside(element, style)
        return
    if any(
        cell.get("colspan", "1") != "1" or cell.get("rowspan", "1") != "1" for row in rows for cell in row
    ):
        reading.desk.lost("объединённые ячейки таблицы разделены: проверьте её")
    written = _without_empty(_grid(reading, rows))
    reading.blocks += [Table(written)] if written else []


def _rows(table: Tag) -> list[Tag]:
    """The rows of this table and not of those inside it."""
    return [row for row in table.find_all("tr") if row.find_parent("table") is table]


def _cells(row: Tag) -> list[Tag]:
    return row.find_all(["td", "th"], recursive=False)


def _is_data(table: Tag, rows: list[list[Tag]]) -> bool:
    """Two rows and two columns at least, and in the cells nothing that only a page has."""
    filled = [sum(_has_something(cell) for cell in row) for row in rows]
    if sum(map(bool, filled)) < 2 or max(filled) < 2 or max(map(_width, rows)) > _WIDEST:
        return False
    if table.get("role") == "presentation" or table.find(_IN_NO_CELL):
        return False
    return all(len(cell.get_text()) <= _LONGEST_CELL for row in rows for cell in row)


def _has_something(cell: Tag) -> bool:
    return bool(cell.get_text(strip=True) or cell.find("img"))


def _width(row: list[Tag]) -> int:
    return sum(_span(cell, "colspan") for cell in row)


def _span(cell: Tag, name: str) -> int:
    written = str(cell.get(name) or "1")
    return min(int(written), 1000) or 1 if re.fullmatch("[0-9]{1,4}", written) else 1


def _grid(reading: Reading, rows: list[list[Tag]]) -> list[list[str]]:
    """The cells in rows of one length; what a cell covered besides its own place stays empty."""
    covered: dict[int, set[int]] = {}
    grid: list[list[str]] = []
    for number, row in enumerate(rows):
        line: list[str] = []
        for cell in row:
            while len(line) in covered.get(number, ()):
                line.append("")
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for below in range(number + 1, min(number + down, len(rows))):
                covered.setdefault(below, set()).update(range(len(line), len(line) + across))
            line += [_cell(reading, cell), *[""] * (across - 1)]
        grid.append(line)
    width = max(map(len, grid), default=0)
    return [line + [""] * (width - len(line)) for line in grid]


def _cell(reading: Reading, cell: Tag) -> str:
    parts = filter(None, map(markdown_line, lines_of(reading.line_of(cell))))
    return "".join(_parted(parts))


def _parted(parts: Iterable[str]) -> Iterator[str]:
    """Lines of a cell in one: a semicolon between them where they do not end by themselves."""
    before = ""
    for part in parts:
        if before:
            yield " " if _SENTENCE_END.search(before) else "; "
        yield part
        before = part


def _without_empty(grid: list[list[str]]) -> tuple[tuple[str, ...], ...]:
    """The table without rows and columns that hold nothing."""
    rows = [row for row in grid if any(row)]
    columns = [place for place in range(len(rows[0]) if rows else 0) if any(row[place] for row in rows)]
    return tuple(tuple(row[place] for place in columns) for row in rows)


MAKERS: dict[str, Maker] = {"table": _table}
