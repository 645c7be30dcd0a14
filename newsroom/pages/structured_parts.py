"""What schema.org objects of several types have in common."""

from __future__ import annotations

from datetime import date
from typing import Any

from newsroom.content.attached import Picture, Video
from newsroom.pages.document import SITE_CARD
from newsroom.pages.feed_items import clean
from newsroom.pages.uris import uri
from newsroom.pages.videos import hosted
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


def video_object(video: Video, uploaded: date, description: str, site: Site) -> Data:
    """VideoObject inside another object, without its empty fields.

    It must have a picture: without a poster of its own it has the site's card, if there is one.
    """
    thumbnail = video.poster.url if video.poster else SITE_CARD if site.has_cards else ""
    made = {
        "@type": "VideoObject",
        "name": clean(video.title),
        "description": clean(description),
        "thumbnailUrl": [uri(site, thumbnail)] if thumbnail else [],
        "uploadDate": uploaded.isoformat(),
        "contentUrl": uri(site, video.url) if video.file else "",
        "encodingFormat": video.file.media_type if video.file else "",
        "embedUrl": "" if video.file else hosted(video.address, site).player,
        "url": "" if video.file else uri(site, video.address),
    }
    return {key: value for key, value in made.items() if value}
