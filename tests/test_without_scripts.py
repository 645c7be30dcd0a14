"""Without JavaScript every page says and does what it must."""

from __future__ import annotations

from typing import Any

import pytest

from newsroom.audit.kinds import kinds
from tests.conftest import Built

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WORDS = "document.querySelector('main').innerText.replace(/\\s+/g, ' ').trim()"
BUTTONS = ("Скопировать текст",)
"""What only a script can do, and is shown by it."""
OTHERWISE = {"search", "verify"}
"""Without a script the search gives other ways to the news, and what is to be verified is so by commands."""


def test_every_kind_of_page_says_the_same_without_scripts(
    browser: Any, model_site: Built, model_address: str
) -> None:
    with_scripts = browser.new_context().new_page()
    without = browser.new_context(java_script_enabled=False).new_page()
    differing = {}
    for kind, urls in kinds(model_site.output).items():
        for url in () if kind.name in OTHERWISE else urls[:1]:
            said = []
            for page in (with_scripts, without):
                page.goto(model_address + url)
                words = page.evaluate(WORDS)
                for button in BUTTONS:
                    words = words.replace(f"{button} ", "")
                said.append(words)
            if said[0] != said[1]:
                differing[url] = said
    with_scripts.context.close()
    without.context.close()
    assert {} == differing


def test_a_reader_without_scripts_walks_through_the_site(browser: Any, model_address: str) -> None:
    window = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = window.new_page()
    page.goto(f"{model_address}/")
    page.get_by_role("navigation", name="Разделы").get_by_role("link", name="Новости").click()
    assert page.url.endswith("/news/")
    page.locator("main a[href$='/prosmotry-novostey/']").first.click()
    assert "713" in page.locator("h1").inner_text()
    page.locator(".tag-list a").first.click()
    assert "/tags/" in page.url
    page.locator("main .headline a").first.click()
    page.get_by_role("link", name="Простой текст").click()
    assert page.url.endswith(".txt")
    window.close()
