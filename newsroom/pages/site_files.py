"""Files of the site as a whole: the theme's, the card, the calendar, those at fixed addresses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsroom.build.section import Output, Section
from newsroom.pages import announcing, calendar_file, response_headers, well_known
from newsroom.pages.desk import Desk
from newsroom.pages.document import SITE_CARD, File


def sections(desk: Desk, theme: Path) -> Iterator[Section]:
    """A section for each of them."""
    site, library = desk.site, desk.library
    assets = [File(path=asset.url.lstrip("/"), data=asset.data) for asset in desk.assets]
    yield desk.press.given("theme", assets)
    root = [File(path=path.name, data=path.read_bytes()) for path in sorted((theme / "root").iterdir())]
    keys = announcing.key_files(library.channels)
    yield desk.press.given("root", [*root, *well_known.files(site), *response_headers.files(site), *keys])
    if "cards" in site.extras:
        yield desk.press.section("card", lambda: [desk.cards.output(SITE_CARD, desk.press)], desk.cards.faces)
    if "calendar" in site.extras:
        shown = library.events, library.broadcasts

        def outputs() -> Iterator[Output]:
            yield desk.press.file(calendar_file.PATH, lambda: _calendar(desk), {"events": shown})

        yield desk.press.section("calendar", outputs, *shown)
    if site.editor:
        from newsroom.pages.editor.section import section

        yield section(desk, site.editor)


def _calendar(desk: Desk) -> bytes:
    (file,) = calendar_file.files(desk.library, desk.site)
    return file.data
