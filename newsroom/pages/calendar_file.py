"""The calendar of events and broadcasts to subscribe to (RFC 5545, RFC 7986).

Moments are in UTC and no VTIMEZONE is written: every program shows them in its
reader's own zone anyway, and a VTIMEZONE would change its bytes with each new
edition of the time zone data. Days of events, and of broadcasts whose hour is not
known, are dates without a clock.

The UID of an event's date is its year and month («event-den-goroda-2024-06»), so that
it stays when the day is corrected and when a date in another month is added. Of
several dates in one month each UID has the day too: then a correction is a new entry
and the old one goes, but no UID ever passes to another date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from newsroom.content.library import Library
from newsroom.content.types import Broadcast, BroadcastState, Event, EventDate
from newsroom.pages.document import File
from newsroom.pages.feed_items import CONVENTIONAL, clean, known_start
from newsroom.pages.uris import uri
from newsroom.settings import Site

if TYPE_CHECKING:
    from icalendar import Calendar
    from icalendar import Event as Entry

PATH = "calendar.ics"
_REFRESH = timedelta(hours=12)
_SEQUENCE: dict[BroadcastState, int] = {"announced": 0, "live": 1, "recorded": 2}


def files(library: Library, site: Site) -> Iterator[File]:
    """``/calendar.ics`` with every date of every event and every broadcast, oldest first."""
    calendar = _empty(site)
    entries = [
        *(entry for event in library.events for entry in _of_event(event, site)),
        *(_of_broadcast(broadcast, site) for broadcast in library.broadcasts),
    ]
    for entry in sorted(entries, key=lambda entry: (entry.DTSTAMP, entry.uid)):
        calendar.add_component(entry)
    yield File(path=PATH, data=calendar.to_ical())


def _empty(site: Site) -> Calendar:
    from icalendar import Calendar

    title = f"{site.name}: события и эфиры"
    calendar = Calendar()
    calendar.add("prodid", f"-//{site.id_authority}//newsroom//RU")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # RFC 7986 names first, then what Outlook and Apple's calendar read instead.
    calendar.add("name", title)
    calendar.add("url", uri(site, "/events/"))
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-wr-calname", title)
    calendar.add("x-wr-timezone", site.zone)
    calendar.add("x-published-ttl", "PT12H")
    return calendar


def _of_event(event: Event, site: Site) -> Iterator[Entry]:
    """An entry for each of the dates."""
    months = Counter(f"{dates.start:%Y-%m}" for dates in event.dates)
    for dates in event.dates:
        month = f"{dates.start:%Y-%m}"
        when = month if months[month] == 1 else dates.start.isoformat()
        yield _day_entry(event, dates, f"event-{event.id}-{when}", site)


def _day_entry(event: Event, dates: EventDate, name: str, site: Site) -> Entry:
    entry = _entry(name, event, _midnight(dates.start), site)
    entry.add("dtstart", dates.start)
    entry.add("dtend", dates.end + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", ["Событие"])
    entry.add("sequence", 0)
    if event.place:
        entry.add("location", clean(event.place))
    return entry


def _of_broadcast(broadcast: Broadcast, site: Site) -> Entry:
    start = known_start(broadcast.start)
    if isinstance(start, datetime):
        stamp = start = start.astimezone(UTC)
    else:
        stamp = _midnight(start)
    entry = _entry(f"broadcast-{broadcast.id}", broadcast, stamp, site)
    entry.add("dtstart", start)
    if isinstance(start, datetime) and broadcast.duration_minutes:
        entry.add("dtend", start + timedelta(minutes=broadcast.duration_minutes))
    entry.add("categories", ["Прямой эфир"])
    entry.add("sequence", _SEQUENCE[broadcast.state])
    return entry


def _entry(name: str, subject: Event | Broadcast, stamp: datetime, site: Site) -> Entry:
    """What both kinds have. DTSTAMP is a moment of the subject: that of the build would change the bytes."""
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("uid", f"{name}@{site.id_authority}")
    entry.add("dtstamp", stamp)
    entry.add("summary", clean(subject.title))
    description = [subject.summary, CONVENTIONAL if subject.conventional_date else ""]
    if any(description):
        entry.add("description", clean("\n".join(part for part in description if part)))
    entry.add("url", uri(site, subject.url))
    entry.add("status", "CONFIRMED")
    return entry


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
