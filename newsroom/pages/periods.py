"""Archives by year, month and day; the month draws a calendar.

What grows while a month lasts (the calendar, the months beside it) stands on the
newest page of its list only: closed pages stay as they are.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby

from newsroom.build.section import Output, Section
from newsroom.content.catalogue import Entry
from newsroom.content.dates import day as day_text
from newsroom.content.dates import month_year
from newsroom.content.library import Entries
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.heads import HOME
from newsroom.pages.listings import NEWS
from newsroom.pages.pagination import ListPage, list_head, page_urls, paginate
from newsroom.pages.structured_data import breadcrumbs


@dataclass(frozen=True)
class CalendarDay:
    """A day in a month's calendar; ``url`` is empty for a day without releases."""

    number: int
    url: str
    count: int


@dataclass(frozen=True)
class Period:
    """A year, month or day that has releases, with the addresses of the newer and the older one.

    ``name`` is «2024», «2024-05» or «2024-05-09».
    """

    name: str
    entries: Entries
    newer: str = ""
    older: str = ""

    @property
    def url(self) -> str:
        return f"/news/{self.name.replace('-', '/')}/"

    @property
    def start(self) -> date:
        """Its first day."""
        return date.fromisoformat(f"{self.name}-01-01"[:10])


@dataclass(frozen=True)
class Periods:
    """All of them that have releases, newest first."""

    years: Sequence[Period]
    months: Sequence[Period]
    days: Sequence[Period]

    @classmethod
    def of(cls, entries: Entries) -> Periods:
        """The periods of a list of releases."""
        return cls(_periods(entries, 4), _periods(entries, 7), _periods(entries, 10))

    def urls_by_year(self, per_page: int) -> Iterator[tuple[str, list[str]]]:
        """Each year with the addresses of all its pages."""
        parts: dict[str, list[str]] = {year.name: [year.url] for year in self.years}
        for period in (*self.months, *self.days):
            parts[period.name[:4]] += page_urls(period.url, len(period.entries), per_page)
        yield from parts.items()


def sections(desk: Desk, periods: Periods) -> Iterator[Section]:
    """A section for each year's page; one for each month's pages with those of its days."""
    for year in periods.years:
        months = [month for month in periods.months if month.name[:4] == year.name]
        yield _year_section(year, months, periods.years, desk)
    by_month = {name: list(group) for name, group in groupby(periods.days, lambda day: day.name[:7])}
    for month in periods.months:
        yield _month_section(month, by_month[month.name], desk)


def _periods(entries: Entries, letters: int) -> list[Period]:
    """The periods of a list, newest first: years, months or days by how many ``letters`` name one."""
    found = [
        Period(name, tuple(group)) for name, group in groupby(entries, lambda entry: entry.day[:letters])
    ]
    urls = ["", *(period.url for period in found), ""]
    return [replace(period, newer=urls[at], older=urls[at + 2]) for at, period in enumerate(found)]


def _year_section(year: Period, months: Sequence[Period], years: Sequence[Period], desk: Desk) -> Section:
    context = {
        "year": year.start.year,
        "months": [(month.start, month.url, len(month.entries)) for month in months],
        "years": [(other.start.year, other.url) for other in years],
        "total": len(year.entries),
    }

    def compose() -> Document:
        title, crumbs = f"Новости за {year.name} год", (HOME, NEWS)
        head = Head(
            url=year.url,
            title=title,
            description=f"{title}: {desk.site.name}",
            crumbs=crumbs,
            data=(breadcrumbs(crumbs, title, year.url, desk.site),),
        )
        return Document(head=head, template="year.html", context=context)

    page = desk.press.page(_path(year.url), "year.html", compose, {"counts": context})
    return desk.press.section(f"years/{year.name}", lambda: [page], context, templates=["year.html"])


def _month_section(month: Period, days: Sequence[Period], desk: Desk) -> Section:
    def outputs() -> Iterator[Output]:
        yield from _month_pages(month, days, desk)
        for day in days:
            yield from _day_pages(day, desk)

    return desk.press.section(
        f"months/{month.name}",
        outputs,
        [entry.card for entry in month.entries],
        [len(day.entries) for day in days],
        (month.newer, month.older, days[0].newer, days[-1].older),
        templates=("month.html", "day.html"),
        weight=len(days) + 4,
    )


def _month_pages(month: Period, days: Sequence[Period], desk: Desk) -> Iterator[Output]:
    counts = [(day.name, len(day.entries)) for day in days]

    def compose(page: ListPage[Entry]) -> Document:
        name, start = month_year(month.start), month.start
        cards = page.showing(desk.library.cards(page.items))
        context = {
            "month": start,
            "weeks": _weeks(start, days) if page.newest else [],
            "listing": cards,
            "newer_url": month.newer if page.newest else "",
            "older_url": month.older if page.newest else "",
        }
        crumbs = (HOME, NEWS, _year_crumb(start))
        head = list_head(cards, f"Новости: {name}", crumbs, desk.site, crumb=name)
        return Document(head=head, template="month.html", context=context)

    for page in paginate(month.url, tuple(month.entries), desk.site.per_page):
        yield desk.press.page(
            _path(page.url),
            "month.html",
            partial(compose, page),
            {
                "items": [entry.card for entry in page.items],
                "place": _place(page, month),
                "days": counts if page.newest else [],
            },
        )


def _day_pages(day: Period, desk: Desk) -> Iterator[Output]:
    def compose(page: ListPage[Entry]) -> Document:
        name, start = day_text(day.start), day.start
        month_url = f"/news/{start:%Y/%m}/"
        cards = page.showing(desk.library.cards(page.items))
        context = {
            "day": start,
            "listing": cards,
            "month_url": month_url,
            "newer_url": day.newer if page.newest else "",
            "older_url": day.older if page.newest else "",
        }
        crumbs = (HOME, NEWS, _year_crumb(start), (month_year(start), month_url))
        head = list_head(cards, f"Новости за {name}", crumbs, desk.site, crumb=name)
        return Document(head=head, template="day.html", context=context)

    for page in paginate(day.url, tuple(day.entries), desk.site.per_page):
        yield desk.press.page(
            _path(page.url),
            "day.html",
            partial(compose, page),
            {"items": [entry.card for entry in page.items], "place": _place(page, day)},
        )


def _place(page: ListPage[Entry], period: Period) -> tuple[object, ...]:
    """Where a page stands in its list, and for the newest one its period among others."""
    neighbours = (period.newer, period.older, page.total) if page.newest else ()
    return page.number, page.newer_url, page.older_url, neighbours


def _weeks(start: date, days: Sequence[Period]) -> list[list[CalendarDay | None]]:
    by_number = {int(day.name[8:]): day for day in days}
    weeks = calendar.Calendar().monthdayscalendar(start.year, start.month)
    return [[_cell(number, by_number) for number in week] for week in weeks]


def _cell(number: int, days: dict[int, Period]) -> CalendarDay | None:
    if not number:
        return None
    day = days.get(number)
    return CalendarDay(number, day.url if day else "", len(day.entries) if day else 0)


def _year_crumb(day: date) -> tuple[str, str]:
    return f"{day.year} год", f"/news/{day.year}/"


def _path(url: str) -> str:
    return f"{url.lstrip('/')}index.html"
