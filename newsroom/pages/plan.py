"""All that one build will publish, listed before anything is rendered."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from newsroom.content.types import Library
from newsroom.pages import (
    events,
    feeds,
    home,
    listings,
    magazines,
    media,
    open_data,
    periods,
    releases,
    standing,
)
from newsroom.pages.document import Document
from newsroom.problems import Problem
from newsroom.settings import Site

_FIXED = (
    "/sitemap.xml",
    "/news-sitemap.xml",
    "/robots.txt",
    "/edition.json",
    "/.well-known/security.txt",
)


def documents(library: Library, site: Site) -> list[Document]:
    """Every page of the site."""
    makers = (home, releases, listings, periods, events, magazines, standing)
    return [document for maker in makers for document in maker.documents(library, site)]


def check(
    pages: Iterable[Document], library: Library, site: Site, also_known: Iterable[str] = ()
) -> list[Problem]:
    """Addresses that two pages claim, and links that lead to no page.

    ``also_known`` are addresses of files that have problems of their own: a link
    to one of them is not dead, it waits.
    """
    pages = list(pages)
    known = {page.head.url for page in pages if page.head.url != "/404.html"}
    known |= set(also_known) | set(_FIXED) | set(media.paths(library))
    known |= {link.url for _, group in feeds.all_feeds(library, site) for link in group}
    known |= {f"{release.url}{name}" for release in library.releases for name in ("index.txt", "index.md")}
    known |= set(open_data.paths(library, site))
    return [*_claimed_twice(pages), *_dead_links(library, known)]


def _claimed_twice(pages: Iterable[Document]) -> Iterator[Problem]:
    owners: dict[str, Document] = {}
    for page in sorted(pages, key=lambda page: page.head.source):
        other = owners.setdefault(page.save_as.lower(), page)
        if other is not page:
            file, first = page.head.source or other.head.source, other.head.source or "сам сайт"
            remedy = "переименуйте один из файлов или уберите лишний alias"
            message = f"адрес {page.head.url} уже занят: {first}"
            yield Problem(file or "content", 0, message, remedy)


def _dead_links(library: Library, known: set[str]) -> Iterator[Problem]:
    for material in library.materials():
        for link in material.links:
            if link.target not in known:
                near = difflib.get_close_matches(link.target, known, n=1, cutoff=0.8)
                remedy = f"может быть, {near[0]}?" if near else "исправьте адрес или уберите ссылку"
                message = f"ссылка никуда не ведёт: {link.target}"
                yield Problem(material.source, link.line, message, remedy)
