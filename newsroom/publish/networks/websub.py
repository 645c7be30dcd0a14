"""WebSub: a hub is told that the feeds have changed. Telling it again is harmless.

How publishers tell hubs is left to them by WebSub (W3C, section 7); all public hubs take a form with
``hub.mode=publish`` and ``hub.url``, as PubSubHubbub 0.4 had it, several addresses at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks.http import Connection, connection, nothing_said
from newsroom.publish.networks.markup import PlainLetters
from newsroom.publish.networks.network import (
    Access,
    Announcement,
    Limits,
    Remote,
    SendingError,
    UnableError,
)

_FEEDS = ("rss.xml", "atom.xml", "feed.json")
"""The feeds of all releases, from the site's root."""


class WebSub(PlainLetters):
    """The protocol; ``limits`` allow any text, of which the hub sees nothing."""

    name: NetworkName = "websub"
    title = "WebSub"
    limits = Limits(text=100_000, caption=100_000, pause=1)
    secrets: Mapping[str, str] = {}
    repeats_are_harmless = True
    edits_in_place = True

    @contextmanager
    def open(self, access: Access) -> Iterator[WebSubLine]:
        with connection(access, "", (), nothing_said) as way:
            yield WebSubLine(access, way)


class WebSubLine:
    """The hub of a channel."""

    def __init__(self, access: Access, way: Connection) -> None:
        self._way = way
        self._hub = access.announcing.to
        self._feeds = [f"{access.site.rstrip('/')}/{feed}" for feed in _FEEDS]

    def check(self) -> Iterator[str]:
        """Whether the hub is there; it may well refuse to be merely looked at."""
        try:
            self._way.ask("HEAD", self._hub)
        except SendingError as error:
            if not any(f"({status}" in str(error) for status in (400, 404, 405, 422)):
                yield f"хаб WebSub не отвечает: {error}"

    def parts(self) -> tuple[str, ...]:
        return ("",)

    def post(self, announcement: Announcement) -> Remote:
        del announcement
        self._way.ask("POST", self._hub, data={"hub.mode": "publish", "hub.url": self._feeds})
        return Remote()

    def edit(self, announcement: Announcement, remote: Remote) -> Remote:
        del remote
        return self.post(announcement)

    def withdraw(self, announcement: Announcement, remote: Remote) -> None:
        del remote
        self.post(announcement)

    def find(self, announcement: Announcement, since: datetime) -> Remote | None:
        del announcement, since
        raise UnableError("хаб не рассказывает, что ему сообщили; сообщить ещё раз безвредно")
