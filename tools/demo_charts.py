"""Draw the two charts of the demonstration releases from the press service's report for 2023.

The results are committed; run after changing the figures or the faces:

    python tools/demo_charts.py
"""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
FONTS = ROOT / "theme" / "static" / "fonts"
TARGET = ROOT / "content" / "releases" / "2023" / "12"

SUBSCRIBERS = [
    ("Мэр города", [("ВКонтакте", 10_100), ("Telegram", 3_672), ("Одноклассники", 2_036)]),
    (
        "Администрация города",
        [("ВКонтакте", 8_440), ("Одноклассники", 5_500), ("Viber", 4_978), ("Telegram", 990)],
    ),
]
ACTIVITY = [("Мэр города", 3_200, 20), ("Администрация города", 8_360, 10)]
"""Whose pages, posts in a year, views of them in millions («более …»)."""
SOURCE = "По отчёту пресс-службы города Братска за 2023 год"

DEEP, GREY, TRACK = (6, 48, 59), (45, 73, 82), (228, 233, 234)
GROUND, WATER, SIGNAL = (255, 255, 255), (44, 99, 113), (217, 72, 15)
WIDTH, MARGIN = 1600, 80
MEASURE = WIDTH - 2 * MARGIN


class Sheet:
    """A white sheet to draw on; all measures in pixels."""

    def __init__(self, height: int) -> None:
        self.image = Image.new("RGB", (WIDTH, height), GROUND)
        self.draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, words: str, size: int, bold: bool = False, **options: str) -> None:
        """Words with their baseline at ``y``; ``anchor`` and ``fill`` may be given by Pillow's names."""
        weight = 800 if bold else 600
        face = ImageFont.truetype(
            FONTS / f"sofia-sans-condensed-{weight}.woff2", size, layout_engine=ImageFont.Layout.BASIC
        )
        given: dict[str, object] = {"anchor": "ls", "fill": DEEP if bold else GREY}
        self.draw.text((x, y), words, font=face, **(given | options))  # type: ignore[arg-type]

    def bar(self, x: float, y: float, width: float, height: float, ink: tuple[int, int, int]) -> None:
        self.draw.rectangle((x, y, x + round(width) - 1, y + height - 1), fill=ink)

    def head(self, title: str) -> None:
        self.bar(MARGIN, 56, MEASURE, 14, DEEP)
        self.text(MARGIN, 168, title, 84, bold=True)

    def finished(self) -> Image.Image:
        """With its source at the foot and few colours, for a small file."""
        self.text(MARGIN, self.image.height - 52, SOURCE, 34)
        return self.image.quantize(48, dither=Image.Dither.NONE)


def main() -> int:
    """Write both pictures; their folder must be there."""
    for name, draw in CHARTS.items():
        draw().save(TARGET / name, "PNG", optimize=True)
    return 0


def subscribers() -> Image.Image:
    """A bar for each channel of the mayor and of the administration, longest first."""
    sheet = Sheet(1150)
    sheet.head("Подписчики по итогам 2023 года")
    largest = max(count for _, channels in SUBSCRIBERS for _, count in channels)
    left, room = MARGIN + 300, MEASURE - 300 - 190
    y = 232
    for owner, channels in SUBSCRIBERS:
        sheet.text(MARGIN, y + 44, owner, 52, bold=True)
        y += 76
        for channel, count in channels:
            sheet.text(MARGIN, y + 44, channel, 44)
            sheet.bar(left, y, room, 60, TRACK)
            sheet.bar(left, y, room * count / largest, 60, SIGNAL if count == largest else WATER)
            sheet.text(WIDTH - MARGIN, y + 48, number(count), 56, bold=True, anchor="rs")
            y += 86
        y += 30
    return sheet.finished()


def views() -> Image.Image:
    """Posts and their views side by side: fewer posts, more views."""
    sheet = Sheet(900)
    sheet.head("Посты и просмотры за 2023 год")
    posts, millions = max(line[1] for line in ACTIVITY), max(line[2] for line in ACTIVITY)
    column = (MEASURE - 80) // 2
    for place, owner_title in enumerate(("Опубликовано постов", "Просмотров")):
        sheet.text(MARGIN + place * (column + 80), 268, owner_title, 46)
    for row, (owner, count, views_of) in enumerate(ACTIVITY):
        y = 320 + row * 240
        sheet.bar(MARGIN, y, MEASURE, 3, DEEP)
        sheet.text(MARGIN, y + 56, owner, 44)
        measures = ((number(count), count / posts), (f"> {views_of}\xa0млн", views_of / millions))
        for place, (figure, share) in enumerate(measures):
            x = MARGIN + place * (column + 80)
            sheet.bar(x, y + 160, column, 40, TRACK)
            sheet.bar(x, y + 160, column * share, 40, SIGNAL if place and share == 1 else WATER)
            sheet.text(x + column, y + 138, figure, 100, bold=True, anchor="rs")
    return sheet.finished()


def number(value: int) -> str:
    return f"{value:,}".replace(",", "\xa0")


CHARTS = {"podpischiki-2023.png": subscribers, "prosmotry-2023.png": views}

if __name__ == "__main__":
    sys.exit(main())
