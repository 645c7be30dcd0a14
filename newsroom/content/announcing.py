"""How releases are announced: what a channel is told, what a release says there in words of its own."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

NetworkName = Literal["max", "vk", "ok", "telegram", "mail", "indexnow", "websub", "manual"]
Voice = Literal["administration", "mayor"]


class Announcing(Struct, frozen=True, kw_only=True):
    """How a channel gets releases.

    ``to`` is where in the network: the id of a chat or a group, «@name», the host of a list of letters,
    the key of IndexNow, the address of a hub. ``paused`` tells why nothing goes there now. Without
    ``rubrics`` and ``departments`` it gets all of them. ``api`` and ``ca`` (a file of certificates, from
    the project's folder) are for a network whose usual ones will not do; ``sender`` is of letters.
    """

    by: NetworkName
    to: str = ""
    voice: Voice = "administration"
    paused: str = ""
    rubrics: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    fresh_hours: int = 48
    per_run: int = 5
    per_day: int = 0
    hashtags: int = 3
    sender: str = ""
    api: str = ""
    ca: str = ""

    def wants(self, rubric: str, department: str) -> bool:
        """Whether the channel gets releases of that rubric and that department, both by id."""
        return (not self.rubrics or rubric in self.rubrics) and (
            not self.departments or department in self.departments
        )


class Social(Struct, frozen=True, kw_only=True):
    """What a release says in some channels instead of its lead and text; ``skip``: it is not announced there.

    ``channels`` are ids of channels, names of networks or voices; all channels where there are none.
    """

    channels: tuple[str, ...] = ()
    text: str = ""
    skip: bool = False

    def is_for(self, channel: str, announcing: Announcing) -> bool:
        """Whether it is meant for the channel of that id."""
        return not self.channels or bool({channel, announcing.by, announcing.voice} & {*self.channels})
