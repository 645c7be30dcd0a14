"""What pages weigh on their way to a phone, in bytes; and that their first screen needs no script."""

from __future__ import annotations

from typing import Any

import pytest

from newsroom.audit.budget import PHONE, Budget, Weight, budget_of, weigh
from newsroom.audit.kinds import kinds
from newsroom.audit.modes import LIGHT, context
from tests.conftest import Built

SCREEN = {"width": 360, "height": 740}
FIRST_SCREENS = ("/", "/news/2024/01/prosmotry-novostey/", "/news/")
WEIGHED = {
    "home", "release", "news", "month", "event", "broadcasts", "magazine", "issue", "channels", "feeds",
    "lite", "lost", "search", "photos",
}  # fmt: skip
"""Kinds that ask for sheets, scripts or pictures of their own, or are long."""


GALLERY = "/news/2024/05/pokazatelnaya-galereya/"
"""A release with eight pictures, while an emergency notice is shown."""


@pytest.mark.browser
@pytest.mark.slow
def test_the_longest_page_of_each_kind_keeps_to_its_budget(
    browser: Any, model_site: Built, model_address: str
) -> None:
    longest = {kind.name: urls[0] for kind, urls in kinds(model_site.output).items() if kind.name in WEIGHED}
    pages = [*longest.items(), ("release", GALLERY)]
    weights = weigh(browser, [model_address + url for _, url in pages])
    over = {
        url: faults
        for (kind, url), weight in zip(pages, weights, strict=True)
        if (faults := budget_of(kind).overspent(weight))
    }
    assert {} == over


@pytest.mark.browser
@pytest.mark.slow
def test_all_that_came_is_counted(browser: Any, real_address: str) -> None:
    (weight,) = weigh(browser, [f"{real_address}/magazine/"])
    assert weight.words > 5_000
    assert weight.faces > 40_000
    assert weight.pictures > 1_000
    assert weight.requests > 6


def test_a_budget_names_what_was_overspent() -> None:
    budget = Budget(words=100, with_faces=200, requests=3)
    assert [] == budget.overspent(Weight(words=100, faces=100, pictures=9_999, requests=3))
    over = budget.overspent(Weight(words=101, faces=100, pictures=0, requests=4))
    assert ["words: 101 > 100", "words and faces: 201 > 200", "requests: 4 > 3"] == over


@pytest.mark.browser
@pytest.mark.slow
def test_the_first_screen_is_the_same_without_a_script(browser: Any, real_address: str) -> None:
    with_scripts, without = (_screens(browser, real_address, scripts) for scripts in (True, False))
    other = [url for url in FIRST_SCREENS if with_scripts[url] != without[url]]
    assert [] == other


def _screens(browser: Any, address: str, scripts: bool) -> dict[str, bytes]:
    window = context(browser, LIGHT, **SCREEN, java_script_enabled=scripts)
    page, shown = window.new_page(), {}
    for url in FIRST_SCREENS:
        page.goto(address + url)
        shown[url] = page.screenshot()
    window.close()
    return shown


@pytest.mark.browser
@pytest.mark.slow
def test_faces_that_come_late_move_nothing(browser: Any, real_address: str) -> None:
    """Cumulative Layout Shift as web.dev has it: below 0.1 is good; here half of that is the limit."""
    moved = {url: _shift(browser, real_address + url) for url in FIRST_SCREENS}
    assert {} == {url: shift for url, shift in moved.items() if shift > 0.05}


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [412, 1280])
def test_a_script_that_comes_late_moves_nothing(browser: Any, real_address: str, width: int) -> None:
    late = _shift(browser, f"{real_address}/search/", "**/theme/search.*.js", {"width": width, "height": 740})
    assert late < 0.005


def _shift(browser: Any, address: str, held: str = "**/*.woff2", screen: Any = None) -> float:
    """What moves when the held files come after the first look at the page."""
    window = context(browser, LIGHT, **(screen or PHONE))
    page = window.new_page()
    waiting: list[Any] = []

    is_late = False

    def hold(route: Any) -> None:
        if is_late:
            route.continue_()
        else:
            waiting.append(route)

    page.route(held, hold)
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="commit")
    page.evaluate(_PAINTED)
    for _ in range(100):
        if waiting:
            break
        page.wait_for_timeout(50)
    assert waiting
    is_late = True
    for file in waiting:
        file.continue_()
    page.wait_for_load_state("networkidle")
    page.evaluate(_PAINTED)
    shift: float = page.evaluate("shift")
    window.close()
    return shift


_WATCH = """
window.shift = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => { shift += entry.value; }))
  .observe({type: "layout-shift", buffered: true});
"""
_PAINTED = (
    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"
)
