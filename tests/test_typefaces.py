"""Letters set one by one are the line that Pillow would set at once."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from newsroom.pages.typefaces import face

FONT = Path(__file__).parent.parent / "theme" / "static" / "fonts" / "sofia-sans-condensed-800.woff2"
LINES = ["День Победы", "«Пятилетка» № 12: АУ, ТА — GAVAT, ёж", "713\u00a0206", " ", ""]


@pytest.mark.parametrize("size", [34, 77, 148])
@pytest.mark.parametrize("line", LINES)
def test_a_line_is_set_as_pillow_sets_it(line: str, size: int) -> None:
    data = FONT.read_bytes()
    whole = ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)
    expected, actual = Image.new("L", (2800, 220), 0), Image.new("L", (2800, 220), 0)
    ImageDraw.Draw(expected).text((30, 160), line, font=whole, fill=15, anchor="ls")

    face(data, size).write(actual, 30, 160, line, 15)

    assert expected.tobytes() == actual.tobytes()
    assert whole.getlength(line) == face(data, size).width(line)


def test_the_extent_is_that_of_the_ink() -> None:
    at, picture = face(FONT.read_bytes(), 120), Image.new("L", (600, 300), 0)
    at.write(picture, 50, 200, "Ёж", 255)
    _, top, bottom = at.extent("Ёж")
    box = picture.getbbox()

    assert box
    assert (box[1] - 200, box[3] - 200) == (top, bottom)
