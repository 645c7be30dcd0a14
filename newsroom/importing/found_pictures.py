"""Pictures out of documents and old sites, such as a release may have beside it."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Container
from typing import TYPE_CHECKING

from newsroom.build.picture_metadata import PictureError, strip_metadata
from newsroom.build.pictures import MAX_PIXELS
from newsroom.content.slugs import slug

if TYPE_CHECKING:
    from PIL import Image

_SUFFIXES = {"GIF": ".gif", "JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_REDRAWN = frozenset({"BMP", "TIFF", "PPM", "ICO"})
"""Formats that no browser is given: they are saved as PNG, which loses nothing; so is what is cut short."""
_LONGEST_NAME = 40
TOO_LARGE = f"больше {MAX_PIXELS // 10**6} млн точек: уменьшите её"
"""What is told of a picture that the site could not make smaller."""
_BY_A_MACHINE = re.compile(
    r"создан[оа] автоматически|автоматически созданн|automatically generated", re.IGNORECASE
)
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|bmp|tiff?|webp)|(?:рисунок|изображение|картинка|picture|image|img)[\s_\d]*",
    re.IGNORECASE,
)


def for_the_web(data: bytes) -> tuple[bytes, str] | None:
    """The picture in a format that a page can show and the ending of its file's name; None if it is none."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                kind = str(image.format)
                if image.width * image.height > MAX_PIXELS or kind not in _REDRAWN | set(_SUFFIXES):
                    return None
                image.load()
                is_as_it_was = kind in _SUFFIXES and _is_whole(data, kind)
                return (data, _SUFFIXES[kind]) if is_as_it_was else (_as_png(image), ".png")
    except Exception:  # whatever a damaged picture makes of its decoder
        return None


def is_too_large(data: bytes) -> bool:
    """Whether a picture has more pixels than the site can make smaller."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                return image.width * image.height > MAX_PIXELS
    except Image.DecompressionBombError:
        return True
    except Exception:  # whatever a damaged picture makes of its decoder
        return False


def is_pixel(data: bytes) -> bool:
    """Whether a picture is a single point, which stands where another is to be shown later."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            return image.size == (1, 1)
    except Exception:  # whatever a damaged picture makes of its decoder
        return False


def free_name(words: str, suffix: str, taken: Container[str]) -> str:
    """A name of a file made of words that none in the folder has."""
    try:
        stem = slug(words, _LONGEST_NAME)
    except ValueError:
        stem = "kartinka"
    name, number = f"{stem}{suffix}", 2
    while name in taken:
        name, number = f"{stem}-{number}{suffix}", number + 1
    return name


def own_words(alt: str) -> str:
    """A description of a picture that a person has written, else "": no name of a file, none by a machine."""
    words = " ".join(alt.split())
    if _BY_A_MACHINE.search(words) or _FILE_NAME.fullmatch(words) or not re.search(r"[^\W\d_]{2}", words):
        return ""
    return words


def _is_whole(data: bytes, kind: str) -> bool:
    """Whether nothing is missing: Pillow forgives it, the site's own reader of pictures does not."""
    try:
        strip_metadata(data, "JPEG" if kind == "MPO" else kind)
    except PictureError:
        return False
    return True


def _as_png(image: Image.Image) -> bytes:
    target = io.BytesIO()
    mode = image.mode if image.mode in {"1", "L", "LA", "P", "RGB", "RGBA"} else "RGB"
    image.convert(mode).save(target, "PNG")
    return target.getvalue()
