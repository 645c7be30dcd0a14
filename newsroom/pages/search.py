"""The search: a page, Pagefind's script beside an empty index, and an index of each period.

The page names the periods, and its script lays as many of them together as a question needs,
newest first. An index is kept by what it is made of, so only other texts are indexed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby

import msgspec
from msgspec import Struct

from newsroom.build.fingerprint import SIZE, fingerprint
from newsroom.build.pagefind import Text, bundle, version
from newsroom.build.pagefind_files import ENTRY, Files, empty_index, index_files
from newsroom.build.section import Output, Section
from newsroom.content.types import Named
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document
from newsroom.pages.heads import head_under_home
from newsroom.pages.periods import Periods, period_url
from newsroom.pages.search_periods import SearchPeriod, search_periods
from newsroom.pages.search_texts import search_text
from newsroom.pages.term_indexes import by_letter

URL = "/search/"
TEMPLATE = "search.html"
_ANY = Text(url="/", content="поиск")
_RECIPE = "search 1"
"""Another number for another way of making the files of the same texts."""


class Indexed(Struct, frozen=True):
    """A period on the page: its name, its first month that has releases, how many it has, what tells its
    index from an earlier one."""

    name: str
    since: str
    count: int
    tag: str


def sections(desk: Desk, archive: Periods) -> Iterator[Section]:
    """A section for each period; one for what is beside them; one for the page."""
    indexed = []
    months = desk.yearbooks.months
    for period in search_periods(name for name, month in months.items() if month.cards):
        yield _period_section(period, desk)
        whole = [months[name].whole for name in period.months]
        tag = fingerprint(_RECIPE, version(), whole).hex()
        count = sum(len(months[name].cards) for name in period.months) // SIZE
        indexed.append(Indexed(period.name, period.months[-1], count, tag))
    yield _engine_section(desk)
    yield _page_section(indexed, archive, desk)


def engine() -> str:
    """The folder of the script, another one for another version: no browser shall mix two of them."""
    return f"{URL}engine-{version()}/"


def _period_section(period: SearchPeriod, desk: Desk) -> Section:
    books = [desk.yearbooks.months[month] for month in period.months]
    folder = f"{URL.lstrip('/')}{period.name}/"
    return desk.press.section(
        f"search/{period.name}",
        partial(_period_outputs, period, folder, desk),
        [book.whole for book in books],
        weight=sum(len(book.cards) for book in books) // SIZE,
        instead=f"{folder}{ENTRY}",
    )


def _period_outputs(period: SearchPeriod, folder: str, desk: Desk) -> Iterator[Output]:
    library = desk.library
    texts = [
        search_text(library.release(entry)) for month in period.months for entry in library.within(month)
    ]
    key = f"{_RECIPE} {version()} {msgspec.json.encode(texts).decode()}"
    files = _kept(key, lambda: index_files(bundle(texts)), desk)
    yield from _outputs(folder, files, desk)


def _engine_section(desk: Desk) -> Section:
    """Its files have no words: what is made of one text is the same for any."""

    def outputs() -> Iterator[Output]:
        key = f"{_RECIPE} {version()} engine"
        files = _kept(key, lambda: empty_index(bundle([_ANY])), desk)
        yield from _outputs(engine().lstrip("/"), files, desk)

    return desk.press.section("search/engine", outputs, weight=4, instead=f"{engine().lstrip('/')}{ENTRY}")


def _page_section(indexed: Sequence[Indexed], archive: Periods, desk: Desk) -> Section:
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
    shown = rubrics, tags, departments, archive.years, archive.months, indexed

    def compose() -> Document:
        context = {
            "engine": engine(),
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


def _kept(key: str, make: Callable[[], Files], desk: Desk) -> Files:
    """The files under ``key``, made unless they are in the cache."""
    data = desk.media.cache.get(key, ".search", lambda: msgspec.msgpack.encode(make()))
    return msgspec.msgpack.decode(data, type=Files)


def _outputs(folder: str, files: Files, desk: Desk) -> Iterator[Output]:
    for name, data in files.items():
        yield desk.press.file(f"{folder}{name}", partial(bytes, data), {"content": data})
