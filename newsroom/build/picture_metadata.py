"""A picture's file without what its maker's devices wrote into it: place, owner, thumbnail, comments.

Works on the container and leaves the compressed picture as it is, byte for byte.
Colour profiles stay: without them the colours would be others. Also the cheapest
proof that a file was not cut short: every container is walked to its end.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping


class PictureError(Exception):
    """The file cannot be published as a picture; the message is for the editor, in Russian."""


def strip_metadata(data: bytes, kind: str) -> bytes:
    """The same picture with nothing but picture in it.

    ``kind`` is JPEG, PNG, WEBP or GIF. Raises PictureError where the file ends
    before the picture does or its parts do not fit together.
    """
    try:
        return b"".join(_STRIPPERS[kind](data))
    except (IndexError, ValueError) as error:
        raise PictureError("файл картинки обрывается или испорчен") from error


def _jpeg(data: bytes) -> Iterator[bytes]:
    """Segments of ITU-T T.81, annex B, without APPn and comments, up to the first end of image.

    What follows the end is dropped too: phones put a second picture or a video there,
    with the place in it.
    """
    yield b"\xff\xd8"
    at = 2
    while data[at + 1] != 0xD9:
        marker = data[at + 1]
        if data[at] != 0xFF:
            raise ValueError("no marker where one must stand")
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        end = at + 2 + _number(data, at + 2, 2, "big")
        if marker == 0xDA:
            end = _scan_end(data, end)
        yield _jpeg_segment(marker, data[at:end])
        at = end
    yield b"\xff\xd9"


_NEXT_SEGMENT = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]", re.DOTALL)


def _scan_end(data: bytes, start: int) -> int:
    """Where the compressed data of a scan end: at a marker other than stuffing and restarts."""
    found = _NEXT_SEGMENT.search(data, start)
    if not found:
        raise ValueError("the scan has no end")
    return found.end() - 2


def _jpeg_segment(marker: int, segment: bytes) -> bytes:
    """The segment as it may be published; empty when it may not."""
    if marker == 0xE0 and segment[4:9] == b"JFIF\0":
        return b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"  # no thumbnail: 0 × 0
    if marker == 0xE2:
        return segment if segment[4:16] == b"ICC_PROFILE\0" else b""
    if marker == 0xEE:  # says whether the colours are CMYK or YCCK
        return segment if segment[4:9] == b"Adobe" else b""
    return b"" if 0xE0 <= marker <= 0xEF or marker == 0xFE else segment


_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD pHYs acTL fcTL fdAT".split()
)


def _png(data: bytes) -> Iterator[bytes]:
    """Chunks of PNG (third edition) that draw the picture; texts, eXIf, times and unknown ones go."""
    yield _PNG_SIGNATURE
    at, name = len(_PNG_SIGNATURE), b""
    while name != b"IEND":
        name = data[at + 4 : at + 8]
        end = at + 12 + _number(data, at, 4, "big")
        if end > len(data):
            raise ValueError("the chunk is longer than the file")
        if name in _PNG_KEPT:
            yield data[at:end]
        at = end


_WEBP_KEPT = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_EXIF_XMP_FLAGS = 0x0C


def _webp(data: bytes) -> Iterator[bytes]:
    """The RIFF file of RFC 9649 without EXIF, XMP and unknown chunks."""
    chunks = b"".join(_webp_chunks(data))
    yield b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP"
    yield chunks


def _webp_chunks(data: bytes) -> Iterator[bytes]:
    at, end = 12, 8 + _number(data, 4, 4, "little")
    if end > len(data):
        raise ValueError("the file is shorter than it says")
    while at < end:
        size = _number(data, at + 4, 4, "little")
        if at + 8 + size > end:
            raise ValueError("the chunk is longer than the file")
        chunk = data[at : at + 8 + size + size % 2]
        if chunk[:4] == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~_WEBP_EXIF_XMP_FLAGS,)) + chunk[9:]
        if chunk[:4] in _WEBP_KEPT:
            yield chunk
        at += len(chunk)


_GIF_EXTENSION, _GIF_IMAGE, _GIF_TRAILER = 0x21, 0x2C, 0x3B
_GIF_TIMING, _GIF_APPLICATION = 0xF9, 0xFF


def _gif(data: bytes) -> Iterator[bytes]:
    """Blocks of GIF89a without comments and applications other than the loop counter."""
    at = 13 + _gif_table(data[10])
    yield data[:at]
    while data[at] != _GIF_TRAILER:
        end = _gif_block_end(data, at)
        if data[at] == _GIF_IMAGE or data[at + 1] == _GIF_TIMING or _is_loop(data, at):
            yield data[at:end]
        at = end
    yield bytes((_GIF_TRAILER,))


def _is_loop(data: bytes, at: int) -> bool:
    return data[at + 1] == _GIF_APPLICATION and data[at + 3 : at + 14] == b"NETSCAPE2.0"


def _gif_table(packed: int) -> int:
    """Bytes of the colour table that these flags announce."""
    return 3 << (packed & 7) + 1 if packed & 0x80 else 0


def _gif_block_end(data: bytes, at: int) -> int:
    if data[at] == _GIF_IMAGE:
        at += 11 + _gif_table(data[at + 9])
    elif data[at] == _GIF_EXTENSION:
        at += 2
    else:
        raise ValueError("not a block")
    while data[at]:
        at += 1 + data[at]
    return at + 1


def _number(data: bytes, at: int, size: int, order: Literal["big", "little"]) -> int:
    field = data[at : at + size]
    if len(field) < size:
        raise ValueError("the file ends inside a number")
    return int.from_bytes(field, order)


_STRIPPERS: Mapping[str, Callable[[bytes], Iterator[bytes]]] = MappingProxyType(
    {"JPEG": _jpeg, "PNG": _png, "WEBP": _webp, "GIF": _gif}
)
