"""Atom 1.0 with full texts (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable

from newsroom.pages import feed_xml
from newsroom.pages.feed_items import Item, clean, uri
from newsroom.pages.feed_xml import NAMESPACES, Selection
from newsroom.settings import Site

MEDIA_TYPE = "application/atom+xml"


def item(source: Item) -> bytes:
    """The ``<entry>``: pictures and attachments are links with rel=enclosure."""
    entry = feed_xml.entry(source)
    entry.author(name=source.author, uri=source.author_url)
    if source.summary:
        entry.summary(source.summary)
    entry.content(source.html, type="html")
    for file in (*source.pictures[:1], *source.attachments):
        link = {"href": file.url, "rel": "enclosure", "type": file.media_type, "length": str(file.length)}
        entry.link({**link, "title": file.title} if file.title else link)
    made = entry.atom_entry()
    # feedgen 1.0 writes an entry's links with nothing but their href.
    for written, link in zip(made.iter("link"), entry.link(), strict=True):
        written.attrib.update(link)
    feed_xml.add_media(made, source)
    feed_xml.add_reading_aids(made, source)
    return feed_xml.fragment(made, NAMESPACES)


def feed(selection: Selection, items: Iterable[bytes], site: Site, stylesheet: str) -> bytes:
    """The feed at ``<selection.url>atom.xml``; ``stylesheet`` is the address of its CSS."""
    frame = feed_xml.generator(selection, site, f"{selection.url}atom.xml", MEDIA_TYPE, NAMESPACES)
    frame.author(name=clean(site.organization or site.name), uri=uri(site, "/"))
    parts = [feed_xml.help_note(site), *items]
    return feed_xml.assemble(frame.atom_str(pretty=True), b"</feed>", parts, stylesheet)
