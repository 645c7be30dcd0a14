"""What every maker of pages gives back: a document to render, or a file as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field


class FeedLink(Struct, frozen=True, kw_only=True):
    """A feed offered by a page: ``media_type`` as in ``<link rel=alternate type=…>``."""

    title: str
    url: str
    media_type: str


SITE_CARD = "/card.png"
"""The picture to share of every page that has none of its own."""


class Head(Struct, frozen=True, kw_only=True):
    """What the head of a page says of it.

    ``kind`` is the OpenGraph type; ``card`` the address of the preview picture;
    ``crumbs`` are (title, address) pairs from the home page down, without the
    page itself; ``data`` are schema.org objects, one JSON-LD script each;
    ``listed`` is false for pages that search engines should leave alone;
    ``archive`` is the month the page stands in; ``source`` the content file it
    comes from, for error messages.
    """

    url: str
    title: str
    description: str = ""
    kind: str = "website"
    card: str = SITE_CARD
    card_alt: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    data: tuple[Mapping[str, Any], ...] = ()
    listed: bool = True
    archive: str = ""
    source: str = ""


class Document(Struct, frozen=True, kw_only=True):
    """A page of HTML: its template gets ``head`` and everything in ``context``."""

    head: Head
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    path: str = ""

    @property
    def save_as(self) -> str:
        return self.path or self.head.url.lstrip("/") + "index.html"


class File(Struct, frozen=True, kw_only=True):
    """A file of finished bytes: a feed, a picture, an attachment."""

    path: str
    data: bytes
