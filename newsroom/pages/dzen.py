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
from html import escape, unescape

from newsroom.pages import feed_xml, rss
from newsroom.pages.feed_items import Enclosure, Item, clean
from newsroom.pages.feed_xml import ATOM, CONTENT, MEDIA, Selection, attribute, text
from newsroom.settings import Site

NAMESPACES = {"content": CONTENT, "media": MEDIA, "atom": ATOM}
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
_RENAMED = {"strong": "b", "em": "i", "del": "s", "ins": "u", "h5": "h4", "h6": "h4", "tr": "p"}
_DROPPED = re.compile(
    r"<(script|style|iframe|noscript|form|button|svg|object)\b.*?</\1>|<(?:source|embed)\b[^>]*>", re.DOTALL
)
_LINE_BREAK = re.compile(r"<br\s*/?>")
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
_CELL_BEFORE_CELL = re.compile(r"(</t[hd]>)(?=\s*<t[hd]\b)")
_TAG_OR_TEXT = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>|[^<]+")
_ATTRIBUTE = re.compile(r"""([a-z-]+)="([^"]*)\"""")
_BLANK_LINES = re.compile(r"\n\s*\n")


def item(source: Item) -> bytes:
    """The ``<item>`` with an enclosure for each picture that is wide enough."""
    body = rss.encoded(simple_html(source.html))
    after = (
        rss.guid(source),
        *(f"<category>{text(each)}</category>" for each in (source.categories[0].title, *DIRECTIVES)),
        rss.published(source),
        f"<contentType>{CONTENT_TYPE}</contentType>",
        f"<author>{text(source.author)}</author>",
        '<media:rating scheme="urn:simple">nonadult</media:rating>',
        *(_enclosure(picture) for picture in source.pictures if picture.width >= NARROWEST_PICTURE),
    )
    return feed_xml.fragment("item", rss.heading(source, source.title), body, after)


def feed(selection: Selection, items: Iterable[bytes], site: Site) -> bytes:
    """The feed at ``/dzen.xml``."""
    return rss.assemble(rss.channel(selection, site, "/dzen.xml", NAMESPACES), items)


def simple_html(html: str) -> str:
    """``html``, as we serialise it, of the elements Dzen shows: others are renamed, unwrapped or left out."""
    shown = _TAG_OR_TEXT.sub(_shown, _flattened(html))
    return _BLANK_LINES.sub("\n", clean(shown)).strip()


def _flattened(html: str) -> str:
    """Keep apart what unwrapping would run together: lines, cells of a row; pictures are no links."""
    html = _LINE_BREAK.sub(" ", _DROPPED.sub("", html))
    html = _LINK.sub(lambda link: link[1] if "<img" in link[1] else link[0], html)
    return _CELL_BEFORE_CELL.sub(r" — \1", html)


def _shown(found: re.Match[str]) -> str:
    """A tag or a stretch of text as Dzen gets it."""
    end, tag, attributes = found.groups()
    if tag is None:
        return escape(unescape(found[0]), quote=False)
    name = _RENAMED.get(tag, tag)
    if name not in ALLOWED:
        return ""
    if end:
        return f"</{name}>"
    kept = sorted(each for each in _ATTRIBUTE.findall(attributes) if each[0] in ALLOWED[name])
    written = "".join(f' {attribute}="{_minimal(value)}"' for attribute, value in kept)
    return f"<{name}{written}/>" if name == "img" else f"<{name}{written}>"


def _minimal(value: str) -> str:
    return escape(unescape(value), quote=False).replace('"', "&quot;")


def _enclosure(picture: Enclosure) -> str:
    size = f'type="{picture.media_type}" length="{picture.length}"'
    return f'<enclosure url="{attribute(picture.url)}" {size}/>'
