"""The same RSS and Atom as ours, written by feedgen and lxml: what our feeds are held against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from newsroom.content.dates import day
from newsroom.pages.feed_items import Item, clean
from newsroom.pages.feed_xml import CONTENT, MEDIA, XHTML, Selection
from newsroom.pages.rss import DC
from newsroom.pages.uris import tag_uri, uri
from newsroom.settings import Site

Element = Any
"""An element of lxml, whose types are not complete."""
FOR_READERS = {"h": XHTML, "media": MEDIA}


def rss_item(item: Item) -> bytes:
    entry = _entry(item)
    entry.description((item.summary or item.title).replace("<", "&lt;"))
    entry.content(item.html, type="CDATA")
    if item.picture:
        entry.enclosure(item.picture.url, item.picture.length, item.picture.media_type)
    made = entry.rss_entry()
    _element(made, f"{{{DC}}}creator", item.author)
    _add_media(made, item)
    _add_reading_aids(made, item)
    return _fragment(made, {"content": CONTENT, "dc": DC, **FOR_READERS})


def atom_entry(item: Item) -> bytes:
    entry = _entry(item)
    entry.author(name=item.author, uri=item.author_url)
    if item.summary:
        entry.summary(item.summary)
    entry.content(item.html, type="html")
    for file in (*item.pictures[:1], *item.attachments):
        link = {"href": file.url, "rel": "enclosure", "type": file.media_type, "length": str(file.length)}
        entry.link({**link, "title": file.title} if file.title else link)
    made = entry.atom_entry()
    # feedgen 1.0 writes an entry's links with nothing but their href.
    for written, link in zip(made.iter("link"), entry.link(), strict=True):
        written.attrib.update(link)
    _add_media(made, item)
    _add_reading_aids(made, item)
    return _fragment(made, FOR_READERS)


def rss_frame(
    selection: Selection, site: Site, path: str, namespaces: Mapping[str, str] = FOR_READERS
) -> bytes:
    """A feed without its items."""
    feed = _feed(selection, site, path, "application/rss+xml", namespaces)
    feed.description(clean(selection.description).replace("<", "&lt;"))
    made: bytes = feed.rss_str(pretty=True)
    return made


def atom_frame(selection: Selection, site: Site) -> bytes:
    """A feed without its entries."""
    path, namespaces = f"{selection.url}atom.xml", FOR_READERS
    frame = _feed(selection, site, path, "application/atom+xml", namespaces)
    frame.author(name=clean(site.organization or site.name), uri=uri(site, "/"))
    feed: bytes = frame.atom_str(pretty=True)
    return feed


def _feed(
    selection: Selection, site: Site, path: str, media_type: str, namespaces: Mapping[str, str]
) -> FeedGenerator:
    feed = FeedGenerator()
    feed.id(tag_uri(site, f"feed/{selection.id}"))
    feed.title(clean(selection.title))
    feed.description(clean(selection.description))
    feed.link(href=uri(site, path), rel="self", type=media_type)
    # feedgen takes the last link for the channel's, so the page's own comes last.
    feed.link(href=uri(site, selection.url), rel="alternate", type="text/html")
    feed.language("ru")
    feed.generator("newsroom")
    feed.updated(selection.updated)
    feed.register_extension("newsroom", lambda: _Namespaces(namespaces), None)
    return feed


class _Namespaces:
    """feedgen's way of declaring namespaces at the root of a feed."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self.namespaces = namespaces

    def extend_ns(self) -> dict[str, str]:
        return dict(self.namespaces)

    def extend_rss(self, root: Element) -> Element:
        return root

    def extend_atom(self, root: Element) -> Element:
        return root


def _entry(item: Item) -> FeedEntry:
    made = FeedEntry()
    made.id(item.id)
    made.title(item.title)
    made.link(href=item.url, rel="alternate", type="text/html")
    made.published(item.date)
    made.updated(item.updated)
    made.category([{"term": each.id, "scheme": each.url, "label": each.title} for each in item.categories])
    return made


def _element(parent: Element, name: str, text: str, **attributes: str) -> Element:
    child = etree.SubElement(parent, name, attributes)
    child.text = text
    return child


def _add_media(parent: Element, item: Item) -> None:
    picture = item.picture
    shown = {"url": item.card, "medium": "image", "type": "image/png", "width": "1200", "height": "630"}
    if picture:
        size = {"width": str(picture.width), "height": str(picture.height)}
        kind = {"fileSize": str(picture.length), "type": picture.media_type, "medium": "image"}
        shown = {"url": picture.url, **kind, **size}
    content = etree.SubElement(parent, f"{{{MEDIA}}}content", shown)
    if picture and picture.title:
        _element(content, f"{{{MEDIA}}}description", picture.title, type="plain")


def _add_reading_aids(parent: Element, item: Item) -> None:
    time = _element(parent, f"{{{XHTML}}}time", day(item.date), datetime=item.date.isoformat())
    time.set("class", "feed-date")
    parent.insert(0, time)
    link = _element(parent, f"{{{XHTML}}}a", item.title, href=item.url)
    link.set("class", "feed-link")
    parent.insert(0, link)


def _fragment(made: Element, namespaces: Mapping[str, str]) -> bytes:
    """The element as it is written inside a feed whose root declares ``namespaces``."""
    host = etree.Element("host", nsmap=dict(namespaces))
    host.append(made)
    etree.indent(made, level=1)
    data: bytes = etree.tostring(made, encoding="UTF-8", with_tail=False)
    # lxml repeats the root's declarations on a part written alone; the part has no attributes of its own.
    return f"  <{made.tag}>".encode() + data.partition(b">")[2]
