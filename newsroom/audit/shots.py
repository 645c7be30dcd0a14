"""Pictures of every kind of page, at every width, in every mode, on one sheet: `invoke shots`."""

from __future__ import annotations

import argparse
import html
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsroom.audit.chromium import chromium, find_chromium
from newsroom.audit.kinds import Kind, kinds
from newsroom.audit.modes import MODES, Mode, context
from newsroom.audit.server import serving

WIDTHS = (360, 768, 1280)
"""A phone, a tablet, a desk; CSS pixels."""
PAPER = 718
"""A4 between margins of a centimetre, at 96 pixels an inch."""
PRINT = Mode("print", "На бумаге", media="print")
_HEIGHT = 800
_TALLEST = 12_000
"""Pixels of a page that are shown: a year's list goes on in the same way."""


class Shot(Struct, frozen=True):
    """One picture: of which page, how wide, in which mode."""

    kind: Kind
    url: str
    width: int
    mode: Mode

    @property
    def file(self) -> str:
        return f"{self.kind.name}/{self.mode.name}-{self.width}.jpg"


def plan(output: Path, wanted: Sequence[str], widths: Iterable[int], modes: Iterable[Mode]) -> list[Shot]:
    """The longest page of each kind, in all modes and widths; of ``wanted`` kinds only, if any are named."""
    chosen = {
        kind: urls[0] for kind, urls in kinds(output).items() if urls and (not wanted or kind.name in wanted)
    }
    sizes = [(width, mode) for mode in modes for width in ((PAPER,) if mode is PRINT else widths)]
    return [Shot(kind, url, width, mode) for width, mode in sizes for kind, url in chosen.items()]


def take(shots: Sequence[Shot], address: str, folder: Path, browser: Any) -> Iterator[Shot]:
    """Take them, one window for each width and mode; gives each that is taken."""
    window, look = None, None
    for shot in shots:
        if look != (shot.width, shot.mode):
            if window:
                window.close()
            window, look = context(browser, shot.mode, shot.width, _HEIGHT), (shot.width, shot.mode)
            page = window.new_page()
            page.emulate_media(media=shot.mode.media, reduced_motion="reduce")
        page.goto(address + shot.url, wait_until="load")
        _show_all(page)
        path = folder / shot.file
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path, full_page=True, type="jpeg", quality=82, clip=_part(page, shot.width))
        yield shot
    if window:
        window.close()


def _show_all(page: Any) -> None:
    """Pictures further down wait for a reader to come near: here nobody scrolls."""
    page.evaluate(
        "Promise.all([document.fonts.ready, ...[...document.images].map(image => {"
        " image.loading = 'eager'; return image.decode().catch(() => {}) })])"
    )


def _part(page: Any, width: int) -> dict[str, int]:
    tall = page.evaluate("document.documentElement.scrollHeight")
    return {"x": 0, "y": 0, "width": width, "height": min(tall, _TALLEST)}


def sheet(shots: Sequence[Shot]) -> str:
    """The page that shows them beside each other, a row for each kind."""
    rows: dict[Kind, list[Shot]] = {}
    for shot in shots:
        rows.setdefault(shot.kind, []).append(shot)
    parts = [_row(kind, row) for kind, row in rows.items()]
    return _SHEET.format(rows="\n".join(parts))


def _row(kind: Kind, row: Sequence[Shot]) -> str:
    figures = "\n".join(
        f'<figure><a href="{shot.file}"><img src="{shot.file}" alt="" loading="lazy"></a>'
        f"<figcaption>{shot.mode.title}, {shot.width}</figcaption></figure>"
        for shot in row
    )
    return (
        f"<h2>{html.escape(kind.title)} <small>{html.escape(row[0].url)}</small></h2>\n<div>{figures}</div>"
    )


_SHEET = """<!doctype html>
<html lang="ru"><meta charset="utf-8"><title>Снимки страниц</title>
<style>
body {{ font: 16px/1.4 sans-serif; margin: 1rem; background: #ccc }}
div {{ display: flex; gap: 1rem; overflow-x: auto; align-items: start }}
figure {{ margin: 0; flex: none }}
img {{ width: 18rem; max-height: 40rem; object-fit: cover; object-position: top; background: #fff }}
</style>
<h1>Снимки страниц</h1>
{rows}
</html>
"""


def main(arguments: Sequence[str]) -> int:
    """Take the pictures of a built site; exit status 1 where there is no browser or no site."""
    parser = argparse.ArgumentParser(prog="newsroom.audit.shots", description=__doc__)
    parser.add_argument("output", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kinds", default="")
    asked = parser.parse_args(arguments)
    path = find_chromium()
    if not path or not (asked.output / "index.html").is_file():
        print(
            "нет браузера Chromium — установите его" if not path else f"{asked.output}: нет собранного сайта"
        )
        return 1
    wanted = [name for name in asked.kinds.split(",") if name]
    shots = plan(asked.output, wanted, WIDTHS, (*MODES, PRINT))
    asked.folder.mkdir(parents=True, exist_ok=True)
    with serving(asked.output) as address, chromium(path) as browser:
        for number, shot in enumerate(take(shots, address, asked.folder, browser), 1):
            print(f"{number}/{len(shots)} {shot.file}", flush=True)
    (asked.folder / "index.html").write_text(sheet(shots), "utf-8")
    print(f"Снимки: {asked.folder / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
