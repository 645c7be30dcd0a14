"""Pictures for the web: measured, cleaned of metadata, made in other sizes and formats.

Knows bytes and paths only. Everything here is a function of the source's bytes;
who wants to keep the results asks ``derivative_key`` for their name in a cache.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from newsroom.build.picture_colours import in_srgb, plain_mode
from newsroom.build.picture_metadata import PictureError, strip_metadata
from newsroom.build.scan import DIGEST_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL import Image

__all__ = [
    "EXTENSIONS", "WIDTHS", "Measured", "PictureError",
    "clean_original", "derivative", "derivative_key", "jpeg", "measure",
    "original_key", "widths_for",
]  # fmt: skip

WIDTHS = (480, 960, 1600)
"""Widths in pixels: a phone's column, the same on a sharp screen, the widest column doubled."""

EXTENSIONS = ("avif", "webp", "jpg")
"""What derivatives are made in, the lightest first."""

RECIPE = 1
"""Raise when derivatives or cleaned originals of the same source come out other than before."""

MAX_PIXELS = 80_000_000
"""A picture larger than that is a mistake or an attack: unpacked it takes a quarter of a gigabyte."""

_KINDS = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP", ".gif": "GIF"}
_SIGNATURES = ((b"\xff\xd8\xff", "JPEG"), (b"\x89PNG\r\n\x1a\n", "PNG"), (b"GIF8", "GIF"))
_ORIENTATION = 0x0112  # the tag of Exif 3.0, 4.6.5
_NEAR = 1.2


class Measured(Struct, frozen=True, kw_only=True):
    """``width`` and ``height`` in pixels as the picture is shown; ``digest`` is the file's SHA-256 in hex."""

    width: int
    height: int
    digest: str

    @property
    def content(self) -> bytes:
        """What ``scan.content_digest`` gives for the file."""
        return bytes.fromhex(self.digest)[:DIGEST_SIZE]


def measure(source: Path) -> Measured:
    """Size and digest of a picture, without unpacking it.

    Raises PictureError for what is no picture, is cut short, is too large, or
    is named as another format than it is.
    """
    data = _read(source)
    strip_metadata(data, _kind(data, source))
    with _opened(data) as image:
        width, height = _shown_size(image)
    return Measured(width=width, height=height, digest=hashlib.sha256(data).hexdigest())


def widths_for(width: int) -> tuple[int, ...]:
    """Widths of the derivatives of a picture ``width`` pixels wide, ascending; never wider than it.

    The picture's own width is the last one where a standard width is not near.
    """
    widths = tuple(each for each in WIDTHS if each <= width)
    if len(widths) < len(WIDTHS) and (not widths or width > widths[-1] * _NEAR):
        widths += (width,)
    return widths


def clean_original(source: Path) -> bytes:
    """The picture for download: same format, no metadata but the colour profile.

    Upright pictures keep their compressed data untouched. Those a camera marked as
    lying are turned and, for JPEG, compressed again at quality 95: without the
    mark nobody would know how to hold them.
    """
    data = _read(source)
    kind = _kind(data, source)
    clean = strip_metadata(data, kind)
    with _opened(data) as image:
        if _orientation(image) == 1:
            return clean
        kept = {name: image.info.get(name) for name in ("icc_profile", "transparency")}
        return _encoded(_turned(image, _orientation(image)), kind, quality=95, **kept)


def derivative_key(digest: str, width: int, extension: str) -> str:
    """Name of a derivative in a cache; another version of the encoders gives another name."""
    import PIL

    return f"picture {RECIPE} {PIL.__version__} {digest} {width} {extension}"


def original_key(digest: str) -> str:
    """Name of a cleaned original in a cache; those that were turned depend on the encoders too."""
    return derivative_key(digest, 0, "original")


def derivative(source: Path, width: int, extension: str) -> bytes:
    """The picture ``width`` pixels wide as avif, webp or jpg: upright, in sRGB, without metadata.

    Of an animation the first frame. Equal bytes for equal sources. Raises PictureError.
    """
    data = _read(source)
    drawn = _kind(data, source) in {"PNG", "GIF"}
    with _opened(data) as image:
        return _ENCODERS[extension](_prepared(image, width), drawn)


