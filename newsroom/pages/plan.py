"""All that one build will publish, listed and checked before anything is made."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from newsroom.content.library import Library
from newsroom.content.types import Link
from newsroom.pages import (
    events,
    feeds,
    home,
    listings,
    magazines,
    media,
    open_data,
    periods,
    release_cards,
    releases,
    standing,
)
from newsroom.pages.document import Document
from newsroom.problems import Problem
from newsroom.settings import Site

_FIXED = (
    "sitemap.xml",
    "news-sitemap.xml",
    "robots.txt",
    "edition.json",
    "favicon.ico",
    ".well-known/security.txt",
)
_ALWAYS_THERE = frozenset({"content", "corrections"})
"""Anchors that the theme puts into pages by itself."""
_LISTS = re.compile(r"/(?:rubrics|tags|departments|news/\d{4}(?:/\d{2}){0,2})/.*|/news/\d{4}/")


@dataclass(frozen=True)
class Claim:
    """A file of the output and the content file it comes from, "" for the site itself."""

    source: str
    path: str


def documents(library: Library, site: Site) -> list[Document]:
    """Every page of the site."""
    makers = (home, releases, listings, periods, events, magazines, standing)
    return [document for maker in makers for document in maker.documents(library, site)]


def claims(pages: Iterable[Document], library: Library, site: Site) -> list[Claim]:
    """Every file of the output but the theme's and the parts of the sitemap."""
    found = [Claim(page.head.source, page.save_as) for page in pages]
    found += [Claim(source, url.lstrip("/")) for source, url in media.addresses(library)]
    for release in library.releases:
        beside = (release.text_url, release.markdown_url, release.card_url)
        found += [Claim(release.source, url.lstrip("/")) for url in beside]
    own = [link.url for _, group in feeds.all_feeds(library, site) for link in group]
    own += [*open_data.paths(library, site), release_cards.SITE_CARD, *_FIXED]
    return [*found, *(Claim("", url.lstrip("/")) for url in own)]


def addresses(claimed: Iterable[Claim]) -> frozenset[str]:
    """The addresses that links may name: a folder by itself, any file by its path."""
    paths = {claim.path for claim in claimed} - {"404.html"}
    folders = {path.removesuffix("index.html") for path in paths if path.endswith("index.html")}
    return frozenset(f"/{path}" for path in paths | folders)


def clashes(claimed: Iterable[Claim]) -> Iterator[Problem]:
    """Addresses claimed twice, and files that stand where another one needs a folder.

    Two content files are told of once, however many of their files clash.
    """
    owners: dict[str, Claim] = {}
    told: set[tuple[str, str]] = set()
    ordered = sorted(
        claimed, key=lambda claim: (claim.source, not claim.path.endswith("index.html"), claim.path)
    )
    folders = {parent: claim for claim in ordered for parent in _parents(claim.path.lower())}
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
    library: Library,
    known: frozenset[str],
    *,
    uncertain: frozenset[str] = frozenset(),
    waiting: Mapping[str, str] | None = None,
) -> Iterator[Problem]:
    """Links that lead nowhere.

    ``uncertain`` are addresses of files with problems of their own; while there
    are such, the lists they would have made are not missed either. ``waiting``
    tells of addresses that are not published yet why they are not.
    """
    waiting = waiting or {}
    anchors = {material.url: _anchors(material.body) for material in library.materials()}
    for link in (link for material in library.materials() for link in material.links):
        if link.target in known:
            if link.fragment and link.fragment not in anchors.get(link.target, {link.fragment}):
                yield _dead_anchor(link, anchors[link.target])
        elif link.target in waiting:
            message = f"ссылка на {link.target}, а {waiting[link.target]}"
            yield Problem(link.file, link.line, message, "уберите ссылку, пока страницы нет на сайте")
        elif link.target not in uncertain and not (uncertain and _LISTS.fullmatch(link.target)):
            near = difflib.get_close_matches(link.target, known, n=1, cutoff=0.8)
            remedy = f"может быть, {near[0]}?" if near else "исправьте адрес или уберите ссылку"
            yield Problem(link.file, link.line, f"ссылка никуда не ведёт: {link.target}", remedy)


def _dead_anchor(link: Link, anchors: frozenset[str]) -> Problem:
    near = difflib.get_close_matches(link.fragment, anchors, n=1, cutoff=0.6)
    remedy = f"может быть, #{near[0]}?" if near else "уберите то, что после #"
    message = f"на странице {link.target} нет места «#{link.fragment}»"
    return Problem(link.file, link.line, message, remedy)


def _anchors(body: str) -> frozenset[str]:
    return _ALWAYS_THERE | set(re.findall(r'\sid="([^"]+)"', body))


def _parents(path: str) -> Iterator[str]:
    for position, character in enumerate(path):
        if character == "/":
            yield path[:position]
