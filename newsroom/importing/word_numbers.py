"""The numbers that Word shows before numbered paragraphs (ISO/IEC 29500-1, 17.9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST_STYLE = 20
"""Styles that a style may be based on, one upon another."""


@dataclass
class _Counting:
    """Where the lists of a document have come to: one count for all lists of one abstract numbering."""

    at: dict[tuple[str, int], int] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)


def numbers_of(tree: Any, numbering: Any, styles: Any) -> Iterator[tuple[Any, int]]:
    """The numbered paragraphs of a document in their order, each with its number."""
    kinds = {num.get(f"{W}numId"): num for num in numbering.iter(f"{W}num")}
    levels = {
        (abstract.get(f"{W}abstractNumId"), int(level.get(f"{W}ilvl", "0"))): level
        for abstract in numbering.iter(f"{W}abstractNum")
        for level in abstract.iter(f"{W}lvl")
    }
    own_styles = (
        {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")} if styles is not None else {}
    )
    counting = _Counting()
    for paragraph in list(tree.iter(f"{W}p")):
        num, depth = _place(paragraph, own_styles)
        kind = kinds.get(num)
        abstract = _value(kind.find(f"{W}abstractNumId")) if kind is not None else ""
        level = levels.get((abstract, depth))
        if level is not None and kind is not None:
            number = _next(counting, num, abstract, depth, _start(kind, level, depth))
            if _value(level.find(f"{W}numFmt")) not in {"bullet", "none"} and number > 0:
                yield paragraph, number


def _place(paragraph: Any, styles: dict[str, Any]) -> tuple[str, int]:
    """The numbering of a paragraph and the depth within, its own or that of its style."""
    properties = paragraph.find(f"{W}pPr")
    for _ in range(_DEEPEST_STYLE):
        if properties is None:
            return "", 0
        numbered = properties.find(f"{W}numPr")
        if numbered is not None and (num := _value(numbered.find(f"{W}numId"))):
            return num, int(_value(numbered.find(f"{W}ilvl")) or 0)
        name = _value(properties.find(f"{W}pStyle")) or _value(properties.find(f"../{W}basedOn"))
        style = styles.get(name)
        properties = style.find(f"{W}pPr") if style is not None else None
    return "", 0


def _start(kind: Any, level: Any, depth: int) -> tuple[int, bool]:
    """The first number, and whether a new list of the same numbering begins with it again."""
    for override in kind.iter(f"{W}lvlOverride"):
        if override.get(f"{W}ilvl") == str(depth):
            again = _value(override.find(f"{W}startOverride"))
            if again:
                return int(again), True
    return int(_value(level.find(f"{W}start")) or 1), False


def _next(counting: _Counting, num: str, abstract: str, depth: int, start: tuple[int, bool]) -> int:
    first, again = start
    place = (abstract, depth)
    begins_again = again and (num, depth) not in counting.begun
    counting.begun.add((num, depth))
    number = first if begins_again or place not in counting.at else counting.at[place] + 1
    counting.at = {
        (other, deep): at for (other, deep), at in counting.at.items() if other != abstract or deep < depth
    } | {place: number}
    return number


def _value(element: Any) -> str:
    return str(element.get(f"{W}val", "")) if element is not None else ""
