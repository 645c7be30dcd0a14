"""Contrast of words with what lies under them, measured in pixels where axe-core cannot tell.

WCAG 2.2, 1.4.3: 4.5:1, and 3:1 for letters of 24 pixels, or of 18.66 pixels in bold.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from newsroom.audit.axe import AxeFinding
from newsroom.audit.contrast import Colour, contrast

_INVISIBLE = """() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync("* { color: transparent !important; transition: none !important; }")
    document.adoptedStyleSheets.push(sheet)
}"""
_VISIBLE = "() => { document.adoptedStyleSheets.pop() }"
_WORDS = """selector => {
    const element = document.querySelector(selector)
    if (!element || !element.checkVisibility({visibilityProperty: true})) return null
    const style = getComputedStyle(element), size = parseFloat(style.fontSize)
    const range = document.createRange()
    range.selectNodeContents(element)
    const boxes = [...range.getClientRects()].map(box =>
        [box.left + scrollX, box.top + scrollY, box.right + scrollX, box.bottom + scrollY])
    const colour = style.color.match(/[\\d.]+/g).map(Number)
    return {colour, boxes, large: size >= 24 || (size >= 18.66 && style.fontWeight >= 700)}
}"""


class _Words(Struct):
    colour: list[float]
    boxes: list[tuple[float, float, float, float]]
    large: bool


def look_at_unsure(page: Any, unsure: Iterable[AxeFinding]) -> list[AxeFinding]:
    """Those of the findings whose words stand out too little."""
    questions = [finding for finding in unsure if finding.rule == "color-contrast"]
    if not questions:
        return []
    answers = [
        msgspec.convert(page.evaluate(_WORDS, question.selector), _Words | None) for question in questions
    ]
    page.evaluate(_INVISIBLE)
    ground = _picture(page.screenshot(full_page=True))
    page.evaluate(_VISIBLE)
    pairs = zip(questions, answers, strict=True)
    return [question for question, words in pairs if words and _faint(ground, words)]


def _picture(png: bytes) -> Any:
    from PIL import Image

    return Image.open(io.BytesIO(png)).convert("RGB")


def _faint(ground: Any, words: _Words) -> bool:
    red, green, blue = (round(part) for part in words.colour[:3])
    worst = min((contrast((red, green, blue), under) for under in _under(ground, words)), default=21.0)
    return worst < (3 if words.large else 4.5)


def _under(ground: Any, words: _Words) -> set[Colour]:
    """The colours under the lines of the words; the upper and lower quarters of a line hold no letters."""
    colours: set[Colour] = set()
    for left, top, right, bottom in words.boxes:
        quarter = (bottom - top) / 4
        box = (
            max(0, round(left)),
            round(top + quarter),
            min(ground.width, round(right)),
            round(bottom - quarter),
        )
        if box[0] < box[2] and box[1] < min(box[3], ground.height):
            part = ground.crop(box)
            found = part.getcolors(maxcolors=part.width * part.height)
            colours |= {colour for _, colour in found}
    return colours
