"""The site in a real browser, as a reader sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGES = (
    "/", "/news/", "/news/2023/12/bratskaya-pyatiletka/", "/tags/bratskaya-pyatiletka/", "/magazine/",
    "/magazine/bratskaya-pyatiletka-2023/", "/magazine/bratskaya-pyatiletka-2023/2/", "/events/",
    "/events/den-pobedy/", "/broadcasts/", "/channels/", "/news/2023/", "/news/2023/12/", "/tags/",
    "/corrections/", "/404.html",
)  # fmt: skip
WIDTHS = (320, 360, 768, 1280)


@pytest.fixture(scope="module")
def address(real_address: str) -> str:
    return real_address


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("response", lambda answer: page.faults.append(answer.url) if answer.status >= 400 else None)
    yield page
    context.close()


def test_a_reader_goes_from_home_to_a_release_and_to_its_tag(page: Any, address: str) -> None:
    page.goto(f"{address}/")
    page.get_by_role("link", name="713").first.click()
    assert "/news/2024/01/prosmotry-novostey/" in page.url
    assert "713" in page.locator("h1").inner_text()
    page.locator(".tag-list a").first.click()
    assert "/tags/" in page.url
    assert page.locator("main h2, main h3").first.is_visible()
    assert [] == page.faults


def test_the_magazine_can_be_leafed_through(page: Any, address: str) -> None:
    page.goto(f"{address}/magazine/")
    page.get_by_role("link", name="Братская пятилетка").first.click()
    page.goto(f"{page.url}1/")
    picture = page.locator("main img").first
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    page.locator("main a[rel=next]").first.click()
    assert page.url.endswith("/2/")
    assert [] == page.faults


def test_a_feed_opened_in_the_browser_reads_as_a_page(page: Any, address: str) -> None:
    page.goto(f"{address}/rss.xml")
    link = page.locator(".feed-link").first
    assert link.is_visible()
    size = link.evaluate("element => parseFloat(getComputedStyle(element).fontSize)")
    assert size > 16
    assert link.evaluate("element => element.href").startswith("https://news.example/news/20")
    assert [] == page.faults


def test_the_text_of_a_release_can_be_copied(browser: Any, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}/news/2024/01/prosmotry-novostey/")
    page.get_by_role("button", name="Скопировать").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('713'))")
    context.close()


@pytest.mark.parametrize("url", PAGES)
def test_no_page_scrolls_sideways_or_asks_another_host(page: Any, address: str, url: str) -> None:
    foreign: list[str] = []
    page.on("request", lambda asked: foreign.append(asked.url) if not asked.url.startswith(address) else None)
    page.goto(address + url)
    wide = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((width, scheme))
    page.reload()  # what a wide window asks for
    assert ([], []) == (wide, foreign)


def test_without_javascript_nothing_is_missing(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/news/2024/01/prosmotry-novostey/")
    assert page.locator("h1").is_visible()
    assert page.locator(".share-links a").first.is_visible()
    assert 0 == page.get_by_role("button", name="Скопировать").count()
    context.close()
