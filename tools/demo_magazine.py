"""Make the demonstration PDF of the magazine from the press service's report for 2023.

It is a layout to show the magazine's pages on the site with, not a number of the
magazine, and says so on its cover and at the foot of every page. All it tells
stands in the report; nothing is added. Run after changing the words or the faces:

    python tools/demo_magazine.py
"""

from __future__ import annotations

import re
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.prefs import ViewerPreferences

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "theme" / "static" / "fonts"
TARGET = ROOT / "content" / "issues" / "2023" / "bratskaya-pyatiletka-2023.pdf"

NOTICE = "Демонстрационный макет. Не является номером журнала"
UNKNOWN = "в отчёте не указано"
MADE = datetime(2023, 12, 31, tzinfo=UTC)
"""The date written into the file: always the same, so are the bytes."""

CONTENTS = [
    (2, "О чём этот макет"),
    (3, "Год в числах"),
    (4, "Подписчики"),
    (5, "Десять событий города"),
    (6, "В прямом эфире"),
    (7, "Что впереди: 2024 год"),
    (8, "Выходные сведения"),
]
ABOUT = [
    (
        "Страницы собраны по отчёту пресс-службы города Братска об информационной политике за 2023 год. "
        "Других сведений здесь нет."
    ),
    (
        "Все пресс-релизы размещаются на страницах администрации и мэра города С. В. Серебренникова "
        "в Одноклассниках, ВКонтакте и Телеграм-канале. Новости выходят на сайте администрации "
        "и распространяются во все средства массовой информации."
    ),
]
FIGURES = [
    ("1 530", "пресс-релизов написано и опубликовано"),
    ("713 206", "просмотров новостей на сайте администрации города"),
    ("8 360", "постов на страницах администрации: более 10 000 000 просмотров"),
    ("3 200", "постов на страницах мэра: более 20 000 000 просмотров"),
    ("125", "новых государственных пабликов создано за год"),
]
SUBSCRIBERS = [
    ("Мэр города", [("Telegram-канал", 3_672), ("VK", 10_100), ("ОК", 2_036)]),
    ("Администрация", [("Telegram-канал", 990), ("VK", 8_440), ("ОК", 5_500)]),
    ("Впервые", [("Viber-чат для работы с населением", 4_978)]),
]
GROWTH = (
    "С начала 2023 года прирост в аккаунтах администрации составил 8 200 человек, в аккаунтах мэра — 5 000."
)
EVENTS = [
    "День Победы",
    "День российского флага",
    "Братский экономический форум",
    "Братская рыбалка",
    "День города",
    "Братская лыжня",
    "День молодёжи",
    "День Братска осторожного",
    "Троица",
    "День металлурга",
]
BROADCASTS = [
    ("8", "прямых эфиров с мэром Братска подготовила пресс-служба администрации города за год"),
    ("1", "трансляция ежегодного отчёта"),
    ("1-й", "телемарафон «Братск — все для Победы»: в 2023 году он проведён впервые"),
]
PLANS = [
    "Освещать все направления жизни города и деятельности мэра",
    "Расширить охват аудитории в социальных сетях",
    "Развивать аккаунты подразделений",
    "Привлекать подписчиков в уже существующие аккаунты администрации",
    "Работать с популярными пабликами Братска",
]
IMPRINT = [
    ("Журнал", "«Братская пятилетка»"),
    ("Год выпуска", "2023"),
    ("Тираж", "1000 экземпляров"),
    ("Учредитель", UNKNOWN),
    ("Редактор", UNKNOWN),
    ("Номер и дата", UNKNOWN),
    ("Знак возраста", UNKNOWN),
    ("Источник", "отчёт пресс-службы города Братска за 2023 год"),
]

Colour = tuple[int, int, int]
DEEP: Colour = (6, 48, 59)
PAPER: Colour = (255, 255, 255)
ALUMINIUM: Colour = (188, 211, 216)
GREY: Colour = (45, 73, 82)
LINE: Colour = (179, 191, 194)
SIGNAL: Colour = (217, 72, 15)
WATER: tuple[Colour, ...] = (
    (188, 211, 216), (124, 167, 176), (74, 129, 142), (44, 99, 113), (23, 80, 94), (12, 65, 78),
)  # fmt: skip

WIDTH, HEIGHT, MARGIN = 148.0, 210.0, 14.0  # A5, millimetres
MEASURE = WIDTH - 2 * MARGIN


