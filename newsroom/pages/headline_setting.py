"""How large a headline is set on a card, and where its lines end."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from newsroom.pages.line_breaks import break_lines, line_count, unbreakable_pieces
from newsroom.pages.typefaces import Face, face

LEADING = 1.04
_SMALLEST = 40
_YARDSTICK = 200


class Setting(Struct, frozen=True, kw_only=True):
    """Text broken into lines at a size that fits; ``cut`` where a part of it had to go."""

    lines: tuple[str, ...]
    face: Face
    leading: int
    cut: bool = False

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


def set_headline(title: str, font: bytes, *, measure: int, height: int, largest: int) -> Setting:
    """The title as large as a box of ``measure`` × ``height`` pixels allows, its lines of like length."""
    words = unbreakable_pieces(title)
    for size in range(_likely_size(words, font, measure, height, largest), _SMALLEST - 1, -2):
        setting = _set_at(words, face(font, size), measure)
        if setting.lines and setting.height <= height:
            return setting
    return _cut(words, face(font, _SMALLEST), measure, height)


def shortened(text: str, small: Face, measure: int) -> str:
    """The text, or as much of it as fits into one line, and an ellipsis."""
    if small.width(text) <= measure:
        return text
    while text and small.width(text + "…") > measure:
        text = text[:-1].rstrip()
    return text + "…"


def no_wider(text: str, font: bytes, size: int, measure: int) -> Face:
    """The face at this size, or as much smaller as the text needs to fit in one line."""
    likely = int(size * measure / face(font, size).width(text)) + 2
    faces = (face(font, each) for each in range(min(size, likely), 1, -1))
    return next(each for each in faces if each.width(text) <= measure)


def _set_at(words: list[str], at: Face, measure: int) -> Setting:
    lines = break_lines([at.width(word) for word in words], at.width(" "), measure)
    texts = tuple(" ".join(words[start:end]) for start, end in lines)
    return Setting(lines=texts, face=at, leading=round(at.size * LEADING))


def _likely_size(words: list[str], font: bytes, measure: int, height: int, largest: int) -> int:
    """The size that would fit if letters grew evenly: it saves opening the face at every size."""
    yardstick = face(font, _YARDSTICK)
    widths, space = [yardstick.width(word) for word in words], yardstick.width(" ")
    for size in range(largest, _SMALLEST, -2):
        lines = line_count(widths, space, measure * _YARDSTICK / size)
        if lines and lines * round(size * LEADING) <= height:
            return min(largest, size + 2)
    return _SMALLEST


def _cut(words: list[str], at: Face, measure: int, height: int) -> Setting:
    """As many whole words at the smallest size as there is room for, and an ellipsis."""
    room = measure * height / (_SMALLEST * LEADING)
    reach = list(accumulate(at.width(word + " ") for word in words))
    for count in range(min(bisect(reach, room), len(words) - 1), 0, -1):
        shorter = [*words[: count - 1], words[count - 1].rstrip(",.:;—– \xa0") + "…"]
        setting = _set_at(shorter, at, measure)
        if setting.lines and setting.height <= height:
            return replace(setting, cut=True)
    return replace(_set_at([shortened(words[0], at, measure)], at, measure), cut=True)
