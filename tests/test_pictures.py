"""Pictures as cameras, phones and editors really leave them."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

from newsroom.build import pictures
from newsroom.build.pictures import Measured, PictureError

SECRET = "Vladelets-kamery"
PLACE = {1: "N", 2: (56.0, 9.0, 4.0), 3: "E", 4: (101.0, 38.0, 2.0)}
XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><o>{SECRET}</o></x:xmpmeta>".encode()
TRACES = (SECRET.encode(), b"Exif\0\0", b"xmpmeta", b"Photoshop 3.0", b"tEXt", b"eXIf", b"EXIF", b"XMP ")


def scene(mode: str = "RGB", size: tuple[int, int] = (640, 400)) -> Image.Image:
    """Red on the left, blue on the right, a gradient below: enough to see turns and colours."""
    image = Image.new("RGB", size, (200, 30, 30))
    draw = ImageDraw.Draw(image)
    draw.rectangle((size[0] // 2, 0, *size), fill=(20, 40, 190))
    for x in range(0, size[0], 4):
        draw.rectangle((x, size[1] * 3 // 4, x + 3, size[1]), fill=(x * 255 // size[0],) * 3)
    return image.convert(mode)


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x013B] = SECRET
    tags.get_ifd(0x8825).update(PLACE)
    return tags


def iptc() -> bytes:
    """The segment Photoshop and picture agencies write captions and authors into."""
    record = b"\x1c\x02\x50" + len(SECRET).to_bytes(2, "big") + SECRET.encode()
    body = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(record).to_bytes(4, "big") + record
    return b"\xff\xed" + (len(body) + 2).to_bytes(2, "big") + body


def jpeg_with_everything(path: Path, orientation: int = 1, **options: Any) -> Path:
    target = io.BytesIO()
    scene().save(target, "JPEG", exif=exif(orientation), comment=SECRET, xmp=XMP, quality=90, **options)
    data = target.getvalue()
    path.write_bytes(data[:2] + iptc() + data[2:] + b"\0\0ftypmp42" + SECRET.encode())
    return path


def plain_jpeg(path: Path) -> Path:
    scene().save(path, quality=90)
    return path


def photo(path: Path) -> Path:
    return jpeg_with_everything(path)


def progressive(path: Path) -> Path:
    return jpeg_with_everything(path, progressive=True)


def lying_photo(path: Path) -> Path:
    return jpeg_with_everything(path, orientation=6)


def phone_pair(path: Path) -> Path:
    second = scene(size=(64, 40))
    scene().save(path, "MPO", save_all=True, append_images=[second], exif=exif())
    return path


def cmyk(path: Path) -> Path:
    scene("CMYK").save(path, exif=exif(), comment=SECRET)
    return path


def grey(path: Path) -> Path:
    scene("L").save(path, comment=SECRET)
    return path


def png_with_texts(path: Path, image: Image.Image | None = None, orientation: int = 1) -> Path:
    info = PngInfo()
    info.add_text("Author", SECRET)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    (image or scene()).save(path, pnginfo=info, exif=exif(orientation))
    return path


def lying_png(path: Path) -> Path:
    return png_with_texts(path, orientation=8)


def transparent_palette(path: Path) -> Path:
    image = scene("P")
    image.info["transparency"] = image.getpixel((0, 0))
    return png_with_texts(path, image)


def half_transparent(path: Path) -> Path:
    image = scene("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return png_with_texts(path, image)


def grey_with_alpha(path: Path) -> Path:
    return png_with_texts(path, scene("LA"))


def sixteen_bits(path: Path) -> Path:
    levels = scene("L").convert("I").point(lambda level: level * 257)
    return png_with_texts(path, levels.convert("I;16"))


def black_and_white(path: Path) -> Path:
    return png_with_texts(path, scene("1"))


def webp_with_everything(path: Path) -> Path:
    scene().save(path, exif=exif(), xmp=XMP)
    return path


def lying_webp(path: Path) -> Path:
    scene().save(path, exif=exif(3), xmp=XMP)
    return path


def animation(path: Path) -> Path:
    second = scene().transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    options: dict[str, Any] = {"comment": SECRET} if path.suffix == ".gif" else {"exif": exif()}
    scene().save(path, save_all=True, append_images=[second], duration=200, loop=0, **options)
    return path


Maker = Callable[[Path], Path]
UPRIGHT: list[tuple[str, Maker]] = [
    ("plain.jpg", plain_jpeg),
    ("photo.jpg", photo),
    ("progressive.jpeg", progressive),
    ("phone-pair.jpg", phone_pair),
    ("cmyk.jpg", cmyk),
    ("grey.jpg", grey),
    ("texts.png", png_with_texts),
    ("palette.png", transparent_palette),
    ("alpha.png", half_transparent),
    ("grey-alpha.png", grey_with_alpha),
    ("sixteen.png", sixteen_bits),
    ("black-and-white.png", black_and_white),
    ("camera.webp", webp_with_everything),
    ("animation.gif", animation),
    ("animation.webp", animation),
]
LYING: list[tuple[str, Maker]] = [
    ("lying.JPG", lying_photo),
    ("lying.png", lying_png),
    ("lying.webp", lying_webp),
]
upright = pytest.mark.parametrize(("name", "make"), UPRIGHT)
every = pytest.mark.parametrize(("name", "make"), UPRIGHT + LYING)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def pixel(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    found = image.convert("RGB").getpixel((int(image.width * x), int(image.height * y)))
    assert isinstance(found, tuple)
    return found


def is_near(expected: tuple[int, ...], actual: tuple[int, ...], by: int = 24) -> bool:
    return all(abs(one - other) <= by for one, other in zip(expected, actual, strict=True))


def test_a_picture_is_measured_as_it_is_shown(tmp_path: Path) -> None:
    upright, lying = photo(tmp_path / "a.jpg"), lying_photo(tmp_path / "b.jpg")
    sizes = [(found.width, found.height) for found in (pictures.measure(upright), pictures.measure(lying))]
    assert [(640, 400), (400, 640)] == sizes


def test_the_digest_is_the_files_sha256(tmp_path: Path) -> None:
    path = tmp_path / "dot.gif"
    path.write_bytes(b"GIF89a\1\0\1\0\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert Measured(width=1, height=1, digest=digest) == pictures.measure(path)


@pytest.mark.parametrize(
    ("width", "expected"),
    [
        (1, (1,)),
        (300, (300,)),
        (480, (480,)),
        (500, (480,)),
        (700, (480, 700)),
        (960, (480, 960)),
        (1100, (480, 960)),
        (1400, (480, 960, 1400)),
        (1599, (480, 960, 1599)),
        (1600, (480, 960, 1600)),
        (6000, (480, 960, 1600)),
    ],
)
def test_derivatives_are_never_wider_than_the_picture(width: int, expected: tuple[int, ...]) -> None:
    assert expected == pictures.widths_for(width)


@every
def test_no_metadata_is_left_in_the_original(tmp_path: Path, name: str, make: Maker) -> None:
    clean = pictures.clean_original(make(tmp_path / name))
    assert [] == [trace for trace in TRACES if trace in clean]
    assert {} == dict(opened(clean).getexif())


@upright
def test_the_original_keeps_every_pixel_and_frame(tmp_path: Path, name: str, make: Maker) -> None:
    source = make(tmp_path / name)
    after = opened(pictures.clean_original(source))
    with Image.open(source) as before:
        frames = 1 if name == "phone-pair.jpg" else getattr(before, "n_frames", 1)
        assert frames == getattr(after, "n_frames", 1)
        assert (before.mode, before.tobytes()) == (after.mode, after.tobytes())


@every
def test_a_clean_original_is_clean_already(tmp_path: Path, name: str, make: Maker) -> None:
    clean = pictures.clean_original(make(tmp_path / name))
    again = tmp_path / f"again-{name}"
    again.write_bytes(clean)
    assert clean == pictures.clean_original(again)


@pytest.mark.parametrize(
    ("name", "make", "red", "blue"),
    [
        ("lying.jpg", lying_photo, (0.4, 0.2), (0.4, 0.7)),
        ("lying.png", lying_png, (0.4, 0.8), (0.4, 0.2)),
        ("lying.webp", lying_webp, (0.8, 0.5), (0.2, 0.5)),
    ],
)
def test_a_lying_picture_is_turned_upright_everywhere(
    tmp_path: Path, name: str, make: Maker, red: tuple[float, float], blue: tuple[float, float]
) -> None:
    source = make(tmp_path / name)
    for data in (pictures.clean_original(source), pictures.derivative(source, 200, "webp")):
        image = opened(data)
        assert is_near((200, 30, 30), pixel(image, *red))
        assert is_near((20, 40, 190), pixel(image, *blue))


def test_a_turned_palette_keeps_its_transparency(tmp_path: Path) -> None:
    image = scene("P")
    image.save(tmp_path / "a.png", transparency=image.getpixel((0, 0)), exif=exif(3))
    clean = opened(pictures.clean_original(tmp_path / "a.png")).convert("RGBA")
    assert 0 == clean.getchannel("A").getpixel((clean.width - 1, clean.height - 1))


@pytest.mark.parametrize("extension", pictures.EXTENSIONS)
@every
def test_a_derivative_has_its_size_and_no_metadata(
    tmp_path: Path, name: str, make: Maker, extension: str
) -> None:
    source = make(tmp_path / name)
    data = pictures.derivative(source, 160, extension)
    image = opened(data)
    measured = pictures.measure(source)
    assert (160, round(measured.height * 160 / measured.width)) == image.size
    assert {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[extension] == image.format
    assert [] == [trace for trace in TRACES if trace in data]
    assert {} == dict(image.getexif())
    assert "icc_profile" not in image.info or not image.info["icc_profile"]
    assert data == pictures.derivative(source, 160, extension)


@pytest.mark.parametrize("extension", pictures.EXTENSIONS)
@pytest.mark.parametrize(
    ("name", "make"),
    [case for case in UPRIGHT if case[0] in {"photo.jpg", "cmyk.jpg", "texts.png", "animation.gif"}],
)
def test_a_derivative_keeps_the_colours(tmp_path: Path, name: str, make: Maker, extension: str) -> None:
    image = opened(pictures.derivative(make(tmp_path / name), 160, extension))
    assert is_near((200, 30, 30), pixel(image, 0.2, 0.3))
    assert is_near((20, 40, 190), pixel(image, 0.8, 0.3))


def test_sixteen_bits_of_grey_become_eight(tmp_path: Path) -> None:
    image = opened(pictures.derivative(sixteen_bits(tmp_path / "a.png"), 320, "webp"))
    expected = scene("L").convert("RGB")
    for place in ((0.2, 0.3), (0.8, 0.3), (0.5, 0.9)):
        assert is_near(pixel(expected, *place), pixel(image, *place), by=8)


def test_transparency_stays_where_the_format_has_it_and_is_paper_in_jpeg(tmp_path: Path) -> None:
    source = tmp_path / "a.png"
    Image.new("RGBA", (600, 400), (0, 0, 0, 0)).save(source)
    assert ["RGBA", "RGBA"] == [
        opened(pictures.derivative(source, 100, extension)).mode for extension in ("avif", "webp")
    ]
    assert is_near((255, 255, 255), pixel(opened(pictures.derivative(source, 100, "jpg")), 0.5, 0.5), by=1)


def test_colours_of_another_profile_are_converted(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    for number, profile in enumerate([lab.tobytes(), b"not a profile"]):
        source = tmp_path / f"{number}.jpg"
        scene().save(source, icc_profile=profile, quality=90)
        image = opened(pictures.derivative(source, 160, "jpg"))
        assert is_near((200, 30, 30), pixel(image, 0.2, 0.3))
        assert profile == opened(pictures.clean_original(source)).info["icc_profile"]


def broken(path: Path, make: Maker, keep: float) -> Path:
    data = make(path).read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    return path


def test_a_text_is_not_a_picture(tmp_path: Path) -> None:
    source = tmp_path / "a.jpg"
    source.write_text("это письмо")
    with pytest.raises(PictureError, match="это не картинка JPEG, PNG, WebP или GIF"):
        pictures.measure(source)


def test_a_missing_file_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="не читается"):
        pictures.measure(tmp_path / "a.jpg")


def test_a_name_of_another_format_is_told_of(tmp_path: Path) -> None:
    source = tmp_path / "a.png"
    source.write_bytes(photo(tmp_path / "a.jpg").read_bytes())
    with pytest.raises(PictureError, match=r"файл назван «\.png», а внутри JPEG"):
        pictures.measure(source)


@pytest.mark.parametrize("keep", [0.01, 0.3, 0.9])
@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.jpg", plain_jpeg),
        ("a.png", png_with_texts),
        ("a.webp", webp_with_everything),
        ("a.gif", animation),
    ],
)
def test_a_file_cut_short_is_told_of(tmp_path: Path, name: str, make: Maker, keep: float) -> None:
    source = broken(tmp_path / name, make, keep)
    for job in (pictures.measure, pictures.clean_original):
        with pytest.raises(PictureError, match="обрывается или испорчен"):
            job(source)
    if name != "a.gif":  # its first frame may be whole
        with pytest.raises(PictureError, match="обрывается или испорчен"):
            pictures.derivative(source, 100, "webp")


def test_a_file_of_noise_with_the_right_beginning_is_told_of(tmp_path: Path) -> None:
    for name, start in (
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.gif", b"GIF89a"),
    ):
        (tmp_path / name).write_bytes(start + bytes(range(256)) * 4)
        with pytest.raises(PictureError):
            pictures.measure(tmp_path / name)


@pytest.mark.parametrize("size", [(9_000, 9_000), (10_000, 10_000), (30_000, 30_000)])
def test_a_picture_that_would_fill_the_memory_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    source = tmp_path / "bomb.png"
    Image.new("1", (8, 8)).save(source)
    data = source.read_bytes()
    header = b"IHDR" + struct.pack(">II", *size) + data[24:29]
    source.write_bytes(data[:12] + header + struct.pack(">I", zlib.crc32(header)) + data[33:])
    with pytest.raises(PictureError, match="больше 80 мегапикселей"):
        pictures.measure(source)


def test_a_key_names_all_that_the_bytes_depend_on() -> None:
    import PIL

    keys = {pictures.derivative_key(digest, width, "avif") for digest in ("a", "b") for width in (480, 960)}
    assert 4 == len(keys)
    assert all(PIL.__version__ in key for key in keys)
