"""How wide a picture stands among others in a row of a gallery.

The policy of the site forbids styles in a page, so the ratio of a picture is told by a class, and
``gallery.css`` knows each of these. A row whose cells are as wide as their ratios has pictures of
one height, and nothing of them is cut off.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from newsroom.content.attached import Picture

SHAPES = (
    40, 43, 47, 50, 53, 56, 60, 63, 67, 71, 75, 80, 85, 90, 95, 100, 106, 112, 119,
    125, 133, 141, 150, 160, 169, 178, 190, 200, 213, 226, 240, 256, 275, 300, 320, 345, 372, 400,
)  # fmt: skip
"""Hundredths: width by height. Those of cameras and films are exact, others at most a twentieth away;
what is narrower or wider than all shows its middle."""

_BETWEEN = tuple((one * other) ** 0.5 for one, other in pairwise(SHAPES))


def shape(picture: Picture) -> int:
    """The nearest of ``SHAPES``."""
    return SHAPES[bisect_left(_BETWEEN, 100 * picture.width / picture.height)]


def are_tall(pictures: Sequence[Picture]) -> bool:
    """Whether most of them are taller than wide: their rows are higher, lest they be stamps on a phone."""
    return 2 * sum(picture.height > picture.width for picture in pictures) > len(pictures)


def thumbnail_sizes(picture: Picture) -> str:
    """The HTML attribute: a landscape is half a phone wide, and a third of the column of a text."""
    ratio = shape(picture) / 100
    return f"(min-width: 40rem) {min(38, 13 * ratio):.0f}rem, {min(100, 31 * ratio):.0f}vw"
