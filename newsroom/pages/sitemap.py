"""Sitemaps (sitemaps.org 0.9) with Google's extensions for pictures and for news.

Releases stand in a file a year, so that the file of a closed year keeps its bytes
until something in that year is corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from newsroom.content.library import Library
from newsroom.content.types import Release
from newsroom.pages.document import Document, File
from newsroom.pages.feed_items import clean, uri
from newsroom.settings import Site

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
LARGEST = 50_000
"""Addresses in one file (sitemaps.org)."""
LARGEST_NEWS = 1000
FRESH = timedelta(days=2)
"""Age and number of articles in a news sitemap by Google's rules."""


@dataclass(frozen=True)
class Address:
    """A row of a sitemap: ``path`` and ``pictures`` are paths of the site."""

    path: str
    changed: datetime | None = None
    pictures: tuple[str, ...] = ()


def files(library: Library, site: Site, documents: Iterable[Document]) -> Iterator[File]:
    """The index, its parts and the news sitemap.

    Of ``documents`` those count whose head is listed; releases are taken from the library.
    """
    parts = [*_years(library), *_parts("pages", list(_pages(library, documents)))]
    for name, addresses in parts:
        yield File(path=f"sitemaps/{name}.xml", data=_address_list(addresses, site))
    yield File(path="sitemap.xml", data=_index(parts, site))
    yield File(path="news-sitemap.xml", data=_news(library, site))


def _years(library: Library) -> Iterator[tuple[str, list[Address]]]:
    for year, releases in groupby(library.releases, key=lambda release: release.date.year):
        yield from _parts(f"releases-{year}", [_address(release) for release in releases])


def _pages(library: Library, documents: Iterable[Document]) -> Iterator[Address]:
    known = {release.url for release in library.releases}
    for document in documents:
        if document.head.listed and document.head.url not in known:
            yield Address(document.head.url)


def _address(release: Release) -> Address:
    pictures = dict.fromkeys(picture.url for picture in (release.image, *release.pictures) if picture)
    return Address(release.url, release.updated, tuple(pictures))


def _parts(name: str, addresses: list[Address]) -> Iterator[tuple[str, list[Address]]]:
    """Files of at most LARGEST addresses, counted from the second on."""
    for number, start in enumerate(range(0, len(addresses), LARGEST), 1):
        yield name if number == 1 else f"{name}-{number}", addresses[start : start + LARGEST]


def _index(parts: list[tuple[str, list[Address]]], site: Site) -> bytes:
    root = Element("sitemapindex", {"xmlns": SITEMAP})
    for name, addresses in parts:
        entry = SubElement(root, "sitemap")
        _add(entry, "loc", uri(site, f"/sitemaps/{name}.xml"))
        changes = [address.changed for address in addresses if address.changed]
        if changes:
            _add(entry, "lastmod", max(changes).isoformat())
    return _written(root)


def _address_list(addresses: Iterable[Address], site: Site) -> bytes:
    root = Element("urlset", {"xmlns": SITEMAP, "xmlns:image": IMAGE})
    for address in addresses:
        entry = SubElement(root, "url")
        _add(entry, "loc", uri(site, address.path))
        if address.changed:
            _add(entry, "lastmod", address.changed.isoformat())
        for picture in address.pictures:
            _add(SubElement(entry, "image:image"), "image:loc", uri(site, picture))
    return _written(root)


def _news(library: Library, site: Site) -> bytes:
    """Releases of the last two days.

    An empty ``urlset`` breaks the schema and makes Search Console complain, so on
    quiet days the newest release, or the home page, stands there without news data.
    """
    root = Element("urlset", {"xmlns": SITEMAP, "xmlns:news": NEWS})
    fresh = [release for release in library.releases if site.now - release.date <= FRESH]
    for release in fresh[:LARGEST_NEWS]:
        _add_news(root, release, site)
    if not fresh:
        path = library.releases[0].url if library.releases else "/"
        _add(SubElement(root, "url"), "loc", uri(site, path))
    return _written(root)


def _add_news(root: Element, release: Release, site: Site) -> None:
    entry = SubElement(root, "url")
    _add(entry, "loc", uri(site, release.url))
    news = SubElement(entry, "news:news")
    publication = SubElement(news, "news:publication")
    _add(publication, "news:name", site.name)
    _add(publication, "news:language", "ru")
    _add(news, "news:publication_date", release.date.isoformat())
    _add(news, "news:title", release.title)


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = clean(text)


def _written(root: Element) -> bytes:
    indent(root)
    data: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return data + b"\n"
