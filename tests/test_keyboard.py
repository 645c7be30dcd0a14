"""Everything can be done from the keyboard, and the reader always sees where they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsroom.audit.keyboard import skip_link, walk
from newsroom.audit.kinds import kinds
from newsroom.audit.modes import DARK, LIGHT, MODES, context
from newsroom.audit.server import serving
from tests.conftest import Built

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WALKED = ("home", "release", "month", "tags", "issue", "lost")
"""Kinds that have all the things one can press between them."""
BROKEN = """<!doctype html><html lang="ru"><title>Т</title><link rel="stylesheet" href="/style.css">
<a href="/1">Первая ссылка</a><a href="/2" class="bare">Без кольца</a>
<a href="/3" class="hidden">Накрытая ссылка</a><div class="lid"></div>
<a href="/4" tabindex="2">Не в свой черёд</a><a href="/5" class="faint">Бледное кольцо</a>
<span class="dots"><a href="/6">·</a><a href="/7">·</a></span>"""
STYLE = """a { display: block; padding: 6px; outline-offset: 3px } a:focus { outline: 3px solid #000 }
a.bare:focus { outline: none } a.faint:focus { outline: 3px solid #eee }
.hidden { position: absolute; top: 300px; left: 0 } .dots a { display: inline-block; padding: 0; width: 9px }
.lid { position: absolute; top: 290px; left: 0; width: 400px; height: 200px; background: #fff; z-index: 1 }"""


@pytest.mark.parametrize("mode", [LIGHT, DARK, MODES[2]], ids=lambda mode: mode.name)
def test_the_keyboard_reaches_everything(
    browser: Any, model_site: Built, model_address: str, mode: Any
) -> None:
    window = context(browser, mode, 1280 if mode is LIGHT else 360, reduced_motion="reduce")
    page = window.new_page()
    measured: set[str] = set()
    found = []
    by_name = {kind.name: urls for kind, urls in kinds(model_site.output).items()}
    for name in WALKED if mode is LIGHT else WALKED[:2]:
        url = by_name[name][0]
        page.goto(model_address + url)
        found += walk(page, url, measured)
    window.close()
    assert [] == [str(finding) for finding in found]
    assert len(measured) > 20


def test_the_first_key_leads_past_the_head(browser: Any, model_address: str) -> None:
    page = browser.new_page(reduced_motion="reduce")
    page.goto(f"{model_address}/news/")
    assert [] == skip_link(page, "/news/")
    page.close()


def test_the_panel_for_those_who_see_badly_works_from_the_keyboard(browser: Any, model_address: str) -> None:
    page = browser.new_page()
    page.goto(f"{model_address}/")
    page.locator(".sight-panel summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert "size-2" == page.evaluate("document.documentElement.dataset.sight")
    page.keyboard.press("Enter")
    assert f"{model_address}/" == page.url
    page.evaluate("document.querySelector('[type=reset]').focus()")
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.dataset.sight === undefined")
    page.context.close()


def test_what_is_wrong_is_found(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BROKEN, "utf-8")
    (tmp_path / "style.css").write_text(STYLE)
    page = browser.new_page()
    with serving(tmp_path) as address:
        page.goto(f"{address}/")
        found = {(finding.criterion, finding.what.partition("»")[0]) for finding in walk(page, "/", set())}
        page.goto(f"{address}/?")
        skipped = skip_link(page, "/")
    assert ("2.4.7", "a.bare «Без кольца") in found
    assert ("2.4.7", "a.faint «Бледное кольцо") in found
    assert ("2.4.11", "a.hidden «Накрытая ссылка") in found
    assert ("2.4.3", "the order of the stops is not that of the page") in found
    assert ("2.5.8", "a «·") in found
    assert ["2.4.1"] == [finding.criterion for finding in skipped]


def test_a_trap_is_found(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        '<!doctype html><title>Т</title><a href="/1">Ссылка</a><a href="/2">Другая</a><script src="/trap.js">'
        "</script>",
        "utf-8",
    )
    (tmp_path / "trap.js").write_text(
        "addEventListener('keydown', event => { event.preventDefault(); document.links[1].focus() })"
    )
    page = browser.new_page()
    with serving(tmp_path) as address:
        page.goto(f"{address}/")
        criteria = {finding.criterion for finding in walk(page, "/", set())}
    assert {"2.1.1", "2.1.2"} <= criteria
