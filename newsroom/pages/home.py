"""The home page: what is new, what matters, what comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Literal

from msgspec import Struct

from newsroom.build.section import Section
from newsroom.content.library import Library
from newsroom.content.types import Broadcast, Card, Event, EventDate, Rubric
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.feed_links import feed_links
from newsroom.pages.structured_data import organization, web_site

_LEADS = 3
_FEATURED_AMONG = 20
_LATEST = 12
_BY_RUBRIC = 4
_AGENDA = 6
_MOST_READ = 5


class AgendaLine(Struct, frozen=True, kw_only=True):
    """A dated line of the agenda; ``end`` is the last day of an event of several."""

    title: str
    url: str
    start: date | datetime
    end: date | None
    kind: Literal["event", "broadcast"]
    conventional: bool

    @property
    def day(self) -> date:
        return self.start.date() if isinstance(self.start, datetime) else self.start


def section(desk: Desk) -> Section:
    """The home page, alone."""
    library, site = desk.library, desk.site
    leads = lead_stories(library.cards(library.releases[: max(_FEATURED_AMONG, _LEADS + 1)]))
    newest = library.cards(library.releases[: _LATEST + _LEADS])
    agenda, is_past = _agenda(library, site.now.astimezone(site.tz).date())
    context = {
        "leads": leads,
        "latest": [card for card in newest if card not in leads][:_LATEST],
        "by_rubric": list(_by_rubric(library)),
        "agenda": agenda,
        "agenda_is_past": is_past,
        "most_read": most_read(library, desk.measures.views.most_read_now, _MOST_READ),
        "issue": library.issues[0] if library.issues else None,
        "total": len(library.releases),
    }

    def compose() -> Document:
        head = Head(
            url="/",
            title=site.name,
            description=site.description,
            feeds=feed_links(site),
            data=(web_site(site), organization(site)),
        )
        return Document(head=head, template="index.html", context=context)

    page = desk.press.page("index.html", "index.html", compose, {"content": context})
    return desk.press.section("home", lambda: [page], context, templates=["index.html"])


def lead_stories(newest: Sequence[Card]) -> list[Card]:
    """The newest featured release first, then the newest others.

    A release is featured only while it is among the newest: nobody remembers to take the mark off.
    """
    featured = next((card for card in newest[:_FEATURED_AMONG] if card.featured), None)
    leads = [featured] if featured else []
    leads += [card for card in newest[: _LEADS + 1] if card is not featured]
    return leads[:_LEADS]


def most_read(library: Library, ranked: Sequence[tuple[str, int]], count: int) -> list[tuple[Card, int]]:
    """The first of the releases that are read most, with their views; those taken back are passed over."""
    known = ((library.by_id.get(id), views) for id, views in ranked)
    cards = ((library.card(entry), views) for entry, views in known if entry)
    return list(islice(cards, count))


def _by_rubric(library: Library) -> Iterator[tuple[Rubric, tuple[Card, ...], int]]:
    for rubric in library.rubrics:
        entries = library.by_rubric.get(rubric.id)
        if entries:
            yield rubric, library.cards(entries[:_BY_RUBRIC]), len(entries)


def _agenda(library: Library, today: date) -> tuple[list[AgendaLine], bool]:
    """The next events and broadcasts, soonest first; the last ones where none is to come."""
    lines = [_event_line(event, when) for event in library.events for when in event.dates]
    lines += [_broadcast_line(broadcast) for broadcast in library.broadcasts]
    lines.sort(key=lambda line: (line.day, line.title))
    coming = [line for line in lines if (line.end or line.day) >= today]
    if coming:
        return coming[:_AGENDA], False
    return list(reversed(lines))[:_AGENDA], True


def _event_line(event: Event, when: EventDate) -> AgendaLine:
    return AgendaLine(
        title=event.title,
        url=event.url,
        start=when.start,
        end=when.end if when.end != when.start else None,
        kind="event",
        conventional=event.conventional_date,
    )


def _broadcast_line(broadcast: Broadcast) -> AgendaLine:
    return AgendaLine(
        title=broadcast.title,
        url=broadcast.url,
        start=broadcast.start,
        end=None,
        kind="broadcast",
        conventional=broadcast.conventional_date,
    )
