"""The city's own material and, beside it, what it happens to lack: every kind of page, every component.

All that is added is synthetic and says so. Whoever makes a new kind of page or a component adds an
example here, so that every look in a browser meets it.
"""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

from newsroom.audit.kinds import KINDS
from newsroom.content.posts import write_posts
from tests import notices, pdf_files
from tests.conftest import TinySite
from tests.drawn_pictures import drawn

ROOT = Path(__file__).parent.parent

MODEL_KINDS = tuple(kind for kind in KINDS if kind.name != "changes")
"""The kinds of pages it has; only a history of git makes others."""
LONGEST = (
    "О внесении изменений в порядок предоставления мер социальной поддержки многодетным семьям "
    "и проведении общегородского дня благоустройства"
)
SHAPES = ((960, 640), (640, 960), (960, 720), (960, 540), (800, 800), (960, 300), (600, 800), (960, 640))
"""Widths and heights in pixels: landscapes, portraits, a square, a panorama."""


def write_model_city(tiny: TinySite) -> None:
    """The material of the model city in the folder of ``tiny``."""
    shutil.copytree(ROOT / "content", tiny.content, dirs_exist_ok=True)
    _release(tiny, "2024-02-01-samy-dlinny-zagolovok", title=LONGEST, summary=LONGEST)
    _release(
        tiny, "2024-02-02-otozvanny-reliz", status="withdrawn", withdrawal_reason="Показ отозванного релиза"
    )
    # All of a release in one: what looks at the longest page of a kind then sees it.
    _gallery(tiny, "2024-05-11-pokazatelnaya-galereya", SHAPES, FOREIGN, attachments=_files(tiny))
    _gallery(tiny, "2023-06-02-pokazatelnye-risunki", SHAPES[:4])
    _videos(tiny)
    tiny.write("emergency.yaml", notices.file(*_notices()))
    # The example of all in one has posts as well, in all its networks.
    addresses = {
        "vk-administratsiya": "https://vk.example/wall-1_2",
        "telegram-mer": "https://t.example/mer/3",
        "ok-administratsiya": "https://ok.example/topic/4",
    }
    write_posts(tiny.content, "2024-05", {"2024-05-11-pokazatelnaya-galereya": addresses})


def _notices() -> list[dict[str, Any]]:
    """A danger that counts at the hour of the model city, a drill, and one that is over."""
    hours = {"effective": "2026-11-23 09:00", "expires": "2026-11-24 09:00"}
    past = {"effective": "2026-05-01 09:00", "expires": "2026-05-02 09:00"}
    return [
        notices.notice("2026-05-01-proverka", severity="средняя", **past),
        notices.notice("2026-11-23-veter", headline=f"Учебный ветер. {LONGEST}"[:160], **hours),
        notices.notice("2026-11-23-ucheniya", status="учения", severity="низкая", **hours),
    ]


def _gallery(
    tiny: TinySite, id: str, shapes: tuple[tuple[int, int], ...], body: str = "", **header: str
) -> None:
    """A release with drawn pictures, which stands in the coverage of an event as well."""
    rows = []
    for number, size in enumerate(shapes, 1):
        name = f"{id[11:]}-{number}.jpg"
        tiny.write(f"releases/{id[:4]}/{id[5:7]}/{name}", drawn(size, number + int(id[:4])))
        rows.append(f"    - {name}: Полосы и круг, рисунок {number} для проверки страниц")
    rows[1] += "\n      caption: Своя подпись у одного рисунка\n      author: 'Рисунок: другая программа'"
    told = ["", "  author: 'Рисунок: программа проверки'", "  caption: Рисунки сделаны для проверки страниц"]
    gallery = "\n".join([*told, "  pictures:", *rows])
    _release(tiny, id, body, event="den-goroda", gallery=gallery, **header)


