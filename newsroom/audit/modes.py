"""The ways a page can look: schemes of the system, and of the version for those who see badly."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

SIGHT = "sight"
"""Key of the reader's choice in localStorage; its value is that of ``data-sight`` on the root of a page."""


_CHOOSE = """([key, words]) => {
    localStorage.setItem(key, words)
    dispatchEvent(new StorageEvent("storage", {key}))
}"""


class Mode(Struct, frozen=True):
    """``sight`` is what the reader chose, "" for nothing."""

    name: str
    title: str
    color_scheme: str = "light"
    sight: str = ""
    media: str = "screen"
    forced_colors: str = "none"


LIGHT = Mode("light", "Светлая")
DARK = Mode("dark", "Тёмная", "dark")
MODES = (
    LIGHT,
    DARK,
    Mode("sight-white", "Чёрным по белому, крупно", sight="size-3 scheme-white spacing-2"),
    Mode("sight-black", "Белым по чёрному, крупнее, без картинок", sight="size-2 scheme-black pictures-off"),
    Mode("sight-blue", "Синим по голубому", sight="size-2 scheme-blue spacing-3"),
)


def context(browser: Any, mode: Mode, width: int, height: int = 800, **more: Any) -> Any:
    """A window of the browser in that mode, with the reader's choice remembered already."""
    window = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=mode.color_scheme,
        forced_colors=mode.forced_colors,
        **more,
    )
    if mode.sight:
        window.add_init_script(f"try {{ localStorage.setItem('{SIGHT}', '{mode.sight}') }} catch {{}}")
    return window


def switch(page: Any, mode: Mode) -> None:
    """Show the open page in another mode; its window must want no motion, or colours are on their way."""
    page.emulate_media(color_scheme=mode.color_scheme, forced_colors=mode.forced_colors)
    choose(page, mode.sight)


def choose(page: Any, sight: str) -> None:
    """As if the reader had chosen it in another tab."""
    page.evaluate(_CHOOSE, [SIGHT, sight])
