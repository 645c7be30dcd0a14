"""Chromium, driven through Playwright, without anything it would do on its own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--font-render-hinting=none",  # without windows it would round the width of each letter, as no phone does
)
_WHOLE = ("chromium", "chromium-browser", "google-chrome")
_SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
"""The same engine without windows, which Playwright itself brings along: a page takes a third of the time."""


def find_chromium() -> str:
    """The path of the program to look at pages with; "" where there is none."""
    return _first(*_SHELLS, *_WHOLE)


def find_whole_chromium() -> str:
    """The path of the program that people have; "" where there is none."""
    return _first(*_WHOLE)


def _first(*names: str) -> str:
    return next((path for path in map(shutil.which, names) if path), "")


@contextmanager
def chromium(path: str) -> Iterator[Any]:
    """A running browser, until the block ends."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        yield browser
        browser.close()
