"""Elements inside a line of HTML: breaks, small letters; and those that a release cannot hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsroom.importing.escaping import visible
from newsroom.importing.html_reading import Maker, Reading, shortened
from newsroom.importing.inline import BREAK, Piece, Style

if TYPE_CHECKING:
    from bs4 import Tag

_SUPERSCRIPT = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_FORM = "поля формы не перенесены"
_NOT_KEPT = {
    "style": "",
    "title": "",
    "template": "",
    "script": "программа (script) не перенесена",
    "svg": "рисунок SVG не перенесён: сохраните его картинкой",
    "canvas": "рисунок canvas не перенесён: сохраните его картинкой",
    "math": "формула не перенесена: впишите её словами или картинкой",
    "input": _FORM,
    "select": _FORM,
    "button": _FORM,
    "textarea": _FORM,
}
"""Elements that are left out, and what is told of them."""


def _break(reading: Reading, element: Tag, style: Style) -> None:
    reading.pieces.append(BREAK)
    reading.inside(element, style)  # nothing, but for what a parser has put there


def _quoted(reading: Reading, element: Tag, style: Style) -> None:
    reading.pieces.append(Piece("«", style))
    reading.inside(element, style)
    reading.pieces.append(Piece("»", style))


def _struck(reading: Reading, element: Tag, style: Style) -> None:
    if words := shortened(element):
        reading.desk.lost(f"зачёркивания не бывает: слова «{words}» стоят в тексте как обычные")
    reading.inside(element, style)


def _raised(reading: Reading, element: Tag, style: Style) -> None:
    """Digits have raised and lowered ones in Unicode; other letters stand in the line."""
    signs = _SUPERSCRIPT if element.name == "sup" else _SUBSCRIPT
    text = element.get_text()
    if text.strip() and not element.find(True) and all(ord(sign) in signs for sign in text.strip()):
        reading.pieces.append(Piece(text.translate(signs), style))
    else:
        reading.inside(element, style)


def _preformatted(reading: Reading, element: Tag, style: Style) -> None:
    reading.end_paragraph()
    for line in re.split("\r?\n", element.get_text()):
        reading.pieces += [Piece(visible(line), style), BREAK]
    reading.end_paragraph()


def _not_kept(reading: Reading, element: Tag, _: Style) -> None:
    if told := _NOT_KEPT[element.name]:
        reading.desk.lost(told)


MAKERS: dict[str, Maker] = {
    "br": _break,
    "del": _struck,
    "pre": _preformatted,
    "q": _quoted,
    "s": _struck,
    "strike": _struck,
    "sub": _raised,
    "sup": _raised,
    **dict.fromkeys(_NOT_KEPT, _not_kept),
}
