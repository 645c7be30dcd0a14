"""Marks of a language in a header, where none works: they would stand on the page as they were typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from newsroom.content.foreign_passages import typed_marks
from newsroom.content.front_matter import FrontMatter
from newsroom.content.plain_yaml import Location
from newsroom.problems import Problem

_REMEDY = "уберите её; иностранное название пометьте в тексте"


def marks_in_header(matter: FrontMatter, file: str) -> Iterator[Problem]:
    """A problem for each field, at any depth, with a mark in it."""
    for location, text in _texts(matter.header, ()):
        for _, mark in typed_marks(text):
            message = f"пометка языка «{mark}» не действует в заголовке и других полях"
            yield Problem(file, matter.line(location), message, _REMEDY)
            break


def _texts(value: Any, location: Location) -> Iterator[tuple[Location, str]]:
    """Every text with a brace in it."""
    if isinstance(value, str):
        if "{" in value:
            yield location, value
    elif isinstance(value, dict | list):
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _texts(part, (*location, name))
