"""What was corrected: a page with the newest corrections, one for each year, and their feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain, groupby

from msgspec.structs import replace

from newsroom.build.section import Output, Section
from newsroom.content.outline import Corrected
from newsroom.pages import corrections_feed
from newsroom.pages.corrections_feed import Line, Make
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.feed_links import CORRECTIONS, correction_feeds
from newsroom.pages.heads import HOME, head_under_home
from newsroom.pages.structured_data import breadcrumbs
from newsroom.settings import Site

TITLE = "Исправления"
_INTRO = "Что и когда исправлено в пресс-релизах после выхода."
_TEMPLATE = "corrections.html"


def sections(desk: Desk, stylesheet: str) -> Iterator[Section]:
    """One for the newest corrections with their feeds, one for each year in which any was made."""
    made = due(desk)
    by_year = {year: list(some) for year, some in groupby(made, partial(_year, desk.site))}
    newest, years = made[: desk.site.feed_items], tuple(by_year)
    yield desk.press.section(
        "corrections",
        lambda: _newest_outputs(newest, years, stylesheet, desk),
        newest,
        years,
        stylesheet,
        templates=[_TEMPLATE],
    )
    for year, some in by_year.items():
        yield desk.press.section(
            f"corrections/{year}",
            partial(_year_outputs, year, some, years, desk),
            some,
            years,
            templates=[_TEMPLATE],
        )


def due(desk: Desk) -> list[Corrected]:
    """The corrections whose hour has come, newest first. No year is opened to know them."""
    found = chain.from_iterable(year.outline.corrected for year in desk.library.years)
    return sorted((each for each in found if each.moment <= desk.prints.now), reverse=True)


def _year(site: Site, corrected: Corrected) -> int:
    return datetime.fromtimestamp(corrected.moment, site.tz).year


def _newest_outputs(
    newest: Sequence[Corrected], years: Sequence[int], stylesheet: str, desk: Desk
) -> Iterator[Output]:
    head = head_under_home(TITLE, CORRECTIONS, desk.site, f"{_INTRO} {desk.site.name}")
    yield _page(_with_feeds(head), newest, years, desk)
    for name, make in corrections_feed.FORMATS.items():
        inputs = {"items": newest, "words": stylesheet}
        made = partial(_feed, make, newest, stylesheet, desk)
        yield desk.press.file(f"{CORRECTIONS.lstrip('/')}{name}.xml", made, inputs)


def _feed(make: Make, newest: Sequence[Corrected], stylesheet: str, desk: Desk) -> bytes:
    return make(list(_lines(newest, desk)), desk.site, stylesheet)


def _year_outputs(year: int, some: Sequence[Corrected], years: Sequence[int], desk: Desk) -> Iterator[Output]:
    title, url, crumbs = f"{TITLE}, {year} год", f"{CORRECTIONS}{year}/", (HOME, (TITLE, CORRECTIONS))
    head = Head(
        url=url,
        title=title,
        description=f"Исправления в пресс-релизах за {year} год: {desk.site.name}",
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, title, url, desk.site),),
    )
    yield _page(_with_feeds(head), some, years, desk, year)


def _with_feeds(head: Head) -> Head:
    return replace(head, feeds=correction_feeds())


def _page(head: Head, some: Sequence[Corrected], years: Sequence[int], desk: Desk, year: int = 0) -> Output:
    links = [(year, f"{CORRECTIONS}{year}/") for year in years]

    def compose() -> Document:
        context = {"intro": _INTRO, "year": year, "lines": list(_lines(some, desk)), "years": links}
        return Document(head=head, template=_TEMPLATE, context=context)

    path = f"{head.url.lstrip('/')}index.html"
    return desk.press.page(path, _TEMPLATE, compose, {"items": some, "years": years})


def _lines(some: Sequence[Corrected], desk: Desk) -> Iterator[Line]:
    for each in some:
        release = desk.library.release(desk.library.by_id[each.id])
        yield Line(release.changes[each.number], release)
