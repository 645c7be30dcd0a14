"""All figures that the material keeps beside what it publishes: audience of the pages, totals of years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field

from newsroom.content import audience, year_totals
from newsroom.content.audience import Audience, read_audience
from newsroom.content.library import Library
from newsroom.content.views import Views, read_views
from newsroom.content.year_totals import YearTotals, read_years
from newsroom.problems import NewsroomError, Problem

T = TypeVar("T")


class Measures(Struct, frozen=True, kw_only=True):
    """What is known; empty where the material has no such files."""

    audience: Audience = Audience()
    years: Mapping[int, YearTotals] = field(default_factory=dict)
    views: Views = Views()


def read_measures(root: Path) -> tuple[Measures, list[Problem]]:
    """The figures of a content folder, and all that is wrong with their files."""
    problems: list[Problem] = []

    def read(reader: Callable[[Path], T], nothing: T) -> T:
        try:
            return reader(root)
        except NewsroomError as error:
            problems.extend(error.problems)
            return nothing

    found = Measures(
        audience=read(read_audience, Audience()), years=read(read_years, {}), views=read(_views, Views())
    )
    return found, problems


def _views(root: Path) -> Views:
    """The views, of which the newest are read at once: the home page needs them."""
    views = read_views(root)
    _ = views.most_read_now
    return views


def strange_names(measures: Measures, library: Library, root: Path) -> Iterator[Problem]:
    """Names of channels, owners and releases in the files that the material does not have."""
    channels = {channel.id for channel in library.channels}
    owners = {channel.owner for channel in library.channels}
    yield from audience.strangers(measures.audience, channels, owners)
    for totals in measures.years.values():
        yield from year_totals.strange_releases(totals, library.by_id, root)
        yield from year_totals.strange_owners(totals, owners, root)
