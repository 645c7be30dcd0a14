"""The pictures of a release as a network takes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from newsroom.build.pictures import Measured, PictureError, jpeg, measure
from newsroom.content.attached import Picture
from newsroom.content.types import Release
from newsroom.problems import NewsroomError, Problem
from newsroom.publish.networks.network import Image, Limits

LONGEST_SIDE = 2560
"""Pixels: no network shows more, and every one makes a larger picture smaller itself."""

_QUALITIES = (88, 80, 70, 60)
_SMALLER = 0.8
_LEAST_WIDTH = 160


def ready_images(release: Release, limits: Limits, root: Path) -> tuple[Image, ...]:
    """The lead picture, then those of the gallery, as many as a post may have.

    Made from the files in the content folder ``root``: upright, in sRGB, JPEG, without metadata, within
    all limits; the same bytes each time. Raises NewsroomError for pictures that cannot be read, have
    changed since the site was built, or cannot be made small enough.
    """
    gallery = release.gallery.pictures if release.gallery else ()
    wanted = {picture.digest: picture for picture in (release.image, *gallery) if picture}
    ready: list[Image] = []
    problems: list[Problem] = []
    for number, picture in enumerate([*wanted.values()][: limits.images], 1):
        try:
            data = _ready(root / picture.source, picture, limits)
        except PictureError as error:
            problems.append(_problem(release, picture, error))
        else:
            name = f"{number:02}-{PurePosixPath(picture.source).stem}.jpg"
            ready.append(Image(name=name, media_type="image/jpeg", data=data, alt=picture.alt))
    if problems:
        raise NewsroomError(problems)
    return tuple(ready)


def _ready(source: Path, picture: Picture, limits: Limits) -> bytes:
    measured = measure(source)
    if measured.digest != picture.digest:
        raise PictureError("она изменилась с тех пор, как собран сайт")
    for width, quality in _attempts(measured, limits):
        data = jpeg(source, width, quality)
        if not limits.image_bytes or len(data) <= limits.image_bytes:
            return data
    raise PictureError(f"её не сжать до {limits.image_bytes} байт, которые принимает сеть")


def _attempts(measured: Measured, limits: Limits) -> Iterator[tuple[int, int]]:
    """Widths and qualities, the best first."""
    width = widest(measured, limits)
    yield from ((width, quality) for quality in _QUALITIES)
    while (width := int(width * _SMALLER)) >= min(_LEAST_WIDTH, measured.width // 2) and width:
        yield from ((width, quality) for quality in _QUALITIES[1:])


def widest(measured: Measured, limits: Limits) -> int:
    """The greatest width, in pixels, at which a picture is within the limits; never more than its own."""
    longest = min(LONGEST_SIDE, limits.image_side or LONGEST_SIDE)
    width = measured.width
    while width > 1:
        height = max(1, round(measured.height * width / measured.width))
        if max(width, height) <= longest and (not limits.image_sides or width + height <= limits.image_sides):
            return width
        width -= 1
    return width


def _problem(release: Release, picture: Picture, error: PictureError) -> Problem:
    message = f"картинка «{PurePosixPath(picture.source).name}» не готова для соцсетей: {error}"
    return Problem(release.source, 0, message, "сохраните её заново как JPEG или PNG и соберите сайт")
