"""The card of each release, and one for all other pages, drawn once and kept."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from newsroom.build.cache import ContentCache
from newsroom.build.section import Output
from newsroom.content.dates import day
from newsroom.content.types import Release
from newsroom.pages.press import Press
from newsroom.pages.share_cards import card_key, draw_card
from newsroom.settings import Site


class Cards(Struct, frozen=True, dict=True):
    """Draws cards with the faces of the theme's ``static`` folder."""

    site: Site
    cache: ContentCache
    static: Path

    def output(self, url: str, press: Press, *, release: Release | None = None, source: str = "") -> Output:
        """The card at ``url``: of a release, or of the whole site."""
        words = self._of_release(release) if release else self._of_site()
        shown = {"words": sorted(words.items()), "faces": self.faces}
        return press.file(url.lstrip("/"), lambda: self._drawn(words), shown, source=source)

    def _of_site(self) -> dict[str, str]:
        return {
            "title": self.site.subtitle or self.site.name,
            "date": "",
            "rubric": self.site.organization,
        }

    def _of_release(self, release: Release) -> dict[str, str]:
        figure = release.figure
        return {
            "title": release.title,
            "date": day(release.date),
            "rubric": release.rubric.title,
            "figure": figure.value if figure else "",
            "figure_label": figure.label if figure else "",
        }

    def _drawn(self, words: dict[str, str]) -> bytes:
        site_name, accent = self.site.name, self.site.accent
        key = card_key(self.faces, site_name, accent, *(words[name] for name in sorted(words)))
        headline, text = self._faces

        def make() -> bytes:
            return draw_card(**words, site_name=site_name, accent=accent, font=headline, text_font=text)

        return self.cache.get(key, ".png", make)

    @cached_property
    def _faces(self) -> tuple[Path, Path]:
        return self.static / self.site.headline_face, self.static / self.site.card_face

    @cached_property
    def faces(self) -> str:
        """The digests of the faces."""
        return " ".join(hashlib.sha256(face.read_bytes()).hexdigest() for face in self._faces)
