"""The pictures of an event across its releases: the latest on its page, all of them on pages of their own.

The page of an event opens the releases whose pictures it shows and no others: which ones have a
gallery, and of how many pictures, stands in the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby

from msgspec import Struct

from newsroom.build.section import Output, Section
from newsroom.content.attached import Picture
from newsroom.content.catalogue import Entry
from newsroom.content.library import Library
from newsroom.content.types import Card, Event
from newsroom.content.years import Entries
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document
from newsroom.pages.pagination import ListPage, list_head, page_urls, paginate
from newsroom.pages.structured_data import image_gallery

Crumbs = tuple[tuple[str, str], ...]

TEMPLATE = "photos.html"
PER_PAGE = 48
"""Pictures on a closed page; the newest page has up to twice that, and fetches them as it is scrolled."""
YEARS = 3
A_YEAR = 6
"""Pictures of the latest years on the event's own page: two rows each on a phone, one or two on a desk."""


class Shot(Struct, frozen=True):
    """A picture of a gallery: its release, and its place there from 0."""

    entry: Entry
    number: int


class Roll(Struct, frozen=True, kw_only=True):
    """Pictures of one release, in its order, with what is told of all of them."""

    release: Card
    pictures: tuple[Picture, ...]
    caption: str = ""
    author: str = ""

    def key(self, picture: Picture) -> str:
        """Names a picture among those of the event, for ever: «2024-05-09-den-pobedy-parad.jpg»."""
        return f"{self.release.id}-{picture.url.rpartition('/')[2]}"


def photos_url(event: Event) -> str:
    return f"{event.url}photos/"


def addresses(event: Event, shots: int) -> list[str]:
    """The pages of an event's pictures."""
    return page_urls(photos_url(event), shots, PER_PAGE) if shots else []


def shots_of(entries: Iterable[Entry]) -> list[Shot]:
    """All pictures: releases newest first, the pictures of each as their editor put them."""
    return [Shot(entry, number) for entry in entries if entry.photos for number in range(entry.photos.count)]


def latest(shots: Sequence[Shot]) -> list[tuple[int, list[Shot]]]:
    """The first pictures of each of the latest years that have some."""
    years = groupby(shots, lambda shot: shot.entry.day[:4])
    return [(int(year), list(of_year)[:A_YEAR]) for year, of_year in years][:YEARS]


def print_of(shots: Iterable[Shot]) -> list[object]:
    """What stands for pictures that are shown with the cards of their releases."""
    return [(shot.entry.card, shot.entry.photos and shot.entry.photos.digest, shot.number) for shot in shots]


def rolls(shots: Iterable[Shot], library: Library) -> Iterator[Roll]:
    """The pictures themselves, those of each release together."""
    for entry, group in groupby(shots, lambda shot: shot.entry):
        gallery = library.release(entry).gallery
        assert gallery
        pictures = tuple(gallery.pictures[shot.number] for shot in group)
        yield Roll(
            release=library.card(entry), pictures=pictures, caption=gallery.caption, author=gallery.author
        )


def section(event: Event, entries: Entries, crumbs: Crumbs, desk: Desk) -> Section | None:
    """The pages of all pictures of an event; None where there are none. ``crumbs`` lead to its own page."""
    photos = desk.yearbooks.photos(entries)
    if not photos:
        return None
    named = event.title, event.url, event.source

    def outputs() -> Iterator[Output]:
        for page in paginate(photos_url(event), shots_of(entries), PER_PAGE):
            yield desk.press.page(
                f"{page.url.lstrip('/')}index.html",
                TEMPLATE,
                partial(_document, event, page, crumbs, desk),
                {
                    "list": named,
                    "photos": print_of(page.items),
                    "place": (page.number, page.newer_url, page.older_url, page.total),
                },
                source=event.source,
            )

    inputs = named, photos, desk.yearbooks.cards(entries)
    weight = desk.yearbooks.shots(entries) // PER_PAGE + 1
    return desk.press.section(
        f"events/{event.id}/photos", outputs, *inputs, templates=[TEMPLATE], weight=weight
    )


def _document(event: Event, page: ListPage[Shot], crumbs: Crumbs, desk: Desk) -> Document:
    shown = list(rolls(page.items, desk.library))
    title = f"{event.title}: фотографии"
    pictures = [picture for roll in shown for picture in roll.pictures]
    data = image_gallery(title, page.url, pictures, desk.site)
    crumbs = (*crumbs, (event.title, event.url))
    head = list_head(page, title, crumbs, desk.site, crumb="Фотографии", data=(data,))
    context = {"event": event, "rolls": shown, "listing": page}
    return Document(head=head, template=TEMPLATE, context=context)
