"""The directory of official pages: their state, the last count of their subscribers and how it came to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from newsroom.build.section import Section
from newsroom.content.audience import Audience, Count
from newsroom.content.types import Channel
from newsroom.pages.announcing import listed
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document
from newsroom.pages.heads import head_under_home

URL = "/channels/"
TEMPLATE = "channels.html"
OF_DEPARTMENTS = "Страницы подразделений"
MANY = 12
"""Pages from which on a reader is helped to find one."""
CURVE = (120, 28)
"""Width and height of a curve, in its own units."""


class Entry(Struct, frozen=True, kw_only=True):
    """A page in the directory. ``curve`` are the points of a line of SVG, "" with fewer than two counts."""

    channel: Channel
    first: Count | None = None
    last: Count | None = None
    curve: str = ""

    @property
    def subscribers(self) -> int:
        return self.last.subscribers.value if self.last and self.last.subscribers else 0


class Group(Struct, frozen=True, kw_only=True):
    """Pages that stand together: those of one owner, or of all departments."""

    title: str
    entries: tuple[Entry, ...]

    @property
    def subscribers(self) -> int:
        """Of the pages that are kept."""
        return sum(entry.subscribers for entry in self.entries if entry.channel.status == "active")


def section(desk: Desk) -> Section:
    """The one page of it."""
    groups = tuple(grouped(listed(desk.library.channels), desk.measures.audience))
    description = f"Официальные страницы в сетях: {desk.site.organization}"
    head = head_under_home("Каналы", URL, desk.site, description)
    count = sum(len(group.entries) for group in groups)
    context = {
        "groups": groups,
        "total": sum(group.subscribers for group in groups),
        "networks": sorted({entry.channel.network for group in groups for entry in group.entries}),
        "is_filtered": count > MANY,
        "count": count,
    }

    def compose() -> Document:
        return Document(head=head, template=TEMPLATE, context=context)

    page = desk.press.page(f"{URL.lstrip('/')}index.html", TEMPLATE, compose, {"content": (head, context)})
    return desk.press.section("channels", lambda: [page], head, context, templates=[TEMPLATE])


def grouped(channels: Sequence[Channel], audience: Audience) -> Iterator[Group]:
    """The pages by owners, those of departments together and last."""

    def place(channel: Channel) -> tuple[bool, str]:
        return channel.of_department, OF_DEPARTMENTS if channel.of_department else channel.owner

    for (_, title), some in groupby(sorted(channels, key=place), place):
        entries = sorted((entry(channel, audience) for channel in some), key=_by_audience)
        yield Group(title=title, entries=tuple(entries))


def entry(channel: Channel, audience: Audience) -> Entry:
    """A page with what is known of its audience."""
    counts = audience.subscribers(channel.id)
    if not counts:
        return Entry(channel=channel)
    return Entry(channel=channel, first=counts[0], last=counts[-1], curve=curve(counts))


def curve(counts: Sequence[Count]) -> str:
    """The points of a line from the first count to the last, from the fewest subscribers to the most."""
    days = [count.date.toordinal() for count in counts]
    numbers = [count.subscribers.value for count in counts if count.subscribers]
    if len(numbers) < 2:
        return ""
    across, down = _spread(days, CURVE[0]), _spread(numbers, CURVE[1])
    return " ".join(f"{x:g},{round(CURVE[1] - y, 1):g}" for x, y in zip(across, down, strict=True))


def _spread(numbers: Sequence[int], length: int) -> Iterator[float]:
    """Where numbers stand on a scale of this length from the least of them to the greatest."""
    least = min(numbers)
    span = max(numbers) - least or 1
    return (round((number - least) / span * length, 1) for number in numbers)


def _by_audience(entry: Entry) -> tuple[bool, int, str]:
    return entry.channel.status != "active", -entry.subscribers, entry.channel.title