class Magazine(FPDF):
    """The document with its faces; positions in millimetres, sizes of letters in points."""

    def __init__(self, faces: Path) -> None:
        super().__init__(format=(WIDTH, HEIGHT))
        self.set_auto_page_break(auto=False)
        self.set_margin(MARGIN)
        self.c_margin = 0
        for name in ("head", "label", "text"):
            self.add_font(name, fname=faces / f"{name}.ttf")
        self.set_title("Братская пятилетка. 2023. Демонстрационный макет")
        self.set_subject(NOTICE)
        self.set_lang("ru-RU")
        self.set_creator("tools/demo_magazine.py")
        self.set_producer("fpdf2")
        self.set_creation_date(MADE)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def write_at(self, y: float, text: str, face: str, size: float, ink: Colour, x: float = MARGIN) -> float:
        """Text in lines down to the right margin, from ``y``; gives back where it ends."""
        self.set_font(face, size=size)
        self.set_text_color(ink)
        self.set_xy(x, y)
        leading = size * 0.3528 * (1.0 if face == "head" else 1.42 if face == "text" else 1.2)
        self.multi_cell(WIDTH - MARGIN - x, leading, glued(text), align="L", new_x="LMARGIN", new_y="NEXT")
        return float(self.get_y())

    def bar(self, x: float, y: float, width: float, height: float, ink: Colour) -> None:
        self.set_fill_color(ink)
        self.rect(x, y, width, height, style="F")

    def strata(self, top: float) -> None:
        """Water in layers down to the foot of the page: thin and light above, heavy and dark below."""
        for number, ink in enumerate(WATER):
            height = 0.7 + number * 1.1
            self.bar(0, top, WIDTH, height, ink)
            top += height + 1.6
        self.bar(0, top - 1.6, WIDTH, HEIGHT - top + 1.6, WATER[-1])


def main() -> int:
    """Write the file; its folder must be there."""
    TARGET.write_bytes(make_magazine())
    return 0


def make_magazine() -> bytes:
    """The whole PDF: eight pages A5; equal bytes for equal words and faces."""
    with tempfile.TemporaryDirectory() as folder:
        faces = Path(folder)
        for name, file in (
            ("head", "sofia-sans-condensed-800"),
            ("label", "sofia-sans-condensed-600"),
            ("text", "literata-400"),
        ):
            font = TTFont(FONTS / f"{file}.woff2", recalcTimestamp=False)
            font.flavor = None
            font.save(faces / f"{name}.ttf")
        pdf = Magazine(faces)
        for draw in (cover, about, figures, subscribers, events, broadcasts, plans, imprint):
            pdf.add_page()
            draw(pdf)
            if draw is not cover:
                foot(pdf, ALUMINIUM if draw is figures else GREY)
        return bytes(pdf.output())


def glued(text: str) -> str:
    """No line ends inside a number, after a short word or before a dash."""
    text = re.sub(r"(?<=\d) (?=\d{3}\b|год)| (?=— )", "\xa0", text)
    return re.sub(r"(?<![^\s«])([А-ЯЁа-яё]{1,2}\.?|для|все|за 2023) (?=\S)", "\\1\xa0", text)


def cover(pdf: Magazine) -> None:
    pdf.start_section("Обложка")
    pdf.bar(0, 0, WIDTH, HEIGHT, DEEP)
    pdf.bar(MARGIN, 14, MEASURE, 2.6, PAPER)
    pdf.write_at(20, "Братск", "label", 15, ALUMINIUM)
    pdf.write_at(20, "2023", "label", 15, ALUMINIUM, x=WIDTH - MARGIN - 9.5)
    pdf.write_at(36, "Братская пятилетка", "head", 76, PAPER)
    pdf.write_at(104, "1 530", "head", 60, PAPER)
    pdf.write_at(126, "пресс-релизов за год", "label", 16, ALUMINIUM)
    pdf.bar(MARGIN, 144, MEASURE, 14, SIGNAL)
    pdf.write_at(148.4, NOTICE + ".", "label", 14.5, PAPER, x=MARGIN + 4)
    pdf.strata(172)


def about(pdf: Magazine) -> None:
    y = heading(pdf, CONTENTS[0][1])
    for paragraph in ABOUT:
        y = pdf.write_at(y, paragraph, "text", 10.5, DEEP) + 3
    y = pdf.write_at(y + 7, "На страницах", "head", 19, DEEP) + 4
    for page, title in CONTENTS:
        y = line(pdf, y, str(page), title)


def figures(pdf: Magazine) -> None:
    pdf.bar(0, 0, WIDTH, HEIGHT, DEEP)
    y = heading(pdf, CONTENTS[1][1], ink=PAPER, quiet=ALUMINIUM)
    for value, label in FIGURES:
        y = pdf.write_at(y, value, "head", 44, PAPER)
        y = pdf.write_at(y - 0.5, label, "label", 12.5, ALUMINIUM) + 5.5


