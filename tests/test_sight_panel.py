"""The version for people who see badly: chosen once, remembered, there before the page is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newsroom.audit.kinds import kinds
from newsroom.audit.modes import MODES, context
from tests.conftest import Built

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SIGHT = "document.documentElement.dataset.sight"
BLOCKED = """Object.defineProperty(window, 'localStorage', {
    get() { throw new DOMException('no', 'SecurityError') },
})"""
WATCH = """new PerformanceObserver(() => {
    window.drawn ??= document.documentElement.dataset.sight || "nothing"
}).observe({type: "paint", buffered: true})
new MutationObserver((_, watching) => {
    if (!document.body) return
    window.atBody = document.documentElement.dataset.sight
    watching.disconnect()
}).observe(document, {childList: true, subtree: true})"""


@pytest.fixture
def window(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context
    context.close()


def choose(page: Any, *values: str) -> None:
    if not page.locator(".sight-panel").evaluate("panel => panel.open"):
        page.locator(".sight-panel summary").click()
    for value in values:
        page.locator(f".sight-panel [value={value}]").check()


def style(page: Any, name: str, selector: str = "html") -> str:
    value: str = page.locator(selector).first.evaluate(
        "(element, name) => getComputedStyle(element)[name]", name
    )
    return value


def test_a_choice_is_remembered_on_the_next_page_and_in_other_tabs(window: Any, model_address: str) -> None:
    other = window.new_page()
    other.goto(f"{model_address}/news/")
    page = window.new_page()
    page.goto(f"{model_address}/")
    choose(page, "size-2", "scheme-black", "spacing-3")
    assert "Выбор запомнен на этом устройстве" == page.locator(".sight-panel [role=status]").inner_text()
    page.goto(f"{model_address}/tags/")
    assert ["size-2", "scheme-black", "spacing-3"] == page.evaluate(SIGHT).split()
    assert ("24px", "rgb(0, 0, 0)") == (style(page, "fontSize"), style(page, "backgroundColor"))
    assert style(page, "letterSpacing", "main a") not in {"normal", "0px"}
    assert page.locator("[value=scheme-black]").is_checked()
    other.wait_for_function(f"{SIGHT} === 'size-2 scheme-black spacing-3'")
    assert other.locator("[value=spacing-3]").is_checked()
    page.locator(".sight-panel summary").click()
    page.get_by_role("button", name="Обычная версия").click()
    other.wait_for_function(f"{SIGHT} === undefined")
    assert page.evaluate("localStorage.getItem('sight')") is None
    assert "16px" == style(page, "fontSize")


def test_the_choice_is_there_before_anything_is_drawn(browser: Any, model_address: str) -> None:
    window = context(browser, MODES[2], 360)
    window.add_init_script(WATCH)
    page = window.new_page()
    page.goto(f"{model_address}/")
    page.wait_for_function("window.drawn")
    expected = MODES[2].sight
    assert [expected, expected] == page.evaluate("[window.atBody, window.drawn]")
    window.close()


def test_every_page_of_the_site_has_the_switch(model_site: Built) -> None:
    """Except the light page, which has neither colours nor scripts of its own."""
    pages = (url for kind, urls in kinds(model_site.output).items() if kind.name != "lite" for url in urls)
    for url in pages:
        text = model_site.text(url)
        head, _, body = text.partition("</head>")
        assert "/sight." in head.partition('<link rel="stylesheet"')[0], url
        assert 'class="sight-panel"' in body, url


def test_where_nothing_can_be_remembered_the_page_still_obeys_and_says_so(
    window: Any, model_address: str
) -> None:
    window.add_init_script(BLOCKED)
    page = window.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(f"{model_address}/")
    choose(page, "size-3")
    assert "32px" == style(page, "fontSize")
    assert "не разрешает" in page.locator(".sight-panel [role=status]").inner_text()
    assert [] == faults


@pytest.mark.parametrize("stored", ["size-9 <b> scheme-black-x", "", "   "])
def test_what_no_one_could_have_chosen_is_not_taken_over(
    window: Any, model_address: str, stored: str
) -> None:
    window.add_init_script(f"localStorage.setItem('sight', '{stored}')")
    page = window.new_page()
    page.goto(f"{model_address}/")
    assert page.evaluate(f"{SIGHT} === undefined")


def test_without_a_script_the_same_buttons_change_the_page(browser: Any, model_address: str) -> None:
    window = browser.new_context(java_script_enabled=False)
    page = window.new_page()
    page.goto(f"{model_address}/magazine/")
    assert page.locator("main img").first.is_visible()
    choose(page, "size-3", "scheme-blue", "spacing-2", "pictures-off")
    assert ("32px", "rgb(179, 220, 255)") == (style(page, "fontSize"), style(page, "backgroundColor"))
    assert style(page, "letterSpacing", "main a") not in {"normal", "0px"}
    assert not page.locator("main img").first.is_visible()
    assert page.get_by_text("выбор действует только на").is_visible()
    page.get_by_role("button", name="Обычная версия").click()
    assert "16px" == style(page, "fontSize")
    assert page.locator("main img").first.is_visible()
    window.close()


def test_pictures_give_place_to_their_words_and_come_back(window: Any, model_address: str) -> None:
    page = window.new_page()
    page.goto(f"{model_address}/magazine/")
    told = page.locator("main img").first.get_attribute("alt")
    choose(page, "pictures-off")
    assert told == page.locator(".picture-words").first.inner_text()
    assert 0 == page.locator("main img:visible").count()
    choose(page, "scheme-black")
    assert 1 == page.locator(".picture-words").count()
    page.get_by_role("button", name="Обычная версия").click()
    assert 0 == page.locator(".picture-words").count()
    picture = page.locator("main img").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_pictures_that_are_off_are_not_asked_for(window: Any, model_address: str) -> None:
    """Except one that stands at the top of a page: the browser asks for it before any script has run."""
    asked: list[str] = []
    page = window.new_page()
    page.goto(f"{model_address}/about/")
    page.evaluate("localStorage.setItem('sight', 'pictures-off')")
    page.on(
        "request", lambda request: asked.append(request.url) if request.resource_type == "image" else None
    )
    page.goto(f"{model_address}/magazine/bratskaya-pyatiletka-2023/")
    page.mouse.wheel(0, 5000)
    page.wait_for_load_state("networkidle")
    lazy = page.locator("main img[loading=lazy]").count()
    assert lazy > 5
    assert len(asked) <= page.locator("main img:not([loading=lazy])").count()


def test_the_script_is_small(model_site: Built) -> None:
    script = next((model_site.output / "theme").glob("sight.*.js"))
    assert isinstance(script, Path)
    assert script.stat().st_size < 5000
