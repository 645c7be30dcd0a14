"""The home page: what is new, what matters, what comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from newsroom.content.library import Library
from newsroom.content.types import Broadcast, Event, EventDate, Release, Rubric
from newsroom.pages.document import Document, Head
from newsroom.pages.feeds import feed_links
from newsroom.pages.structured_data import organization, web_site
from newsroom.settings import Site

_LEADS = 3
_FEATURED_AMONG = 20
_LATEST = 12
_BY_RUBRIC = 4
_AGENDA = 6


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
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


def documents(library: Library, site: Site) -> Iterator[Document]:
    """The home page."""
    leads = lead_stories(library.releases)
    agenda, is_past = _agenda(library, site.now.astimezone(site.tz).date())
    rest = [release for release in library.releases if release not in leads]
    head = Head(
        url="/",
        title=site.name,
        description=site.description,
        feeds=feed_links(site),
        data=(web_site(site), organization(site)),
    )
    context = {
        "leads": leads,
        "latest": rest[:_LATEST],
        "by_rubric": list(_by_rubric(library)),
        "agenda": agenda,
        "agenda_is_past": is_past,
        "issue": library.issues[0] if library.issues else None,
        "total": len(library.releases),
    }
    yield Document(head=head, template="index.html", context=context)


def lead_stories(releases: tuple[Release, ...]) -> list[Release]:
    """The newest featured release first, then the newest others.

    A release is featured only while it is among the newest: nobody remembers to take the mark off.
    """
    featured = next((release for release in releases[:_FEATURED_AMONG] if release.featured), None)
    leads = [featured] if featured else []
    leads += [release for release in releases[: _LEADS + 1] if release is not featured]
    return leads[:_LEADS]


def _by_rubric(library: Library) -> Iterator[tuple[Rubric, tuple[Release, ...], int]]:
    for rubric in library.rubrics:
        releases = library.by_rubric.get(rubric.id, ())
        if releases:
            yield rubric, releases[:_BY_RUBRIC], len(releases)


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
