"""Sitemaps (sitemaps.org 0.9) with Google's extensions for pictures and for news.

Releases, and the archive's pages, stand in a file a year, so that the files of a closed
year keep their bytes until something in that year is corrected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from itertools import chain, islice, takewhile

from msgspec import Struct

from newsroom.build.section import Output, Section
from newsroom.content.catalogue import Entry, updated
from newsroom.content.conformity_record import Record
from newsroom.content.library import Library
from newsroom.content.types import Material
from newsroom.content.years import Entries, Year
from newsroom.pages import conformity, event_photos
from newsroom.pages.desk import Desk
from newsroom.pages.feed_items import clean
from newsroom.pages.pagination import page_count, page_urls
from newsroom.pages.periods import Periods
from newsroom.pages.report import section as reports
from newsroom.pages.uris import uri
from newsroom.settings import Site

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
LARGEST = 50_000
"""Addresses in one file (sitemaps.org)."""
LARGEST_NEWS = 1000
FRESH = timedelta(days=2)
"""Age and number of articles in a news sitemap by Google's rules."""

_DECLARATION = "<?xml version='1.0' encoding='UTF-8'?>"


class Address(Struct, frozen=True):
    """A row of a sitemap: ``path`` and ``pictures`` are paths of the site, ``changed`` seconds since 1970."""

    path: str
    changed: int = 0
    pictures: tuple[str, ...] = ()


class Part(Struct, frozen=True):
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
    library, per_page = desk.library, desk.site.per_page
    for year in library.releases.years:
        yield from _cut_releases(year, desk)
    single = [
        *pages(library, desk.site, desk.conformity),
        *reports.addresses(desk),
        *_texts(library),
        *_photos(desk),
    ]
    yield from _cut("pages", [(url, 1) for url in single], per_page)
    yield from _cut("lists", list(_lists(library)), per_page)
    for name, lists in periods.lists_by_year():
        yield from _cut(f"archive-{name}", lists, per_page)


def pages(library: Library, site: Site, record: Record | None = None) -> Iterator[str]:
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
    yield "/corrections/"
    yield "/feeds/"
    if "emergency" in site.extras:
        yield "/emergency/"
    if "data" in site.extras:
        yield "/data/"
    if "lite" in site.extras:
        yield "/lite/"
    if "verify" in site.extras:
        yield "/verify/"
    if site.has_search:
        yield "/search/"
    if record:
        yield conformity.URL


def _texts(library: Library) -> Iterator[str]:
    """The addresses of the pages with the texts of files, but of those of releases."""
    owners = (library.departments, library.events, library.broadcasts, library.issues, library.pages)
    for owner in chain[Material](*owners):
        yield from (text.url for text in owner.texts)


def _photos(desk: Desk) -> Iterator[str]:
    """The addresses of the pages of events' pictures."""
    for event in desk.library.events:
        entries = desk.library.by_event.get(event.id, Entries())
        yield from event_photos.addresses(event, desk.yearbooks.shots(entries))


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


def _cut(name: str, lists: Sequence[tuple[str, int]], per_page: int) -> Iterator[Part]:
    """Files of at most LARGEST addresses of lists, given with their lengths; counted from the second on."""
    shown = [(url, page_count(count, per_page)) for url, count in lists]
    total = sum(pages for _, pages in shown)

    def addresses(start: int) -> Iterator[Address]:
        urls = (url for list_url, count in lists for url in page_urls(list_url, count, per_page))
        return map(Address, islice(urls, start, start + LARGEST))

    for number, start in enumerate(range(0, total, LARGEST), 1):
        yield Part(_numbered(name, number), shown, 0, partial(addresses, start))


def _cut_releases(year: Year, desk: Desk) -> Iterator[Part]:
    """The same of the releases of a year, with changes and pictures, and of the texts of their files."""
    book, now = desk.yearbooks.years[year.name], desk.prints.now
    shown = book.lists[""][""].whole

    def addresses(start: int) -> Iterator[Address]:
        found = chain.from_iterable(_of_release(entry, now) for entry in year.published)
        return islice(found, start, start + LARGEST)

    total = year.outline.published + year.outline.texts
    for number, start in enumerate(range(0, total, LARGEST), 1):
        name = _numbered(f"releases-{year.name}", number)
        yield Part(name, shown, book.changed, partial(addresses, start))


def _of_release(entry: Entry, now: int) -> Iterator[Address]:
    changed = updated(entry, now)
    yield Address(entry.url, changed, entry.pictures)
    yield from (Address(text, changed) for text in entry.texts)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def _part_section(part: Part, desk: Desk) -> Section:
    def outputs() -> Iterator[Output]:
        shown = {"addresses": part.shown}
        yield desk.press.file(part.path, lambda: address_list(part.addresses(), desk.site), shown)

    return desk.press.section(f"sitemaps/{part.name}", outputs, part.shown)


def _index_section(parts: Sequence[Part], desk: Desk) -> Section:
    site, releases = desk.site, desk.library.releases
    oldest = (site.now - FRESH).timestamp()
    fresh = list(islice(takewhile(lambda entry: entry.moment >= oldest, releases), LARGEST_NEWS))
    named = [(part.name, part.changed) for part in parts]
    first = releases[0].url if releases else "/"
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
