"""The reports of the site: a page for each year whose totals are told, the same as files, and their list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from newsroom.build.section import Output, Section
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.heads import HOME, head_under_home
from newsroom.pages.report import charts
from newsroom.pages.report.as_csv import as_csv
from newsroom.pages.report.as_markdown import as_markdown
from newsroom.pages.report.as_word import as_word
from newsroom.pages.report.figures import Report
from newsroom.pages.report.year import report
from newsroom.pages.structured_data import breadcrumbs
from newsroom.settings import Site

URL = "/reports/"
TITLE = "Год в числах"
_PAGE, _LIST = "report.html", "reports.html"
FILES: dict[str, Callable[[Report, Site], bytes]] = {
    "docx": as_word,
    "md": lambda told, site: as_markdown(told, site).encode(),
    "csv": as_csv,
}
"""The same as a file, by the ending of its name."""


def sections(desk: Desk) -> Iterator[Section]:
    """Nothing where no year has its totals."""
    years = sorted(desk.measures.years, reverse=True)
    if not years:
        return
    reports = [report(year, desk.library, desk.measures, desk.site) for year in years]
    for each in reports:
        yield _section(each, desk)
    yield _listed(reports, desk)


def addresses(desk: Desk) -> Iterator[str]:
    """The addresses of the pages."""
    if desk.measures.years:
        yield URL
    yield from (f"{URL}{year}/" for year in sorted(desk.measures.years, reverse=True))


def document(told: Report, site: Site) -> Document:
    """The page of a report."""
    crumbs = (HOME, (TITLE, URL))
    head = Head(
        url=told.url,
        title=told.title,
        description=f"Пресс-релизы, просмотры, подписчики, события и эфиры {told.year} года: {site.name}",
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, told.title, told.url, site),),
    )
    drawn = {table.id: charts.drawn(table) for chapter in told.chapters for table in chapter.tables}
    files = [(ending, f"{told.url}{_name(told, ending)}") for ending in FILES]
    context = {"report": told, "charts": drawn, "files": files}
    return Document(head=head, template=_PAGE, context=context)


def _name(told: Report, ending: str) -> str:
    return f"report-{told.year}.{ending}"


def _section(told: Report, desk: Desk) -> Section:
    folder, inputs = told.url.lstrip("/"), {"report": told}

    def outputs() -> Iterator[Output]:
        yield desk.press.page(f"{folder}index.html", _PAGE, partial(document, told, desk.site), inputs)
        for ending, make in FILES.items():
            yield desk.press.file(f"{folder}{_name(told, ending)}", partial(make, told, desk.site), inputs)

    return desk.press.section(f"reports/{told.year}", outputs, told, templates=[_PAGE], weight=1 + len(FILES))


def _listed(reports: Sequence[Report], desk: Desk) -> Section:
    shown = [(told.title, told.url, told.headlines) for told in reports]

    def compose() -> Document:
        head = head_under_home(TITLE, URL, desk.site, f"Итоги года по данным: {desk.site.name}")
        return Document(head=head, template=_LIST, context={"reports": reports})

    page = desk.press.page(f"{URL.lstrip('/')}index.html", _LIST, compose, {"content": shown})
    return desk.press.section("reports", lambda: [page], shown, templates=[_LIST])
