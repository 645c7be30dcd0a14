"""What every maker of pages and files works with."""

from __future__ import annotations

from msgspec import Struct

from newsroom.build.assets import Assets
from newsroom.content.conformity_record import Record
from newsroom.content.library import Library
from newsroom.content.measures import Measures
from newsroom.pages.media import Media
from newsroom.pages.press import Press
from newsroom.pages.prints import Prints
from newsroom.pages.release_cards import Cards
from newsroom.pages.yearbook import Yearbooks
from newsroom.settings import Site


class Desk(Struct, frozen=True, kw_only=True):
    """One build's material and tools."""

    library: Library
    press: Press
    prints: Prints
    yearbooks: Yearbooks
    media: Media
    cards: Cards
    assets: Assets
    conformity: Record | None = None
    measures: Measures = Measures()
    commit: str = ""
    """What the edition is made of: ``build.commit_name``."""

    @property
    def site(self) -> Site:
        return self.press.site
