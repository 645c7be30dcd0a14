"""An emergency notice: what it says, how grave it is, and whether it counts at an hour."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from newsroom.content.slugs import is_slug

_MESSAGES = "/emergency/cap/"
FILE = "emergency.yaml"
"""Where they stand in the content folder."""

Level = Literal["danger", "warning", "attention", "clear"]
"""How a notice looks; «clear» tells that all is over."""

_LEVELS: dict[str, Level] = {"Extreme": "danger", "Severe": "danger", "Moderate": "warning"}
_WORDS: dict[Level, str] = {
    "danger": "Опасность",
    "warning": "Предупреждение",
    "attention": "Внимание",
    "clear": "Отбой",
}
_DRILL = "Учения"


class Block(Struct, frozen=True):
    """A paragraph, which has one line, or a list."""

    lines: tuple[str, ...]
    is_list: bool = False


class Geocode(Struct, frozen=True):
    """A place by a code of a system of codes: («OKTMO», «25714000»)."""

    name: str
    value: str


class Notice(Struct, frozen=True, kw_only=True):
    """One message of CAP 1.2; ``severity`` and the like are the words of that standard.

    It is shown from ``effective`` to ``expires``; ``updates`` and ``cancels`` are the ids of
    earlier ones whose place it takes. ``polygon`` are «latitude,longitude» pairs, the last is the first.
    """

    id: str
    headline: str
    event: str
    text: tuple[Block, ...]
    severity: str
    urgency: str
    certainty: str
    category: str
    area: str
    effective: datetime
    expires: datetime
    onset: datetime | None = None
    instruction: tuple[Block, ...] = ()
    polygon: tuple[str, ...] = ()
    geocodes: tuple[Geocode, ...] = ()
    contact: str = ""
    web: str = ""
    status: str = "Actual"
    updates: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        return "clear" if self.cancels else _LEVELS.get(self.severity, "attention")

    @property
    def label(self) -> str:
        """The word that stands before the headline: «Опасность», «Учения. Опасность»."""
        word = _WORDS[self.level]
        return f"{_DRILL}. {word}" if self.status == "Exercise" else word

    @property
    def address(self) -> str:
        """Where it is told in full."""
        return f"/emergency/#{self.id}"

    @property
    def cap_address(self) -> str:
        """The message itself, for programs."""
        return f"{_MESSAGES}{self.id}.xml"

    @property
    def replaces(self) -> tuple[str, ...]:
        return (*self.updates, *self.cancels)

    @property
    def texts(self) -> tuple[str, ...]:
        """All lines that it is known again by."""
        blocks = (*self.text, *self.instruction)
        return (self.headline, self.event, *(line for block in blocks for line in block.lines))

    def within(self, zone: tzinfo) -> Notice:
        """The same, its moments told in the newsroom's zone."""
        return replace(
            self,
            effective=self.effective.astimezone(zone),
            expires=self.expires.astimezone(zone),
            onset=self.onset and self.onset.astimezone(zone),
        )


def is_message(address: str) -> bool:
    """Whether it is that of a message for programs, which other messages may name for ever."""
    return address.startswith(_MESSAGES) and is_slug(address[len(_MESSAGES) :].removesuffix(".xml"))


def sentence(words: str) -> str:
    """The words with a full stop, unless they end with a sign already."""
    return f"{words}." if words[-1:].isalnum() else words


def plain(blocks: tuple[Block, ...]) -> str:
    """The text without markup, a blank line between paragraphs."""
    return "\n\n".join(
        "\n".join(f"— {line}" if block.is_list else line for line in block.lines) for block in blocks
    )
