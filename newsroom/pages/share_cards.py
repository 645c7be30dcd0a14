"""The picture networks show beside a link to a release: a headline set like a poster.

Drawn straight into a palette: every ink is sixteen steps from the ground to
itself, so letters are smooth, files small and bytes the same on every machine.
"""

from __future__ import annotations

import io
from bisect import bisect
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from newsroom.pages.line_breaks import break_lines, unbreakable_pieces

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image
    from PIL.ImageFont import FreeTypeFont

RECIPE = 1
"""Raise when cards of the same release come out other than before."""

WIDTH, HEIGHT = 1200, 630
"""Pixels; the size that networks ask for (The Open Graph protocol, 1.91 : 1)."""

_MARGIN = 64
_EDGE = 20
_MEASURE = WIDTH - 2 * _MARGIN
_GROUND = (6, 48, 59)
_PAPER = (240, 246, 246)
_ALUMINIUM = (188, 211, 216)
_STRATA = (
    (532, 3, (188, 211, 216)), (541, 5, (124, 167, 176)), (552, 8, (74, 129, 142)),
    (566, 13, (44, 99, 113)), (585, 19, (23, 80, 94)), (610, 20, (12, 65, 78)),
)  # fmt: skip
"""Water in layers: upper edge, height, colour; thin and light above, heavy and dark below."""
_STEPS = 16
_HEADLINE_BOX = (176, 516)
_LEADING, _DESCENT = 1.04, 0.26
_LARGEST, _LARGEST_UNDER_FIGURE, _EASY, _SMALLEST = 148, 64, 46, 40
_FIGURE_SIZES, _FIGURE_TOP, _LABEL_HEIGHT = (300, 270, 240, 210, 180, 150), 184, 56
_YARDSTICK = 200


@dataclass(frozen=True, kw_only=True)
class _Setting:
    """Text broken into lines at a size that fits."""

    lines: tuple[str, ...]
    font: FreeTypeFont
    leading: int
    cut: bool = False

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


