"""The shapes of a chart, in its own units: what is drawn beside a table that says the same."""

from __future__ import annotations

from msgspec import Struct

from newsroom.pages.report.figures import Drawing, Row, Table

WIDE, HIGH = 400, 190
"""Of a chart with columns: on a phone a unit is hardly less than a pixel, so that words can be read."""
_GAP, _ROOM = 6, 30
"""Between columns; above them for their numbers and below for their names."""
_LINE, _BAR = 46, 14
"""Height of a line of bars with its words, and of its bar."""
_LETTERS = 40
"""Of a name that has room beside its number."""


class Shape(Struct, frozen=True, kw_only=True):
    """A column or a bar, where its words stand, what it is of and how much."""

    x: float
    y: float
    width: float
    height: float
    label: str
    short: str
    value: str


class Chart(Struct, frozen=True, kw_only=True):
    """What is drawn; ``height`` in its own units, ``told`` says in words what it shows."""

    drawing: Drawing
    height: int
    shapes: tuple[Shape, ...]
    told: str


def drawn(table: Table) -> Chart | None:
    """The chart of a table's first column of numbers; None where there is nothing to compare."""
    known = [row for row in table.rows if row.numbers[0].amount]
    most = max((_value(row) for row in known), default=0)
    if not table.drawing or not most or len(known) < 2:
        return None
    if table.drawing == "columns":
        shapes = tuple(_column(row, number, len(known), most) for number, row in enumerate(known))
        return Chart(drawing="columns", height=HIGH, shapes=shapes, told=_told(known))
    shapes = tuple(_bar(row, number, most) for number, row in enumerate(known))
    return Chart(drawing="bars", height=_LINE * len(known), shapes=shapes, told=_told(known))


def _column(row: Row, number: int, count: int, most: int) -> Shape:
    step = WIDE / count
    height = round((HIGH - 2 * _ROOM) * _value(row) / most, 1)
    return Shape(
        x=round(number * step + _GAP / 2, 1),
        y=HIGH - _ROOM - height,
        width=round(step - _GAP, 1),
        height=height,
        label=row.label,
        short=row.label[:3].lower(),
        value=str(row.numbers[0]),
    )


def _bar(row: Row, number: int, most: int) -> Shape:
    return Shape(
        x=0,
        y=number * _LINE + _LINE - _BAR - 8,
        width=round(WIDE * _value(row) / most, 1),
        height=_BAR,
        label=row.label,
        short=row.label if len(row.label) <= _LETTERS else f"{row.label[: _LETTERS - 1].rstrip()}…",
        value=str(row.numbers[0]),
    )


def _value(row: Row) -> int:
    amount = row.numbers[0].amount
    return amount.value if amount else 0


def _told(rows: list[Row]) -> str:
    """The greatest and the least: all the numbers stand in the table."""
    ordered = sorted(rows, key=_value)
    least, most = ordered[0], ordered[-1]
    return (
        f"Больше всего — {most.label}: {most.numbers[0]}. Меньше всего — {least.label}: {least.numbers[0]}."
    )
