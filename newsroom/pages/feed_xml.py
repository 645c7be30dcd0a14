"""What RSS and Atom share: feedgen's frame, our elements in it, and items that are put in as bytes.

feedgen writes the frame of a feed and each item by itself. An item is made bytes
once and those bytes go into every feed it stands in. feedgen's defaults are all
overruled: dates would be «now», entries in reverse, and its media extension wraps
a lone picture in a group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from newsroom.content.dates import day
from newsroom.content.types import Release
from newsroom.pages.feed_items import Item, clean, tag_uri, uri
from newsroom.settings import Site

Element = Any
"""An element of lxml, whose types are not published."""
XHTML = "http://www.w3.org/1999/xhtml"
MEDIA = "http://search.yahoo.com/mrss/"
NAMESPACES = {"h": XHTML, "media": MEDIA}

_HELP = (
    "Это лента новостей: её читают программы. Чтобы подписаться, добавьте адрес этой страницы "
    "в программу для чтения лент — новые пресс-релизы будут приходить сами. "
)


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The releases of one feed: ``url`` is the path of the page that lists them.

    ``id`` names the feed for ever («rubric/kultura»); ``name`` is what it is of
    («Культура»), ``title`` and ``description`` are what a reader program shows;
    ``group`` is its heading in the directory of feeds.
    """

    id: str
    url: str
    name: str
    title: str
    description: str
    releases: tuple[Release, ...]
    group: str

    def updated(self, site: Site) -> datetime:
        """When the newest of the entries changed, so that equal feeds are equal bytes.

        With no entries: the day from which the ids of this site hold.
        """
        if self.releases:
            return max(release.updated for release in self.releases)
        year, month, day_of_month = (*map(int, site.id_date.split("-")), 1, 1)[:3]
        return datetime(year, month, day_of_month, tzinfo=UTC)


def generator(
    selection: Selection, site: Site, path: str, media_type: str, namespaces: Mapping[str, str]
) -> Any:
    """A feedgen FeedGenerator with all that a feed says of itself; ``path`` is the feed's own."""
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    feed.id(tag_uri(site, f"feed/{selection.id}"))
    feed.title(clean(selection.title))
    feed.description(clean(selection.description))
    feed.link(href=uri(site, path), rel="self", type=media_type)
    # feedgen takes the last link for the channel's, so the page's own comes last.
    feed.link(href=uri(site, selection.url), rel="alternate", type="text/html")
    feed.language("ru")
    feed.generator("newsroom")
    feed.updated(selection.updated(site))
    feed.register_extension("newsroom", partial(_FrameExtension, namespaces), None)
    return feed


def entry(item: Item) -> Any:
    """A feedgen FeedEntry with what RSS and Atom both say of a release."""
    from feedgen.entry import FeedEntry

    made = FeedEntry()
    made.id(item.id)
    made.title(item.title)
    made.link(href=item.url, rel="alternate", type="text/html")
    made.published(item.date)
    made.updated(item.updated)
    made.category([{"term": each.id, "scheme": each.url, "label": each.title} for each in item.categories])
    return made


def element(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A new last child of ``parent``; ``name`` as lxml writes it: «{namespace}local»."""
    from lxml import etree

    child = etree.SubElement(parent, name, attributes)
    child.text = text or None
    return child


def add_media(parent: Element, item: Item) -> None:
    """``media:content`` of Media RSS 1.5 for the picture, or for the drawn card where there is none."""
    picture = item.picture
    if picture is None:
        card = {"type": "image/png", "width": "1200", "height": "630"}
        element(parent, f"{{{MEDIA}}}content", url=item.card, medium="image", **card)
        return
    content = element(
        parent,
        f"{{{MEDIA}}}content",
        url=picture.url,
        fileSize=str(picture.length),
        type=picture.media_type,
        medium="image",
        width=str(picture.width),
        height=str(picture.height),
    )
    if picture.title:
        element(content, f"{{{MEDIA}}}description", picture.title, type="plain")


def add_reading_aids(parent: Element, item: Item) -> None:
    """A link that works and a readable date, for the style sheet: browsers show neither of ``<link>``."""
    time = element(parent, f"{{{XHTML}}}time", day(item.date), datetime=item.date.isoformat())
    time.set("class", "feed-date")
    parent.insert(0, time)
    link = element(parent, f"{{{XHTML}}}a", item.title, href=item.url)
    link.set("class", "feed-link")
    parent.insert(0, link)


def fragment(made: Element, namespaces: Mapping[str, str]) -> bytes:
    """The element as it is written inside a feed whose root declares ``namespaces``."""
    from lxml import etree

    host = etree.Element("host", nsmap=dict(namespaces))
    host.append(made)
    etree.indent(made, level=1)
    data: bytes = etree.tostring(made, encoding="UTF-8", with_tail=False)
    # lxml repeats the root's declarations on a part written alone; the part has no attributes of its own.
    return f"<{made.tag}>".encode() + data.partition(b">")[2]


def assemble(frame: bytes, closing: bytes, items: Iterable[bytes], stylesheet: str = "") -> bytes:
    """The feed: ``items`` put into the frame before its ``closing`` tag, a style sheet named at its head.

    Chromium no longer runs XSLT, so the style sheet is CSS.
    """
    head, _, tail = frame.rpartition(closing)
    if stylesheet:
        declaration, _, rest = head.partition(b"?>\n")
        instruction = f'<?xml-stylesheet type="text/css" href={quoteattr(stylesheet)}?>'
        head = declaration + b"?>\n" + instruction.encode() + b"\n" + rest
    entries = b"".join(b"  " + item + b"\n" for item in items)
    return head.rstrip() + b"\n" + entries + closing + tail


def help_note(site: Site) -> bytes:
    """What a feed is and how to subscribe, for who opens it in a browser."""
    links = f"<h:a href={quoteattr(uri(site, '/feeds/'))}>Все ленты</h:a> · "
    links += f"<h:a href={quoteattr(uri(site, '/'))}>{_text(site.name)}</h:a>"
    return f'<h:p class="feed-help">{_text(_HELP)}{links}</h:p>'.encode()


def _text(text: str) -> str:
    return escape(clean(text))


class _FrameExtension:
    """feedgen's way of declaring namespaces at the root of a feed."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self.namespaces = namespaces

    def extend_ns(self) -> dict[str, str]:
        return dict(self.namespaces)

    def extend_rss(self, root: Any) -> Any:
        return root

    def extend_atom(self, root: Any) -> Any:
        return root
