"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from newsroom.pages.feed_items import Enclosure, Item
from newsroom.pages.feed_xml import Selection
from newsroom.pages.uris import uri
from newsroom.settings import Site

MEDIA_TYPE = "application/feed+json"


def item(source: Item) -> dict[str, Any]:
    """The item: ``image`` is the picture or else the card, attachments are files to download."""
    made = {
        "id": source.id,
        "url": source.url,
        "title": source.title,
        "summary": source.summary,
        "content_html": source.html,
        "date_published": source.date.isoformat(),
        "date_modified": source.updated.isoformat(),
        "language": "ru",
        "image": source.picture.url if source.picture else source.card,
        "authors": [{"name": source.author, "url": source.author_url}],
        "tags": [category.title for category in source.categories],
        "attachments": [_attachment(file) for file in source.attachments],
    }
    return {key: value for key, value in made.items() if value}


def feed(selection: Selection, items: Iterable[dict[str, Any]], site: Site) -> bytes:
    """The feed at ``<selection.url>feed.json``."""
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": selection.title,
        "home_page_url": uri(site, selection.url),
        "feed_url": uri(site, f"{selection.url}feed.json"),
        "description": selection.description,
        "language": "ru",
        "authors": [{"name": site.organization or site.name, "url": uri(site, "/")}],
        **({"hubs": [{"type": "WebSub", "url": hub} for hub in selection.hubs]} if selection.hubs else {}),
        "items": list(items),
    }
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()


def _attachment(file: Enclosure) -> dict[str, Any]:
    return {
        "url": file.url,
        "mime_type": file.media_type,
        "title": file.title or file.url.rsplit("/", 1)[-1],
        "size_in_bytes": file.length,
    }
