"""All feeds of the site: which there are, their files, and the links that pages offer them by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from newsroom.content.library import Library
from newsroom.content.types import Department, Event, Release, Term
from newsroom.pages import atom, dzen, json_feed, rss, yandex
from newsroom.pages.document import FeedLink, File
from newsroom.pages.feed_items import Once, PictureSize, compose
from newsroom.pages.feed_xml import Selection
from newsroom.settings import Site

Subject = Term | Department | Event
"""What may have a feed of its own: a rubric, a tag, a department, an event."""


def selections(library: Library, site: Site) -> tuple[Selection, ...]:
    """The whole site first, then every rubric, department, event and tag that has releases."""
    groups: tuple[tuple[str, str, tuple[Subject, ...], Mapping[str, tuple[Release, ...]]], ...] = (
        ("rubric", "Рубрики", library.rubrics, library.by_rubric),
        ("department", "Подразделения", library.departments, library.by_department),
        ("event", "События", library.events, library.by_event),
        ("tag", "Темы", library.tags, library.by_tag),
    )
    return (
        _whole_site(library, site),
        *(
            _of_subject(kind, group, subject, index[subject.id], site)
            for kind, group, subjects, index in groups
            for subject in subjects
            if index.get(subject.id)
        ),
    )


def files(library: Library, site: Site, *, stylesheet: str, size_of: PictureSize) -> Iterator[File]:
    """Every feed of the site.

    ``stylesheet`` is the path of the style sheet for browsers; ``size_of`` tells
    the bytes of a picture's published original. An item is composed once, and
    rendered once in each format, however many feeds it stands in.
    """
    items = Once(partial(compose, site=site, size_of=size_of))
    as_rss = Once(lambda release: rss.item(items(release)))
    as_atom = Once(lambda release: atom.item(items(release)))
    css = site.href(stylesheet)
    whole, *others = selections(library, site)
    for selection in (whole, *others):
        folder = selection.url.lstrip("/")
        releases = selection.releases
        yield File(path=f"{folder}rss.xml", data=rss.feed(selection, map(as_rss, releases), site, css))
        yield File(path=f"{folder}atom.xml", data=atom.feed(selection, map(as_atom, releases), site, css))
    newest = [items(release) for release in whole.releases]
    yield File(path="feed.json", data=json_feed.feed(whole, map(json_feed.item, newest), site))
    for_yandex = (yandex.item(item, site) for item in newest)
    yield File(path="yandex.xml", data=yandex.feed(whole, for_yandex, site))
    for_dzen = (dzen.item(item) for item in newest[: dzen.LONGEST_FEED])
    yield File(path="dzen.xml", data=dzen.feed(whole, for_dzen, site))


def feed_links(subject: Subject | Site) -> tuple[FeedLink, ...]:
    """The feeds a page offers in its head. A subject without releases has none: do not ask for it."""
    if isinstance(subject, Site):
        as_json = FeedLink(title="JSON Feed", url="/feed.json", media_type=json_feed.MEDIA_TYPE)
        return (*_links("", "/"), as_json)
    return _links(f"{subject.title}: ", subject.url)


def all_feeds(library: Library, site: Site) -> list[tuple[str, list[FeedLink]]]:
    """Groups of the directory of feeds: (heading, its feeds)."""
    whole, *others = selections(library, site)
    groups: dict[str, list[FeedLink]] = {whole.group: list(feed_links(site))}
    for selection in others:
        groups.setdefault(selection.group, []).extend(_links(f"{selection.name}: ", selection.url))
    groups["Календарь"] = [FeedLink(title="События и эфиры", url="/calendar.ics", media_type="text/calendar")]
    groups["Для агрегаторов"] = [
        FeedLink(title="Яндекс", url="/yandex.xml", media_type=rss.MEDIA_TYPE),
        FeedLink(title="Дзен", url="/dzen.xml", media_type=rss.MEDIA_TYPE),
    ]
    return list(groups.items())


def _whole_site(library: Library, site: Site) -> Selection:
    return Selection(
        id="all",
        url="/",
        name=site.name,
        title=site.name,
        description=site.description or site.subtitle or site.name,
        releases=library.releases[: site.feed_items],
        group="Все пресс-релизы",
    )


def _of_subject(
    kind: str, group: str, subject: Subject, releases: tuple[Release, ...], site: Site
) -> Selection:
    description = getattr(subject, "description", "") or getattr(subject, "summary", "")
    title = f"{subject.title} — {site.name}"
    return Selection(
        id=f"{kind}/{subject.id}",
        url=subject.url,
        name=subject.title,
        title=title,
        description=description or title,
        releases=releases[: site.feed_items],
        group=group,
    )


def _links(prefix: str, url: str) -> tuple[FeedLink, FeedLink]:
    return (
        FeedLink(title=f"{prefix}RSS", url=f"{url}rss.xml", media_type=rss.MEDIA_TYPE),
        FeedLink(title=f"{prefix}Atom", url=f"{url}atom.xml", media_type=atom.MEDIA_TYPE),
    )
