"""schema.org objects for the JSON-LD of pages, as plain dictionaries.

Which fields a type needs is by schema.org and by Google's pages on structured data
(developers.google.com/search/docs/appearance/structured-data). Addresses are absolute.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from newsroom.content.types import Broadcast, Change, Event, EventDate, Issue, Picture, Release
from newsroom.pages.feed_items import clean, uri
from newsroom.settings import Site

Data = dict[str, Any]

_ESCAPES = {"&": "\\u0026", "<": "\\u003c", ">": "\\u003e", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_ESCAPE_TABLE = str.maketrans(_ESCAPES)


def json_ld(data: Mapping[str, Any]) -> Markup:
    """JSON that may stand inside ``<script>``: no character in it can end the script or begin a tag."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPE_TABLE))


def news_article(release: Release, site: Site) -> Data:
    """NewsArticle; corrections made by this hour are CorrectionComments."""
    page = uri(site, release.url)
    pictures = [_picture(picture, site) for picture in _unique(release)]
    return _object(
        "NewsArticle",
        id=f"{page}#article",
        url=page,
        mainEntityOfPage={"@type": "WebPage", "@id": page},
        headline=clean(release.title),
        description=clean(release.summary),
        image=pictures or [uri(site, release.card_url)],
        datePublished=release.date.isoformat(),
        dateModified=release.updated.isoformat(),
        author={
            "@type": "Organization",
            "name": release.department.title,
            "url": uri(site, release.department.url),
        },
        publisher=_publisher(site),
        articleSection=release.rubric.title,
        keywords=[tag.title for tag in release.tags],
        about=[_thing(event, site) for event in release.events],
        correction=[_correction(change) for change in release.changes if change.date <= site.now],
        wordCount=release.words,
        inLanguage="ru",
        isAccessibleForFree=True,
    )


def organization(site: Site) -> Data:
    """GovernmentOrganization: the body that publishes."""
    return _object("GovernmentOrganization", **_organization(site))


def web_site(site: Site) -> Data:
    return _object(
        "WebSite",
        id=uri(site, "/") + "#website",
        name=site.name,
        url=uri(site, "/"),
        description=site.description,
        inLanguage="ru",
        publisher=_publisher(site),
    )


def periodical(site: Site, issues: Iterable[Issue]) -> Data:
    """Periodical: the magazine, with its numbers."""
    return _object(
        "Periodical",
        **_periodical(site),
        publisher=_publisher(site),
        inLanguage="ru",
        hasPart=[{"@type": "PublicationIssue", **_ids(_issue(issue, site))} for issue in issues],
    )


def publication_issue(issue: Issue, site: Site) -> Data:
    """PublicationIssue: a number of the magazine."""
    return _object(
        "PublicationIssue",
        **_issue(issue, site),
        isPartOf={"@type": "Periodical", **_ids(_periodical(site))},
        publisher=_publisher(site),
        description=clean(issue.summary),
        image=uri(site, issue.cover.url),
        pageStart=1,
        pageEnd=issue.pages,
        inLanguage="ru",
        associatedMedia={
            "@type": "MediaObject",
            "contentUrl": uri(site, issue.pdf.url),
            "encodingFormat": issue.pdf.media_type,
            "contentSize": f"{issue.pdf.size} B",
        },
    )


def event_data(event: Event, dates: EventDate, site: Site) -> Data:
    """Event: the days of one year; ``endDate`` is the last day."""
    address = {"@type": "PostalAddress", "addressLocality": site.city, "addressCountry": "RU"}
    return _object(
        "Event",
        id=f"{uri(site, event.url)}#{dates.start.isoformat()}",
        url=uri(site, event.url),
        name=clean(event.title),
        description=clean(event.summary),
        image=[_picture(event.image, site)] if event.image else [],
        startDate=dates.start.isoformat(),
        endDate=dates.end.isoformat(),
        eventStatus="https://schema.org/EventScheduled",
        eventAttendanceMode="https://schema.org/OfflineEventAttendanceMode",
        location={"@type": "Place", "name": clean(event.place) or site.city, "address": address},
        organizer=_publisher(site),
    )


