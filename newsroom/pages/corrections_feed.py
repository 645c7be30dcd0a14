"""The feeds of what was corrected: an entry a correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from msgspec import Struct

from newsroom.content.types import Change, Release
from newsroom.pages import atom, rss
from newsroom.pages.feed_items import Category, Item, clean
from newsroom.pages.feed_links import CORRECTIONS
from newsroom.pages.feed_xml import Selection, first_day
from newsroom.pages.uris import tag_uri, uri
from newsroom.settings import Site


class Line(Struct, frozen=True):
    """A correction and the release that it was made in."""

    change: Change
    release: Release


Make = Callable[[Sequence[Line], Site, str], bytes]
"""Makes a feed of corrections, newest first; the last is the address of its style sheet."""


def _as_rss(lines: Sequence[Line], site: Site, stylesheet: str) -> bytes:
    items = (rss.item(item(line, site)) for line in lines)
    return rss.feed(_selection(lines, site), items, site, stylesheet)


def _as_atom(lines: Sequence[Line], site: Site, stylesheet: str) -> bytes:
    items = (atom.item(item(line, site)) for line in lines)
    return atom.feed(_selection(lines, site), items, site, stylesheet)


FORMATS: Mapping[str, Make] = {"rss": _as_rss, "atom": _as_atom}


def item(line: Line, site: Site) -> Item:
    """A correction as feeds give it; its id stays, whatever else is corrected later."""
    change, release = line.change, line.release
    rubric = Category(
        id=release.rubric.id, title=clean(release.rubric.title), url=uri(site, release.rubric.url)
    )
    return Item(
        id=tag_uri(site, f"correction/{release.id}/{change.key}"),
        url=uri(site, release.url),
        title=clean(release.title),
        summary=clean(change.note),
        html=_html(line, site),
        date=change.date,
        updated=change.date,
        author=clean(site.organization or site.name),
        author_url=uri(site, "/"),
        categories=(rubric,),
        pictures=(),
        attachments=(),
        card="",
        release=release,
    )


def _html(line: Line, site: Site) -> str:
    links = [("Пресс-релиз", line.release.url)]
    if line.change.difference:
        links.append(("Что изменилось", f"{line.release.differences_url}#{line.change.key}"))
    named = " · ".join(f'<a href="{escape(uri(site, url))}">{words}</a>' for words, url in links)
    return clean(f"<p>{escape(line.change.note)}</p>\n<p>{named}</p>").replace("]]>", "]]&gt;")


def _selection(lines: Sequence[Line], site: Site) -> Selection:
    return Selection(
        id="corrections",
        url=CORRECTIONS,
        title=f"Исправления — {site.name}",
        description=f"Что исправлено в пресс-релизах после выхода: {site.name}",
        updated=max((line.change.date for line in lines), default=first_day(site)),
    )
