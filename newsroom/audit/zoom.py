"""Larger text and narrower windows: nothing is cut, nothing covers other words, nothing scrolls sideways.

WCAG 2.2, 1.4.4 (text of 200 %), 1.4.10 (400 % of a window 1280 wide is one of 320), 1.4.12 (text spacing).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct

_QUESTION = Path(__file__).with_suffix(".js")
_SPACING = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`* {
        line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
    } p { margin-block-end: 2em !important; }`)
    document.adoptedStyleSheets.push(sheet)
}"""


class Zoom(Struct, frozen=True):
    """A way to look: width of the window in CSS pixels, the reader's size of text in per cent."""

    name: str
    title: str
    width: int
    text: int = 100
    spaced: bool = False


ZOOMS = (
    Zoom("zoom-200", "Масштаб 200 %", 640),
    Zoom("zoom-400", "Масштаб 400 %", 320),
    Zoom("text-200", "Текст 200 %", 1280, text=200),
    Zoom("text-200-phone", "Текст 200 % на телефоне", 360, text=200),
    Zoom("spacing", "Увеличенные промежутки текста", 1280, spaced=True),
    Zoom("spacing-phone", "Увеличенные промежутки на телефоне", 320, spaced=True),
)


class ZoomFinding(Struct, frozen=True):
    """``criterion`` is of WCAG 2.2; ``zoom`` is the name of a way to look."""

    url: str
    zoom: str
    criterion: str
    what: str

    def __str__(self) -> str:
        return f"{self.url}: {self.zoom}: {self.criterion}: {self.what}"


def prepare(page: Any, zoom: Zoom) -> None:
    """Give the page's window its width and its text the size that a reader set in the browser."""
    page.set_viewport_size({"width": zoom.width, "height": 800})
    sizes = {"standard": 16 * zoom.text // 100, "fixed": 13 * zoom.text // 100}
    debugger = page.context.new_cdp_session(page)
    debugger.send("Page.setFontSizes", {"fontSizes": sizes})
    debugger.detach()


def look_zoomed(page: Any, url: str, zoom: Zoom) -> list[ZoomFinding]:
    """What is wrong with the page that is open, in a window prepared for ``zoom``."""
    if zoom.spaced:
        page.evaluate(_SPACING)
    page.evaluate("document.fonts.ready.then(() => undefined)")
    found = page.evaluate(_QUESTION.read_text("utf-8"))
    return [ZoomFinding(url, zoom.name, criterion, what) for criterion, what in found]
