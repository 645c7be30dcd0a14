"""Faces to draw with: a file is opened once for each size, a letter measured and drawn once."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image


class Face:
    """A typeface at a size in pixels; ``data`` are the bytes of its file.

    It is set letter by letter, without kerning and ligatures: the library that knows
    them is not on every machine, and cards would then come out other than elsewhere.
    """

    def __init__(self, data: bytes, size: int) -> None:
        from PIL import ImageFont

        basic = ImageFont.Layout.BASIC
        self._font = ImageFont.truetype(io.BytesIO(data), size, layout_engine=basic)
        self._widths: dict[str, int] = {}
        self.size = size

    def width(self, text: str) -> int:
        """Pixels that a line takes."""
        widths = self._widths
        for letter in set(text).difference(widths):
            widths[letter] = round(self._font.getlength(letter))
        return sum([widths[letter] for letter in text])

    def extent(self, text: str) -> tuple[int, int, int]:
        """How far ink hangs out to the left, its top and bottom: pixels from the start of the baseline."""
        left, top, _, bottom = self._font.getbbox(text, anchor="ls")
        return round(left), round(top), round(bottom)

    def write(self, picture: Image.Image, x: int, baseline: int, text: str, value: int) -> None:
        """Set a line in ``value`` on a picture of one byte a point."""
        for letter in text:
            mask, left, top = _drawn(self, letter)
            picture.paste(value, (x + left, baseline + top), mask)
            x += self.width(letter)

    def draw(self, letter: str) -> tuple[Image.Image, int, int]:
        """The letter as a mask, and where its left upper corner lies from the start of the baseline."""
        from PIL import Image, ImageDraw

        left, top, right, bottom = (round(edge) for edge in self._font.getbbox(letter, anchor="ls"))
        mask = Image.new("L", (max(right - left, 1), max(bottom - top, 1)), 0)
        ImageDraw.Draw(mask).text((-left, -top), letter, font=self._font, fill=255, anchor="ls")
        return mask, left, top


@lru_cache(maxsize=128)
def face(data: bytes, size: int) -> Face:
    """The face at a size; to open one costs as much as to measure a hundred words."""
    return Face(data, size)


@lru_cache(maxsize=2048)
def _drawn(at: Face, letter: str) -> tuple[Image.Image, int, int]:
    """About 5 KB each; the same letters at the same thirty sizes make all cards."""
    return at.draw(letter)