def broadcast_event(broadcast: Broadcast, site: Site) -> Data:
    """BroadcastEvent; when recorded with an address of the video, it carries the VideoObject.

    A VideoObject must have a picture: without one it is left out.
    """
    end = broadcast.start + timedelta(minutes=broadcast.duration_minutes)
    recorded = broadcast.state == "recorded" and broadcast.video and broadcast.image
    return _object(
        "BroadcastEvent",
        id=f"{uri(site, broadcast.url)}#broadcast",
        url=uri(site, broadcast.url),
        name=clean(broadcast.title),
        description=clean(broadcast.summary),
        image=[_picture(broadcast.image, site)] if broadcast.image else [],
        isLiveBroadcast=True,
        startDate=broadcast.start.isoformat(),
        endDate=end.isoformat() if broadcast.duration_minutes else "",
        eventStatus="https://schema.org/EventScheduled",
        eventAttendanceMode="https://schema.org/OnlineEventAttendanceMode",
        location={"@type": "VirtualLocation", "url": uri(site, broadcast.video or broadcast.url)},
        organizer=_publisher(site),
        inLanguage="ru",
        recordedIn=_video(broadcast, site) if recorded else {},
    )


def breadcrumbs(crumbs: Iterable[tuple[str, str]], title: str, url: str, site: Site) -> Data:
    """BreadcrumbList; ``crumbs`` are (title, path) from the home page down to the page itself, added last."""
    steps = enumerate((*crumbs, (title, url)), 1)
    return _object(
        "BreadcrumbList",
        itemListElement=[
            {"@type": "ListItem", "position": position, "name": clean(name), "item": uri(site, path)}
            for position, (name, path) in steps
        ],
    )


def collection_page(title: str, description: str, url: str, releases: Iterable[Release], site: Site) -> Data:
    """CollectionPage: a list of releases, in the order of the page."""
    return _object(
        "CollectionPage",
        id=uri(site, url),
        url=uri(site, url),
        name=clean(title),
        description=clean(description),
        inLanguage="ru",
        isPartOf={"@type": "WebSite", "@id": uri(site, "/") + "#website"},
        mainEntity={
            "@type": "ItemList",
            "itemListElement": [
                {"@type": "ListItem", "position": position, "url": uri(site, release.url)}
                for position, release in enumerate(releases, 1)
            ],
        },
    )


def _object(kind: str, **fields: Any) -> Data:
    """An object without its empty fields; ``id`` becomes «@id»."""
    name = {"@id": fields.pop("id")} if "id" in fields else {}
    kept = {key: value for key, value in fields.items() if value not in ("", [], {}, None)}
    return {"@context": "https://schema.org", "@type": kind, **name, **kept}


def _organization(site: Site) -> Data:
    return {
        "id": uri(site, "/") + "#organization",
        "name": site.organization or site.name,
        "url": site.organization_url or uri(site, "/"),
        "areaServed": {"@type": "City", "name": site.city},
    }


def _periodical(site: Site) -> Data:
    page = uri(site, "/magazine/")
    return {"id": f"{page}#periodical", "name": site.magazine or site.name, "url": page}


def _ids(fields: Data) -> Data:
    return {"@id": fields["id"], **{key: value for key, value in fields.items() if key != "id"}}


def _publisher(site: Site) -> Data:
    return {"@type": "GovernmentOrganization", **_ids(_organization(site))}


def _issue(issue: Issue, site: Site) -> Data:
    page = uri(site, issue.url)
    return {
        "id": f"{page}#issue",
        "url": page,
        "name": clean(issue.title),
        "issueNumber": issue.number,
        "datePublished": issue.date.isoformat(),
    }


def _video(broadcast: Broadcast, site: Site) -> Data:
    assert broadcast.image is not None
    minutes = broadcast.duration_minutes
    video = {
        "@type": "VideoObject",
        "name": clean(broadcast.title),
        "description": clean(broadcast.summary),
        "thumbnailUrl": [uri(site, broadcast.image.url)],
        "uploadDate": broadcast.start.isoformat(),
        "url": uri(site, broadcast.video),
        "duration": f"PT{minutes}M" if minutes else "",
        "transcript": clean(broadcast.transcript),
    }
    return {key: value for key, value in video.items() if value}


def _picture(picture: Picture, site: Site) -> Data:
    made = {
        "@type": "ImageObject",
        "url": uri(site, picture.url),
        "width": picture.width,
        "height": picture.height,
        "caption": clean(picture.caption or picture.alt),
        "creditText": clean(picture.author),
    }
    return {key: value for key, value in made.items() if value}


def _unique(release: Release) -> list[Picture]:
    found = {picture.url: picture for picture in release.pictures}
    lead = {release.image.url: release.image} if release.image else {}
    return list({**lead, **found, **lead}.values())


def _thing(event: Event, site: Site) -> Data:
    return {"@type": "Thing", "name": clean(event.title), "url": uri(site, event.url)}


def _correction(change: Change) -> Data:
    return {
        "@type": "CorrectionComment",
        "text": clean(change.note),
        "datePublished": change.date.isoformat(),
    }
