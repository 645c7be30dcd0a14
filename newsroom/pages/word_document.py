"""A release as a Word document (ECMA-376), written as text: the same bytes each time, in a millisecond.

python-docx would take a quarter of a second to load, stamp the clock and pack in its own way
(docs/decisions/0033-the-newsroom-package.md); that it reads what is written here is kept by a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from msgspec import Struct

from newsroom.build.stored_zip import stored_zip
from newsroom.content.dates import day
from newsroom.content.types import Contact, Release
from newsroom.pages.feed_items import CONVENTIONAL, clean, corrections
from newsroom.pages.feed_xml import text
from newsroom.pages.uris import absolute_addresses, uri
from newsroom.pages.word_body import WordBody
from newsroom.pages.word_parts import (
    CONTENT_TYPES,
    HEAD,
    LANGUAGE,
    ROOT,
    SETTINGS,
    STYLES,
    R,
    W,
    numbering,
    relationships,
)
from newsroom.settings import Site

_SHEET = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" '
    'w:left="1134" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'
)
"""A4 with margins of two centimetres."""


class Properties(Struct, frozen=True, kw_only=True):
    """Who made a document and when, for the window of properties (ECMA-376, part 2, 11)."""

    title: str
    creator: str
    identifier: str
    created: datetime
    modified: datetime


def word_document(release: Release, site: Site, photos: Mapping[str, str]) -> bytes:
    """The DOCX; ``photos`` are the names of its pictures in the package by their addresses."""
    body = WordBody({uri(site, url): name for url, name in photos.items()})
    properties = Properties(
        title=release.title,
        creator=site.organization or site.name,
        identifier=site.absolute(release.url),
        created=release.date,
        modified=release.updated,
    )
    return packed("".join(_blocks(release, site, body)), body, properties)


def packed(blocks: str, body: WordBody, properties: Properties) -> bytes:
    """The DOCX of these blocks, which ``body`` has written."""
    document = f"{HEAD}<w:document {W} {R}><w:body>{blocks}{_SHEET}</w:body></w:document>"
    parts = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT,
        "docProps/core.xml": _core(properties),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": relationships(body.links),
        "word/styles.xml": STYLES,
        "word/numbering.xml": numbering(body.lists),
        "word/settings.xml": SETTINGS,
    }
    return stored_zip(((name, part.encode()) for name, part in parts.items()), properties.created)


def _blocks(release: Release, site: Site, body: WordBody) -> Iterator[str]:
    """All that a newspaper needs, in the order it reads."""
    yield body.paragraph(f"{day(release.date)} · {release.department.title}", "Date")
    yield body.paragraph(release.title, "Title")
    if release.summary:
        yield body.paragraph(release.summary, "Subtitle")
    yield body.blocks(absolute_addresses(release.body, site, release.url))
    if release.video:
        yield body.linked("Видео: ", release.video.title, uri(site, release.video.url))
    for note in corrections(release, site):
        yield body.paragraph(note)
    if release.conventional_date:
        yield body.paragraph(CONVENTIONAL)
    for file in release.attachments:
        yield body.linked("Документ: ", f"{file.title} ({file.kind})", uri(site, file.url))
    if release.contact:
        yield from _contact(release.contact, body)
    yield body.linked("Пресс-релиз на сайте: ", site.absolute(release.url), uri(site, release.url))


def _contact(contact: Contact, body: WordBody) -> Iterator[str]:
    yield body.paragraph("Контакт для СМИ", "Heading1")
    for line in filter(None, (contact.name, contact.phone)):
        yield body.paragraph(line)
    if contact.email:
        yield body.linked("", contact.email, f"mailto:{contact.email}")


def _core(properties: Properties) -> str:
    return (
        f"{HEAD}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(clean(properties.title))}</dc:title>"
        f"<dc:creator>{text(clean(properties.creator))}</dc:creator>"
        f"<dc:identifier>{text(clean(properties.identifier))}</dc:identifier>"
        f"<dc:language>{LANGUAGE}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{_moment(properties.created)}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{_moment(properties.modified)}</dcterms:modified>'
        "</cp:coreProperties>"
    )


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
