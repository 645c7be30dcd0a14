"""The light page: words alone, for the slowest phones and for an hour when the network hardly works.

It is one answer of at most ``LARGEST`` bytes before any packing, so that it fits into what a server sends
at once (RFC 6928: ten segments, about 14 KB) also where nothing is packed on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import escape
from msgspec import Struct

from newsroom.build.section import Section
from newsroom.content.types import Card
from newsroom.pages import emergency
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.heads import HOME
from newsroom.pages.notice_board import Board
from newsroom.settings import Site

TITLE, URL = "Лёгкая версия", "/lite/"
TEMPLATE = "lite.html"

LARGEST = 14 * 1024
"""Bytes of the whole page."""
_ROOM = 9 * 1024
"""Bytes of that for releases; what is left is for the page's own words and for three emergency notices."""
_AROUND = 130
"""Bytes of markup, date and rubric around the words of one release, about."""

_NEWEST = 20
_WITH_SUMMARY = 10


class Line(Struct, frozen=True):
    """A release on the light page; ``summary`` is "" where it stands with its title alone."""

    release: Card
    summary: str


def section(desk: Desk) -> Section:
    """The light page, alone."""
    library, site = desk.library, desk.site
    lines = list(fitting(library.cards(library.releases[:_NEWEST]), site))
    context = {
        "told": [line for line in lines if line.summary],
        "named": [line.release for line in lines if not line.summary],
        "board": emergency.posted(desk) if "emergency" in site.extras else Board(),
    }
    description = f"Новое в одной странице без картинок и скриптов: {site.name}"
    head = Head(url=URL, title=TITLE, description=description, crumbs=(HOME,))

    def compose() -> Document:
        return Document(head=head, template=TEMPLATE, context=context)

    page = desk.press.page("lite/index.html", TEMPLATE, compose, {"content": (head, context)})
    return desk.press.section("lite", lambda: [page], head, context, templates=[TEMPLATE])


def fitting(newest: Iterable[Card], site: Site) -> Iterator[Line]:
    """As many of the newest releases as there is room for, the first of them with their summaries.

    From the first summary that finds no room on there are titles only: the order of time is kept.
    """
    left, with_summary = _ROOM, _WITH_SUMMARY
    for number, card in enumerate(newest):
        named = _AROUND + _size(card.title) + _size(site.href(card.url))
        told = named + _size(card.summary)
        # A title that does not fit ends the page; half the room is kept from summaries for those that come.
        if named > left:
            return
        if number >= with_summary or told > left - _ROOM // 3:
            with_summary = 0
        summary = card.summary if with_summary else ""
        left -= told if summary else named
        yield Line(card, summary)


def _size(text: str) -> int:
    """Bytes of a text in HTML."""
    return len(escape(text).encode())
