"""What a page or a feed says, whichever program wrote it: for comparing two sites.

Tags go and all white space is alike, so that typography by no-break spaces and
differences of markup do not count; the words do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree as ET

_MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_RELEASE = re.compile(r'href="(/news/\d{4}/\d\d/[^/"]*[a-z][^/"]*/)"')
_ATOM_ENTRY = "{http://www.w3.org/2005/Atom}entry"
_TEXTS = ("encoded", "content", "description")
"""Where programs put the full text of an entry."""


def words(page: Path) -> list[str]:
    """The words of a page's main part."""
    return _words(_main(page))


def listed_releases(page: Path) -> list[str]:
    """Addresses of the releases that a page links, at most twenty, in its order."""
    return list(dict.fromkeys(_RELEASE.findall(_main(page))))[:20]


def entry_titles(feed: Path) -> list[str]:
    """The titles of the entries of an RSS or Atom feed."""
    return [" ".join(_part(entry, "title")) for entry in _entries(feed)]


def entry_words(feed: Path) -> list[str]:
    """The words of the full texts of its first three entries."""
    texts = (max((_part(entry, name) for name in _TEXTS), key=len) for entry in _entries(feed))
    return [word for text in islice(texts, 3) for word in text]


READERS: tuple[tuple[str, str, Callable[[Path], Sequence[str]]], ...] = (
    ("release pages", "words", words),
    ("list of news", "releases named", listed_releases),
    ("lists of tags", "releases named", listed_releases),
    ("days", "releases named", listed_releases),
    ("feeds, RSS", "titles", entry_titles),
    ("feeds, RSS", "words", entry_words),
    ("feeds, Atom", "titles", entry_titles),
    ("feeds, Atom", "words", entry_words),
)
"""Kind of page, what is read of it, and how."""


def _main(page: Path) -> str:
    html = page.read_text("utf-8")
    found = _MAIN.search(html)
    return found[0] if found else html


def _entries(feed: Path) -> Iterator[ET.Element]:
    return (each for each in ET.parse(feed).iter() if each.tag in {"item", _ATOM_ENTRY})


def _part(entry: ET.Element, name: str) -> list[str]:
    """The words of the first child of this name, in whatever namespace."""
    found = (child.text or "" for child in entry if re.fullmatch(rf"(?:{{.*}})?{name}", child.tag))
    return _words(next(found, ""))


def _words(html: str) -> list[str]:
    return unescape(_TAG.sub(" ", html)).split()
