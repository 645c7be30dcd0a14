"""Archives by year, month and day; the month draws a calendar."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from newsroom.content.dates import day as day_text
from newsroom.content.dates import month_year
from newsroom.content.types import Library, Release
from newsroom.pages.document import Document, Head
from newsroom.pages.listings import HOME, NEWS
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
        yield _month(month, own, newer, older, site)
    for day, newer, older in _with_neighbours(days):
        yield _day(day, newer, older, site)


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
    title = f"Новости за {year.start.year} год"
    return Document(head=_head(year, title, (HOME, NEWS), site), template="year.html", context=context)


def _month(month: _Period, days: list[_Period], newer: str, older: str, site: Site) -> Document:
    by_number = {day.start.day: day for day in days}
    weeks = [
        [_cell(number, by_number) for number in week]
        for week in calendar.Calendar().monthdayscalendar(month.start.year, month.start.month)
    ]
    context = {
        "month": month.start,
        "weeks": weeks,
        "releases": month.releases,
        "newer_url": newer,
        "older_url": older,
    }
    crumbs = (HOME, NEWS, (f"{month.start.year} год", f"/news/{month.start.year}/"))
    title = f"Новости: {month_year(month.start)}"
    return Document(head=_head(month, title, crumbs, site), template="month.html", context=context)


def _cell(number: int, days: dict[int, _Period]) -> CalendarDay | None:
    if not number:
        return None
    day = days.get(number)
    return CalendarDay(number, day.url if day else "", len(day.releases) if day else 0)


def _day(day: _Period, newer: str, older: str, site: Site) -> Document:
    month_url = f"/news/{day.start:%Y/%m}/"
    context = {
        "day": day.start,
        "releases": day.releases,
        "month_url": month_url,
        "newer_url": newer,
        "older_url": older,
    }
    crumbs = (
        HOME,
        NEWS,
        (f"{day.start.year} год", f"/news/{day.start.year}/"),
        (month_year(day.start), month_url),
    )
    title = f"Новости за {day_text(day.start)}"
    return Document(head=_head(day, title, crumbs, site), template="day.html", context=context)


def _head(period: _Period, title: str, crumbs: tuple[tuple[str, str], ...], site: Site) -> Head:
    return Head(
        url=period.url,
        title=title,
        description=f"{title}: {site.name}",
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, title, period.url, site),),
    )
