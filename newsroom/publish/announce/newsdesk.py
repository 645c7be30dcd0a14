"""What there is to announce, and by what it is announced."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from msgspec import Struct

from newsroom.content.announcing import Announcing
from newsroom.content.types import Channel, Release
from newsroom.publish.networks.network import Announcement

Purpose = Literal["post", "correction", "withdrawal"]
Worded = Callable[[Release, Channel, Purpose], Announcement]
"""Words a release for a channel. Raises NewsroomError where that cannot be done."""


class Newsdesk(Struct, frozen=True, kw_only=True):
    """The channels that releases are announced in, and the releases that may concern them, by id.

    Those are: what is fresh in any channel, what a record of the ledger is not done with, what was
    corrected or withdrawn since; withdrawn ones are among them. ``gone`` are ids that the ledger knows
    and the material does not. ``stopped`` are ids of channels that nothing may go to in this run, or «all».
    """

    channels: tuple[Channel, ...]
    releases: Mapping[str, Release]
    gone: frozenset[str] = frozenset()
    stopped: frozenset[str] = frozenset()

    def pause(self, channel: Channel) -> str:
        """Why nothing goes into the channel, in Russian; "" where it does."""
        if self.stopped & {"all", channel.id}:
            return "остановлено переменной ANNOUNCE_PAUSED"
        if channel.status != "active":
            return "канал не ведётся: размещает человек"
        return announcing(channel).paused


class Run(Struct, frozen=True, kw_only=True):
    """One run of the command: its name in the ledger, and its clock."""

    name: str
    now: Callable[[], datetime]
    sleep: Callable[[float], object]


def announcing(channel: Channel) -> Announcing:
    """How a channel of the newsdesk is announced to."""
    assert channel.announce
    return channel.announce


def by_hand(channel: Channel) -> bool:
    """Whether a human puts the posts there: no program can, or the channel is closed to them."""
    return announcing(channel).by == "manual" or channel.status != "active"


def payload_digest(announcement: Announcement) -> str:
    """What stands for all that readers see of an announcement."""
    images = [hashlib.sha256(image.data).hexdigest() for image in announcement.images]
    told = [announcement.wording.title, announcement.text, images]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
