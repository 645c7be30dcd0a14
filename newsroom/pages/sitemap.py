"""Sitemaps (sitemaps.org 0.9) with Google's extensions for pictures and for news.

Releases, and the archive's pages, stand in a file a year, so that the files of a closed
year keep their bytes until something in that year is corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from itertools import groupby
from typing import TypeVar

from newsroom.build.section import Output, Section
from newsroom.content.catalogue import Entry, updated
from newsroom.content.library import Library
from newsroom.pages.desk import Desk
from newsroom.pages.feed_items import clean, uri
from newsroom.pages.pagination import page_urls
from newsroom.pages.periods import Periods
from newsroom.settings import Site

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
LARGEST = 50_000
"""Addresses in one file (sitemaps.org)."""
LARGEST_NEWS = 1000
FRESH = timedelta(days=2)
"""Age and number of articles in a news sitemap by Google's rules."""

T = TypeVar("T")
_DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>"


@dataclass(frozen=True)
class Address:
    """A row of a sitemap: ``path`` and ``pictures`` are paths of the site, ``changed`` seconds since 1970."""

    path: str
    changed: int = 0
    pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """A file of addresses: its ``name`` («releases-2024»), when the last of them ``changed``.

    ``shown`` is what the addresses depend on; they themselves are made when they are asked for.
    """

    name: str
    shown: object
    changed: int
    addresses: Callable[[], Iterable[Address]]

    @property
    def path(self) -> str:
        return f"sitemaps/{self.name}.xml"


def sections(desk: Desk, periods: Periods) -> Iterator[Section]:
    """A section for each part; one for the index and the news sitemap."""
    parts = list(_parts(desk, periods))
    for part in parts:
        yield _part_section(part, desk)
    yield _index_section(parts, desk)


def _parts(desk: Desk, periods: Periods) -> Iterator[Part]:
    library, now = desk.library, int(desk.site.now.timestamp())
    for year, entries in groupby(library.releases, lambda entry: entry.day[:4]):
        yield from _cut_releases(f"releases-{year}", list(entries), desk, now)
    yield from _cut("pages", list(pages(library, desk.site)))
    per_page = desk.site.per_page
    lists = [address for url, count in _lists(library) for address in page_urls(url, count, per_page)]
    yield from _cut("lists", lists)
    for year, urls in periods.urls_by_year(per_page):
        yield from _cut(f"archive-{year}", urls)


def pages(library: Library, site: Site) -> Iterator[str]:
    """The addresses of all pages but releases, lists of them and the archive."""
    yield from ("/", "/rubrics/", "/tags/", "/departments/", "/events/")
    yield from (event.url for event in library.events)
    recorded = sum(broadcast.state == "recorded" for broadcast in library.broadcasts)
    yield from page_urls("/broadcasts/", recorded, site.per_page)
    yield from (broadcast.url for broadcast in library.broadcasts)
    yield from page_urls("/magazine/", len(library.issues), site.per_page)
    for issue in library.issues:
        yield issue.url
        yield from (leaf.url for leaf in issue.leaves)
    yield "/channels/"
    yield from (page.url for page in library.pages)
    yield "/feeds/"
    if "data" in site.extras:
        yield "/data/"


def _lists(library: Library) -> Iterator[tuple[str, int]]:
    """The address of each list of releases and how many it has."""
    yield "/news/", len(library.releases)
    for rubric in library.rubrics:
        if rubric.id in library.by_rubric:
            yield rubric.url, len(library.by_rubric[rubric.id])
    for tag in library.tags:
        if tag.id in library.by_tag:
            yield tag.url, len(library.by_tag[tag.id])
    for department in library.departments:
        yield department.url, len(library.by_department.get(department.id, ()))


def _cut(name: str, urls: Sequence[str]) -> Iterator[Part]:
    """Files of at most LARGEST addresses, counted from the second on."""
    for number, some in _pieces(urls):
        yield Part(_numbered(name, number), some, 0, partial(map, Address, some))


def _cut_releases(name: str, entries: Sequence[Entry], desk: Desk, now: int) -> Iterator[Part]:
    """The same of releases, whose changes and pictures are told."""
    for number, some in _pieces(entries):
        last = max(updated(entry, now) for entry in some)
        addresses = partial(_of_releases, some, now)
        yield Part(_numbered(name, number), desk.prints.of_all(some), last, addresses)


