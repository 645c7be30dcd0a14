"""The export of an old site that never was: entries with all the dirt such sites gather. Wholly synthetic."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from random import Random

from PIL import Image

from bench.texts import clause, sentences
from tests.pdf_files import plain

HOST = "https://old.example"
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
    "декабря",
)  # fmt: skip
RUBRICS = ("Город", "СПОРТ", "Новости города")
"""As the old site wrote them; the last is mapped by hand."""


@dataclass(frozen=True)
class OldPage:
    """One entry and what must come of it."""

    row: dict[str, str]
    is_sound: bool
    has_alias: bool
    words: tuple[str, ...]
    """Sentences that must be on the new page."""


def old_pages(count: int, seed: str = "old") -> Iterator[OldPage]:
    """So many entries, the same for the same seed; every hundredth cannot be imported."""
    for number in range(count):
        random = Random(f"{seed} {number}")
        said = sentences(f"{seed} {number}", 5)
        is_sound = number % 100 != 99
        row = {
            "Заголовок": f"{clause(random)} — {number}",
            "Дата": _date(number),
            "Текст": _body(number, said),
            "Ссылка": _address(number),
            "Рубрика": RUBRICS[number % len(RUBRICS)],
            "Теги": ("Зима; Ярмарка", "", "Неизвестная тема")[number % 3],
            "Анонс": f"<p>{said[0]}</p>" if number % 2 else "",
            "Картинка": f"/upload/{number}.jpg" if number % 10 == 3 else "",
            "Автор": "Синтетический автор",
        }
        if not is_sound:
            row |= (
                {"Заголовок": " "},
                {"Дата": "вчера"},
                {"Рубрика": "Такой нет"},
                {"Текст": "<p> </p>", "Анонс": ""},
            )[number // 100 % 4]
        yield OldPage(row, is_sound, number % 5 not in {1, 3}, said)


def as_csv(pages: list[OldPage], encoding: str = "cp1251", delimiter: str = ";") -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(pages[0].row), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(page.row for page in pages)
    return stream.getvalue().encode(encoding)


def write_uploads(folder: Path, count: int) -> None:
    """The pictures and attachments of every tenth entry, as a copy of the site has them."""
    (folder / "upload").mkdir(parents=True)
    for number in range(3, count, 10):
        colour = (number % 250, number // 250 * 20, 90)
        Image.new("RGB", (640, 400), colour).save(folder / f"upload/{number}.jpg", "JPEG", quality=40)
    for number in range(4, count, 10):
        (folder / f"upload/plan {number}.pdf").write_bytes(plain(f"Plan {number}"))


def _date(number: int) -> str:
    moment = datetime(2015, 1, 1, 9, 30) + timedelta(days=number * 3)
    return (
        f"{moment:%d.%m.%Y %H:%M:%S}",
        f"{moment:%Y-%m-%dT%H:%M:%S}+08:00",
        f"{moment.day} {MONTHS[moment.month - 1]} {moment.year} г. {moment:%H:%M}",
        format_datetime(moment.astimezone(None).replace(tzinfo=None)).replace("-0000", "+0800"),
    )[number % 4]


def _address(number: int) -> str:
    return (
        f"{HOST}/news/detail/{number}/",
        f"/news/?id={number}",
        f"{HOST}/novosti/{number}.html",
        f"{HOST}/press/show{number}.php",
        f"http://www.old.example/archive/item-{number}",
    )[number % 5]


def _body(number: int, said: tuple[str, ...]) -> str:
    one, two, three, four, five = said
    other = _address(max(number - 7, 0))
    return _BODIES[number % len(_BODIES)].format(
        one=one, two=two, three=three, four=four, five=five, number=number, other=other, host=HOST
    )


_BODIES = (
    """<p style="text-indent:1em"><font size="2"><span>{one}</span></font></p><p>&nbsp;</p>
<p><b>Что дальше</b></p><p>{two}&nbsp;&nbsp;&nbsp;{three}</p><script>alert({number})</script>
<p><a href="{other}">Подробнее</a></p>
<p>{four}</p><p>{five}</p>""",
    "{one}<br><br>{two}<br/>{three}<br />\n<br /><b>Внимание! </b>{four}<br>- {five}",
    """<table width="100%"><tr><td><img src="/img/spacer.gif" width=1 height=1></td><td><h3>Порядок</h3>
<p>{one}</p><ul><li>{two}<ul><li>{three}</ul><li>{four}</ul></td></tr></table><p>{five}""",
    """<p>{one}</p><a href="/upload/{number}.jpg"><img src="/upload/small{number}.jpg" align=left></a>
<p>{two}</p>
<table border=1><tr><th>День</th><th>Час|минута</th></tr><tr><td>{three}</td><td>10:00</td></tr></table>
<p>{four}</p><h5>Итог #{number}</h5><p>{five}</p>""",
    """<div><p>{one} <a href="/upload/plan%20{number}.pdf">Программа</a>,
<a href="javascript:void(0)">печать</a></p>
<iframe src="//video.example/embed/{number}"></iframe><blockquote>{two}</blockquote>
<ol start=3><li>{three}</li><li>{four}</li></ol></div><!-- счётчик --><p>{five} 5 < 6 & 7 > 2</p>""",
    "{one}\n\n{two}\n{three}\n\n2024. {four}\n* {five}",
    """<h1>Раздел</h1><p><strong>{one}</strong></p><h4>Часть</h4><p>{two} м<sup>2</sup> <s>{three}</s></p>
<p><img src="/upload/none{number}.png" alt="Схема проезда"></p>
<p>{four} [см. *ниже*]_{number}_</p><p>{five}</p>""",
    """&lt;p&gt;{one}&lt;/p&gt;&lt;p&gt;{two}&lt;br&gt;{three}&lt;/p&gt;&lt;p&gt;{four}&lt;/p&gt;
&lt;p&gt;{five}&lt;/p&gt;""",
)
