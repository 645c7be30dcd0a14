"""Archives by year, month and day; the month draws a calendar.

What grows while a month lasts (the calendar, the months beside it) stands on the
newest page of its list only: closed pages stay as they are.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from newsroom.content.dates import day as day_text
from newsroom.content.dates import month_year
from newsroom.content.library import Library
from newsroom.content.types import Release
from newsroom.pages.document import Document, Head
from newsroom.pages.heads import HOME
from newsroom.pages.listings import NEWS
from newsroom.pages.pagination import list_head, paginate
from newsroom.pages.structured_data import breadcrumbs
from newsroom.settings import Site


@dataclass(frozen=True)
class CalendarDay:
    """A day in a month's calendar; ``url`` is empty for a day without releases."""

    number: int
    url: str
    count: int


@dataclass(frozen=True)
class _Period:
    """A year, month or day that has releases, newest first in their lists."""

    start: date
    url: str
    releases: tuple[Release, ...]


def documents(library: Library, site: Site) -> Iterator[Document]:
    """Pages for every year, month and day that has a release."""
    days = [
        _Period(day, f"/news/{day:%Y/%m/%d}/", tuple(group))
        for day, group in groupby(library.releases, lambda release: release.date.date())
    ]
    months = [
        _Period(start, f"/news/{start:%Y/%m}/", _releases(group))
        for start, group in groupby(days, lambda day: day.start.replace(day=1))
    ]
    years = [
        _Period(start, f"/news/{start:%Y}/", _releases(group))
        for start, group in groupby(months, lambda month: month.start.replace(month=1))
    ]
    for year in years:
        yield _year(year, [month for month in months if month.start.year == year.start.year], years, site)
    for month, newer, older in _with_neighbours(months):
        own = [day for day in days if day.start.replace(day=1) == month.start]
        yield from _month(month, own, newer, older, site)
    for day, newer, older in _with_neighbours(days):
        yield from _day(day, newer, older, site)


def _releases(periods: Iterator[_Period]) -> tuple[Release, ...]:
    return tuple(release for period in periods for release in period.releases)


def _with_neighbours(periods: Sequence[_Period]) -> Iterator[tuple[_Period, str, str]]:
    """Each period with the addresses of the newer and the older one."""
    urls = ["", *(period.url for period in periods), ""]
    for index, period in enumerate(periods):
        yield period, urls[index], urls[index + 2]


def _year(year: _Period, months: list[_Period], years: list[_Period], site: Site) -> Document:
    context = {
        "year": year.start.year,
        "months": [(month.start, month.url, len(month.releases)) for month in months],
        "years": [(other.start.year, other.url) for other in years],
        "total": len(year.releases),
    }
    title, crumbs = f"Новости за {year.start.year} год", (HOME, NEWS)
    head = Head(
        url=year.url,
        title=title,
        description=f"{title}: {site.name}",
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, title, year.url, site),),
    )
    return Document(head=head, template="year.html", context=context)


def _month(month: _Period, days: list[_Period], newer: str, older: str, site: Site) -> Iterator[Document]:
    by_number = {day.start.day: day for day in days}
    weeks = [
        [_cell(number, by_number) for number in week]
        for week in calendar.Calendar().monthdayscalendar(month.start.year, month.start.month)
    ]
    crumbs = (HOME, NEWS, _year_crumb(month.start))
    name = month_year(month.start)
    for listing in paginate(month.url, month.releases, site.per_page):
        context = {
            "month": month.start,
            "weeks": weeks if listing.newest else [],
            "listing": listing,
            "newer_url": newer if listing.newest else "",
            "older_url": older if listing.newest else "",
        }
        head = list_head(listing, f"Новости: {name}", crumbs, site, crumb=name)
        yield Document(head=head, template="month.html", context=context)


def _cell(number: int, days: dict[int, _Period]) -> CalendarDay | None:
    if not number:
        return None
    day = days.get(number)
    return CalendarDay(number, day.url if day else "", len(day.releases) if day else 0)


def _day(day: _Period, newer: str, older: str, site: Site) -> Iterator[Document]:
    month_url = f"/news/{day.start:%Y/%m}/"
    crumbs = (HOME, NEWS, _year_crumb(day.start), (month_year(day.start), month_url))
    name = day_text(day.start)
    for listing in paginate(day.url, day.releases, site.per_page):
        context = {
            "day": day.start,
            "listing": listing,
            "month_url": month_url,
            "newer_url": newer if listing.newest else "",
            "older_url": older if listing.newest else "",
        }
        head = list_head(listing, f"Новости за {name}", crumbs, site, crumb=name)
        yield Document(head=head, template="day.html", context=context)


def _year_crumb(day: date) -> tuple[str, str]:
    return f"{day.year} год", f"/news/{day.year}/"
