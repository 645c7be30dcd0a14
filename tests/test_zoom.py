"""Larger text, narrower windows, wider spacing: no word is cut or covered, and no page scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsroom.audit.kinds import Kind, kinds
from newsroom.audit.modes import MODES, choose
from newsroom.audit.server import serving
from newsroom.audit.zoom import ZOOMS, Zoom, look_zoomed, prepare
from tests.conftest import Built
from tests.model_city import MODEL_KINDS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LARGEST = "size-3 scheme-blue spacing-3 pictures-off"
SIGHTS = [(320, LARGEST), (360, MODES[3].sight), (1280, MODES[4].sight)]
"""Widths of a window and what the reader chose on the site."""
BROKEN = """<!doctype html><html lang="ru"><title>Т</title><link rel="stylesheet" href="/style.css">
<p class="wide">Это шире окна</p><p class="cut">Это обрезано по высоте на середине слова</p>
<p class="over">Это лежит</p><p class="under">Это накрыто</p><p class="scrolls"><b>Это прокручивается</b></p>
"""
STYLE = """.wide { width: 500px; white-space: nowrap; text-align: right }
.cut { height: 12px; overflow: hidden }
.over, .under { position: absolute; top: 300px; left: 0 } .scrolls { overflow-x: auto }
b { margin-left: 900px }"""


def everything(page: Any, url: str) -> list[str]:
    """The findings of all ways to look at the page that is open."""
    found = []
    for width, sight in SIGHTS:
        zoom = Zoom(f"sight-{width}", "", width)
        choose(page, sight)
        prepare(page, zoom)
        found += look_zoomed(page, url, zoom)
    choose(page, "")
    for zoom in ZOOMS:
        prepare(page, zoom)
        found += look_zoomed(page, url, zoom)
    return [str(finding) for finding in found]


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page()
    yield page
    page.context.close()


@pytest.mark.parametrize("kind", MODEL_KINDS, ids=lambda kind: kind.name)
def test_nothing_is_lost(page: Any, model_site: Built, model_address: str, kind: Kind) -> None:
    url = kinds(model_site.output)[kind][0]
    page.goto(model_address + url)
    assert [] == everything(page, url)


def test_the_open_panel_fits_every_window(page: Any, model_address: str) -> None:
    page.goto(f"{model_address}/accessibility/")
    page.locator(".sight-panel summary").click()
    assert [] == everything(page, "/accessibility/")


def test_letters_are_as_large_as_the_reader_asked_in_the_browser(browser: Any, model_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{model_address}/about/")
    sizes = []
    for zoom in ZOOMS[:3]:
        prepare(page, zoom)
        sizes.append(page.evaluate("getComputedStyle(document.documentElement).fontSize"))
    page.context.close()
    assert ["16px", "16px", "32px"] == sizes


def test_what_is_lost_is_found(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BROKEN, "utf-8")
    (tmp_path / "style.css").write_text(STYLE)
    page = browser.new_page()
    with serving(tmp_path) as address:
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
