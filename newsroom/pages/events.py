"""City events with their yearly coverage, and broadcasts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from newsroom.content.library import Library
from newsroom.content.types import Broadcast, Event, EventDate
from newsroom.pages.document import Document, Head
from newsroom.pages.feeds import feed_links
from newsroom.pages.heads import HOME, head_under_home
from newsroom.pages.pagination import list_head, paginate
from newsroom.pages.structured_data import breadcrumbs, broadcast_event, event_data
from newsroom.settings import Site

EVENTS = ("События", "/events/")
BROADCASTS = ("Эфиры", "/broadcasts/")


def documents(library: Library, site: Site) -> Iterator[Document]:
    """The directory of events, a page for each; the same for broadcasts."""
    yield _events_index(library, site)
    for event in library.events:
        yield _event(event, library, site)
    yield from _broadcasts_index(library, site)
    for broadcast in library.broadcasts:
        yield _broadcast(broadcast, library, site)


def _events_index(library: Library, site: Site) -> Document:
    events = [
        (event, len(library.by_event.get(event.id, ())), event.dates[0] if event.dates else None)
        for event in library.events
    ]
    return Document(head=head_under_home(*EVENTS, site), template="events.html", context={"events": events})


def _event(event: Event, library: Library, site: Site) -> Document:
    releases = library.by_event.get(event.id, ())
    coverage = [(year, list(group)) for year, group in groupby(releases, lambda release: release.date.year)]
    crumbs = (HOME, EVENTS)
    head = Head(
        url=event.url,
        title=event.title,
        description=event.summary,
        crumbs=crumbs,
        feeds=feed_links(event) if releases else (),
        data=(
            breadcrumbs(crumbs, event.title, event.url, site),
            *(event_data(event, when, site) for when in event.dates),
        ),
        source=event.source,
    )
    context = {"event": event, "coverage": coverage, "upcoming": _upcoming(event, site)}
    return Document(head=head, template="event.html", context=context)


def _upcoming(event: Event, site: Site) -> EventDate | None:
    """The next date, of those that are not over."""
    today = site.now.astimezone(site.tz).date()
    coming = [when for when in event.dates if when.end >= today]
    return min(coming, key=lambda when: when.start, default=None)


def _broadcasts_index(library: Library, site: Site) -> Iterator[Document]:
    """What is on the air and announced, then the recorded ones, in pages."""
    title, url = BROADCASTS
    announced, live, recorded = (
        tuple(broadcast for broadcast in library.broadcasts if broadcast.state == state)
        for state in ("announced", "live", "recorded")
    )
    for listing in paginate(url, recorded, site.per_page):
        context = {
            "announced": announced[::-1] if listing.newest else (),
            "live": live if listing.newest else (),
            "listing": listing,
        }
        head = list_head(listing, title, (HOME,), site)
        yield Document(head=head, template="broadcasts.html", context=context)


def _broadcast(broadcast: Broadcast, library: Library, site: Site) -> Document:
    crumbs = (HOME, BROADCASTS)
    head = Head(
        url=broadcast.url,
        title=broadcast.title,
        description=broadcast.summary,
        crumbs=crumbs,
        data=(
            breadcrumbs(crumbs, broadcast.title, broadcast.url, site),
            broadcast_event(broadcast, site),
        ),
        source=broadcast.source,
    )
    releases = [library.by_id[id] for id in broadcast.releases if id in library.by_id]
    return Document(
        head=head, template="broadcast.html", context={"broadcast": broadcast, "releases": releases}
    )
