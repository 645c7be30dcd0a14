"""Everything of emergency notices: their page, the sheet with the banner, their feeds, a message each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from newsroom.build.section import Output, Section
from newsroom.content.notices import FILE
from newsroom.pages import cap, notice_feeds, notice_sheet
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, FeedLink, File, Head
from newsroom.pages.feed_links import emergency_feeds
from newsroom.pages.heads import head_under_home
from newsroom.pages.notice_board import Board, board
from newsroom.pages.notice_feeds import FOLDER, TITLE
from newsroom.settings import Site

KEY = "emergency"
PAGE = "emergency/index.html"
TEMPLATE = "emergency.html"
_INTRO = "Что случилось, где и что делать. Здесь же сообщения, которые уже не действуют."


def section(desk: Desk) -> Section:
    """The one section, which depends on the notices of this hour."""
    now = posted(desk)
    stylesheet = desk.site.href(desk.assets.url("feed.css"))

    def outputs() -> Iterator[Output]:
        compose = partial(_document, now, desk.site)
        yield desk.press.page(PAGE, TEMPLATE, compose, {"notices": now}, source=FILE)
        for file in files(now, desk.site, stylesheet):
            content = {"notices": file.data}
            yield desk.press.file(file.path, partial(getattr, file, "data"), content, source=FILE)

    return desk.press.section(KEY, outputs, now, stylesheet, templates=[TEMPLATE])


def posted(desk: Desk) -> Board:
    """The notices of this hour."""
    return board(desk.library.notices, desk.site.now, preview=desk.site.preview)


def files(now: Board, site: Site, stylesheet: str) -> Iterator[File]:
    """All but the page: what needs no template. ``stylesheet`` is the address of that of feeds."""
    yield File(path=notice_sheet.PATH, data=notice_sheet.sheet(now))
    yield File(path="emergency/rss.xml", data=notice_feeds.as_rss(now, site, stylesheet))
    yield File(path="emergency/atom.xml", data=notice_feeds.as_atom(now, site, stylesheet))
    known = {notice.id: notice for notice in (*now.notices, *now.tests)}
    for notice in known.values():
        yield File(path=notice.cap_address.lstrip("/"), data=cap.message(notice, known, site))


def _document(now: Board, site: Site) -> Document:
    return Document(head=_head(site), template=TEMPLATE, context={"board": now, "intro": _INTRO})


def _head(site: Site) -> Head:
    feeds: tuple[FeedLink, ...] = emergency_feeds()
    return replace(head_under_home(TITLE, FOLDER, site, _INTRO), feeds=feeds)
