"""Records: the things of a newsroom as bytes, and back.

A release names its rubric, tags, department and events by their ids, so that its
record stays true when a title in a list is mended.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

import msgspec

from newsroom.content.announcing import Social
from newsroom.content.attached import Attachment, FileText, Gallery, Picture, Video
from newsroom.content.notices import FILE as EMERGENCY
from newsroom.content.notices import Notice
from newsroom.content.types import (
    Broadcast,
    Card,
    Change,
    Channel,
    Contact,
    Department,
    Event,
    Figure,
    Issue,
    Page,
    Release,
    ReleaseStatus,
    Rubric,
    Tag,
    Version,
)

TYPES: dict[str, Any] = {
    "departments": Department,
    "events": Event,
    "broadcasts": Broadcast,
    "issues": Issue,
    "channels": Channel,
    "pages": Page,
    "rubrics.yaml": list[Rubric],
    "tags.yaml": list[Tag],
    EMERGENCY: list[Notice],
}


class CardRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A ``Card`` that names its rubric by its id."""

    id: str
    title: str
    url: str
    date: datetime
    rubric: str
    summary: str
    image: Picture | None
    figure: Figure | None
    featured: bool
    conventional_date: bool
    is_draft: bool


class TextRecord(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a release has beyond its card; ``contact`` is its own."""

    source: str
    body: str
    aliases: tuple[str, ...]
    pictures: tuple[Picture, ...]
    files: tuple[Attachment, ...]
    texts: tuple[FileText, ...]
    department: str
    tags: tuple[str, ...]
    markdown: str
    text: str
    words: int
    events: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    contact: Contact
    status: ReleaseStatus
    withdrawal_reason: str
    changes: tuple[Change, ...]
    transcript: str
    text_later: str
    remarks: tuple[str, ...]
    gallery: Gallery | None
    video: Video | None
    revision: int
    social: tuple[Social, ...]


encode = msgspec.msgpack.Encoder().encode
card_record = msgspec.msgpack.Decoder(CardRecord).decode
text_record = msgspec.msgpack.Decoder(TextRecord).decode
posts = msgspec.msgpack.Decoder(dict[str, dict[str, str]]).decode
versions = msgspec.msgpack.Decoder(tuple[Version, ...]).decode


def encode_release(release: Release, contact: Contact) -> tuple[bytes, bytes]:
    """The two parts of a release's record: its card, and the rest."""
    return encode(_card(release)), encode(_text(release, contact))


def _card(release: Release) -> CardRecord:
    return CardRecord(
        release.id,
        release.title,
        release.url,
        release.date,
        release.rubric.id,
        release.summary,
        release.image,
        release.figure,
        release.featured,
        release.conventional_date,
        release.status == "draft",
    )


def _text(release: Release, contact: Contact) -> TextRecord:
    return TextRecord(
        release.source,
        release.body,
        release.aliases,
        release.pictures,
        release.files,
        release.texts,
        release.department.id,
        tuple(tag.id for tag in release.tags),
        release.markdown,
        release.text,
        release.words,
        tuple(event.id for event in release.events),
        release.attachments,
        contact,
        release.status,
        release.withdrawal_reason,
        release.changes,
        release.transcript,
        release.text_later,
        release.remarks,
        release.gallery,
        release.video,
        release.revision,
        release.social,
    )


def decode(kind: str, data: bytes, zone: tzinfo) -> Any:
    """The thing of a record of any kind but releases. Raises msgspec.MsgspecError."""
    made = msgspec.msgpack.decode(data, type=TYPES[kind])
    if isinstance(made, Broadcast):  # a moment is kept without its zone
        return msgspec.structs.replace(made, start=made.start.astimezone(zone))
    if kind == EMERGENCY:
        return [notice.within(zone) for notice in made]
    return made


def as_card(record: CardRecord, rubric: Rubric, now: datetime, zone: tzinfo) -> Card:
    """The card, with its rubric put in and its moment in the newsroom's zone, as it is at ``now``."""
    return Card(
        id=record.id,
        title=record.title,
        url=record.url,
        date=record.date.astimezone(zone),
        rubric=rubric,
        summary=record.summary,
        image=record.image,
        figure=record.figure,
        featured=record.featured,
        conventional_date=record.conventional_date,
        unseen="draft" if record.is_draft else "embargo" if record.date > now else "",
    )
