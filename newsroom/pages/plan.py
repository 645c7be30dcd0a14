"""All that one build will publish, section by section, and what may not stand together."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from newsroom.build.edition import FILE_NAME, FOLDER_NAME
from newsroom.build.section import Output, Section
from newsroom.content.library import Library
from newsroom.content.types import Broadcast, Link
from newsroom.pages import (
    authenticity,
    conformity,
    corrections,
    emergency,
    events,
    home,
    listings,
    lite,
    magazines,
    open_data,
    periods,
    releases,
    search,
    site_files,
    sitemap,
    standing,
    styleguide,
    term_indexes,
)
from newsroom.pages.desk import Desk
from newsroom.pages.feeds import Feeds
from newsroom.pages.report import section as reports
from newsroom.problems import Problem

OWN_PATHS = (FILE_NAME, FOLDER_NAME)
"""What the edition takes for its own lists: nothing may stand there, and nothing within."""
_ALWAYS_THERE = frozenset({"content", "corrections"})
"""Anchors that the theme puts into pages by itself."""
_LISTS = re.compile(r"/(?:rubrics|tags|departments|news/\d{4}(?:/\d{2}){0,2})/.*")


class Claim(Struct, frozen=True):
    """A file of the output and the content file it comes from, "" for the site itself."""

    source: str
    path: str


def sections(desk: Desk, theme: Path) -> list[Section]:
    """Everything there is to publish."""
    feeds, archive = Feeds(desk), periods.Periods.of(desk.library)
    return [
        home.section(desk),
        *releases.sections(desk),
        *listings.sections(desk, feeds),
        term_indexes.section(desk),
        *periods.sections(desk, archive),
        *events.sections(desk, feeds),
        *magazines.sections(desk),
        *standing.sections(desk),
        feeds.of_site(),
        *corrections.sections(desk, feeds.stylesheet),
        *conformity.sections(desk),
        *reports.sections(desk),
        *(open_data.sections(desk) if "data" in desk.site.extras else ()),
        *(search.sections(desk, archive) if desk.site.has_search else ()),
        *([emergency.section(desk)] if "emergency" in desk.site.extras else []),
        *([authenticity.section(desk)] if "verify" in desk.site.extras else []),
        *([lite.section(desk)] if "lite" in desk.site.extras else ()),
        *sitemap.sections(desk, archive),
        *site_files.sections(desk, theme),
        *((styleguide.section(desk),) if desk.site.preview else ()),
    ]


class Landmarks:
    """The addresses that menus may name; those of lists exist only where they have a release.

    Those of ``extras`` are among them where the site has them; «conformity» where a run is recorded,
    «reports» where the totals of a year are told.
    """

    def __init__(self, library: Library, extras: Iterable[str] = ()) -> None:
        self._library = library
        optional = {
            "data": "/data/",
            "calendar": "/calendar.ics",
            "json_feed": "/feed.json",
            "search": search.URL,
            "emergency": "/emergency/",
            "conformity": conformity.URL,
            "lite": "/lite/",
            "verify": authenticity.URL,
            "reports": reports.URL,
        }
        self._others = _landmarks(library) | {optional[name] for name in extras if name in optional}

    def __contains__(self, address: object) -> bool:
        return address in self._others or self._library.at(str(address)) is not None


def _landmarks(library: Library) -> set[str]:
    found = {"/", "/news/", "/rubrics/", "/tags/", "/departments/", "/events/", "/broadcasts/", "/magazine/"}
    found |= {"/channels/", "/corrections/", "/feeds/", "/sitemap.xml", "/rss.xml", "/atom.xml"}
    found |= {thing.url for thing in library.others()}
    found |= {rubric.url for rubric in library.rubrics if rubric.id in library.by_rubric}
    found |= {tag.url for tag in library.tags if tag.id in library.by_tag}
    return found | {f"/news/{year.name}/" for year in library.releases.years}


def addresses(paths: Iterable[str]) -> set[str]:
    """The addresses that links may name: a folder by itself, any file by its path."""
    known = {f"/{path}" for path in paths} - {"/404.html"}
    return known | {address[: -len("index.html")] for address in known if address.endswith("/index.html")}


def claims(outputs: Iterable[Output]) -> list[Claim]:
    """What each output claims, and what the edition does for itself."""
    own = (Claim("", path) for path in OWN_PATHS)
    return [*(Claim(output.source, output.path) for output in outputs), *own]


def clashes(claimed: Iterable[Claim]) -> Iterator[Problem]:
    """Addresses claimed twice, and files that stand where another one needs a folder.

    Two content files are told of once, however many of their files clash.
    """
    owners: dict[str, Claim] = {}
    told: set[tuple[str, str]] = set()
    ordered = sorted(
        claimed, key=lambda claim: (claim.source, not claim.path.endswith("index.html"), claim.path)
    )
    folders = {parent: claim for claim in ordered for parent in parents(claim.path.lower())}
    for claim in ordered:
        path = claim.path.lower()
        other = owners.setdefault(path, claim)
        if other is claim:
            other = folders.get(path, claim)
        if other is not claim and (claim.source, other.source) not in told:
            told.add((claim.source, other.source))
            address = f"/{claim.path.removesuffix('index.html')}"
            owner = other.source or "сам сайт"
            remedy = "переименуйте один из файлов или уберите лишний прежний адрес (aliases)"
            yield Problem(claim.source or other.source, 0, f"адрес {address} уже занят: {owner}", remedy)


def dead_links(
    links: Iterable[Link],
    library: Library,
    known: Callable[[str], bool],
    suggest: Callable[[str], str],
    *,
    uncertain: frozenset[str] = frozenset(),
    waiting: Mapping[str, str] | None = None,
) -> Iterator[Problem]:
    """Those of ``links`` that lead nowhere.

    ``known`` tells whether the site has an address, ``suggest`` the nearest one it has.
    ``uncertain`` are addresses of files with problems of their own; while there
    are such, the lists they would have made are not missed either. ``waiting``
    tells of addresses that are not published yet why they are not.
    """
    waiting, anchors = waiting or {}, Anchors(library)
    for link in links:
        if known(link.target):
            if link.fragment and link.fragment not in anchors.of(link):
                yield _dead_anchor(link, anchors.of(link))
        elif link.target in waiting:
            message = f"ссылка на {link.target}, а {waiting[link.target]}"
            yield Problem(link.file, link.line, message, "уберите ссылку, пока страницы нет на сайте")
        elif link.target not in uncertain and not (uncertain and _LISTS.fullmatch(link.target)):
            near = suggest(link.target)
            remedy = f"может быть, {near}?" if near else "исправьте адрес или уберите ссылку"
            yield Problem(link.file, link.line, f"ссылка никуда не ведёт: {link.target}", remedy)


class Anchors:
    """The places within pages that links may name."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._others = {thing.url: thing for thing in library.others()}
        self._found: dict[str, frozenset[str]] = {}

    def of(self, link: Link) -> frozenset[str]:
        """The anchors of the page a link leads to; of a page without a body of its own, the link's own."""
        if not self._library.at(link.target) and link.target not in self._others:
            return frozenset({link.fragment})
        if link.target not in self._found:
            body = self._body(link.target)
            self._found[link.target] = _ALWAYS_THERE | set(re.findall(r'\sid="([^"]+)"', body))
        return self._found[link.target]

    def _body(self, address: str) -> str:
        entry = self._library.at(address)
        if entry:
            release = self._library.release(entry)
            return release.body + release.transcript
        thing = self._others[address]
        return thing.body + (thing.transcript if isinstance(thing, Broadcast) else "")


def _dead_anchor(link: Link, anchors: frozenset[str]) -> Problem:
    near = difflib.get_close_matches(link.fragment, anchors, n=1, cutoff=0.6)
    remedy = f"может быть, #{near[0]}?" if near else "уберите то, что после #"
    message = f"на странице {link.target} нет места «#{link.fragment}»"
    return Problem(link.file, link.line, message, remedy)


def parents(path: str) -> Iterator[str]:
    """The folders that a path stands in: «a», «a/b» of «a/b/c»."""
    for position, character in enumerate(path):
        if character == "/":
            yield path[:position]
