"""Rules of pictures: what is said of them, and how large they are."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from urllib.parse import unquote

from newsroom.check.circumstances import Circumstances, Size
from newsroom.check.manuscript import Manuscript
from newsroom.check.marks import PictureMark
from newsroom.check.rule import Found, rule

NARROWEST = 800
"""Pixels: the theme's widest place for a picture, at the head of a release (captioned.html: 50rem)."""

NARROWEST_IN_TEXT = 704
"""Pixels: the column of a text (BODY_SIZES: 44rem)."""

WIDEST = 6000
"""Pixels of the longer side: what a camera gives; the site's own sizes end at 1600."""

HEAVIEST = 5_000_000
"""Bytes. git keeps every version of a picture forever: 1,530 releases a year are gigabytes already."""

_SAYS_NOTHING = re.compile(
    r"(?:(?:на|без|нет|одно|одна|моё|мое|новое|главное|главная|главный)\s+)?(?:описания|описание|alt|альт|"
    r"фото|фото с мероприятия|фото с события|фото к (?:новости|релизу|тексту)|фоторепортаж|снимки|кадр|"
    r"фотография|фотоснимок|снимок|картинка|изображение|рисунок|иллюстрация|заставка|обложка|афиша|"
    r"img|image|picture|photo|dsc|dscn|pxl|screenshot|скриншот|безымянный|без имени)[\s_\-№\d.()]*",
    re.IGNORECASE,
)


@rule(
    "error",
    "Описание слышит тот, кто не видит снимка; его показывают и вместо снимка, который не загрузился. "
    "Имя файла или слово «фото» не говорит ничего, а повторённая подпись звучит дважды: подпись называет, "
    "кто и где, описание — что видно. Пустое описание не пропустит сама сборка.",
)
def alt(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """A description that repeats the name of the file or the caption, or says that there is a picture."""
    for picture in manuscript.pictures:
        said = picture.alt.strip(" .«»\"'")
        name = PurePosixPath(unquote(picture.src))
        if said and (said.lower() in {name.name.lower(), name.stem.lower()} or _SAYS_NOTHING.fullmatch(said)):
            message = f"описание картинки ничего не говорит: «{said}»"
            yield Found(picture.line, message, "напишите, кто и что на ней видно")
        elif said and _bare(said) == _bare(picture.caption):
            message = f"описание картинки повторяет подпись: «{said}»"
            yield Found(picture.line, message, "опишите, что видно на снимке, а подпись оставьте")


@rule(
    "warning",
    f"Самое широкое место под картинку — {NARROWEST} точек, в тексте — {NARROWEST_IN_TEXT}. Картинку уже "
    "этого браузер растягивает, и она выходит мутной; на резких экранах нужно вдвое больше.",
)
def picture_small(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """A picture narrower than the place it stands in."""
    for picture, size in _measured(manuscript, circumstances):
        least = NARROWEST if picture.line < manuscript.body_line else NARROWEST_IN_TEXT
        if size.width < least:
            message = f"картинка «{picture.src}» узкая: {size.width} точек, а место под неё — {least}"
            yield Found(picture.line, message, "возьмите снимок шире, лучше от 1600 точек")


@rule(
    "warning",
    f"Картинка больше {HEAVIEST // 1_000_000} мегабайт или {WIDEST} точек сайту не пригодится: крупнее 1600 "
    "точек страницы её не показывают. А в хранилище она остаётся навсегда, и её копирует каждый, кто с ним "
    "работает.",
)
def picture_large(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """A picture heavier or larger than any use of it."""
    for picture, size in _measured(manuscript, circumstances):
        if size.bytes > HEAVIEST or max(size.width, size.height) > WIDEST:
            measures = f"{size.width} × {size.height} точек, {size.bytes / 1_000_000:.1f} МБ".replace(
                ".", ","
            )
            message = f"картинка «{picture.src}» велика: {measures}"
            yield Found(picture.line, message, "сохраните её в 2560 точек шириной с качеством JPEG 85")


def _bare(words: str) -> str:
    """The words without marks and capitals."""
    return " ".join(re.findall(r"\w+", words.lower()))


def path_of(manuscript: Manuscript, picture: PictureMark) -> str:
    """The path of a picture from the content folder; "" for one that no file there can have."""
    path = posixpath.normpath(posixpath.join(manuscript.folder, unquote(picture.src)))
    return "" if path.startswith(("/", "..")) or "\0" in path or path == "." else path


def _measured(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[tuple[PictureMark, Size]]:
    """The pictures that can be measured; what is wrong with the others a build tells."""
    for picture in manuscript.pictures:
        path = path_of(manuscript, picture)
        size = circumstances.size(path) if path else None
        if size:
            yield picture, size


RULES = (alt, picture_small, picture_large)
