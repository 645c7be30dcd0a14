"""The many ways a picture's file stores colour, brought to the one the web shows: sRGB."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image


def plain_mode(image: Image.Image) -> Image.Image:
    """Of the many ways to store colour only L, RGB, RGBA and CMYK are left."""
    if image.mode.startswith("I"):  # 16 bits of grey: the upper eight
        return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if image.mode in {"L", "RGB", "RGBA", "CMYK"} and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours as sRGB, which is what a file without a profile means."""
    from PIL import ImageCms

    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    converted = None
    if profile:
        # A broken profile, or one of another colour space, is passed over, as browsers do.
        with suppress(ImageCms.PyCMSError, OSError):
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, given, ImageCms.createProfile("sRGB"), outputMode=mode
            )
    return _without_idle_alpha(converted or image.convert(mode))


def _without_idle_alpha(image: Image.Image) -> Image.Image:
    if image.mode == "RGBA" and image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image
