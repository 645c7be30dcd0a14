"""Exports of an old site: tables (CSV), lists (JSON) and feeds (RSS, Atom), read into entries."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from newsroom.importing.entry import Entry, Export, columns_of, entry_of, state_columns
from newsroom.problems import NewsroomError, Problem

_LONGEST_FIELD = 1 << 27
"""Characters of a field of a table; a body with pictures inside it is long."""
_DELIMITERS = ";,\t"
_HALF_A_SIGN = re.compile(r"\\u[dD][89a-fA-F]")
"""How JSON writes a sign of two halves; one half without the other no file can hold."""
_FEEDS = frozenset({".atom", ".rss", ".xml"})


def read_export(path: Path, columns: Mapping[str, str]) -> Export:
    """All entries of a file; ``columns`` are names an editor has set for our fields. Raises NewsroomError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"файл не открывается: {error.strerror}", "проверьте имя и папку") from None
    kind = path.suffix.lower()
    if kind in _FEEDS or data.lstrip()[:1] == b"<":
        from newsroom.importing.export_feed import read_feed

        return read_feed(path, data)
    if kind == ".json" or data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"[", b"{"}:
        return _of_json(path, _decoded(path, data), columns)
    return _of_table(path, _decoded(path, data), columns)


def _decoded(path: Path, data: bytes) -> str:
    """The text in UTF-8, in UTF-16 with its mark, or as old Windows writes Russian."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1251")
    except UnicodeDecodeError:
        raise _refused(path, "кодировка не UTF-8 и не Windows-1251", "сохраните выгрузку в UTF-8") from None


def _of_json(path: Path, text: str, columns: Mapping[str, str]) -> Export:
    try:
        data = json.loads(text)
        if _HALF_A_SIGN.search(text):
            data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "ignore"))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        raise _refused(path, "это не JSON", "выгрузите ещё раз: файл оборван или изменён", line) from None
    rows = _rows_of(data)
    objects = [row for row in rows if isinstance(row, dict)]
    if not objects:
        raise _refused(path, "в файле нет записей", 'нужен список объектов или {"items": […]}')
    names = list(dict.fromkeys(name for row in objects for name in row))
    found = _columns(path, names, columns)
    entries = tuple(
        entry_of(f"запись {number}", row, found)
        if isinstance(row, dict)
        else Entry(f"запись {number}", faults=("это не объект",))
        for number, row in enumerate(rows, 1)
    )
    used = {*found.values(), *state_columns(names, found)}
    left = [name for name in names if name not in used and any(row.get(name) for row in objects)]
    return Export(entries, tuple(left))


def _rows_of(data: Any) -> list[Any]:
    """The list of entries: the whole, that under «items», or the only list there is."""
    if isinstance(data, list):
        return data
    if not isinstance(data, dict):
        return []
    lists = [value for value in data.values() if isinstance(value, list)]
    items = data.get("items")
    return items if isinstance(items, list) else lists[0] if len(lists) == 1 else []


def _of_table(path: Path, text: str, columns: Mapping[str, str]) -> Export:
    csv.field_size_limit(_LONGEST_FIELD)
    rows = _table_rows(path, text)
    _, head = next(rows, (0, []))
    found = _columns(path, head, columns)
    seen: set[str] = set()
    entries: list[Entry] = []
    for line, row in rows:
        values = dict(zip(head, row, strict=False))
        seen |= {name for name, value in values.items() if value.strip()}
        if len(row) != len(head):
            fault = (
                f"в строке {len(row)} столбцов, а в заголовке {len(head)}: проверьте кавычки и разделители"
            )
            entries.append(Entry(f"строка {line}", title=values.get(found["title"], ""), faults=(fault,)))
        else:
            entries.append(entry_of(f"строка {line}", values, found))
    used = {*found.values(), *state_columns(head, found)}
    left = [name for name in head if name not in used and name in seen]
    return Export(tuple(entries), tuple(left))


def _table_rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not empty, with the lines of the file they begin on."""
    head = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _refused(
                path, f"таблица не читается: {error}", "выгрузите её ещё раз как CSV", line
            ) from None
        if any(cell.strip() for cell in row):
            yield line, row


def _columns(path: Path, names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """Where our fields stand; raises NewsroomError where a release could not be made of them."""
    listed = list(names)
    found = columns_of(listed, given)
    known = ", ".join(name for name in listed if name.strip()) or "ничего"
    problems = [
        Problem(path.name, 1, f"нет столбца «{column}»", f"есть: {known}")
        for field, column in given.items()
        if field not in found
    ]
    for field, meaning in (("title", "заголовок"), ("date", "дата"), ("body", "текст")):
        if field not in found:
            remedy = f"назовите столбец сами: --map {field}=ИМЯ; есть: {known}"
            problems.append(Problem(path.name, 1, f"не видно, где {meaning}", remedy))
    if problems:
        raise NewsroomError(problems)
    return found


def _refused(path: Path, message: str, remedy: str, line: int = 0) -> NewsroomError:
    return NewsroomError([Problem(path.name, line, message, remedy)])
