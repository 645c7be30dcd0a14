"""Draws theme/root/favicon.ico, the mark of favicon.svg for programs that know no SVG.

python tools/favicon.py
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image, ImageDraw

THEME = Path(__file__).parent.parent / "theme"
SIZES = (16, 32, 48)
_SCALE = 24
_PATH = re.compile(r'<path d="([^"]*)" fill="([^"]*)"/>')
_RECTANGLE = re.compile(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)")


def make_icon() -> bytes:
    """The rectangles of the SVG as an ICO of three sizes; the light scheme's colours."""
    svg = (THEME / "static/favicon.svg").read_text("utf-8")
    side = int(re.findall(r'viewBox="0 0 (\d+)', svg)[0])
    large = Image.new("RGBA", (side * _SCALE, side * _SCALE))
    draw = ImageDraw.Draw(large)
    for path, fill in _PATH.findall(svg):
        for found in _RECTANGLE.findall(path):
            x, y, width, height = (round(float(number) * _SCALE) for number in found)
            draw.rectangle((x, y, x + width - 1, y + height - 1), fill=fill)
    buffer = io.BytesIO()
    pictures = [large.resize((size, size), Image.Resampling.LANCZOS) for size in SIZES]
    pictures[-1].save(
        buffer,
        "ICO",
        sizes=[(size, size) for size in SIZES],
        append_images=pictures[:-1],
        bitmap_format="bmp",
    )
    return buffer.getvalue()


if __name__ == "__main__":
    (THEME / "root").mkdir(exist_ok=True)
    (THEME / "root/favicon.ico").write_bytes(make_icon())
