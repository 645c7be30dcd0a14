"""Recordings: what a page has to hear or to watch."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from newsroom.content.types import Broadcast, Material, Release

_HEARD_OR_WATCHED = ("audio/", "video/")


class Recording(Struct, frozen=True, kw_only=True):
    """``url`` is a root address, or that of another site."""

    title: str
    url: str
    has_transcript: bool = False


def recordings(thing: Material) -> tuple[Recording, ...]:
    """All recordings of a release or a broadcast: its video, and files that sound or move."""
    return tuple(_recordings(thing))


def _recordings(thing: Material) -> Iterator[Recording]:
    if isinstance(thing, Broadcast) and thing.state == "recorded" and thing.video:
        yield Recording(title=thing.title, url=thing.video, has_transcript=bool(thing.transcript))
    if isinstance(thing, Release) and thing.video and thing.video.address:
        yield Recording(title=thing.video.title, url=thing.video.address)
    for file in thing.files:
        if file.media_type.startswith(_HEARD_OR_WATCHED):
            yield Recording(title=file.title, url=file.url, has_transcript=bool(file.text_url))
