"""Lists of releases: all of them, and those of each rubric, tag and department, with their feeds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from msgspec import Struct

from newsroom.build.fingerprint import SIZE, fingerprint
from newsroom.build.section import Output, Section
from newsroom.content.catalogue import Entry
from newsroom.content.types import Card, Department, Term
from newsroom.content.years import Entries
from newsroom.pages import file_texts
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.feed_links import feed_links
from newsroom.pages.feeds import Feeds
from newsroom.pages.heads import HOME
from newsroom.pages.pagination import ListPage, closed_count, closed_pages, newest_page
from newsroom.pages.structured_data import breadcrumbs, collection_page
from newsroom.settings import Site

NEWS = ("Новости", "/news/")
RUBRICS = ("Рубрики", "/rubrics/")
TAGS = ("Темы", "/tags/")
DEPARTMENTS = ("Подразделения", "/departments/")

BLOCK = 50
"""Closed pages of a list that make up a section of their own, which nothing new touches."""


class Listing(Struct, frozen=True, kw_only=True):
    """A list of releases: what it is of, and what stands above it. ``term`` is None for all releases."""

    title: str
    url: str
    description: str
    intro: str
    crumbs: tuple[tuple[str, str], ...]
    entries: Entries
    term: Term | Department | None = None
    years: tuple[tuple[int, str], ...] = ()


def sections(desk: Desk, feeds: Feeds) -> Iterator[Section]:
    """The sections of each list with its feeds."""
    library = desk.library
    yield from _sections("news", _news(desk), desk)
    for rubric in library.rubrics:
        yield from _of_term(
            "rubric", rubric, library.by_rubric.get(rubric.id, Entries()), RUBRICS, desk, feeds
        )
    for tag in library.tags:
        yield from _of_term("tag", tag, library.by_tag.get(tag.id, Entries()), TAGS, desk, feeds)
    for department in library.departments:
        entries = library.by_department.get(department.id, Entries())
        yield from _of_term("department", department, entries, DEPARTMENTS, desk, feeds)


def _news(desk: Desk) -> Listing:
    title, url = NEWS
    return Listing(
        title=title,
        url=url,
        description=f"Все пресс-релизы: {desk.site.name}",
        intro="",
        crumbs=(HOME,),
        entries=desk.library.releases,
        years=tuple((int(year.name), f"/news/{year.name}/") for year in desk.library.releases.years),
    )


def _of_term(
    kind: str, term: Term | Department, entries: Entries, parent: tuple[str, str], desk: Desk, feeds: Feeds
) -> Iterator[Section]:
    """The sections of one list; none for a rubric or a tag that no published release uses."""
    if not entries and not isinstance(term, Department):
        return
    intro = term.summary if isinstance(term, Department) else term.description
    listing = Listing(
        title=term.title,
        url=term.url,
        description=intro or f"Пресс-релизы: {term.title}",
        intro=intro,
        crumbs=(HOME, parent),
        entries=entries,
        term=term,
    )
    yield from _sections(f"{parent[1].strip('/')}/{term.id}", listing, desk, feeds, kind)


def _sections(
    key: str, listing: Listing, desk: Desk, feeds: Feeds | None = None, kind: str = ""
) -> Iterator[Section]:
    """The newest page of a list with what is not yet a whole block of closed pages, and a section a block."""
    per_page, entries = desk.site.per_page, listing.entries
    closed, cards = closed_count(len(entries), per_page), desk.yearbooks.cards(entries)
    blocks = closed // BLOCK
    own = len(cards) - blocks * BLOCK * per_page * SIZE
    yield _newest_section(key, listing, desk, feeds, kind, cards[:own])
    for block in range(blocks, 0, -1):
        start, own = own, own + BLOCK * per_page * SIZE
        numbers = range(block * BLOCK, (block - 1) * BLOCK, -1)
        yield desk.press.section(
            f"{key}/{block}",
            partial(_closed_pages, listing, numbers, cards[start:own], desk),
            cards[start:own],
            _shown(listing),
            numbers.start == closed,
            templates=["listing.html"],
            weight=BLOCK,
        )


def _newest_section(
    key: str, listing: Listing, desk: Desk, feeds: Feeds | None, kind: str, cards: bytes
) -> Section:
    term, entries, per_page = listing.term, listing.entries, desk.site.per_page
    closed = closed_count(len(entries), per_page)
    numbers = range(closed, closed - closed % BLOCK, -1)

    def outputs() -> Iterator[Output]:
        fresh = len(entries) - closed * per_page
        yield _page(listing, newest_page(listing.url, entries, per_page), cards[: fresh * SIZE], desk)
        yield from _closed_pages(listing, numbers, cards[fresh * SIZE :], desk)
        if feeds and term:
            yield from feeds.of(kind, term, entries)
            if isinstance(term, Department):
                yield from desk.media.outputs(term, desk.press)
                yield from file_texts.outputs(term, desk)

    return desk.press.section(
        key,
        outputs,
        cards,
        len(entries),
        _shown(listing),
        listing.years,
        feeds.prints(entries) if feeds else b"",
        templates=["listing.html", file_texts.TEMPLATE],
        weight=len(numbers) + (3 if feeds else 1),
    )


def _shown(listing: Listing) -> bytes:
    """What every page of a list shows beside its items."""
    return fingerprint(listing.term, listing.title, listing.url, listing.description)


def _closed_pages(listing: Listing, numbers: range, cards: bytes, desk: Desk) -> Iterator[Output]:
    per_page = desk.site.per_page
    for place, page in enumerate(closed_pages(listing.url, listing.entries, per_page, numbers)):
        shown = cards[place * per_page * SIZE : (place + 1) * per_page * SIZE]
        yield _page(listing, page, shown, desk)


def _page(listing: Listing, page: ListPage[Entry], cards: bytes, desk: Desk) -> Output:
    """A page of a list; ``cards`` are those of its items, so these are opened only if it must be made."""
    return desk.press.page(
        f"{page.url.lstrip('/')}index.html",
        "listing.html",
        partial(_document, listing, page, desk),
        {
            "list": _shown(listing),
            "items": cards,
            "place": (page.number, page.newer_url, page.older_url, page.total),
            "years": listing.years if page.newest else (),
        },
        source=getattr(listing.term, "source", ""),
    )


def _document(listing: Listing, page: ListPage[Entry], desk: Desk) -> Document:
    site, term = desk.site, listing.term
    cards = page.showing(desk.library.cards(page.items))
    context: dict[str, Any] = {
        "title": listing.title,
        "intro": listing.intro,
        "term": term,
        "contact": term.contact if isinstance(term, Department) else None,
        "years": list(listing.years) if page.newest else [],
        "listing": cards,
    }
    return Document(head=_head(listing, cards, site), template="listing.html", context=context)


def _head(listing: Listing, page: ListPage[Card], site: Site) -> Head:
    title, crumbs = listing.title, listing.crumbs
    numbered = title if page.newest else f"{title}, страница {page.number}"
    if not page.newest:
        crumbs = (*crumbs, (title, page.list_url))
    return Head(
        url=page.url,
        title=numbered,
        description=listing.description,
        crumbs=crumbs,
        feeds=feed_links(listing.term or site) if listing.entries or not listing.term else (),
        data=(
            breadcrumbs(crumbs, numbered, page.url, site),
            collection_page(numbered, listing.description, page.url, page.items, site),
        ),
        source=getattr(listing.term, "source", ""),
    )
