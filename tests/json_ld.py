"""What the JSON-LD of a built site says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bs4 import BeautifulSoup

from tests.conftest import Built

_PICTURES = ("image", "thumbnailUrl")


def objects(built: Built) -> dict[str, list[dict[str, Any]]]:
    """Every JSON-LD object of the site by its type."""
    found: dict[str, list[dict[str, Any]]] = {}
    for path, data in built.files().items():
        if path.endswith(".html"):
            for item in objects_of(data):
                found.setdefault(item["@type"], []).append(item)
    return found


def objects_of(page: bytes | str) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of a page."""
    for script in BeautifulSoup(page, "html.parser").find_all("script", type="application/ld+json"):
        yield json.loads(script.string or "")


def named_pictures(built: Built) -> dict[str, list[str]]:
    """Addresses of the pictures that objects of each type name; types that name none are left out."""
    named = {
        kind: [url for item in items for url in _pictures(item)] for kind, items in objects(built).items()
    }
    return {kind: urls for kind, urls in named.items() if urls}


def _pictures(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for inner in value:
            yield from _pictures(inner)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _addresses(inner) if key in _PICTURES else _pictures(inner)


def _addresses(value: Any) -> Iterator[str]:
    for picture in value if isinstance(value, list) else [value]:
        yield picture["url"] if isinstance(picture, dict) else picture