VIDEOS = {
    "2024-02-05-video-s-zastavkoy": {
        "video": "{title: Показательное видео, address: 'https://vkvideo.ru/video-1_2', "
        "poster: zastavka.jpg, alt: Полосы тёмной воды, author: 'Рисунок: показательный'}",
        "transcript": "pokaz.transcript.md",
    },
    "2024-02-06-video-bez-zastavki": {
        "video": f"{{title: '{LONGEST}', address: 'https://rutube.ru/video/{'0123456789abcdef' * 2}/'}}",
        "text_later": "Расшифровка готовится",
    },
    "2024-02-07-video-faylom": {
        "video": "{title: Показательное видео, file: film.webm, captions: film.vtt, "
        "poster: zastavka.jpg, alt: Полосы тёмной воды}",
    },
}
"""Releases with videos: on another site with a poster and without, and a file of our own."""


def _videos(tiny: TinySite) -> None:
    for id, header in VIDEOS.items():
        _release(tiny, id, title=f"Показательный релиз {id[11:]}", **header)
    tiny.write("releases/2024/02/pokaz.transcript.md", "Голос: вода прибывает.\n")
    shutil.copy(ROOT / "tests/model_film.webm", tiny.content / "releases/2024/02/film.webm")
    tiny.write("releases/2024/02/film.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nВода прибывает.\n")
    tiny.write("releases/2024/02/film.transcript.md", "Голос: вода прибывает.\n")
    tiny.write("releases/2024/02/zastavka.jpg", _poster())
    tiny.write(
        "broadcasts/2024/pokazatelny-efir.md",
        "---\ntitle: Показательный эфир\nstart: 2024-02-08 18:00\nstate: recorded\n"
        "video: https://ok.ru/video/1234567890\ntext_later: Расшифровка готовится\n---\n"
        "Этот эфир придуман для проверки страниц.\n",
    )


def _files(tiny: TinySite) -> str:
    """Files with their texts, as ``attachments``: a scan, a PDF with words of its own, a recording."""
    titled = {"skan.pdf": "Показательный скан", "slova.pdf": "Показательный файл", "golos.mp3": "Запись"}
    folder = "releases/2024/05"
    tiny.write(f"{folder}/skan.pdf", pdf_files.scan(2))
    tiny.write(f"{folder}/skan.transcript.md", TWIN)
    tiny.write(f"{folder}/slova.pdf", pdf_files.document([["First page"], ["Second page"]]))
    tiny.write(f"{folder}/golos.mp3", b"synthetic")
    tiny.write(f"{folder}/golos.txt", "Голос: вода прибывает.\n\nШум воды.\n")
    return f"[{', '.join(f'{{file: {name}, title: {title}}}' for name, title in titled.items())}]"


FOREIGN = """\
Проект [Model City Week]{lang=en} показывает слова внутри строки.

This paragraph was written for a test of pages and tells of nothing in any city.
{lang=en}

> Энэ догол мөр хуудас шалгахад зориулагдсан.
> {lang=mn}
"""
TWIN = """\
## О порядке проверки страниц

Этот текст повторяет то, чего на снимке бумаги не видит программа:

1. [Model order]{lang=en} — показательный порядок.
2. Таблица читается по строкам.

| Что | Сколько |
|---|---:|
| Страниц | 2 |
"""


def _poster() -> bytes:
    from PIL import Image, ImageDraw

    picture, buffer = Image.new("RGB", (1600, 900), "#bcd3d8"), io.BytesIO()
    brush = ImageDraw.Draw(picture)
    for number, colour in enumerate(("#7ca7b0", "#4a818e", "#2c6371", "#17505e", "#06303b")):
        brush.rectangle((0, 380 + 110 * number, 1600, 900), fill=colour)
    picture.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def _release(tiny: TinySite, id: str, body: str = "", **header: str) -> None:
    text = "Этот текст написан для проверки страниц и ни о чём в городе не сообщает.\n"
    fields = {"rubric": "plany", "department": "press-sluzhba", **header}
    fields.setdefault("title", "Показательный релиз для проверки страниц")
    tiny.release(id, f"{text}\n{body}", **fields)
