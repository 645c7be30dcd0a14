"""Atom 1.0 with full texts (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from newsroom.pages import feed_xml
from newsroom.pages.feed_items import Category, Enclosure, Item, clean
from newsroom.pages.feed_xml import ATOM, MEDIA, XHTML, Selection, attribute, long_text, text
from newsroom.pages.uris import tag_uri, uri
from newsroom.settings import Site

MEDIA_TYPE = "application/atom+xml"
NAMESPACES = {"h": XHTML, "media": MEDIA}


def item(source: Item) -> bytes:
    """The ``<entry>``: pictures and attachments are links with rel=enclosure."""
    before = (
        *feed_xml.reading_aids(source),
        f"<id>{text(source.id)}</id>",
        f"<title>{text(source.title)}</title>",
        f"<updated>{source.updated.isoformat()}</updated>",
        *_author(source.author, source.author_url),
    )
    content = b'<content type="html">' + long_text(source.html) + b"</content>"
    after = (
        f'<link href="{attribute(source.url)}" rel="alternate" type="text/html"/>',
        *(_enclosure(file) for file in (*source.pictures[:1], *source.attachments)),
        *([f"<summary>{text(source.summary)}</summary>"] if source.summary else []),
        *map(_category, source.categories),
        f"<published>{source.date.isoformat()}</published>",
        *feed_xml.media(source),
    )
    return feed_xml.fragment("entry", before, content, after)


def feed(selection: Selection, items: Iterable[bytes], site: Site, stylesheet: str) -> bytes:
    """The feed at ``<selection.url>atom.xml``; ``stylesheet`` is the address of its CSS."""
    itself = f'href="{attribute(uri(site, f"{selection.url}atom.xml"))}" rel="self" type="{MEDIA_TYPE}"'
    page = f'href="{attribute(uri(site, selection.url))}" rel="alternate" type="text/html"'
    declared = f'{feed_xml.declared(NAMESPACES)} xmlns="{ATOM}" xml:lang="{feed_xml.LANGUAGE}"'
    parts = (
        f"<feed {declared}>",
        f"<id>{text(tag_uri(site, f'feed/{selection.id}'))}</id>",
        f"<title>{text(clean(selection.title))}</title>",
        f"<updated>{selection.updated.isoformat()}</updated>",
        *_author(clean(site.organization or site.name), uri(site, "/")),
        f"<link {itself}/>",
        *(f'<link href="{attribute(hub)}" rel="hub"/>' for hub in selection.hubs),
        f"<link {page}/>",
        f"<generator>{feed_xml.GENERATOR}</generator>",
        f"<subtitle>{text(clean(selection.description))}</subtitle>",
    )
    head = ["\n  ".join(parts), feed_xml.help_note(site)]
    return feed_xml.assemble(head, items, "</feed>", stylesheet)


def _author(name: str, address: str) -> tuple[str, ...]:
    return "<author>", f"  <name>{text(name)}</name>", f"  <uri>{text(address)}</uri>", "</author>"


def _enclosure(file: Enclosure) -> str:
    title = f' title="{attribute(file.title)}"' if file.title else ""
    size = f'type="{file.media_type}" length="{file.length}"'
    return f'<link href="{attribute(file.url)}" rel="enclosure" {size}{title}/>'


@lru_cache(maxsize=1024)
def _category(given: Category) -> str:
    term, scheme, label = (attribute(words) for words in (given.id, given.url, given.title))
    return f'<category term="{term}" scheme="{scheme}" label="{label}"/>'
