"""What is served beside the pages: pictures in all sizes, attachments, the magazine's PDF and covers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from newsroom.build.cache import ContentCache
from newsroom.build.pictures import (
    EXTENSIONS,
    PictureError,
    clean_original,
    derivative,
    derivative_key,
    original_key,
)
from newsroom.content.library import Library
from newsroom.content.types import Picture
from newsroom.pages.document import File
from newsroom.problems import NewsroomError, Problem


def files(library: Library, cache: ContentCache) -> Iterator[File]:
    """The bytes of everything that ``addresses`` names; raises NewsroomError on a broken picture."""
    for material in library.materials():
        for picture in material.pictures:
            try:
                yield File(path=_path(picture.url), data=_original(picture, cache))
                yield from _derivatives(picture, cache)
            except PictureError as error:
                message = f"картинка «{picture.source.name}»: {error}"
                remedy = "сохраните её заново как JPEG или PNG"
                raise NewsroomError([Problem(material.source, 0, message, remedy)]) from None
        for attachment in material.files:
            yield File(path=_path(attachment.url), data=attachment.source.read_bytes())
    for issue in library.issues:
        for leaf in issue.leaves:
            yield from _derivatives(leaf.picture, cache)


def addresses(library: Library) -> Iterator[tuple[str, str]]:
    """Source and address of everything that ``files`` gives, without making it."""
    for material in library.materials():
        for picture in material.pictures:
            yield material.source, picture.url
            yield from ((material.source, url) for url in _variants(picture))
        for attachment in material.files:
            yield material.source, attachment.url
    for issue in library.issues:
        for leaf in issue.leaves:
            yield from ((issue.source, url) for url in _variants(leaf.picture))


def sizes(cache: ContentCache) -> Callable[[Picture], int]:
    """A function that tells the bytes of a picture's published original."""
    return lambda picture: len(_original(picture, cache))


def _original(picture: Picture, cache: ContentCache) -> bytes:
    return cache.get(
        original_key(picture.digest), picture.source.suffix, lambda: clean_original(picture.source)
    )


def _derivatives(picture: Picture, cache: ContentCache) -> Iterator[File]:
    for width in picture.widths:
        for extension in EXTENSIONS:
            key = derivative_key(picture.digest, width, extension)
            data = cache.get(key, f".{extension}", partial(derivative, picture.source, width, extension))
            yield File(path=_path(picture.variant(width, extension)), data=data)


def _variants(picture: Picture) -> Iterator[str]:
    for width in picture.widths:
        for extension in EXTENSIONS:
            yield picture.variant(width, extension)


def _path(url: str) -> str:
    return url.lstrip("/")
