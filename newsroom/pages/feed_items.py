"""What a feed says of a release, whatever the format: composed once and shared by all feeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from html import escape
from urllib.parse import unquote

from msgspec import Struct

from newsroom.content.attached import Picture
from newsroom.content.dates import day
from newsroom.content.figures import fallback_url
from newsroom.content.types import Release
from newsroom.pages.uris import absolute_addresses, in_ascii, tag_uri, uri
from newsroom.pages.videos import video_link
from newsroom.settings import Site

PictureSize = Callable[[Picture], int]
"""Length in bytes of the original that is published at ``picture.url``."""

GALLERY = 3
"""Pictures of a gallery that a feed shows; the rest are a link away."""

CONVENTIONAL = "Дата условная: в источнике она не названа."
MEDIA_TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}

# Characters that XML 1.0 (§2.2) cannot hold even as references.
_NOT_XML = re.compile(r"[\x00-\x08\x0B\x0C\x0E-\x1F\uD800-\uDFFF\uFFFE\uFFFF]")


class Enclosure(Struct, frozen=True, kw_only=True):
    """A file that comes with an item: ``url`` absolute and in ASCII, ``length`` in bytes."""

    url: str
    media_type: str
    length: int
    title: str = ""
    width: int = 0
    height: int = 0


class Category(Struct, frozen=True, kw_only=True):
    """A rubric or a tag: ``url`` is the absolute address of its page."""

    id: str
    title: str
    url: str


class Item(Struct, frozen=True, kw_only=True):
    """A release as feeds give it: addresses absolute and in ASCII, texts without control characters.

    ``id`` is a tag URI (RFC 4151) that never changes; ``html`` is the full text
    with the lead, the picture and the corrections; ``card`` a 1200×630 PNG, ""
    where none is drawn.
    """

    id: str
    url: str
    title: str
    summary: str
    html: str
    date: datetime
    updated: datetime
    author: str
    author_url: str
    categories: tuple[Category, ...]
    pictures: tuple[Enclosure, ...]
    attachments: tuple[Enclosure, ...]
    card: str
    release: Release

    @property
    def picture(self) -> Enclosure | None:
        return self.pictures[0] if self.pictures else None


@cache
def _xml() -> re.Pattern[str]:
    """What XML can hold. It takes some milliseconds to compile, and where nothing changed nobody asks."""
    return re.compile(r"[\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]*")


def clean(text: str) -> str:
    """The text without what XML cannot hold; to see that there is nothing of it is the quick part."""
    return text if _xml().fullmatch(text) else _NOT_XML.sub("", text)


def known_start(start: datetime) -> date:
    """The moment, or the day alone where a header names no hour: it is read as midnight."""
    return start if start.hour or start.minute else start.date()


def compose(release: Release, site: Site, size_of: PictureSize) -> Item:
    """The item of a release."""
    return Item(
        id=tag_uri(site, f"release/{release.id}"),
        url=uri(site, release.url),
        title=clean(release.title),
        summary=clean(release.summary),
        html=full_text(release, site),
        date=release.date,
        updated=release.updated,
        author=clean(release.department.title),
        author_url=uri(site, release.department.url),
        categories=tuple(
            _category(term.id, term.title, site.absolute(term.url))
            for term in (release.rubric, *release.tags)
        ),
        pictures=tuple(_picture(picture, site, size_of) for picture in _pictures(release)),
        attachments=_attachments(release, site),
        card=uri(site, release.card_url) if site.has_cards else "",
        release=release,
    )


def full_text(release: Release, site: Site) -> str:
    """The whole release as HTML that reads the same on any page: every address in it is absolute."""
    parts = [
        _figure(release, site),
        f"<p><strong>{escape(release.summary)}</strong></p>" if release.summary else "",
        absolute_addresses(release.body, site, release.url),
        *_gallery(release, site),
        video_link(release.video, site) if release.video else "",
        _files(release, site),
        *(f"<p><em>{escape(note)}</em></p>" for note in corrections(release, site)),
        f"<p><small>{CONVENTIONAL}</small></p>" if release.conventional_date else "",
    ]
    # The texts go into CDATA sections, which this would end.
    return clean("\n".join(part for part in parts if part)).replace("]]>", "]]&gt;")


def corrections(release: Release, site: Site) -> tuple[str, ...]:
    """«Исправлено 10 мая 2024 г.: …» for each correction made by this hour."""
    made = (change for change in release.changes if change.date <= site.now)
    return tuple(f"Исправлено {day(change.date)}: {change.note}" for change in made)


@lru_cache(maxsize=1024)
def _category(id: str, title: str, address: str) -> Category:
    return Category(id=id, title=clean(title), url=in_ascii(address))


def _pictures(release: Release) -> tuple[Picture, ...]:
    """The lead picture first: aggregators take the first one for the card.

    Of a gallery only those that the feed shows: a feed of fifty releases would carry a thousand files.
    """
    lead, shown = release.image, release.pictures
    if release.gallery:
        rest = release.gallery.pictures[GALLERY:]
        left_out = {picture.url for picture in rest if not _is_in(picture, release.body)}
        shown = tuple(picture for picture in shown if picture.url not in left_out)
    if lead is None:
        return shown
    return (lead, *(picture for picture in shown if picture.url != lead.url))


def _is_in(picture: Picture, body: str) -> bool:
    """Whether a body shows the picture, in whatever size, or leads to it."""
    return any(address in unquote(body) for address in (picture.url, picture.stem))


def _picture(picture: Picture, site: Site, size_of: PictureSize) -> Enclosure:
    return Enclosure(
        url=uri(site, picture.url),
        media_type=MEDIA_TYPES[picture.url.rsplit(".", 1)[-1].lower()],
        length=size_of(picture),
        title=clean(picture.caption or picture.alt),
        width=picture.width,
        height=picture.height,
    )


def _attachments(release: Release, site: Site) -> tuple[Enclosure, ...]:
    return tuple(
        Enclosure(
            url=uri(site, file.url), media_type=file.media_type, length=file.size, title=clean(file.title)
        )
        for file in release.attachments
    )


def _figure(release: Release, site: Site) -> str:
    """The lead picture, which stands in the header and not in the body."""
    picture = release.image
    if picture is None or picture.url in unquote(release.body):
        return ""
    return _captioned(picture, uri(site, picture.url))


def _gallery(release: Release, site: Site) -> Iterator[str]:
    """The first pictures of the gallery, and the way to all of them."""
    if release.gallery is None:
        return
    pictures = release.gallery.pictures
    for picture in pictures[:GALLERY]:
        yield _captioned(picture, uri(site, fallback_url(picture)))
    if len(pictures) > GALLERY:
        address = escape(uri(site, f"{release.url}#photos"))
        yield f'<p><a href="{address}">Все фотографии: {len(pictures)}</a></p>'


def _captioned(picture: Picture, address: str) -> str:
    credit = ". ".join(part.rstrip(".") for part in (picture.caption, picture.author) if part)
    caption = f"<figcaption>{escape(credit)}</figcaption>" if credit else ""
    size = f'width="{picture.width}" height="{picture.height}"'
    image = f'<img src="{escape(address)}" alt="{escape(picture.alt)}" {size}>'
    return f"<figure>{image}{caption}</figure>"


def _files(release: Release, site: Site) -> str:
    if not release.attachments:
        return ""
    lines = (
        f'<li><a href="{escape(uri(site, file.url))}">{escape(file.title)}</a> ({escape(file.kind)})</li>'
        for file in release.attachments
    )
    return f"<ul>{''.join(lines)}</ul>"
