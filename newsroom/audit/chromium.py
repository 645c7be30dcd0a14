"""Chromium, driven through Playwright, without anything it would do on its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_FLAGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")


def find_chromium() -> str:
    """The path of the program; "" where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for path in map(shutil.which, names) if path), "")


@contextmanager
def chromium(path: str) -> Iterator[Any]:
    """A running browser, until the block ends."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()
