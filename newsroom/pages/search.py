"""The search: a page, Pagefind's script beside an empty index, indexes of periods, a register of them.

The page names the periods, and its script lays as many of them together as a question needs,
newest first. An index is kept by what it is made of, so only other texts are indexed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

from msgspec import Struct

from newsroom.build.fingerprint import SIZE, fingerprint
from newsroom.build.pagefind import version
from newsroom.build.pagefind_files import ENTRY
from newsroom.build.section import Output, Section
from newsroom.content.types import Named
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document
from newsroom.pages.heads import head_under_home
from newsroom.pages.periods import Periods, period_url
from newsroom.pages.search_files import NUMBER, RECIPE, engine_files, outputs, period_files
from newsroom.pages.search_periods import SearchPeriod, search_periods
from newsroom.pages.search_register import quarter_contents, register_section, register_tag
from newsroom.pages.term_indexes import by_letter

URL = "/search/"
TEMPLATE = "search.html"


class Indexed(Struct, frozen=True):
    """A period on the page: its name, its first month that has releases, how many it has, what tells its
    index from an earlier one."""

    name: str
    since: str
    count: int
    tag: str


def sections(desk: Desk, archive: Periods) -> Iterator[Section]:
    """A section for each period; one for the register; one for what is beside them; one for the page."""
    indexed, closed = [], {}
    months = desk.yearbooks.months
    for period in search_periods(name for name, month in months.items() if month.cards):
        whole = [months[name].whole for name in period.months]
        tag = fingerprint(RECIPE, version(), whole).hex()
        yield _period_section(period, tag, desk)
        count = sum(len(months[name].cards) for name in period.months) // SIZE
        indexed.append(Indexed(period.name, period.months[-1], count, tag))
        if period.is_closed:
            closed[period] = tag
    if closed:
        yield register_section(closed, desk)
    yield _engine_section(desk)
    yield _page_section(indexed, register_tag(closed), archive, desk)


def engine() -> str:
    """The folder of the script, another one for another version: no browser shall mix two of them.

    Its files may be kept for ever (``response_headers``), so nothing else may change them.
    """
    return f"{URL}engine-{version()}-{NUMBER}/"


def _period_section(period: SearchPeriod, tag: str, desk: Desk) -> Section:
    books = [desk.yearbooks.months[month] for month in period.months]
    folder = f"{URL.lstrip('/')}{period.name}/"
    return desk.press.section(
        f"search/{period.name}",
        partial(_period_outputs, period, tag, folder, desk),
        [book.whole for book in books],
        weight=sum(len(book.cards) for book in books) // SIZE,
        instead=f"{folder}{ENTRY}",
    )


def _period_outputs(period: SearchPeriod, tag: str, folder: str, desk: Desk) -> Iterator[Output]:
    files = period_files(period, desk)
    if period.is_closed:
        quarter_contents(period, tag, desk, lambda: files)  # here several processes are at work
    yield from outputs(folder, files, desk)


def _engine_section(desk: Desk) -> Section:
    """Its files have no words."""
    folder = engine().lstrip("/")

    def listed() -> Iterator[Output]:
        yield from outputs(folder, engine_files(desk), desk)

    return desk.press.section("search/engine", listed, weight=4, instead=f"{folder}{ENTRY}")


def _page_section(indexed: Sequence[Indexed], register: str, archive: Periods, desk: Desk) -> Section:
    library = desk.library
    rubrics = [
        (each, len(library.by_rubric[each.id])) for each in library.rubrics if each.id in library.by_rubric
    ]
    tags = [(each, len(library.by_tag[each.id])) for each in library.tags if each.id in library.by_tag]
    departments = [
        (Named(id=each.id, title=each.title, url=each.url), len(library.by_department[each.id]))
        for each in library.departments
        if each.id in library.by_department
    ]
    shown = rubrics, tags, departments, archive.years, archive.months, indexed, register

    def compose() -> Document:
        context = {
            "engine": engine(),
            "register": register,
            "periods": [(each.name, each.since, each.count, each.tag) for each in indexed],
            "rubrics": rubrics,
            "letters": by_letter(tags),
            "departments": departments,
            "years": _years(archive),
        }
        description = f"Поиск по пресс-релизам, темам и годам: {desk.site.name}"
        head = head_under_home("Поиск", URL, desk.site, description)
        return Document(head=head, template=TEMPLATE, context=context)

    page = desk.press.page("search/index.html", TEMPLATE, compose, {"terms": shown})
    return desk.press.section("search", lambda: [page], fingerprint(shown), templates=[TEMPLATE])


def _years(archive: Periods) -> list[tuple[str, str, int, list[tuple[date, str, int]]]]:
    """Each year with its address and how many releases it has, and its months as a calendar has them."""
    months = {year: list(group) for year, group in groupby(archive.months, lambda month: month[0][:4])}
    return [
        (year, period_url(year), total, [_month(name, count) for name, count in reversed(months[year])])
        for year, total in archive.years
    ]


def _month(name: str, count: int) -> tuple[date, str, int]:
    return date.fromisoformat(f"{name}-01"), period_url(name), count
