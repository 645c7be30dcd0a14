"""Quotation marks: «ёлочки», „лапки“ inside them, and so on by turns.

Only pairs are set anew. A mark whose mate is not to be found, the inches of 32",
a mark between two spaces all stay as they were typed.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_MARKS = re.compile('["«»„“”]')
_STYLES = (("«", "»"), ("„", "“"))
_FAMILY = {'"': "straight", "«": "angle", "»": "angle", "„": "curly", "“": "curly", "”": "curly"}
_BEFORE_OPENING = frozenset(" \u00a0\n\t([{-–—/«„")
_BETWEEN = frozenset(",;:.!?…")


def set_quotes(text: str, line_end: str) -> str:
    """The text, of the same length, with the paired marks of each line set by their depth.

    Where typed marks of a line cross one another, so that new pairs would arise, all stay.
    """
    parts, done = list[str](), 0
    for found in _MARKS.finditer(text):
        if found.start() < done:
            continue
        start = max(text.rfind(line_end, 0, found.start()), 0)
        end = text.find(line_end, found.start())
        end = len(text) if end < 0 else end
        parts += [text[done:start], _line_with_quotes(text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


def _line_with_quotes(text: str) -> str:
    marks = [found.start() for found in _MARKS.finditer(text)]
    pairs = _pairs(text, marks)
    once = _with_pairs_set(text, pairs)
    # Where each mark has its mate, the new ones are paired as the old ones were.
    if once == text or len(pairs) * 2 == len(marks):
        return once
    twice = _with_pairs_set(once, _pairs(once, [found.start() for found in _MARKS.finditer(once)]))
    return once if once == twice else text


def _with_pairs_set(text: str, pairs: list[tuple[int, int]]) -> str:
    marks: dict[int, str] = {}
    ends: list[int] = []
    for start, end in sorted(pairs):
        while ends and ends[-1] < start:
            ends.pop()
        marks[start], marks[end] = _STYLES[len(ends) % 2]
        ends.append(end)
    parts, done = list[str](), 0
    for place in sorted(marks):
        parts += [text[done:place], marks[place]]
        done = place + 1
    return "".join([*parts, text[done:]])


class _Open(NamedTuple):
    place: int
    family: str


def _pairs(text: str, marks: list[int]) -> list[tuple[int, int]]:
    """Places of opening and closing marks that belong together; pairs never cross."""
    pairs: list[tuple[int, int]] = []
    stack: list[_Open] = []
    opening: set[int] = set()
    for place in marks:
        family = _FAMILY[text[place]]
        if _opens(text, place, stack, opening):
            opening.add(place)
            stack.append(_Open(place, family))
            continue
        if family != "straight":
            # A typed mark is surer than a straight one left open since.
            while stack and stack[-1].family == "straight":
                stack.pop()
        if stack and stack[-1].family == family and _may_close(text, place):
            pairs.append((stack.pop().place, place))
    return pairs


def _opens(text: str, place: int, stack: list[_Open], opening: set[int]) -> bool:
    mark = text[place]
    if mark in "«„":
        return True
    if mark in "»”" or (mark == "“" and any(each.family == "curly" for each in stack)):
        return False
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if not after.strip():
        return False
    if before in _BETWEEN and after.isalnum():
        return not (stack and stack[-1].family == "straight")
    return not before or before in _BEFORE_OPENING or place - 1 in opening


def _may_close(text: str, place: int) -> bool:
    """A straight mark after a space closes nothing: it is a slip or stands for inches."""
    return text[place] != '"' or not text[place - 1 : place].isspace()
