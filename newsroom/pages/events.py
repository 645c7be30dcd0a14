"""City events with their yearly coverage, and broadcasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby

from newsroom.build.section import Output, Section
from newsroom.content.catalogue import Entry
from newsroom.content.types import Broadcast, Event, EventDate
from newsroom.content.years import Entries
from newsroom.pages import event_photos, file_texts
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.feed_links import feed_links
from newsroom.pages.feeds import Feeds
from newsroom.pages.heads import HOME, head_under_home
from newsroom.pages.pagination import list_head, paginate
from newsroom.pages.structured_data import breadcrumbs, broadcast_event, event_data
from newsroom.settings import Site

EVENTS = ("События", "/events/")
BROADCASTS = ("Эфиры", "/broadcasts/")


def sections(desk: Desk, feeds: Feeds) -> Iterator[Section]:
    """The directory of events, a section for each; the same for broadcasts."""
    yield _events_index(desk)
    for event in desk.library.events:
        yield _event_section(event, desk, feeds)
        entries = desk.library.by_event.get(event.id, Entries())
        if photos := event_photos.section(event, entries, (HOME, EVENTS), desk):
            yield photos
    yield _broadcasts_index(desk)
    for broadcast in desk.library.broadcasts:
        yield _broadcast_section(broadcast, desk)


def _events_index(desk: Desk) -> Section:
    library = desk.library
    events = [
        (event, len(library.by_event.get(event.id, ())), event.dates[0] if event.dates else None)
        for event in library.events
    ]

    def compose() -> Document:
        head = head_under_home(*EVENTS, desk.site)
        return Document(head=head, template="events.html", context={"events": events})

    page = desk.press.page("events/index.html", "events.html", compose, {"events": events})
    return desk.press.section("events", lambda: [page], events, templates=["events.html"])


def _event_section(event: Event, desk: Desk, feeds: Feeds) -> Section:
    """The page of an event with its coverage by years, its feeds, its pictures."""
    entries = desk.library.by_event.get(event.id, Entries())
    upcoming = _upcoming(event, desk.site)

    def outputs() -> Iterator[Output]:
        shots = event_photos.shots_of(entries)
        latest = event_photos.latest(shots)
        yield desk.press.page(
            f"{event.url.lstrip('/')}index.html",
            "event.html",
            lambda: _event(event, entries, upcoming, desk),
            {
                "event": event,
                "upcoming": upcoming,
                "items": [entry.card for entry in entries],
                "photos": (len(shots), [event_photos.print_of(of_year) for _, of_year in latest]),
            },
            source=event.source,
        )
        yield from feeds.of("event", event, entries)
        yield from desk.media.outputs(event, desk.press)
        yield from file_texts.outputs(event, desk)

    cards = desk.yearbooks.cards(entries)
    inputs = event, upcoming, cards, feeds.prints(entries), desk.yearbooks.photos(entries)
    return desk.press.section(
        f"events/{event.id}", outputs, *inputs, templates=["event.html", file_texts.TEMPLATE], weight=3
    )


def _event(event: Event, entries: Entries, upcoming: EventDate | None, desk: Desk) -> Document:
    library = desk.library
    coverage = [
        (int(year), list(library.cards(group)))
        for year, group in groupby(entries, lambda entry: entry.day[:4])
    ]
    shots = event_photos.shots_of(entries)
    photos = [
        (year, list(event_photos.rolls(of_year, library))) for year, of_year in event_photos.latest(shots)
    ]
    context = {
        "event": event,
        "coverage": coverage,
        "upcoming": upcoming,
        "photos": photos,
        "shots": len(shots),
        "photos_url": event_photos.photos_url(event),
    }
    return Document(head=_head(event, entries, desk.site), template="event.html", context=context)


def _head(event: Event, entries: Entries, site: Site) -> Head:
    crumbs = (HOME, EVENTS)
    return Head(
        url=event.url,
        title=event.title,
        description=event.summary,
        crumbs=crumbs,
        feeds=feed_links(event) if entries else (),
        data=(
            breadcrumbs(crumbs, event.title, event.url, site),
            *(event_data(event, when, site) for when in event.dates),
        ),
        source=event.source,
    )


def _upcoming(event: Event, site: Site) -> EventDate | None:
    """The next date, of those that are not over."""
    today = site.now.astimezone(site.tz).date()
    coming = [when for when in event.dates if when.end >= today]
    return min(coming, key=lambda when: when.start, default=None)


def _broadcasts_index(desk: Desk) -> Section:
    """What is on the air and announced, then the recorded ones, in pages."""
    title, url = BROADCASTS
    announced, live, recorded = (
        tuple(broadcast for broadcast in desk.library.broadcasts if broadcast.state == state)
        for state in ("announced", "live", "recorded")
    )

    def outputs() -> Iterator[Output]:
        for listing in paginate(url, recorded, desk.site.per_page):
            context = {
                "announced": announced[::-1] if listing.newest else (),
                "live": live if listing.newest else (),
                "listing": listing,
            }
            head = list_head(listing, title, (HOME,), desk.site)
            compose = partial(Document, head=head, template="broadcasts.html", context=context)
            path = f"{listing.url.lstrip('/')}index.html"
            yield desk.press.page(path, "broadcasts.html", compose, {"content": context})

    inputs = announced, live, recorded
    return desk.press.section("broadcasts", outputs, *inputs, templates=["broadcasts.html"])


def _broadcast_section(broadcast: Broadcast, desk: Desk) -> Section:
    library = desk.library
    named = [library.by_id[id] for id in broadcast.releases if id in library.by_id]
    cards = [entry.card for entry in named]

    def outputs() -> Iterator[Output]:
        yield desk.press.page(
            f"{broadcast.url.lstrip('/')}index.html",
            "broadcast.html",
            lambda: _broadcast(broadcast, named, desk),
            {"broadcast": broadcast, "releases": cards},
            source=broadcast.source,
        )
        yield from desk.media.outputs(broadcast, desk.press)
        yield from file_texts.outputs(broadcast, desk)

    key = f"broadcasts/{broadcast.id}"
    return desk.press.section(
        key, outputs, broadcast, cards, templates=["broadcast.html", file_texts.TEMPLATE]
    )


def _broadcast(broadcast: Broadcast, named: Sequence[Entry], desk: Desk) -> Document:
    crumbs, site = (HOME, BROADCASTS), desk.site
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
    context = {"broadcast": broadcast, "releases": list(desk.library.cards(named))}
    return Document(head=head, template="broadcast.html", context=context)
