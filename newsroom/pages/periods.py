"""Archives by year, month and day; the month draws a calendar.

What grows while a month lasts (the calendar, the months beside it) stands on the
newest page of its list only: closed pages stay as they are.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from msgspec import Struct

from newsroom.build.section import Output, Section
from newsroom.content.catalogue import Entry
from newsroom.content.dates import day as day_text
from newsroom.content.dates import month_year
from newsroom.content.library import Library
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.heads import HOME
from newsroom.pages.listings import NEWS
from newsroom.pages.pagination import ListPage, list_head, paginate
from newsroom.pages.structured_data import breadcrumbs


class CalendarDay(Struct, frozen=True):
    """A day in a month's calendar; ``url`` is empty for a day without releases."""

    number: int
    url: str
    count: int


class Period(Struct, frozen=True):
    """A year, month or day with so many releases; ``newer`` and ``older`` are the nearest others with some.

    ``name`` is «2024», «2024-05» or «2024-05-09».
    """

    name: str
    count: int
    newer: str = ""
    older: str = ""

    @property
    def url(self) -> str:
        return period_url(self.name)

    @property
    def newer_url(self) -> str:
        return period_url(self.newer)

    @property
    def older_url(self) -> str:
        return period_url(self.older)

    @property
    def start(self) -> date:
        return _first_day(self.name)


Count = tuple[str, int]
"""The name of a period and how many releases it has."""


class Periods(Struct, frozen=True):
    """All of them that have releases, newest first."""

    years: Sequence[Count]
    months: Sequence[Count]
    days: Sequence[Count]

    @classmethod
    def of(cls, library: Library) -> Periods:
        """The periods of the published releases."""
        days = [day for year in library.years for day in year.outline.days]
        return cls(_summed(days, 4), _summed(days, 7), days)

    def lists_by_year(self) -> Iterator[tuple[str, list[tuple[str, int]]]]:
        """Each year with the addresses of all its lists and how long they are; its own page is no list."""
        lists = {name: [(period_url(name), 0)] for name, _ in self.years}
        for name, count in (*self.months, *self.days):
            lists[name[:4]].append((period_url(name), count))
        yield from lists.items()


def sections(desk: Desk, periods: Periods) -> Iterator[Section]:
    """A section for each year's page; one for each month's pages with those of its days."""
    months = {name: list(group) for name, group in groupby(periods.months, lambda month: month[0][:4])}
    for year in periods.years:
        yield _year_section(year, months[year[0]], periods.years, desk)
    days = groupby(_chained(periods.days), lambda day: day.name[:7])
    for month, (_, group) in zip(_chained(periods.months), days, strict=True):
        yield _month_section(month, list(group), desk)


def _summed(days: Sequence[Count], letters: int) -> list[Count]:
    """Days counted together by the first ``letters`` of their names."""
    periods = groupby(days, lambda day: day[0][:letters])
    return [(name, sum(count for _, count in group)) for name, group in periods]


def _chained(periods: Sequence[Count]) -> Iterator[Period]:
    names = ["", *(name for name, _ in periods), ""]
    for at, (name, count) in enumerate(periods):
        yield Period(name, count, newer=names[at], older=names[at + 2])


def _first_day(name: str) -> date:
    return date.fromisoformat(f"{name}-01-01"[:10])


def period_url(name: str) -> str:
    """The address of a year, month or day («2024-05»)."""
    return f"/news/{name.replace('-', '/')}/" if name else ""


def _year_section(year: Count, months: Sequence[Count], years: Sequence[Count], desk: Desk) -> Section:
    name, total = year
    url = period_url(name)
    context = {
        "year": int(name),
        "months": [(_first_day(month), period_url(month), count) for month, count in months],
        "years": [(int(other), period_url(other)) for other, _ in years],
        "total": total,
    }

    def compose() -> Document:
        title, crumbs = f"Новости за {name} год", (HOME, NEWS)
        head = Head(
            url=url,
            title=title,
            description=f"{title}: {desk.site.name}",
            crumbs=crumbs,
            data=(breadcrumbs(crumbs, title, url, desk.site),),
        )
        return Document(head=head, template="year.html", context=context)

    page = desk.press.page(_path(url), "year.html", compose, {"counts": context})
    return desk.press.section(f"years/{name}", lambda: [page], context, templates=["year.html"])


def _month_section(month: Period, days: Sequence[Period], desk: Desk) -> Section:
    def outputs() -> Iterator[Output]:
        yield from _month_pages(month, days, desk)
        for day in days:
            yield from _day_pages(day, desk)

    return desk.press.section(
        f"months/{month.name}",
        outputs,
        desk.yearbooks.months[month.name].cards,
        [(day.name, day.count) for day in days],
        (month.newer, month.older, days[0].newer, days[-1].older),
        templates=("month.html", "day.html"),
        weight=len(days) + 4,
    )


def _month_pages(month: Period, days: Sequence[Period], desk: Desk) -> Iterator[Output]:
    counts = [(day.name, day.count) for day in days]

    def compose(page: ListPage[Entry]) -> Document:
        name, start = month_year(month.start), month.start
        cards = page.showing(desk.library.cards(page.items))
        context = {
            "month": start,
            "weeks": _weeks(start, days) if page.newest else [],
            "listing": cards,
            "newer_url": month.newer_url if page.newest else "",
            "older_url": month.older_url if page.newest else "",
        }
        crumbs = (HOME, NEWS, _year_crumb(start))
        head = list_head(cards, f"Новости: {name}", crumbs, desk.site, crumb=name)
        return Document(head=head, template="month.html", context=context)

    for page in paginate(month.url, desk.library.within(month.name), desk.site.per_page):
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
            "newer_url": day.newer_url if page.newest else "",
            "older_url": day.older_url if page.newest else "",
        }
        crumbs = (HOME, NEWS, _year_crumb(start), (month_year(start), month_url))
        head = list_head(cards, f"Новости за {name}", crumbs, desk.site, crumb=name)
        return Document(head=head, template="day.html", context=context)

    for page in paginate(day.url, desk.library.within(day.name), desk.site.per_page):
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
    return CalendarDay(number, day.url if day else "", day.count if day else 0)


def _year_crumb(day: date) -> tuple[str, str]:
    return f"{day.year} год", f"/news/{day.year}/"


def _path(url: str) -> str:
    return f"{url.lstrip('/')}index.html"
