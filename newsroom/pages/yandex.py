"""RSS for Yandex: «Свежее и актуальное» of Webmaster, which grew out of Yandex News.

Rules: yandex.ru/support/webmaster/ru/search-appearance/fresh-content. RSS 2.0 of at
most 10 MB; an item has title, link, pubDate and yandex:full-text; only the last
eight days are looked at. The full text is plain and has no name of the source, no
captions and no contacts; the title has no full stop at its end and at most 200
characters.
"""

from __future__ import annotations

from collections.abc import Iterable

from newsroom.content.plain_text import plain_text
from newsroom.pages import feed_xml
from newsroom.pages.feed_items import Item, clean, corrections
from newsroom.pages.feed_xml import Selection, element
from newsroom.settings import Site

YANDEX = "http://news.yandex.ru"
NAMESPACES = {"yandex": YANDEX, "media": feed_xml.MEDIA}
GENRE = "message"
"""«Сообщение»: of the genres Yandex knows (lenta, message, article, interview) a press release is this."""
_LONGEST_TITLE = 200


def item(source: Item, site: Site) -> bytes:
    """The ``<item>``; the lead and the corrections stand in its text as paragraphs."""
    entry = feed_xml.entry(source)
    entry.title(_title(source.title))
    entry.description(source.summary or source.title)
    if source.picture:
        entry.enclosure(source.picture.url, source.picture.length, source.picture.media_type)
    made = entry.rss_entry()
    element(made, "author", source.author)
    element(made, f"{{{YANDEX}}}genre", GENRE)
    paragraphs = (source.summary, plain(source.release.body), *corrections(source.release, site))
    element(made, f"{{{YANDEX}}}full-text", clean("\n\n".join(part for part in paragraphs if part)))
    return feed_xml.fragment(made, NAMESPACES)


def feed(selection: Selection, items: Iterable[bytes], site: Site) -> bytes:
    """The feed at ``/yandex.xml``."""
    frame = feed_xml.generator(selection, site, "/yandex.xml", "application/rss+xml", NAMESPACES)
    return feed_xml.assemble(frame.rss_str(pretty=True), b"</channel>", items)


def plain(html: str) -> str:
    """The text of a body without pictures, captions and addresses."""
    from bs4 import BeautifulSoup

    tree = BeautifulSoup(html, "html.parser")
    for picture in tree.find_all(("figure", "picture", "img")):
        picture.decompose()
    for link in tree.find_all("a"):
        link.unwrap()
    return plain_text(str(tree))


def _title(title: str) -> str:
    short = title if len(title) <= _LONGEST_TITLE else title[:_LONGEST_TITLE].rsplit(" ", 1)[0]
    return short if short.endswith("…") else short.rstrip(".")
