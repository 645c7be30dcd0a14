"""An emergency notice as a message of the Common Alerting Protocol (CAP 1.2, OASIS Standard, 1 July 2010)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from newsroom.content.notices import Notice, plain
from newsroom.pages.feed_items import clean
from newsroom.pages.feed_xml import text
from newsroom.pages.uris import uri
from newsroom.settings import Site

MEDIA_TYPE = "application/cap+xml"
_NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
_LANGUAGE = "ru-RU"


def identifier(notice: Notice, site: Site) -> str:
    """The message's name for ever: CAP wants no spaces, commas, «<» and «&» in it (3.2.1)."""
    return f"{site.id_authority}.{notice.id}"


def moment(when: datetime) -> str:
    """«2026-11-23T22:15:00+08:00»: whole seconds; UTC is written «-00:00» (3.3.2)."""
    told = when.isoformat(timespec="seconds")
    return told.replace("+00:00", "-00:00")


def message(notice: Notice, known: Mapping[str, Notice], site: Site) -> bytes:
    """The file; ``known`` has the notices that this one refers to, by id."""
    lines = [
        "<?xml version='1.0' encoding='UTF-8'?>",
        f'<alert xmlns="{_NAMESPACE}">',
        *(f"  {line}" for line in _alert(notice, known, site)),
        "  <info>",
        *(f"    {line}" for line in _info(notice, site)),
        "    <area>",
        *(f"      {line}" for line in _area(notice)),
        "    </area>",
        "  </info>",
        "</alert>",
        "",
    ]
    return "\n".join(lines).encode()


def _alert(notice: Notice, known: Mapping[str, Notice], site: Site) -> Iterator[str]:
    """In the order of the schema, as all that follows."""
    yield _element("identifier", identifier(notice, site))
    yield _element("sender", site.id_authority)
    yield _element("sent", moment(notice.effective))
    yield _element("status", notice.status)
    yield _element("msgType", "Cancel" if notice.cancels else "Update" if notice.updates else "Alert")
    yield _element("scope", "Public")
    if notice.replaces:
        earlier = (known[id] for id in notice.replaces)
        references = (
            f"{site.id_authority},{identifier(each, site)},{moment(each.effective)}" for each in earlier
        )
        yield _element("references", " ".join(references))


def _info(notice: Notice, site: Site) -> Iterator[str]:
    yield _element("language", _LANGUAGE)
    for name in ("category", "event", "urgency", "severity", "certainty"):
        yield _element(name, getattr(notice, name))
    yield _element("effective", moment(notice.effective))
    if notice.onset:
        yield _element("onset", moment(notice.onset))
    yield _element("expires", moment(notice.expires))
    yield _element("senderName", site.organization or site.name)
    yield _element("headline", notice.headline)
    yield _element("description", plain(notice.text))
    if notice.instruction:
        yield _element("instruction", plain(notice.instruction))
    yield _element("web", notice.web or uri(site, notice.address))
    if notice.contact:
        yield _element("contact", notice.contact)


def _area(notice: Notice) -> Iterator[str]:
    yield _element("areaDesc", notice.area)
    if notice.polygon:
        yield _element("polygon", " ".join(notice.polygon))
    for code in notice.geocodes:
        yield "<geocode>"
        yield "  " + _element("valueName", code.name)
        yield "  " + _element("value", code.value)
        yield "</geocode>"


def _element(name: str, words: str) -> str:
    return f"<{name}>{text(clean(words))}</{name}>"
