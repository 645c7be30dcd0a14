"""The feeds of emergency notices: RSS for people, Atom as the index of CAP messages for aggregators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from newsroom.content.dates import day, rfc822
from newsroom.content.notices import Block, Notice, sentence
from newsroom.pages import cap, rss
from newsroom.pages.atom import MEDIA_TYPE as ATOM_TYPE
from newsroom.pages.feed_items import clean
from newsroom.pages.feed_xml import (
    ATOM,
    GENERATOR,
    LANGUAGE,
    XHTML,
    Selection,
    assemble,
    attribute,
    declared,
    first_day,
    fragment,
    help_note,
    long_text,
    text,
)
from newsroom.pages.notice_board import Board
from newsroom.pages.uris import tag_uri, uri
from newsroom.settings import Site

TITLE = "Экстренные сообщения"
FOLDER = "/emergency/"


def as_rss(board: Board, site: Site, stylesheet: str) -> bytes:
    """``/emergency/rss.xml``: what pages show, the newest first."""
    notices = board.notices[: site.feed_items]
    head = rss.channel(_selection(notices, site), site, f"{FOLDER}rss.xml", rss.NAMESPACES)
    return rss.assemble([*head, help_note(site)], (_item(each, site) for each in notices), stylesheet)


def as_atom(board: Board, site: Site, stylesheet: str) -> bytes:
    """``/emergency/atom.xml``: each message by its address, tests too, for the messages say what they are."""
    notices = sorted((*board.notices, *board.tests), key=lambda each: (each.effective, each.id), reverse=True)
    chosen = notices[: site.feed_items]
    lines = "\n  ".join(_atom_head(_selection(chosen, site), site))
    entries = (_entry(each, site) for each in chosen)
    return assemble([lines, help_note(site)], entries, "</feed>", stylesheet)


def _selection(notices: Sequence[Notice], site: Site) -> Selection:
    return Selection(
        id="emergency",
        url=FOLDER,
        title=f"{TITLE} — {site.name}",
        description=f"Предупреждения об опасности, что делать, отбой: {site.name}",
        updated=max((notice.effective for notice in notices), default=first_day(site)),
    )


def _atom_head(selection: Selection, site: Site) -> Iterator[str]:
    names = {"h": XHTML}
    yield f'<feed {declared(names)} xmlns="{ATOM}" xml:lang="{LANGUAGE}">'
    yield f"<id>{text(tag_uri(site, f'feed/{selection.id}'))}</id>"
    yield f"<title>{text(clean(selection.title))}</title>"
    yield f"<updated>{selection.updated.isoformat()}</updated>"
    yield f"<author><name>{text(clean(site.organization or site.name))}</name></author>"
    yield f'<link href="{attribute(uri(site, f"{FOLDER}atom.xml"))}" rel="self" type="{ATOM_TYPE}"/>'
    yield f'<link href="{attribute(uri(site, FOLDER))}" rel="alternate" type="text/html"/>'
    yield f"<generator>{GENERATOR}</generator>"
    yield f"<subtitle>{text(clean(selection.description))}</subtitle>"


def _item(notice: Notice, site: Site) -> bytes:
    before = (
        *_reading_aids(notice, site),
        f"<title>{text(clean(_title(notice)))}</title>",
        f"<link>{text(uri(site, notice.address))}</link>",
        rss.description(clean(notice.headline)),
    )
    after = (
        f'<guid isPermaLink="false">{text(tag_uri(site, f"emergency/{notice.id}"))}</guid>',
        f"<pubDate>{rfc822(notice.effective)}</pubDate>",
        f"<dc:creator>{text(clean(site.organization or site.name))}</dc:creator>",
    )
    return fragment("item", before, rss.encoded(_html(notice, site)), after)


def _entry(notice: Notice, site: Site) -> bytes:
    before = (
        *_reading_aids(notice, site),
        f"<id>{text(tag_uri(site, f'emergency/{notice.id}'))}</id>",
        f"<title>{text(clean(_title(notice)))}</title>",
        f"<updated>{notice.effective.isoformat()}</updated>",
    )
    message = f'href="{attribute(uri(site, notice.cap_address))}" rel="alternate" type="{cap.MEDIA_TYPE}"'
    page = f'href="{attribute(uri(site, FOLDER))}" rel="related" type="text/html"'
    after = (
        f"<link {message}/>",
        f"<link {page}/>",
        f"<summary>{text(clean(notice.headline))}</summary>",
        f"<published>{notice.effective.isoformat()}</published>",
    )
    content = b'<content type="html">' + long_text(_html(notice, site)) + b"</content>"
    return fragment("entry", before, content, after)


def _reading_aids(notice: Notice, site: Site) -> tuple[str, str]:
    """For who opens the feed in a browser; a test has no place on a page."""
    url = uri(site, FOLDER if notice.status == "Test" else notice.address)
    when = notice.effective
    return (
        f'<h:a href="{attribute(url)}" class="feed-link">{text(clean(_title(notice)))}</h:a>',
        f'<h:time datetime="{when.isoformat()}" class="feed-date">{day(when)}</h:time>',
    )


def _title(notice: Notice) -> str:
    test = "Проверка связи. " if notice.status == "Test" else ""
    return f"{test}{notice.label}: {notice.headline}"


def _html(notice: Notice, site: Site) -> str:
    parts = [*map(_block, notice.text), *map(_block, notice.instruction)]
    parts.append(f"<p>Где: {escape(sentence(notice.area))}</p>")
    if notice.contact:
        parts.append(f"<p>Телефон: {escape(notice.contact)}.</p>")
    if notice.web:
        parts.append(f'<p><a href="{escape(notice.web)}">Подробности</a></p>')
    parts.append(f'<p><a href="{escape(uri(site, notice.cap_address))}">Сообщение CAP</a></p>')
    return clean("\n".join(parts)).replace("]]>", "]]&gt;")


def _block(block: Block) -> str:
    lines = [escape(line) for line in block.lines]
    if block.is_list:
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"
    return f"<p>{lines[0]}</p>"
