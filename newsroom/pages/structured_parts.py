"""What schema.org objects of several types have in common."""

from __future__ import annotations

from typing import Any

from newsroom.content.types import Picture
from newsroom.pages.feed_items import clean
from newsroom.pages.uris import uri
from newsroom.settings import Site

Data = dict[str, Any]


def schema_object(kind: str, **fields: Any) -> Data:
    """An object without its empty fields; ``id`` becomes «@id»."""
    name = {"@id": fields.pop("id")} if "id" in fields else {}
    kept = {key: value for key, value in fields.items() if value not in ("", [], {}, None)}
    return {"@context": "https://schema.org", "@type": kind, **name, **kept}


def organization_fields(site: Site) -> Data:
    """What is told of the body that publishes."""
    return {
        "id": uri(site, "/") + "#organization",
        "name": site.organization or site.name,
        "url": site.organization_url or uri(site, "/"),
        "areaServed": {"@type": "City", "name": site.city},
    }


def identified(fields: Data) -> Data:
    """``fields`` of an object inside another one: ``id`` becomes «@id»."""
    return {"@id": fields["id"], **{key: value for key, value in fields.items() if key != "id"}}


def publisher(site: Site) -> Data:
    """GovernmentOrganization inside another object."""
    return {"@type": "GovernmentOrganization", **identified(organization_fields(site))}


def image_object(picture: Picture, site: Site) -> Data:
    """ImageObject inside another object, without its empty fields."""
    made = {
        "@type": "ImageObject",
        "url": uri(site, picture.url),
        "width": picture.width,
        "height": picture.height,
        "caption": clean(picture.caption or picture.alt),
        "creditText": clean(picture.author),
    }
    return {key: value for key, value in made.items() if value}