def jpeg(source: Path, width: int, quality: int) -> bytes:
    """As ``derivative`` makes a jpg, at this quality (1–95): for those who take it only so large."""
    data = _read(source)
    drawn = _kind(data, source) in {"PNG", "GIF"}
    with _opened(data) as image:
        return _jpeg(_prepared(image, width), drawn, quality)


def _read(source: Path) -> bytes:
    try:
        return source.read_bytes()
    except OSError as error:
        raise PictureError("файл картинки не читается") from error


def _kind(data: bytes, source: Path) -> str:
    """JPEG, PNG, WEBP or GIF by the first bytes, which must agree with the file's name."""
    kind = next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        kind = "WEBP"
    if not kind:
        raise PictureError("это не картинка JPEG, PNG, WebP или GIF")
    if _KINDS.get(source.suffix.lower()) != kind:
        raise PictureError(f"файл назван «{source.suffix}», а внутри {kind}")
    return kind


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture in these bytes, opened but not unpacked; its faults become PictureError."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP", "GIF"))
        if image.width * image.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        with image:
            yield image
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureError(f"картинка больше {MAX_PIXELS // 1_000_000} мегапикселей") from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
        raise PictureError("файл картинки обрывается или испорчен") from error


def _orientation(image: Image.Image) -> int:
    """1 for upright, else 2–8 as in Exif; only what a browser honours, so not XMP."""
    from PIL import Image

    tags = Image.Exif()
    try:
        tags.load(image.info.get("exif", b""))
        found = int(tags.get(_ORIENTATION, 1))
    except (SyntaxError, ValueError, TypeError, LookupError, struct.error):  # nonsense, as browsers see it
        return 1
    return found if 1 <= found <= 8 else 1


def _shown_size(image: Image.Image) -> tuple[int, int]:
    width, height = image.size
    return (height, width) if _orientation(image) >= 5 else (width, height)


def _turned(image: Image.Image, orientation: int) -> Image.Image:
    """The picture upright, with an empty ``info``: what stands there would be written into files."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE, 6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE, 8: Transpose.ROTATE_90,
    }  # fmt: skip
    turn = turns.get(orientation)
    upright = image.copy() if turn is None else image.transpose(turn)
    upright.info = {}
    return upright


def _prepared(image: Image.Image, width: int) -> Image.Image:
    """Unpacked, smaller, upright, RGB or RGBA in sRGB, with an empty ``info``."""
    from PIL.Image import Resampling

    orientation = _orientation(image)
    shown_width, shown_height = _shown_size(image)
    height = max(1, round(shown_height * width / shown_width))
    size = (height, width) if orientation >= 5 else (width, height)
    # Twice as large as needed is enough to scale from, and JPEG unpacks to it many times faster.
    image.draft(None, (size[0] * 2, size[1] * 2))
    scaled = plain_mode(image).resize(size, Resampling.LANCZOS, reducing_gap=3.0)
    return _turned(in_srgb(scaled, image.info.get("icc_profile")), orientation)


def _encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def _avif(image: Image.Image, drawn: bool) -> bytes:
    """Quality 55 equals JPEG 80 to the eye at half its size.

    Speed 6 is where time stops buying size for photographs: 4 takes eight times as
    long for the same bytes, 8 is hardly faster and a third larger. Drawings and
    pages of text compress four times faster at 8, and stay well under WebP.
    One thread, because libaom gives other bytes for another number of threads.
    """
    subsampling, speed = ("4:4:4", 8) if drawn else ("4:2:0", 6)
    return _encoded(image, "AVIF", quality=55, speed=speed, subsampling=subsampling, max_threads=1)


def _webp(image: Image.Image, drawn: bool) -> bytes:
    """Quality 78 equals JPEG 80; method 6 doubles the time for one percent."""
    return _encoded(image, "WEBP", quality=84 if drawn else 78, method=4, use_sharp_yuv=drawn)


def _jpeg(image: Image.Image, drawn: bool, quality: int = 80) -> bytes:
    """Progressive, for readers without WebP; transparent places become paper."""
    from PIL import Image

    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image).convert("RGB")
    options = {"quality": quality, "subsampling": "4:4:4" if drawn else "4:2:0"}
    try:
        return _encoded(image, "JPEG", progressive=True, optimize=True, **options)
    except OSError:  # more bytes than pixels, as noise has: Pillow reserves no more for these two
        return _encoded(image, "JPEG", **options)


_ENCODERS = {"avif": _avif, "webp": _webp, "jpg": _jpeg}
