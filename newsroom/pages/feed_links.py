"""Which feeds the site has, where they are, and the links that pages offer them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsroom.content.library import Library
from newsroom.content.types import Department, Event, Term
from newsroom.content.years import Entries
from newsroom.pages.document import FeedLink
from newsroom.settings import Site

Subject = Term | Department | Event
"""What may have a feed of its own: a rubric, a tag, a department, an event."""

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
JSON_FEED = "application/feed+json"
CALENDAR = "text/calendar"

CORRECTIONS = "/corrections/"
"""Where corrections are listed, and their feeds are."""


def feed_links(subject: Subject | Site) -> tuple[FeedLink, ...]:
    """The feeds a page offers in its head. A subject without releases has none: do not ask for it."""
    if not isinstance(subject, Site):
        return _links(f"{subject.title}: ", subject.url)
    as_json = FeedLink(title="JSON Feed", url="/feed.json", media_type=JSON_FEED)
    return (*_links("", "/"), *([as_json] if "json_feed" in subject.extras else []))


def all_feeds(library: Library, site: Site) -> list[tuple[str, list[FeedLink]]]:
    """Groups of the directory of feeds: (heading, its feeds)."""
    groups: dict[str, list[FeedLink]] = {"Все пресс-релизы": list(feed_links(site))}
    for group, subjects, index in subjects_with_feeds(library):
        links = [link for subject in subjects if index.get(subject.id) for link in feed_links(subject)]
        if links:
            groups[group] = links
    groups["Исправления"] = list(correction_feeds())
    if "emergency" in site.extras:
        groups["Экстренные сообщения"] = list(emergency_feeds())
    if "calendar" in site.extras:
        groups["Календарь"] = [FeedLink(title="События и эфиры", url="/calendar.ics", media_type=CALENDAR)]
    if "aggregators" in site.extras:
        groups["Для агрегаторов"] = [
            FeedLink(title="Яндекс", url="/yandex.xml", media_type=RSS),
            FeedLink(title="Дзен", url="/dzen.xml", media_type=RSS),
        ]
    return list(groups.items())


def correction_feeds() -> tuple[FeedLink, ...]:
    """The feeds of what was corrected."""
    return _links("", CORRECTIONS)


def emergency_feeds() -> tuple[FeedLink, ...]:
    """The feeds of emergency notices; Atom is the index of the CAP messages."""
    return (
        FeedLink(title="RSS", url="/emergency/rss.xml", media_type=RSS),
        FeedLink(title="CAP 1.2 (Atom)", url="/emergency/atom.xml", media_type=ATOM),
    )


def subjects_with_feeds(
    library: Library,
) -> Iterator[tuple[str, tuple[Subject, ...], Mapping[str, Entries]]]:
    """Groups of subjects that have feeds of their releases: heading, subjects, releases by id."""
    yield "Рубрики", library.rubrics, library.by_rubric
    yield "Подразделения", library.departments, library.by_department
    yield "События", library.events, library.by_event
    yield "Темы", library.tags, library.by_tag


def _links(prefix: str, url: str) -> tuple[FeedLink, FeedLink]:
    return (
        FeedLink(title=f"{prefix}RSS", url=f"{url}rss.xml", media_type=RSS),
        FeedLink(title=f"{prefix}Atom", url=f"{url}atom.xml", media_type=ATOM),
    )
