"""The report of a year: its chapters, in the order in which the press service tells them."""

from __future__ import annotations

from newsroom.content.library import Library
from newsroom.content.measures import Measures
from newsroom.content.year_totals import YearTotals
from newsroom.pages.report import of_channels, of_city, of_plans, of_releases, of_site
from newsroom.pages.report.figures import Report
from newsroom.pages.report.ground import Ground
from newsroom.settings import Site


def report(year: int, library: Library, measures: Measures, site: Site) -> Report:
    """What the material tells of a year, as far as it is published."""
    totals = measures.years.get(year, YearTotals(year=year))
    ground = Ground(year=year, library=library, measures=measures, totals=totals, site=site)
    chapters = (
        of_releases.chapter(ground),
        of_site.chapter(ground),
        of_channels.chapter(ground),
        of_city.events(ground),
        of_city.broadcasts(ground),
        of_city.magazine(ground),
        of_plans.firsts(ground),
        of_plans.plans(ground),
    )
    told = tuple(chapter for chapter in chapters if chapter.statements or chapter.tables)
    return Report(year=year, chapters=told)
