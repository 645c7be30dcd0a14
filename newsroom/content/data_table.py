"""Tables of figures that people and programs write alike: CSV with a heading, a fact a line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from newsroom.content.front_matter import read_text
from newsroom.problems import NewsroomError, Problem

FOLDER = "data"
"""In the content folder: what the figures of a year are made of."""

Row = Mapping[str, str]


def read_table(root: Path, file: str, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    """The rows with their lines, cells without blanks around; none where there is no such file.

    A semicolon between cells will do: Russian spreadsheets write it. Raises NewsroomError for a file
    that is no table of these columns, and with all rows that have too many or too few cells.
    """
    path = root / file
    if not path.is_file():
        return
    lines = read_text(path, file).split("\n")
    reader = csv.reader(lines, delimiter=mark_of(lines[0]), strict=True)
    problems: list[Problem] = []
    try:
        _refuse_other_columns(next(reader), columns, file)
        for cells in reader:
            row = [cell.strip() for cell in cells]
            if not any(row):
                continue
            if len(row) == len(columns):
                yield reader.line_num, dict(zip(columns, row, strict=True))
                continue
            message = f"в строке {len(row)} ячеек, а столбцов {len(columns)}"
            remedy = "поставьте запятую за каждой ячейкой, и за пустой тоже"
            problems.append(Problem(file, reader.line_num, message, remedy))
    except csv.Error:
        problems.append(Problem(file, reader.line_num, "кавычка не закрыта", "закройте её или уберите"))
    if problems:
        raise NewsroomError(problems)


def mark_of(heading: str) -> str:
    """What stands between the cells of a table with this first line."""
    return ";" if ";" in heading else ","


def _refuse_other_columns(heading: Sequence[str], columns: Sequence[str], file: str) -> None:
    given = [cell.strip().lower() for cell in heading]
    if given != list(columns):
        message = f"первая строка таблицы — «{','.join(heading)}»"
        remedy = f"она должна быть такой: {','.join(columns)}"
        raise NewsroomError([Problem(file, 1, message, remedy)])
