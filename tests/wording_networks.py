"""Networks that send nothing: they only count, each in its own way."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks.network import Limits, Network, Wording
from newsroom.publish.wording.units import characters, plain, utf8_bytes, utf16_units


@dataclass
class Counting:
    """A network whose texts are counted by ``count`` after ``written``."""

    limits: Limits
    count: Callable[[str], int] = characters
    written: Callable[[str], str] = str
    name: NetworkName = "telegram"
    title: str = "Сеть"
    secrets: Mapping[str, str] = field(default_factory=dict)

    def length(self, wording: Wording, *, images: bool) -> int:
        return self.count(self.written(plain(wording))) + (10 if images else 0)

    def render(self, wording: Wording) -> str:
        return self.written(plain(wording))


DIALECTS: dict[str, tuple[Callable[[str], int], Callable[[str], str]]] = {
    "letters": (characters, str),
    "utf-16": (utf16_units, str),
    "bytes": (utf8_bytes, str),
    "html": (utf16_units, html.escape),
}


def counting(limit: int, dialect: str = "letters", caption: int = 0) -> Network:
    count, written = DIALECTS[dialect]
    return cast(Network, Counting(Limits(text=limit, caption=caption or limit), count, written))
