"""A walk through a page by the keyboard alone: WCAG 2.2, 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7, 2.4.11, 2.5.8."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from newsroom.audit.contrast import contrast

_QUESTIONS = Path(__file__).with_suffix(".js")
_AROUND = 10
"""Pixels around an element in which its ring is looked for."""


class KeyboardFinding(Struct, frozen=True):
    """``criterion`` is of WCAG 2.2; ``what`` names the element and what is wrong with it."""

    url: str
    criterion: str
    what: str

    def __str__(self) -> str:
        return f"{self.url}: {self.criterion}: {self.what}"


class _Stop(Struct):
    place: int
    name: str
    kind: str
    scrolls: bool
    ringed: bool
    covered: bool
    box: dict[str, float]


def walk(page: Any, url: str, measured: set[str]) -> list[KeyboardFinding]:
    """Press Tab from the top of the page that is open until the focus has left it.

    One element of each kind is measured in pixels, without its ring and with it; ``measured`` remembers the
    kinds over many pages. The page must not scroll smoothly: open it with ``reduced_motion="reduce"``.
    """
    page.evaluate(f"window.keyboardWalk = {_QUESTIONS.read_text('utf-8')}")
    expected: list[str] = page.evaluate("keyboardWalk.list()")
    stops: list[_Stop] = []
    findings = []
    for _ in range(len(expected) + 20):
        page.keyboard.press("Tab")
        stop = msgspec.convert(page.evaluate("keyboardWalk.now()"), _Stop | None)
        if stop is None or _comes_round(stop, stops, len(expected)):
            break
        stops.append(stop)
        findings += _faults(url, stop)
        if stop.kind not in measured:
            measured.add(stop.kind)
            findings += _measure(page, url, stop)
    else:
        findings.append(KeyboardFinding(url, "2.1.2", f"{stops[-1].name}: the focus never leaves the page"))
    return [*findings, *_order(url, expected, stops), *_small(page, url)]


def _comes_round(stop: _Stop, stops: list[_Stop], expected: int) -> bool:
    """The walk is back at its first stop and has been everywhere: a browser may leave out its own buttons."""
    been = {earlier.place for earlier in stops if earlier.place >= 0}
    return len(been) == expected and stop.place == stops[0].place


def skip_link(page: Any, url: str) -> list[KeyboardFinding]:
    """The first Tab shows a link that leads past the head of the page, and the next goes on from there."""
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    box = link.bounding_box() or {"x": -1, "y": -1}
    if link.get_attribute("href") != "#content" or box["x"] < 0 or box["y"] < 0:
        return [KeyboardFinding(url, "2.4.1", "the first stop is no visible link to the content")]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    beyond = page.evaluate(
        "document.activeElement === document.body"
        " || !!(document.querySelector('#content').compareDocumentPosition(document.activeElement) & 4)"
    )
    return [] if beyond else [KeyboardFinding(url, "2.4.1", "the link to the content does not lead there")]


def _faults(url: str, stop: _Stop) -> list[KeyboardFinding]:
    findings = []
    if not stop.ringed:
        findings.append(KeyboardFinding(url, "2.4.7", f"{stop.name}: the focus is not shown"))
    if stop.covered:
        findings.append(KeyboardFinding(url, "2.4.11", f"{stop.name}: the focus lies under something"))
    return findings


def _order(url: str, expected: list[str], stops: list[_Stop]) -> list[KeyboardFinding]:
    places = [stop.place for stop in stops if stop.place >= 0]
    missed = [name for place, name in enumerate(expected) if place not in places]
    strays = [stop.name for stop in stops if stop.place < 0 and not stop.scrolls]
    findings = [KeyboardFinding(url, "2.1.1", f"{name}: Tab does not reach it") for name in missed]
    findings += [KeyboardFinding(url, "2.4.3", f"{name}: nobody expects a stop here") for name in strays]
    if places != sorted(places):
        findings.append(KeyboardFinding(url, "2.4.3", "the order of the stops is not that of the page"))
    return findings


def _small(page: Any, url: str) -> list[KeyboardFinding]:
    return [KeyboardFinding(url, "2.5.8", what) for what in page.evaluate("keyboardWalk.small()")]


def _measure(page: Any, url: str, stop: _Stop) -> list[KeyboardFinding]:
    """The ring must change as many pixels by 3:1 as a line one pixel thick around the element has."""
    clip = _visible(stop.box, page.viewport_size)
    if clip["width"] <= 0 or clip["height"] <= 0:
        return [KeyboardFinding(url, "2.4.11", f"{stop.name}: the focus is outside the window")]
    focused = page.screenshot(clip=clip)
    page.evaluate("keyboardWalk.blur()")
    plain = page.screenshot(clip=clip)
    page.evaluate("keyboardWalk.back()")
    needed = clip["width"] + clip["height"] - 4 * _AROUND
    changed = _changed(plain, focused)
    if changed >= needed:
        return []
    told = f"{stop.name}: the focus changes {changed} pixels by 3:1, not {needed:.0f}"
    return [KeyboardFinding(url, "2.4.7", told)]


def _visible(box: dict[str, float], window: dict[str, int]) -> dict[str, float]:
    left, top = max(0.0, box["x"] - _AROUND), max(0.0, box["y"] - _AROUND)
    right = min(float(window["width"]), box["x"] + box["width"] + _AROUND)
    bottom = min(float(window["height"]), box["y"] + box["height"] + _AROUND)
    return {"x": left, "y": top, "width": right - left, "height": bottom - top}


def _changed(plain: bytes, focused: bytes) -> int:
    """How many pixels differ by a contrast of 3:1 or more."""
    from PIL import Image

    before, after = (Image.open(io.BytesIO(png)).convert("RGB").tobytes() for png in (plain, focused))
    pairs = Counter(zip(_pixels(before), _pixels(after), strict=True))
    return sum(count for (one, other), count in pairs.items() if one != other and contrast(one, other) >= 3)


def _pixels(data: bytes) -> list[tuple[int, int, int]]:
    return list(zip(data[::3], data[1::3], data[2::3], strict=True))
