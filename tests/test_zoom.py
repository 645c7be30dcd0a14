"""Larger text, narrower windows, wider spacing: no word is cut or covered, and no page scrolls sideways."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsroom.audit.chromium import chromium
from newsroom.audit.kinds import kinds
from newsroom.audit.modes import LIGHT, MODES, Mode, context
from newsroom.audit.server import serving
from newsroom.audit.zoom import ZOOMS, Zoom, look_zoomed, prepare
from tests.conftest import Built

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LARGEST = Mode("largest", "Всё самое крупное", sight="size-3 scheme-blue spacing-3 pictures-off")
LOOKS = [
    *[(LIGHT, zoom) for zoom in ZOOMS],
    (LARGEST, Zoom("largest-phone", "", 320)),
    (MODES[3], Zoom("sight-phone", "", 360)),
    (MODES[4], Zoom("sight-wide", "", 1280)),
]
BROKEN = """<!doctype html><html lang="ru"><head><title>Т</title><link rel="stylesheet" href="/style.css"></head>
<body><p class="wide">Это шире окна</p><p class="cut">Это обрезано по высоте на середине слова</p>
<p class="over">Это лежит</p><p class="under">Это накрыто</p><p class="scrolls"><b>Это прокручивается</b></p>
</body></html>"""
STYLE = """.wide { width: 500px; white-space: nowrap; text-align: right } .cut { height: 12px; overflow: hidden }
.over, .under { position: absolute; top: 300px; left: 0 } .scrolls { overflow-x: auto } b { margin-left: 900px }"""


@pytest.mark.parametrize(("mode", "zoom"), LOOKS, ids=[zoom.name for _, zoom in LOOKS])
def test_nothing_is_lost(browser: Any, model_site: Built, model_address: str, mode: Mode, zoom: Zoom) -> None:
    window = context(browser, mode, zoom.width)
    page = window.new_page()
    prepare(page, zoom)
    found = []
    for urls in kinds(model_site.output).values():
        for url in urls[:1]:
            page.goto(model_address + url)
            found += look_zoomed(page, url, zoom)
    window.close()
    assert [] == [str(finding) for finding in found]


def test_the_open_panel_fits_a_narrow_window(browser: Any, model_address: str) -> None:
    for mode, zoom in LOOKS:
        window = context(browser, mode, zoom.width)
        page = window.new_page()
        prepare(page, zoom)
        page.goto(f"{model_address}/accessibility/")
        page.locator(".sight-panel summary").click()
        assert [] == look_zoomed(page, "/accessibility/", zoom)
        window.close()


def test_what_is_lost_is_found(chromium_path: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BROKEN, "utf-8")
    (tmp_path / "style.css").write_text(STYLE)
    with serving(tmp_path) as address, chromium(chromium_path) as browser:
        page = browser.new_page()
        prepare(page, ZOOMS[1])
        page.goto(f"{address}/")
        found = {
            (finding.criterion, finding.what.partition(" «")[0])
            for finding in look_zoomed(page, "/", ZOOMS[1])
        }
    assert {
        ("1.4.10", "the page is 508 wide in a window of 320"),
        ("1.4.10", "p.wide"),
        ("1.4.4", "p.cut"),
        ("1.4.12", "p.over"),
    } == found


def test_layouts_ask_for_the_width_in_letters() -> None:
    """A question of @media does not hear of the larger letters that a reader chose on the site."""
    css = Path(__file__).parent.parent / "theme/static/css"
    sheets = [*css.glob("components/*.css"), css / "layout.css"]
    asked = [
        path.name
        for path in sheets
        if "@media (min-width" in (text := path.read_text("utf-8")) or "@media (max-width" in text
    ]
    assert [] == asked
