"""What the chapters of a report stand on: the year, the material, and how a number gets its source."""

from __future__ import annotations

from msgspec import Struct

from newsroom.content.amount import Amount
from newsroom.content.library import Library
from newsroom.content.measures import Measures
from newsroom.content.year_totals import Stated, YearTotals
from newsroom.content.years import Year
from newsroom.pages.report.figures import Number, Source
from newsroom.settings import Site

AUDIENCE = Source("Аудитория страниц", "/data/#audience")


class Ground(Struct, frozen=True, kw_only=True):
    """The year of the report and all that is known."""

    year: int
    library: Library
    measures: Measures
    totals: YearTotals
    site: Site

    @property
    def releases(self) -> Year | None:
        """The published releases of the year."""
        found = (year for year in self.library.releases.years if year.name == str(self.year))
        return next(found, None)

    def of_release(self, id: str) -> Source:
        """A published release as a source; one that is not there is told of, and the build refused."""
        entry = self.library.by_id.get(id)
        card = self.library.card(entry) if entry else None
        return Source(card.title, card.url) if card else Source(id, "/news/")

    def stated(self, stated: Stated, *, signed: bool = False) -> Number:
        """A number that a release says."""
        return Number(amount=stated.amount, source=self.of_release(stated.release), signed=signed)

    def counted(self, count: int, title: str, url: str) -> Number:
        """A number that was counted over the material, shown at an address."""
        return Number(amount=Amount(count), source=Source(title, url))

    def from_audience(self, amount: Amount | None, *, signed: bool = False) -> Number:
        """A number that follows from the counts of the audience."""
        return Number(amount=amount, source=AUDIENCE if amount else None, signed=signed)
