"""What every network is to those who announce: its limits, its markup, and what can be asked of it.

A post is sent once. What came of that is told by the error, or by none: ``NotSentError`` surely never
arrived or was surely turned away, and may be sent again; ``RefusedError`` never will be accepted;
``UncertainError`` may have been posted or not, and is repeated by nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Literal, Protocol

from msgspec import Struct

from newsroom.content.announcing import Announcing, NetworkName


class Wording(Struct, frozen=True, kw_only=True):
    """The words of a release for one channel, in plain letters.

    ``paragraphs`` are the lead and as many whole sentences as there was room for; ``link`` leads to the
    release, marked with where the reader came from; ``hashtags`` are without «#».
    """

    title: str
    paragraphs: tuple[str, ...]
    link: str
    hashtags: tuple[str, ...] = ()


class Image(Struct, frozen=True, kw_only=True):
    """A picture as the network takes it; ``name`` is that of a file."""

    name: str
    media_type: str
    data: bytes
    alt: str = ""


class Announcement(Struct, frozen=True, kw_only=True):
    """A release worded for one channel.

    ``key`` is the same for every attempt, ``address`` that of the release without marks, by which a post
    is known again on a wall; ``part`` names whom it is for, where a channel is several receivers (mail).
    ``purpose`` tells a first post from its correction and from the notice of a withdrawal; ``package`` is
    the full address of the release's ZIP for the media, "" where there is none.
    """

    release: str
    channel: str
    revision: int
    key: str
    address: str
    wording: Wording
    text: str
    images: tuple[Image, ...] = ()
    part: str = ""
    purpose: Literal["post", "correction", "withdrawal"] = "post"
    package: str = ""


class Remote(Struct, frozen=True, kw_only=True):
    """Where a post stands: the network's own ids of all its parts, and its address for readers, if known."""

    ids: tuple[str, ...] = ()
    url: str = ""


class Limits(Struct, frozen=True, kw_only=True):
    """What a post may have.

    ``text`` and ``caption`` (of a post with pictures) count what ``Network.length`` counts; ``images`` is
    how many; ``image_bytes``, ``image_side`` and ``image_sides`` (width and height together, pixels) are
    of one; ``pause`` is the least time between two posts, in seconds.
    """

    text: int
    caption: int
    images: int = 0
    image_bytes: int = 0
    image_side: int = 0
    image_sides: int = 0
    pause: float = 0


class SendingError(Exception):
    """A network did not take what was sent; the text, in Russian, says why and holds no secret."""


class NotSentError(SendingError):
    """It surely never arrived or was surely turned away: it may be sent again, after ``wait`` seconds."""

    def __init__(self, why: str, wait: float = 0) -> None:
        super().__init__(why)
        self.wait = wait


class RefusedError(SendingError):
    """It was turned away for good; ``whole_channel`` where anything else would be too (a dead token)."""

    def __init__(self, why: str, *, whole_channel: bool = False) -> None:
        super().__init__(why)
        self.whole_channel = whole_channel


class UncertainError(SendingError):
    """Nobody knows whether it was posted."""


class UnableError(SendingError):
    """The network, or this key to it, does not let programs do that: a human must."""


class Access(Struct, frozen=True, kw_only=True):
    """What it takes to reach a channel: ``secret`` gives a secret by the end of its variable's name
    («TOKEN»), "" where there is none; ``site`` is the address of the site."""

    channel: str
    title: str
    announcing: Announcing
    secret: Callable[[str], str]
    site: str
    now: Callable[[], datetime]
    timeout: float = 30


class Line(Protocol):
    """A channel that is open: every call is one request, or several that leave no trace and one that does."""

    def check(self) -> Iterator[str]:
        """Ask for every right that posting takes, post nothing; what is wrong, in Russian."""
        ...

    def parts(self) -> tuple[str, ...]:
        """The receivers that a post goes to one by one; ("",) where it is one post for all."""
        ...

    def post(self, announcement: Announcement) -> Remote:
        """Publish it. Raises NotSentError, RefusedError, UncertainError."""
        ...

    def edit(self, announcement: Announcement, remote: Remote) -> Remote:
        """Put it in the place of a post, or send a correction. Raises the same, and UnableError."""
        ...

    def withdraw(self, announcement: Announcement, remote: Remote) -> None:
        """Delete a post, or put a notice in its place. Raises the same; what is gone already is no error."""
        ...

    def find(self, announcement: Announcement, since: datetime) -> Remote | None:
        """The post if it is on the wall, None if it surely is not.

        Raises UnableError where nobody can look, SendingError where that failed.
        """
        ...


class Network(Protocol):
    """A network: what is the same for all its channels.

    ``secrets`` are the ends of the names of variables it needs, with their meanings in Russian.
    ``repeats_are_harmless`` where the same request twice is as good as once; ``edits_in_place`` where an
    edit leaves one post, so that it may be repeated, and no second one.
    """

    name: NetworkName
    title: str
    limits: Limits
    secrets: Mapping[str, str]
    repeats_are_harmless: bool
    edits_in_place: bool

    def length(self, wording: Wording, *, images: bool) -> int:
        """How long the text is, in what the network counts."""
        ...

    def render(self, wording: Wording) -> str:
        """The text in the network's markup."""
        ...

    def open(self, access: Access) -> AbstractContextManager[Line]:
        """A line to the channel; nothing is asked of the network yet."""
        ...
