"""RSS for Dzen: one feed for its News and for the channel.

Rules: dzen.ru/help/ru/news/seamless/rss.html (in force since 13 July 2026) and
dzen.ru/help/ru/website/rss-modify.html. ``contentType`` says where an item goes,
``category`` carries the rubric and how to publish, the guid never changes (Dzen then
edits instead of posting again), covers are at least 700 pixels wide, and texts may
use only a few elements, without ``<em>`` and ``<strong>``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from newsroom.pages import feed_xml
from newsroom.pages.feed_items import Item, clean
from newsroom.pages.feed_xml import MEDIA, Selection, element
from newsroom.pages.rss import CONTENT
from newsroom.settings import Site

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

NAMESPACES = {"content": CONTENT, "media": MEDIA}
LONGEST_FEED = 500
NARROWEST_PICTURE = 700
CONTENT_TYPE = "news"
"""To the News and to the channel; others are ``news_only`` and ``blogs_only``."""
DIRECTIVES = ("format-article", "index")

ALLOWED = {
    "p": (), "b": (), "i": (), "u": (), "s": (), "h1": (), "h2": (), "h3": (), "h4": (),
    "blockquote": (), "ul": (), "ol": (), "li": (), "figure": (), "figcaption": (),
    "a": ("href",), "img": ("src", "alt", "width", "height"),
}  # fmt: skip
_BLANK_LINES = re.compile(r"\n\s*\n")
_RENAMED = {"strong": "b", "em": "i", "del": "s", "ins": "u", "h5": "h4", "h6": "h4", "tr": "p"}
_DROPPED = ("script", "style", "iframe", "noscript", "form", "button", "svg", "source", "object", "embed")


def item(source: Item) -> bytes:
    """The ``<item>`` with an enclosure for each picture that is wide enough."""
    entry = feed_xml.entry(source)
    entry.category({"term": source.categories[0].title}, replace=True)
    entry.category([{"term": directive} for directive in DIRECTIVES])
    entry.description(source.summary or source.title)
    entry.content(simple_html(source.html), type="CDATA")
    made = entry.rss_entry()
    element(made, "contentType", CONTENT_TYPE)
    element(made, "author", source.author)
    element(made, f"{{{MEDIA}}}rating", "nonadult", scheme="urn:simple")
    for picture in source.pictures:
        if picture.width >= NARROWEST_PICTURE:
            size = str(picture.length)
            element(made, "enclosure", url=picture.url, type=picture.media_type, length=size)
    return feed_xml.fragment(made, NAMESPACES)


def feed(selection: Selection, items: Iterable[bytes], site: Site) -> bytes:
    """The feed at ``/dzen.xml``."""
    frame = feed_xml.generator(selection, site, "/dzen.xml", "application/rss+xml", NAMESPACES)
    return feed_xml.assemble(frame.rss_str(pretty=True), b"</channel>", items)


def simple_html(html: str) -> str:
    """``html`` of the elements Dzen shows: others are renamed, unwrapped or left out."""
    from bs4 import BeautifulSoup

    tree = BeautifulSoup(html, "html.parser")
    _flatten(tree)
    for tag in tree.find_all(True):
        tag.name = _RENAMED.get(tag.name, tag.name)
        if tag.name in ALLOWED:
            tag.attrs = {name: tag.attrs[name] for name in ALLOWED[tag.name] if name in tag.attrs}
        else:
            tag.unwrap()
    return _BLANK_LINES.sub("\n", clean(str(tree))).strip()


def _flatten(tree: BeautifulSoup) -> None:
    """Keep apart what unwrapping would run together: lines, cells of a row; pictures are no links."""
    for dropped in tree.find_all(_DROPPED):
        dropped.decompose()
    for line_break in tree.find_all("br"):
        line_break.replace_with(" ")
    for link in tree.select("a:has(img)"):
        link.unwrap()
    for cell in tree.select("th:has(~ th, ~ td), td:has(~ td, ~ th)"):
        cell.append(" — ")