def draw_card(
    *,
    title: str,
    date: str,
    rubric: str,
    site_name: str,
    figure: str = "",
    figure_label: str = "",
    accent: str,
    font: Path,
    text_font: Path,
) -> bytes:
    """The card as a PNG of 1200 × 630 pixels; equal bytes for equal arguments.

    ``figure`` is a number that is the news («713 206»), drawn huge, with its
    label; ``accent`` is «#rrggbb»; ``font`` sets headline and figure, ``text_font``
    the small lines. The title is made smaller until it fits and cut only at last.
    """
    from PIL import ImageColor

    signal = ImageColor.getrgb(accent)[:3]
    card = _ground(signal)
    small = _face(text_font, 34)
    _write(card, _MARGIN, 76, _shortened(site_name, small, _MEASURE * 2 // 3), small, ink=1)
    _write(card, WIDTH - _MARGIN - round(small.getlength(date)), 76, date, small, ink=1)
    _write(card, _MARGIN + 40, 152, _shortened(rubric, small, _MEASURE - 40), small, ink=0)
    top, bottom = _HEADLINE_BOX
    if figure:
        face, headline = _figure_and_headline(figure, figure_label, title, font, bottom)
        _write_figure(card, figure, face, figure_label, small)
    else:
        headline = _set(title, font, bottom - top, _LARGEST)
    _write_headline(card, headline, bottom)
    return _png(card)


def card_key(*parts: str) -> str:
    """Name of a card in a cache; ``parts`` are all that ``draw_card`` gets, digests for the faces."""
    import PIL

    return "\0".join(("card", str(RECIPE), PIL.__version__, *parts))


def _ground(signal: tuple[int, ...]) -> Image.Image:
    """The card without words: ground, head rule, mark of the rubric, strata."""
    from PIL import Image, ImageDraw

    card = Image.new("P", (WIDTH, HEIGHT), 0)
    colours = [_mixed(ink, step) for ink in (_PAPER, _ALUMINIUM) for step in range(_STEPS)]
    flat = len(colours)
    card.putpalette([part for colour in [*colours, signal, *(c for _, _, c in _STRATA)] for part in colour])
    draw = ImageDraw.Draw(card)
    draw.rectangle((_MARGIN, 92, WIDTH - _MARGIN - 1, 101), fill=_STEPS - 1)
    draw.rectangle((_MARGIN, 128, _MARGIN + 23, 151), fill=flat)
    for number, (top, height, _) in enumerate(_STRATA, 1):
        draw.rectangle((0, top, WIDTH, top + height - 1), fill=flat + number)
    return card


def _mixed(ink: tuple[int, int, int], step: int) -> tuple[int, ...]:
    share = step / (_STEPS - 1)
    return tuple(round(low + (high - low) * share) for low, high in zip(_GROUND, ink, strict=True))


_STEP_OF_LEVEL = tuple(
    tuple(ink * _STEPS + (level * (_STEPS - 1) + 127) // 255 for level in range(256)) for ink in range(2)
)
"""For each ink: from how black a point of a letter is (0–255) to its place in the palette."""


def _write(card: Image.Image, x: int, baseline: int, text: str, face: FreeTypeFont, ink: int) -> None:
    """Text on its baseline in ink 0 (paper) or 1 (aluminium), on plain ground."""
    from PIL import Image, ImageDraw

    left, top, right, bottom = (round(edge) for edge in face.getbbox(text, anchor="ls"))
    mask = Image.new("L", (right - left + 4, bottom - top + 4), 0)
    ImageDraw.Draw(mask).text((2 - left, 2 - top), text, font=face, fill=255, anchor="ls")
    place = (x + left - 2, baseline + top - 2)
    card.paste(mask.point(_STEP_OF_LEVEL[ink]), place, mask.point(lambda level: 255 if level else 0))


def _write_headline(card: Image.Image, headline: _Setting, bottom: int) -> None:
    """The lines with room for descenders above ``bottom``; opening quotes hang in the margin."""
    baseline = bottom - round(headline.font.size * _DESCENT)
    for number, line in enumerate(reversed(headline.lines)):
        quote = round(headline.font.getlength(line[:1])) if line.startswith(("«", "„")) else 0
        x = _MARGIN - min(quote, _MARGIN - _EDGE)
        _write(card, x, baseline - number * headline.leading, line, headline.font, ink=0)


def _write_figure(
    card: Image.Image, figure: str, face: FreeTypeFont, label: str, small: FreeTypeFont
) -> None:
    """The huge number and its label under it."""
    left, top, _, bottom = (round(edge) for edge in face.getbbox(figure, anchor="ls"))
    _write(card, _MARGIN - left, _FIGURE_TOP - top, figure, face, ink=0)
    below = _FIGURE_TOP + bottom - top + _LABEL_HEIGHT - 14
    _write(card, _MARGIN, below, _shortened(label, small, _MEASURE), small, ink=1)


def _figure_and_headline(
    figure: str, label: str, title: str, font: Path, bottom: int
) -> tuple[FreeTypeFont, _Setting]:
    """The figure as huge as leaves the headline whole and easy to read."""
    for size in _FIGURE_SIZES:
        face = _no_wider(figure, font, size)
        _, highest, _, lowest = face.getbbox(figure)
        top = _FIGURE_TOP + round(lowest - highest) + (_LABEL_HEIGHT if label else 0) + 8
        headline = _set(title, font, bottom - top, _LARGEST_UNDER_FIGURE)
        if not headline.cut and headline.font.size >= _EASY:
            break
    return face, headline


def _no_wider(figure: str, font: Path, size: int) -> FreeTypeFont:
    """The face at this size, or as much smaller as the figure needs to fit in one line."""
    likely = int(size * _MEASURE / _face(font, size).getlength(figure)) + 2
    faces = (_face(font, each) for each in range(min(size, likely), 1, -1))
    return next(face for face in faces if face.getlength(figure) <= _MEASURE)


def _set(title: str, font: Path, height: int, largest: int) -> _Setting:
    """The title as large as the box allows, its lines of like length."""
    words = unbreakable_pieces(title)
    for size in range(_likely_size(words, font, height, largest), _SMALLEST - 1, -2):
        setting = _set_at(words, _face(font, size))
        if setting.lines and setting.height <= height:
            return setting
    return _cut(words, _face(font, _SMALLEST), height)


def _set_at(words: list[str], face: FreeTypeFont) -> _Setting:
    lines = break_lines([face.getlength(word) for word in words], face.getlength(" "), _MEASURE)
    texts = tuple(" ".join(words[start:end]) for start, end in lines)
    return _Setting(lines=texts, font=face, leading=round(face.size * _LEADING))


def _likely_size(words: list[str], font: Path, height: int, largest: int) -> int:
    """The size that would fit if letters grew evenly: it saves opening the face at every size."""
    face = _face(font, _YARDSTICK)
    widths, space = [face.getlength(word) for word in words], face.getlength(" ")
    for size in range(largest, _SMALLEST, -2):
        lines = break_lines(widths, space, _MEASURE * _YARDSTICK / size)
        if lines and len(lines) * round(size * _LEADING) <= height:
            return min(largest, size + 2)
    return _SMALLEST


def _cut(words: list[str], face: FreeTypeFont, height: int) -> _Setting:
    """As many whole words at the smallest size as there is room for, and an ellipsis."""
    room = _MEASURE * height / (_SMALLEST * _LEADING)
    reach = list(accumulate(face.getlength(word + " ") for word in words))
    for count in range(min(bisect(reach, room), len(words) - 1), 0, -1):
        setting = _set_at([*words[: count - 1], words[count - 1].rstrip(",.:;—– \xa0") + "…"], face)
        if setting.lines and setting.height <= height:
            return replace(setting, cut=True)
    return replace(_set_at([_shortened(words[0], face, _MEASURE)], face), cut=True)


def _shortened(text: str, face: FreeTypeFont, width: int) -> str:
    if face.getlength(text) <= width:
        return text
    while text and face.getlength(text + "…") > width:
        text = text[:-1].rstrip()
    return text + "…"


def _face(font: Path, size: int) -> FreeTypeFont:
    """The face at a size in pixels. The basic layout, because the other one needs a
    library of the system that not every machine has, and then sets otherwise."""
    from PIL import ImageFont

    return ImageFont.truetype(font, size, layout_engine=ImageFont.Layout.BASIC)


def _png(card: Image.Image) -> bytes:
    target = io.BytesIO()
    card.save(target, "PNG", compress_level=6)  # 9 takes ten times as long for a tenth of the size
    return target.getvalue()
