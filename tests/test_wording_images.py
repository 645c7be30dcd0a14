"""Pictures go to networks as small as each wants them, upright, without what a camera wrote into them."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from random import Random

import pytest
from PIL import Image as Pillow

from newsroom.build.pictures import Measured
from newsroom.content.attached import Gallery, Picture
from newsroom.problems import NewsroomError
from newsroom.publish.networks.network import Image, Limits
from newsroom.publish.wording.images import LONGEST_SIDE, ready_images, widest
from tests.sample_library import ROADS, replace

FREE = Limits(text=1, caption=1, images=10)


def drawn(
    root: Path, name: str, width: int, height: int, *, noise: bool = False, lying: bool = False
) -> Picture:
    """A picture among the content; ``lying`` is one that a camera was turned for, with a place in it."""
    image = Pillow.new("RGB", (width, height), (12, 60, 80))
    if noise:
        image = Pillow.frombytes("RGB", (width, height), Random(1).randbytes(width * height * 3))
    exif = Pillow.Exif()
    if lying:
        exif[0x0112], exif[0x010E] = 6, "secret place"
    image.save(root / name, exif=exif)
    digest = hashlib.sha256((root / name).read_bytes()).hexdigest()
    return Picture(
        source=name, digest=digest, url=f"/{name}", width=width, height=height, widths=(), alt=name
    )


def made(root: Path, limits: Limits, *pictures: Picture) -> tuple[Image, ...]:
    gallery = Gallery(pictures=pictures[1:]) if pictures[1:] else None
    return ready_images(replace(ROADS, image=pictures[0], gallery=gallery), limits, root)


def size(image: Image) -> tuple[int, int]:
    with Pillow.open(io.BytesIO(image.data)) as opened:
        return opened.size


def test_the_lead_picture_comes_first_then_the_gallery_each_once_as_many_as_may_be(tmp_path: Path) -> None:
    one, two, three = (drawn(tmp_path, f"{name}.png", 9 + len(name), 9) for name in ("a", "bb", "ccc"))
    expected = ["01-a.jpg", "02-bb.jpg", "03-ccc.jpg"]
    assert expected == [image.name for image in made(tmp_path, FREE, one, two, one, three)]
    assert expected[:2] == [image.name for image in made(tmp_path, replace(FREE, images=2), one, two, three)]
    assert () == made(tmp_path, replace(FREE, images=0), one)
    assert () == ready_images(ROADS, FREE, tmp_path)


def test_a_picture_is_upright_jpeg_with_its_words_and_without_metadata(tmp_path: Path) -> None:
    (image,) = made(tmp_path, FREE, drawn(tmp_path, "a.jpg", 80, 40, lying=True))
    with Pillow.open(io.BytesIO(image.data)) as opened:
        assert ("JPEG", (40, 80), {}) == (opened.format, opened.size, dict(opened.getexif()))
    assert b"secret" not in image.data
    assert ("image/jpeg", "a.jpg") == (image.media_type, image.alt)


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    picture = drawn(tmp_path, "a.jpg", 80, 40)
    assert made(tmp_path, FREE, picture) == made(tmp_path, FREE, picture)


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, (400, 200)),
        ({"image_side": 100}, (100, 50)),
        ({"image_sides": 90}, (60, 30)),
        ({"image_side": 60, "image_sides": 900}, (60, 30)),
    ],
)
def test_a_picture_is_as_large_as_the_network_lets_it_be(
    limits: dict[str, int], expected: tuple[int, int], tmp_path: Path
) -> None:
    (image,) = made(tmp_path, replace(FREE, **limits), drawn(tmp_path, "a.png", 400, 200))
    assert expected == size(image)


@pytest.mark.parametrize(("width", "height"), [(9000, 300), (300, 9000), (7000, 7000), (1, 20000), (30, 20)])
def test_no_side_is_ever_too_long(width: int, height: int) -> None:
    limits = replace(FREE, image_side=1000, image_sides=1100)
    found = widest(Measured(width=width, height=height, digest=""), limits)
    tall = max(1, round(height * found / width))
    assert found <= min(width, 1000)
    assert (found + tall <= 1100 and tall <= 1000) or found == 1
    assert widest(Measured(width=9000, height=9000, digest=""), FREE) == LONGEST_SIDE


@pytest.mark.parametrize("limit", [90_000, 12_000])
def test_a_heavy_picture_becomes_lighter_and_then_smaller(limit: int, tmp_path: Path) -> None:
    (image,) = made(
        tmp_path, replace(FREE, image_bytes=limit), drawn(tmp_path, "a.png", 300, 300, noise=True)
    )
    assert len(image.data) <= limit
    assert (size(image) == (300, 300)) is (limit == 90_000)


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda file: file.write_bytes(file.read_bytes()[:60]), "обрывается или испорчен"),
        (lambda file: file.unlink(), "не читается"),
        (lambda file: Pillow.new("RGB", (9, 9)).save(file), "изменилась с тех пор"),
    ],
)
def test_a_picture_that_cannot_be_sent_is_told(spoil, why: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    picture = drawn(tmp_path, "a.png", 80, 40)
    spoil(tmp_path / "a.png")
    with pytest.raises(NewsroomError, match=rf"2023-12-28-dorogi\.md: картинка «a\.png» .*{why}"):
        made(tmp_path, FREE, picture)


def test_a_picture_that_no_network_would_take_so_heavy_is_told(tmp_path: Path) -> None:
    with pytest.raises(NewsroomError, match="не сжать до 90 байт"):
        made(tmp_path, replace(FREE, image_bytes=90), drawn(tmp_path, "a.png", 80, 40))
