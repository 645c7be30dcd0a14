"""RSS 2.0 with full texts (rssboard.org/rss-specification, content:encoded of RSS 1.0 modules)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from newsroom.content.dates import rfc822
from newsroom.pages import feed_xml
from newsroom.pages.feed_items import Category, Item, clean
from newsroom.pages.feed_xml import ATOM, CONTENT, MEDIA, XHTML, Selection, attribute, text
from newsroom.pages.uris import uri
from newsroom.settings import Site

MEDIA_TYPE = "application/rss+xml"
DC = "http://purl.org/dc/elements/1.1/"
NAMESPACES = {"content": CONTENT, "dc": DC, "h": XHTML, "media": MEDIA, "atom": ATOM}
_RULES = "http://www.rssboard.org/rss-specification"


def item(source: Item) -> bytes:
    """The ``<item>``: one enclosure at most, as RSS 2.0 has it, and that is the lead picture."""
    before = (*feed_xml.reading_aids(source), *heading(source, source.title))
    after = (
        guid(source),
        *map(category, source.categories),
        *enclosure(source),
        published(source),
        f"<dc:creator>{text(source.author)}</dc:creator>",
        *feed_xml.media(source),
    )
    return feed_xml.fragment("item", before, encoded(source.html), after)


def feed(selection: Selection, items: Iterable[bytes], site: Site, stylesheet: str) -> bytes:
    """The feed at ``<selection.url>rss.xml``; ``stylesheet`` is the address of its CSS."""
    head = channel(selection, site, f"{selection.url}rss.xml", NAMESPACES)
    return assemble([*head, feed_xml.help_note(site)], items, stylesheet)


def channel(selection: Selection, site: Site, path: str, namespaces: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of what a feed says of itself; ``path`` is its own, ATOM is in the ``namespaces``."""
    itself = f'href="{attribute(uri(site, path))}" rel="self" type="{MEDIA_TYPE}"'
    return (
        f'<rss {feed_xml.declared(namespaces)} version="2.0">',
        "  <channel>",
        f"    <title>{text(clean(selection.title))}</title>",
        f"    <link>{text(uri(site, selection.url))}</link>",
        f"    {description(clean(selection.description))}",
        f"    <atom:link {itself}/>",
        *(f'    <atom:link href="{attribute(hub)}" rel="hub"/>' for hub in selection.hubs),
        f"    <docs>{_RULES}</docs>",
        f"    <generator>{feed_xml.GENERATOR}</generator>",
        f"    <language>{feed_xml.LANGUAGE}</language>",
        f"    <lastBuildDate>{rfc822(selection.updated)}</lastBuildDate>",
    )


def assemble(head: Iterable[str], items: Iterable[bytes], stylesheet: str = "") -> bytes:
    """The whole feed of the lines of its channel and its items."""
    return feed_xml.assemble(head, items, "</channel>\n</rss>", stylesheet)


def heading(source: Item, title: str) -> tuple[str, str, str]:
    """Title, address and description of an item: the description may not be empty."""
    return (
        f"<title>{text(title)}</title>",
        f"<link>{text(source.url)}</link>",
        description(source.summary or source.title),
    )


def encoded(html: str) -> bytes:
    """The full text, in which no ``]]>`` stands."""
    return b"<content:encoded><![CDATA[" + html.encode() + b"]]></content:encoded>"


def guid(source: Item) -> str:
    return f'<guid isPermaLink="false">{text(source.id)}</guid>'


@lru_cache(maxsize=1024)
def category(given: Category) -> str:
    """A rubric or a tag of an item, with the address of its page."""
    return f'<category domain="{attribute(given.url)}">{text(given.title)}</category>'


def enclosure(source: Item) -> list[str]:
    """The lead picture, where there is one."""
    return [
        f'<enclosure url="{attribute(file.url)}" length="{file.length}" type="{file.media_type}"/>'
        for file in source.pictures[:1]
    ]


def published(source: Item) -> str:
    return f"<pubDate>{rfc822(source.date)}</pubDate>"


def description(plain: str) -> str:
    """Readers take it for HTML (RSS 2.0), in which «<» of a plain text must be no tag."""
    return f"<description>{text(plain.replace('<', '&lt;'))}</description>"
