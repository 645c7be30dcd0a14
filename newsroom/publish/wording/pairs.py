"""Where quotations and brackets are open: a text is not cut there."""

from __future__ import annotations

_CLOSED_BY = {"«": "»", "„": "“", "“": "”", "(": ")", "[": "]", '"': '"'}
_CLOSING = frozenset(_CLOSED_BY.values())


class Pairs:
    """The pairs of a text; a mark that has no other is none, as that of a list «1)» or of a slip."""

    def __init__(self, text: str) -> None:
        changes = [0] * (len(text) + 2)
        for start, end in _pairs(text):
            changes[start + 1] += 1
            changes[end + 1] -= 1
        self._depths = [0]
        for change in changes[1:]:
            self._depths.append(self._depths[-1] + change)

    def is_open(self, place: int) -> bool:
        """Whether a text that ends before the character at ``place`` would leave something open."""
        return self._depths[place] > 0


def _pairs(text: str) -> list[tuple[int, int]]:
    """Where pairs begin and end. «“» closes «„» and else opens; a straight mark closes its like."""
    found: list[tuple[int, int]] = []
    open_marks: list[int] = []
    for place, mark in enumerate(text):
        if mark in _CLOSING and (start := _opened_by(text, open_marks, mark)) is not None:
            found.append((open_marks[start], place))
            del open_marks[start:]
        elif mark in _CLOSED_BY:
            open_marks.append(place)
    return found


def _opened_by(text: str, open_marks: list[int], mark: str) -> int | None:
    """Which of the open marks is the nearest that ``mark`` closes."""
    for number in range(len(open_marks) - 1, -1, -1):
        if _CLOSED_BY[text[open_marks[number]]] == mark:
            return number
    return None
