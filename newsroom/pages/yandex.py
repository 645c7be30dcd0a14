"""RSS for Yandex: «Свежее и актуальное» of Webmaster, which grew out of Yandex News.

Rules: yandex.ru/support/webmaster/ru/search-appearance/fresh-content. RSS 2.0 of at
most 10 MB; an item has title, link, pubDate and yandex:full-text; only the last
eight days are looked at. The full text is plain and has no name of the source, no
captions and no contacts; the title has no full stop at its end and at most 200
characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsroom.content.plain_text import plain_text
from newsroom.pages import feed_xml, rss
from newsroom.pages.feed_items import Item, clean, corrections
from newsroom.pages.feed_xml import ATOM, CONTENT, MEDIA, Selection, long_text, text
from newsroom.settings import Site

YANDEX = "http://news.yandex.ru"
NAMESPACES = {"yandex": YANDEX, "media": MEDIA, "atom": ATOM, "content": CONTENT}
GENRE = "message"
"""«Сообщение»: of the genres Yandex knows (lenta, message, article, interview) a press release is this."""
_LONGEST_TITLE = 200
_PICTURE = re.compile(r"<(figure|picture)\b.*?</\1>|<img\b[^>]*>", re.DOTALL)
_LINK_TAG = re.compile(r"</?a\b[^>]*>")


def item(source: Item, site: Site) -> bytes:
    """The ``<item>``; the lead and the corrections stand in its text as paragraphs."""
    release = source.release
    whole = _PICTURE.search(release.body) or _LINK_TAG.search(release.body)
    told = plain(release.body) if whole else release.text
    paragraphs = (source.summary, told, *corrections(release, site))
    full_text = clean("\n\n".join(part for part in paragraphs if part))
    before = (
        *rss.heading(source, _title(source.title)),
        rss.guid(source),
        *map(rss.category, source.categories),
        *rss.enclosure(source),
        rss.published(source),
        f"<author>{text(source.author)}</author>",
        f"<yandex:genre>{GENRE}</yandex:genre>",
    )
    body = b"<yandex:full-text>" + long_text(full_text) + b"</yandex:full-text>"
    return feed_xml.fragment("item", before, body, ())


def feed(selection: Selection, items: Iterable[bytes], site: Site) -> bytes:
    """The feed at ``/yandex.xml``."""
    return rss.assemble(rss.channel(selection, site, "/yandex.xml", NAMESPACES), items)


def plain(html: str) -> str:
    """The text of a body, as we serialise it, without pictures, captions and addresses."""
    return plain_text(_LINK_TAG.sub("", _PICTURE.sub("", html)))


def _title(title: str) -> str:
    short = title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rsplit(" ", 1)[0]
    return short if short.endswith("…") else short.rstrip(".")
