"""The picture networks show beside a link to a release: a headline set like a poster.

Drawn in numbers of a palette, where every ink is sixteen steps from the ground to
itself: «15» set on «0» has at the edges of its letters the steps between. So letters
are smooth, files small and bytes the same on every machine.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from newsroom.pages.headline_setting import Setting, no_wider, set_headline, shortened
from newsroom.pages.typefaces import Face, face

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

RECIPE = 2
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
_PAPER_INK, _ALUMINIUM_INK = (_STEPS - 1, 2 * _STEPS - 1)
_SIGNAL = 2 * _STEPS
_HEADLINE_BOX = (176, 516)
_DESCENT = 0.26
_LARGEST, _LARGEST_UNDER_FIGURE, _EASY = 148, 64, 46
_FIGURE_SIZES, _FIGURE_TOP, _LABEL_HEIGHT = (300, 270, 240, 210, 180, 150), 184, 56
_SMALL = 34


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
    heavy, small = font.read_bytes(), face(text_font.read_bytes(), _SMALL)
    card = _ground(site_name, small).copy()
    _write_dim(card, WIDTH - _MARGIN - round(small.width(date)), 76, date, small)
    small.write(card, _MARGIN + 40, 152, shortened(rubric, small, _MEASURE - 40), _PAPER_INK)
    top, bottom = _HEADLINE_BOX
    if figure:
        huge, headline = _figure_and_headline(figure, figure_label, title, heavy)
        _write_figure(card, figure, huge, figure_label, small)
    else:
        headline = set_headline(title, heavy, measure=_MEASURE, height=bottom - top, largest=_LARGEST)
    _write_headline(card, headline)
    return _png(card, accent)


def card_key(*parts: str) -> str:
    """Name of a card in a cache; ``parts`` are all that ``draw_card`` gets, digests for the faces."""
    import PIL

    return "\0".join(("card", str(RECIPE), PIL.__version__, *parts))


@lru_cache(maxsize=2)
def _ground(site_name: str, small: Face) -> Image.Image:
    """What all cards of a site share: head rule, mark of the rubric, strata, name. To be copied."""
    from PIL import Image, ImageDraw

    card = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(card)
    draw.rectangle((_MARGIN, 92, WIDTH - _MARGIN - 1, 101), fill=_PAPER_INK)
    draw.rectangle((_MARGIN, 128, _MARGIN + 23, 151), fill=_SIGNAL)
    for number, (top, height, _) in enumerate(_STRATA, 1):
        draw.rectangle((0, top, WIDTH, top + height - 1), fill=_SIGNAL + number)
    _write_dim(card, _MARGIN, 76, shortened(site_name, small, _MEASURE * 2 // 3), small)
    return card


def _write_dim(card: Image.Image, x: int, baseline: int, text: str, small: Face) -> None:
    """A line in aluminium, whose steps begin at a ground of their own: that is laid under it."""
    under = (x - 4, baseline - small.size, x + round(small.width(text)) + 4, baseline + small.size // 3)
    card.paste(_STEPS, under)
    small.write(card, x, baseline, text, _ALUMINIUM_INK)


def _write_headline(card: Image.Image, headline: Setting) -> None:
    """The lines with room for descenders at the foot of their box; opening quotes hang in the margin."""
    baseline = _HEADLINE_BOX[1] - round(headline.face.size * _DESCENT)
    for number, line in enumerate(reversed(headline.lines)):
        quote = round(headline.face.width(line[:1])) if line.startswith(("«", "„")) else 0
        x = _MARGIN - min(quote, _MARGIN - _EDGE)
        headline.face.write(card, x, baseline - number * headline.leading, line, _PAPER_INK)


def _write_figure(card: Image.Image, figure: str, huge: Face, label: str, small: Face) -> None:
    """The huge number and its label under it."""
    left, top, bottom = huge.extent(figure)
    huge.write(card, _MARGIN - left, _FIGURE_TOP - top, figure, _PAPER_INK)
    below = _FIGURE_TOP + bottom - top + _LABEL_HEIGHT - 14
    _write_dim(card, _MARGIN, below, shortened(label, small, _MEASURE), small)


def _figure_and_headline(figure: str, label: str, title: str, font: bytes) -> tuple[Face, Setting]:
    """The figure as huge as leaves the headline whole and easy to read."""
    for size in _FIGURE_SIZES:
        huge = no_wider(figure, font, size, _MEASURE)
        _, highest, lowest = huge.extent(figure)
        top = _FIGURE_TOP + lowest - highest + (_LABEL_HEIGHT if label else 0) + 8
        height = _HEADLINE_BOX[1] - top
        headline = set_headline(title, font, measure=_MEASURE, height=height, largest=_LARGEST_UNDER_FIGURE)
        if not headline.cut and headline.face.size >= _EASY:
            break
    return huge, headline


class _PngFile(io.BytesIO):
    """Tells its format by a name: for one told by a word Pillow loads four others besides."""

    name = "card.png"


def _png(card: Image.Image, accent: str) -> bytes:
    card.putpalette(_palette(accent))
    target = _PngFile()
    card.save(target, compress_level=3)  # 6 takes three times as long for a fifth of the size
    return target.getvalue()


@lru_cache(maxsize=2)
def _palette(accent: str) -> bytes:
    """The colours by their numbers: steps to paper, steps to aluminium, the signal, the strata."""
    from PIL import ImageColor

    inks = [_mixed(ink, step) for ink in (_PAPER, _ALUMINIUM) for step in range(_STEPS)]
    colours = [*inks, ImageColor.getrgb(accent)[:3], *(colour for _, _, colour in _STRATA)]
    return bytes(part for colour in colours for part in colour)


def _mixed(ink: tuple[int, int, int], step: int) -> tuple[int, ...]:
    share = step / (_STEPS - 1)
    return tuple(round(low + (high - low) * share) for low, high in zip(_GROUND, ink, strict=True))
