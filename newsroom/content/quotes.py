"""Quotation marks: «ёлочки», „лапки“ inside them, and so on by turns.

Only pairs are set anew. A mark whose mate is not to be found, the inches of 32",
a mark between two spaces all stay as they were typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKS = re.compile('["«»„“”]')
_STYLES = (("«", "»"), ("„", "“"))
_FAMILY = {'"': "straight", "«": "angle", "»": "angle", "„": "curly", "“": "curly", "”": "curly"}
_BEFORE_OPENING = frozenset(" \u00a0\n\t([{-–—/«„")
_BETWEEN = frozenset(",;:.!?…")


def set_quotes(text: str) -> str:
    """The text, of the same length, with its paired marks set by their depth.

    Where typed marks cross one another, so that new pairs would arise, all stay.
    """
    once = _with_pairs_set(text)
    return once if once == text or _with_pairs_set(once) == once else text


def _with_pairs_set(text: str) -> str:
    marks = [found.start() for found in _MARKS.finditer(text)]
    if not marks:
        return text
    letters = list(text)
    ends: list[int] = []
    for start, end in sorted(_pairs(text, marks)):
        while ends and ends[-1] < start:
            ends.pop()
        letters[start], letters[end] = _STYLES[len(ends) % 2]
        ends.append(end)
    return "".join(letters)


@dataclass(frozen=True)
class _Open:
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
