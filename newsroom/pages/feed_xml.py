"""What RSS and Atom share: how XML is written, the frame of a feed, and the parts both formats have.

Feeds are written as text. Each release is made bytes once, and those bytes go into
every feed it stands in. That feedgen writes the same feeds is kept by a test; why
they are not written by it: ``docs/decisions/0010-feeds-are-written-as-text.md``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from msgspec import Struct

from newsroom.content.dates import day
from newsroom.pages.feed_items import Item, clean
from newsroom.pages.uris import uri
from newsroom.settings import Site

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
MEDIA = "http://search.yahoo.com/mrss/"
XHTML = "http://www.w3.org/1999/xhtml"

GENERATOR = "newsroom"
LANGUAGE = "ru"
_HELP = (
    "Это лента новостей: её читают программы. Чтобы подписаться, добавьте адрес этой страницы "
    "в программу для чтения лент — новые пресс-релизы будут приходить сами. "
)


class Selection(Struct, frozen=True, kw_only=True):
    """The releases of one feed: ``url`` is the path of the page that lists them.

    ``id`` names the feed for ever («rubric/kultura»); ``title`` and ``description`` are
    what a reader program shows; ``updated`` is when the newest of the entries changed, so
    that equal feeds are equal bytes. ``hubs`` are told of each new entry, and tell their subscribers.
    """

    id: str
    url: str
    title: str
    description: str
    updated: datetime
    hubs: tuple[str, ...] = ()


def first_day(site: Site) -> datetime:
    """The day from which the ids of this site hold: when a feed without entries was updated."""
    year, month, day = (*map(int, site.id_date.split("-")), 1, 1)[:3]
    return datetime(year, month, day, tzinfo=UTC)


def text(words: str) -> str:
    """The words as the text of an element; a carriage return would be read as a line break."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def attribute(words: str) -> str:
    """The words as the value of an attribute in double quotes, where XML would make spaces of breaks."""
    quoted = text(words).replace('"', "&quot;")
    return quoted.replace("\n", "&#10;").replace("\t", "&#9;")


def declared(namespaces: Mapping[str, str]) -> str:
    """The declarations of namespaces in a root: prefix → name."""
    return " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in namespaces.items())


def long_text(words: str) -> bytes:
    """What ``text`` gives, in UTF-8: there a search passes over Russian letters ten times as fast."""
    written = words.encode().replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return written.replace(b"\r", b"&#13;")


def fragment(name: str, before: Iterable[str], body: bytes, after: Iterable[str]) -> bytes:
    """An item of a feed as it stands there, each part on its line: ``body`` is the one with the long text."""
    head = "\n    ".join((f"  <{name}>", *before, ""))
    tail = "\n    ".join(("", *after))
    return head.encode() + body + f"{tail}\n  </{name}>".encode()


def assemble(head: Iterable[str], items: Iterable[bytes], closing: str, stylesheet: str = "") -> bytes:
    """The feed: its ``items`` between the lines of its ``head`` and the ``closing`` ones.

    Chromium no longer runs XSLT, so the style sheet is CSS.
    """
    lines = ["<?xml version='1.0' encoding='UTF-8'?>"]
    if stylesheet:
        lines.append(f'<?xml-stylesheet type="text/css" href="{attribute(stylesheet)}"?>')
    return b"\n".join(("\n".join((*lines, *head)).encode(), *items, closing.encode(), b""))


def help_note(site: Site) -> str:
    """What a feed is and how to subscribe, for who opens it in a browser."""
    links = f'<h:a href="{attribute(uri(site, "/feeds/"))}">Все ленты</h:a> · '
    links += f'<h:a href="{attribute(uri(site, "/"))}">{text(clean(site.name))}</h:a>'
    return f'  <h:p class="feed-help">{_HELP}{links}</h:p>'


def reading_aids(item: Item) -> tuple[str, str]:
    """A link that works and a readable date, for the style sheet: browsers show neither of ``<link>``."""
    return (
        f'<h:a href="{attribute(item.url)}" class="feed-link">{text(item.title)}</h:a>',
        f'<h:time datetime="{item.date.isoformat()}" class="feed-date">{day(item.date)}</h:time>',
    )


def media(item: Item) -> tuple[str, ...]:
    """``media:content`` of Media RSS 1.5 for the picture, or where there is none for the drawn card."""
    picture = item.picture
    if picture is None and not item.card:
        return ()
    if picture is None:
        card = 'medium="image" type="image/png" width="1200" height="630"'
        return (f'<media:content url="{attribute(item.card)}" {card}/>',)
    shown = (
        f'<media:content url="{attribute(picture.url)}" fileSize="{picture.length}" '
        f'type="{picture.media_type}" medium="image" width="{picture.width}" height="{picture.height}"'
    )
    if not picture.title:
        return (f"{shown}/>",)
    caption = f'  <media:description type="plain">{text(picture.title)}</media:description>'
    return f"{shown}>", caption, "</media:content>"
