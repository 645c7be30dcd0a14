"""Where the lines of a headline end, when we set it ourselves."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SHORT_WORD = re.compile(
    r"(?<![^\s«„(])([А-ЯЁа-яёA-Za-z]{1,2}|для|без|при|под|над|про|или) (?=\S)", re.IGNORECASE
)
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=[\d₽%а-яё])")
_DASH = re.compile(r" (?=[—–-] )")


def unbreakable_pieces(title: str) -> list[str]:
    """The pieces between which a line may end: not after «в», not before a dash."""
    text = " ".join(re.split(r"[ \t\r\n]+", title.strip()))
    for _ in range(2):  # «и в городе»: a match does not see a space the one before has taken
        text = _SHORT_WORD.sub("\\1\xa0", text)
    return _DASH.sub("\xa0", _AFTER_NUMBER.sub("\xa0", text)).split(" ")


def break_lines(widths: Sequence[float], space: float, measure: float) -> list[tuple[int, int]]:
    """Lines as (first word, word after the last): as few as can be, as like in length as can be.

    Empty when a word is wider than the measure.
    """
    if max(widths) > measure:
        return []
    # best[n] = (lines, raggedness, start of the last line) of the first n words
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(widths) + 1):
        best.append(min(_endings(best, widths[:end], space, measure)))
    lines, end = [], len(widths)
    while end:
        lines.append((best[end][2], end))
        end = best[end][2]
    return lines[::-1]


def line_count(widths: Sequence[float], space: float, measure: float) -> int:
    """How many lines ``break_lines`` would make, found by filling each; 0 when a word is too wide."""
    if max(widths) > measure:
        return 0
    lines, width = 1, -space
    for word in widths:
        width += space + word
        if width > measure:
            lines, width = lines + 1, word
    return lines


def _endings(
    best: list[tuple[int, float, int]], widths: Sequence[float], space: float, measure: float
) -> list[tuple[int, float, int]]:
    """Every last line these words can end with, each as an entry of ``best``."""
    ways, width = [], -space
    for start in range(len(widths) - 1, -1, -1):
        width += widths[start] + space
        if width > measure:
            break
        count, raggedness, _ = best[start]
        ways.append((count + 1, raggedness + (measure - width) ** 2, start))
    return ways
