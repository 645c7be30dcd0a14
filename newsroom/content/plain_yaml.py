"""YAML as nearly all headers have it, read by expressions: no parser has to be imported for them.

Fields in a column, each with a phrase, a phrase in single quotes, «[a, b]», or one more level
of phrases under it. Whatever else is written is left to the YAML parser.
"""

from __future__ import annotations

import re
from typing import Any

Location = tuple[str | int, ...]

_NAME = r"[A-Za-z][\w-]*"
# A phrase begins with a letter or a digit and has no «: » and no «#», which may be YAML's own.
_PHRASE = r"(?:'[^'\n]*'|[^\W_](?:[^#:\n]|:(?=\S))*) *\n"
_WORDS = r"\[[^\W_][\w-]*(?:, *[^\W_][\w-]*)*\] *\n"
_FIELD = re.compile(
    rf"(?P<name>{_NAME}):(?: +(?:(?P<phrase>{_PHRASE})|(?P<words>{_WORDS}))"
    rf"| *\n(?:(?P<items>(?:  - +{_PHRASE})+)|(?P<parts>(?:  {_NAME}: +{_PHRASE})+)))"
)


def plain_mapping(text: str, first_line: int) -> tuple[dict[str, Any], dict[Location, int]] | None:
    """The mapping and the lines of its values; None where there is more in the text than is read here."""
    values: dict[str, Any] = {}
    lines: dict[Location, int] = {(): first_line}
    place, line = 0, first_line
    # What cannot be printed, YAML may refuse or take for the end of a line.
    if not text.endswith("\n") or not text.replace("\n", "").isprintable():
        return None
    while place < len(text):
        field = _FIELD.match(text, place)
        if not field or field["name"] in values:
            return None
        value, inner_lines = _value(field, line)
        if value is None:
            return None
        values[field["name"]] = value
        lines[field["name"],] = line
        lines |= {(field["name"], key): at for key, at in inner_lines.items()}
        place, line = field.end(), line + field[0].count("\n")
    return values, lines


def _value(field: re.Match[str], line: int) -> tuple[Any, dict[str | int, int]]:
    """A field's value and the lines of its parts; None for a name that stands twice."""
    if field["phrase"]:
        return _phrase(field["phrase"]), {}
    if field["words"]:
        words = re.split(", *", field["words"].strip(" \n[]"))
        return words, dict.fromkeys(range(len(words)), line)
    if field["items"]:
        phrases = [_phrase(row[3:]) for row in field["items"].splitlines()]
        return phrases, {index: line + 1 + index for index in range(len(phrases))}
    rows = [row.partition(":") for row in field["parts"].splitlines()]
    parts = {name.strip(): _phrase(typed) for name, _, typed in rows}
    return parts if len(parts) == len(rows) else None, {name: at for at, name in enumerate(parts, line + 1)}


def _phrase(typed: str) -> str:
    bare = typed.strip(" \n")
    return bare[1:-1] if bare.startswith("'") else bare
