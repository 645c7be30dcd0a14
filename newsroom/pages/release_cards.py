"""The card of each release, and one for all other pages, drawn once and kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from newsroom.build.cache import ContentCache
from newsroom.content.dates import day
from newsroom.content.library import Library
from newsroom.pages.document import File
from newsroom.pages.share_cards import card_key, draw_card
from newsroom.settings import Site

SITE_CARD = "/card.png"


def files(library: Library, site: Site, cache: ContentCache, theme: Path) -> Iterator[File]:
    """``card.png`` beside each release; ``/card.png`` for pages without one of their own."""
    draw = _Drawer(site, cache, theme / "static")
    yield draw.file(SITE_CARD, title=site.subtitle or site.name, date="", rubric=site.organization)
    for release in library.releases:
        figure = release.figure
        yield draw.file(
            release.card_url,
            title=release.title,
            date=day(release.date),
            rubric=release.rubric.title,
            figure=figure.value if figure else "",
            figure_label=figure.label if figure else "",
        )


class _Drawer:
    def __init__(self, site: Site, cache: ContentCache, static: Path) -> None:
        self.site, self.cache = site, cache
        self.faces = static / site.headline_face, static / site.card_face
        self.digests = " ".join(hashlib.sha256(face.read_bytes()).hexdigest() for face in self.faces)

    def file(self, url: str, **words: str) -> File:
        site_name, accent = self.site.name, self.site.accent
        key = card_key(self.digests, site_name, accent, *(words[name] for name in sorted(words)))
        headline, text = self.faces

        def make() -> bytes:
            return draw_card(**words, site_name=site_name, accent=accent, font=headline, text_font=text)

        return File(path=url.lstrip("/"), data=self.cache.get(key, ".png", make))
