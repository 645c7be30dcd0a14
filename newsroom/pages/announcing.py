"""What the site shows of its channels, and what it does so that programs may be told of a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from newsroom.build.fingerprint import fingerprint
from newsroom.content.catalogue import Entry
from newsroom.content.library import Library
from newsroom.content.types import Channel
from newsroom.pages.document import File


def listed(channels: Iterable[Channel]) -> list[Channel]:
    """Those for readers: a list of letters to newspapers or a hub is no page of the city."""
    return [channel for channel in channels if not channel.unlisted]


def hubs(channels: Iterable[Channel]) -> tuple[str, ...]:
    """The addresses of WebSub hubs (W3C WebSub, 4) that are told of new releases."""
    return tuple(
        sorted(
            {
                channel.announce.to
                for channel in channels
                if channel.announce
                and channel.announce.by == "websub"
                and channel.announce.to
                and not channel.announce.paused
            }
        )
    )


class Post(Struct, frozen=True):
    """Where a release stands in a network: the title of the channel, the address."""

    title: str
    address: str


def posts(entry: Entry, library: Library) -> tuple[Post, ...]:
    """The posts of a release, as its page shows them: in the order of the networks."""
    addresses = library.posts_of(entry)
    posted = (channel for channel in library.channels if channel.id in addresses)
    shown = sorted(posted, key=lambda channel: (channel.network, channel.title, channel.id))
    return tuple(
        Post(channel.title, addresses[channel.id]) for channel in shown if channel.status != "closed"
    )


def posts_print(month: str, library: Library) -> bytes:
    """What the posts of all releases of a month depend on; nothing where there are none."""
    entry = library.posts.get(month)
    if entry is None:
        return b""
    channels = [(channel.id, channel.title, channel.network, channel.status) for channel in library.channels]
    return fingerprint(entry.digest, channels)


def key_files(channels: Iterable[Channel]) -> Iterator[File]:
    """``/<key>.txt`` with the key in it, by which search engines know that the site itself writes to them
    (indexnow.org/documentation, «Verifying ownership via the key»)."""
    keys = {
        channel.announce.to
        for channel in channels
        if channel.announce and channel.announce.by == "indexnow" and channel.announce.to
    }
    yield from (File(path=f"{key}.txt", data=key.encode()) for key in sorted(keys))
