"""The pictures that a header names, in whatever field and form, and where each stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from newsroom.check.marks import PictureMark
from newsroom.content.plain_yaml import Location
from newsroom.content.schema import GALLERY_PICTURE

Header = Mapping[str, Any]
Line = Callable[[Location], int]
"""The line of a place in the header."""


def header_pictures(header: Header, line: Line) -> Iterator[PictureMark]:
    """Those of any field, those of the gallery, the poster of the video."""
    yield from _within({name: value for name, value in header.items() if name != "gallery"}, (), line)
    yield from gallery_pictures(header, line)
    video = header.get("video")
    if isinstance(video, dict) and isinstance(video.get("poster"), str):
        yield _mark({**video, "src": video["poster"]}, line(("video", "poster")))


def gallery_pictures(header: Header, line: Line) -> Iterator[PictureMark]:
    """The pictures of the gallery, whichever way they are written."""
    gallery = header.get("gallery")
    given = gallery if isinstance(gallery, dict) else {}
    listed = given.get("pictures")
    for number, written in enumerate(listed if isinstance(listed, list) else ()):
        row = GALLERY_PICTURE.in_full(written)
        if isinstance(row, dict):
            place = line(("gallery", "pictures", number, "src"))
            yield _mark({"caption": given.get("caption")} | row, place)


def _within(value: Any, location: Location, line: Line) -> Iterator[PictureMark]:
    if isinstance(value, dict) and isinstance(value.get("src"), str):
        yield _mark(value, line((*location, "src")))
    elif isinstance(value, dict | list):
        for name, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _within(part, (*location, name), line)


def _mark(picture: Header, line: int) -> PictureMark:
    return PictureMark(line, *(_text(picture.get(name)) for name in ("src", "alt", "caption", "author")))


def _text(value: Any) -> str:
    """A value as a text of one line; empty if it is none."""
    return " ".join(value.split()) if isinstance(value, str) else ""
