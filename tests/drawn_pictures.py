"""Pictures of nothing, for pages that need some: layers and a circle, drawn by this program."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

_LAYERS = ("#bcd3d8", "#7ca7b0", "#4a818e", "#2c6371", "#17505e", "#8a9a5b", "#c9b458")
_CIRCLE = "#d9480f"


def drawn(size: tuple[int, int], number: int) -> bytes:
    """A JPEG of that width and height in pixels, another one for each number."""
    width, height = size
    image = Image.new("RGB", size, _LAYERS[number % 3])
    draw = ImageDraw.Draw(image)
    for layer, colour in enumerate(_LAYERS):
        left = height * (layer + 3) // 10 + (number * 37 * (layer + 1)) % 40
        right = left - (number * 23 + layer * 31) % 120
        draw.polygon([(0, left), (width, right), (width, height), (0, height)], colour)
    start, radius = width * (number * 3 % 8 + 1) // 10, min(size) // 9
    draw.ellipse([start, height // 6, start + 2 * radius, height // 6 + 2 * radius], _CIRCLE)
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=80)
    return stream.getvalue()
