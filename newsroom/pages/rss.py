"""RSS 2.0 with full texts (rssboard.org/rss-specification, content:encoded of RSS 1.0 modules)."""

from __future__ import annotations

from collections.abc import Iterable

from newsroom.pages import feed_xml
from newsroom.pages.feed_items import Item
from newsroom.pages.feed_xml import NAMESPACES, Selection, element
from newsroom.settings import Site

MEDIA_TYPE = "application/rss+xml"
DC = "http://purl.org/dc/elements/1.1/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
RSS_NAMESPACES = {"content": CONTENT, "dc": DC, **NAMESPACES}


def item(source: Item) -> bytes:
    """The ``<item>``: one enclosure at most, as RSS 2.0 has it, and that is the lead picture."""
    entry = feed_xml.entry(source)
    # feedgen writes content:encoded only beside a description, which must not be empty.
    entry.description(source.summary or source.title)
    entry.content(source.html, type="CDATA")
    if source.picture:
        entry.enclosure(source.picture.url, source.picture.length, source.picture.media_type)
    made = entry.rss_entry()
    element(made, f"{{{DC}}}creator", source.author)
    feed_xml.add_media(made, source)
    feed_xml.add_reading_aids(made, source)
    return feed_xml.fragment(made, RSS_NAMESPACES)


def feed(selection: Selection, items: Iterable[bytes], site: Site, stylesheet: str) -> bytes:
    """The feed at ``<selection.url>rss.xml``; ``stylesheet`` is the address of its CSS."""
    frame = feed_xml.generator(selection, site, f"{selection.url}rss.xml", MEDIA_TYPE, RSS_NAMESPACES)
    parts = [feed_xml.help_note(site), *items]
    return feed_xml.assemble(frame.rss_str(pretty=True), b"</channel>", parts, stylesheet)
