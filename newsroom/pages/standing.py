"""Pages that stand by themselves: the channels, standing pages, feeds, open data, 404, redirects."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from newsroom.build.section import Output, Section
from newsroom.content.catalogue import Entry
from newsroom.pages import channels, file_texts
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.feed_links import all_feeds
from newsroom.pages.heads import head_under_home
from newsroom.pages.open_data_sets import datasets
from newsroom.pages.redirect_map import PATH, redirect_map

_LATEST = 5


def sections(desk: Desk) -> Iterator[Section]:
    """A section for each standing page; one for the directories; one for redirects."""
    library, site = desk.library, desk.site
    yield channels.section(desk)
    for page in library.pages:
        head = head_under_home(page.title, page.url, site, page.summary, source=page.source)
        yield _content_page(desk, page, head)
    head = head_under_home("Ленты", "/feeds/", site, f"RSS, Atom, JSON Feed и календарь: {site.name}")
    yield _single(
        desk, "feeds-page", "feeds/index.html", "feeds.html", head, {"feeds": all_feeds(library, site)}
    )
    if "data" in site.extras:
        head = head_under_home("Открытые данные", "/data/", site, f"Наборы открытых данных: {site.name}")
        yield _data_page(desk, head)
    head = Head(url="/404.html", title="Страница не найдена", listed=False)
    latest = list(library.cards(library.releases[:_LATEST]))
    yield _single(desk, "404", "404.html", "404.html", head, {"latest": latest})
    yield _redirects(desk)


def _single(
    desk: Desk, key: str, path: str, template: str, head: Head, context: dict[str, Any], source: str = ""
) -> Section:
    """A section of one page, which depends on its whole context."""

    def compose() -> Document:
        return Document(head=head, template=template, context=context)

    page = desk.press.page(path, template, compose, {"content": (head, context)}, source=source)
    return desk.press.section(key, lambda: [page], head, context, templates=[template])


def _content_page(desk: Desk, page: Any, head: Head) -> Section:
    path = f"{page.url.lstrip('/')}index.html"

    def outputs() -> Iterator[Output]:
        yield desk.press.page(
            path,
            "page.html",
            lambda: Document(head=head, template="page.html", context={"content": page}),
            {"content": page},
            source=page.source,
        )
        yield from desk.media.outputs(page, desk.press)
        yield from file_texts.outputs(page, desk)

    return desk.press.section(f"pages/{page.id}", outputs, page, templates=["page.html", file_texts.TEMPLATE])


def _data_page(desk: Desk, head: Head) -> Section:
    sets = datasets(desk.library, desk.yearbooks, desk.site, desk.measures)
    shown = [
        (each.id, each.modified, [(table.name, len(table.rows)) for table in each.tables]) for each in sets
    ]

    def compose() -> Document:
        return Document(head=head, template="data.html", context={"datasets": sets})

    page = desk.press.page("data/index.html", "data.html", compose, {"content": shown})
    return desk.press.section("data-page", lambda: [page], shown, templates=["data.html"])


class _Moved(NamedTuple):
    """A former address, the present one, and the title and the content file of what is there."""

    alias: str
    url: str
    title: str
    file: str


def _redirects(desk: Desk) -> Section:
    """A page at each former address that leads to the present one, and the same as a list for a server."""
    moved = list(_moved(desk))

    def outputs() -> Iterator[Output]:
        for each in moved:
            path = each.alias.lstrip("/") + ("index.html" if each.alias.endswith("/") else "")
            target = {"target": (each.url, each.title)}
            compose = partial(_redirect, each)
            yield desk.press.page(path, "redirect.html", compose, target, source=each.file)
        pairs = [(each.alias, each.url) for each in moved]
        yield desk.press.file(PATH, partial(redirect_map, pairs, desk.site), {"moved": pairs})

    return desk.press.section("redirects", outputs, moved, templates=["redirect.html"], weight=len(moved))


def _moved(desk: Desk) -> Iterator[_Moved]:
    for entry in desk.library.moved:
        title = _title(entry, desk)
        yield from (_Moved(alias, entry.url, title, entry.file) for alias in entry.aliases)
    for file, term in desk.library.listed_terms:
        yield from (_Moved(alias, term.url, term.title, file) for alias in term.aliases)


def _redirect(moved: _Moved) -> Document:
    head = Head(url=moved.alias, title=moved.title, listed=False, source=moved.file)
    return Document(head=head, template="redirect.html", context={"target": moved.url})


def _title(entry: Entry, desk: Desk) -> str:
    if entry.kind == "releases":
        return desk.library.card(entry).title
    things = (thing for thing in desk.library.others() if thing.source == entry.file)
    return next((thing.title for thing in things), "")