def _of_releases(entries: Sequence[Entry], now: int) -> Iterator[Address]:
    return (Address(entry.url, updated(entry, now), entry.pictures) for entry in entries)


def _pieces(all_of_them: Sequence[T]) -> Iterator[tuple[int, Sequence[T]]]:
    for number, start in enumerate(range(0, len(all_of_them), LARGEST), 1):
        yield number, all_of_them[start : start + LARGEST]


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def _part_section(part: Part, desk: Desk) -> Section:
    def outputs() -> Iterator[Output]:
        shown = {"addresses": part.shown}
        yield desk.press.file(part.path, lambda: address_list(part.addresses(), desk.site), shown)

    return desk.press.section(f"sitemaps/{part.name}", outputs, part.shown)


def _index_section(parts: Sequence[Part], desk: Desk) -> Section:
    site, newest = desk.site, desk.library.releases[:LARGEST_NEWS]
    oldest = (site.now - FRESH).timestamp()
    fresh = [entry for entry in newest if entry.moment >= oldest]
    named = [(part.name, part.changed) for part in parts]
    first = desk.library.releases[0].url if desk.library.releases else "/"
    news = [entry.card for entry in fresh], first

    def outputs() -> Iterator[Output]:
        yield desk.press.file("sitemap.xml", lambda: _index(parts, site), {"parts": named})
        yield desk.press.file("news-sitemap.xml", lambda: _news(fresh, first, desk), {"items": news})

    return desk.press.section("sitemaps", outputs, named, news)


def _index(parts: Iterable[Part], site: Site) -> bytes:
    lines = [_DECLARATION, f'<sitemapindex xmlns="{SITEMAP}">']
    for part in parts:
        lines += "  <sitemap>", f"    <loc>{_text(uri(site, f'/{part.path}'))}</loc>"
        lines += _last_change(part.changed, site)
        lines.append("  </sitemap>")
    return _written([*lines, "</sitemapindex>"])


def address_list(addresses: Iterable[Address], site: Site) -> bytes:
    """A ``urlset`` with what is known of each address."""
    lines = [_DECLARATION, f'<urlset xmlns="{SITEMAP}" xmlns:image="{IMAGE}">']
    for address in addresses:
        lines += "  <url>", f"    <loc>{_text(uri(site, address.path))}</loc>"
        lines += _last_change(address.changed, site)
        for picture in address.pictures:
            place = _text(uri(site, picture))
            lines += "    <image:image>", f"      <image:loc>{place}</image:loc>", "    </image:image>"
        lines.append("  </url>")
    return _written([*lines, "</urlset>"])


def _news(fresh: Sequence[Entry], newest: str, desk: Desk) -> bytes:
    """Releases of the last two days.

    An empty ``urlset`` breaks the schema and makes Search Console complain, so on
    quiet days the newest release, or the home page, stands there without news data.
    """
    lines = [_DECLARATION, f'<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">']
    for entry in fresh:
        lines += _news_lines(entry, desk)
    if not fresh:
        lines += "  <url>", f"    <loc>{_text(uri(desk.site, newest))}</loc>", "  </url>"
    return _written([*lines, "</urlset>"])


def _news_lines(entry: Entry, desk: Desk) -> Iterator[str]:
    card, site = desk.library.card(entry), desk.site
    yield "  <url>"
    yield f"    <loc>{_text(uri(site, card.url))}</loc>"
    yield "    <news:news>"
    yield "      <news:publication>"
    yield f"        <news:name>{_text(site.name)}</news:name>"
    yield "        <news:language>ru</news:language>"
    yield "      </news:publication>"
    yield f"      <news:publication_date>{card.date.isoformat()}</news:publication_date>"
    yield f"      <news:title>{_text(card.title)}</news:title>"
    yield "    </news:news>"
    yield "  </url>"


def _last_change(moment: int, site: Site) -> Iterator[str]:
    if moment:
        when = datetime.fromtimestamp(moment, UTC).astimezone(site.tz)
        yield f"    <lastmod>{when.isoformat()}</lastmod>"


def _text(text: str) -> str:
    return escape(clean(text), quote=False)


def _written(lines: Iterable[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode()