def subscribers(pdf: Magazine) -> None:
    y = heading(pdf, CONTENTS[2][1])
    largest = max(count for _, channels in SUBSCRIBERS for _, count in channels)
    for owner, channels in SUBSCRIBERS:
        y = pdf.write_at(y, owner, "head", 17, DEEP) + 1.5
        for channel, count in channels:
            pdf.write_at(y, channel, "label", 11.5, GREY)
            right(pdf, y, f"{count:,}".replace(",", "\xa0"), 15)
            pdf.bar(MARGIN, y + 6.2, MEASURE, 2.6, (228, 233, 234))
            pdf.bar(MARGIN, y + 6.2, MEASURE * count / largest, 2.6, WATER[3])
            y += 12
        y += 3.5
    pdf.write_at(y + 1, GROWTH, "text", 10, DEEP)


def events(pdf: Magazine) -> None:
    y = heading(pdf, CONTENTS[3][1])
    y = (
        pdf.write_at(y, "Пресс-служба освещала их в 2023 году. Дат отчёт не называет.", "text", 10.5, DEEP)
        + 5
    )
    for name in EVENTS:
        pdf.bar(MARGIN, y, MEASURE, 0.3, LINE)
        y = pdf.write_at(y + 2.4, name, "head", 20, DEEP) + 2.6


def broadcasts(pdf: Magazine) -> None:
    y = heading(pdf, CONTENTS[4][1])
    for value, label in BROADCASTS:
        pdf.write_at(y, value, "head", 64, DEEP)
        pdf.bar(MARGIN + 44, y + 1, MEASURE - 44, 0.7, DEEP)
        pdf.write_at(y + 5, label, "label", 17, DEEP, x=MARGIN + 44)
        y += 46


def plans(pdf: Magazine) -> None:
    y = heading(pdf, CONTENTS[5][1])
    for number, plan in enumerate(PLANS, 1):
        pdf.bar(MARGIN, y, MEASURE, 0.7, DEEP)
        pdf.write_at(y + 3.6, str(number), "head", 26, SIGNAL)
        y = max(y + 26, pdf.write_at(y + 4.6, plan, "head", 18, DEEP, x=MARGIN + 16) + 7)


def imprint(pdf: Magazine) -> None:
    y = heading(pdf, CONTENTS[6][1])
    for name, value in IMPRINT:
        pdf.bar(MARGIN, y, MEASURE, 0.3, LINE)
        pdf.write_at(y + 2.4, name, "label", 11.5, GREY)
        y = pdf.write_at(y + 2.2, value, "text", 10.5, DEEP, x=MARGIN + 36) + 2.4
    words = "Этот файл сделан программой, чтобы показать, как журнал листается на сайте. " + NOTICE + "."
    pdf.write_at(y + 8, words, "text", 10.5, DEEP)


def heading(pdf: Magazine, title: str, ink: Colour = DEEP, quiet: Colour = GREY) -> float:
    """Head of an inner page and its title; gives back where the matter begins."""
    pdf.start_section(title)
    pdf.bar(MARGIN, 12, MEASURE, 2.6, ink)
    pdf.write_at(17, "Братская пятилетка. 2023", "label", 9.5, quiet)
    return pdf.write_at(25, title, "head", 32, ink) + 8


def foot(pdf: Magazine, ink: Colour) -> None:
    """What every inner page says of itself; last, so that it ends the page's text as well."""
    pdf.bar(MARGIN, HEIGHT - 14.5, MEASURE, 0.3, ink)
    pdf.write_at(HEIGHT - 12.5, NOTICE, "label", 9.5, ink)
    right(pdf, HEIGHT - 12.5, str(pdf.page_no()), 9.5, ink)


def line(pdf: Magazine, y: float, left: str, title: str) -> float:
    """A line of the contents under a thin rule."""
    pdf.bar(MARGIN, y, MEASURE, 0.3, LINE)
    pdf.write_at(y + 2.3, left, "head", 13, SIGNAL)
    return pdf.write_at(y + 2.3, title, "label", 13, DEEP, x=MARGIN + 12) + 2.2


def right(pdf: Magazine, y: float, text: str, size: float, ink: Colour = DEEP) -> None:
    """Text that ends at the right margin."""
    pdf.set_font("head", size=size)
    pdf.write_at(y, text, "head", size, ink, x=WIDTH - MARGIN - pdf.get_string_width(text) - 0.1)


if __name__ == "__main__":
    sys.exit(main())
