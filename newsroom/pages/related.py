"""Which earlier releases a release's page offers to read next.

Only earlier ones, and of each list only the nearest: so a new release changes no old
page, and the work does not grow with the archive.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from heapq import nlargest

from newsroom.build.fingerprint import SIZE, of_bytes
from newsroom.content.catalogue import Entry, order
from newsroom.content.library import Entries, Library

SHOWN = 4
LOOKED_AT = 40
"""How many of a list before a release are weighed."""


def related(entry: Entry, library: Library) -> list[Entry]:
    """Earlier releases that share most with this one: an event weighs 3, a tag 2, the rubric 1.

    Of equals, the latest comes first.
    """
    points: dict[str, int] = defaultdict(int)
    for weight, entries in _lists(entry, library):
        start = place_after(entry, entries)
        for other in entries[start : start + LOOKED_AT]:
            points[other.id] += weight
    candidates = [library.by_id[id] for id in points]

    def rank(other: Entry) -> tuple[int, int, str]:
        return points[other.id] + (other.rubric == entry.rubric), *order(other)

    return nlargest(SHOWN, candidates, key=rank)


def windows(library: Library) -> dict[str, bytes]:
    """By month («2024-05»): the fingerprint of all cards that ``related`` may weigh for its releases."""
    seen: dict[str, list[bytes]] = defaultdict(list)
    for index in (library.by_event, library.by_tag):
        for id in sorted(index):
            entries = index[id]
            cards = b"".join([entry.card for entry in entries])
            for month, start, end in _months(entries):
                seen[month] += id.encode(), cards[start * SIZE : (end + LOOKED_AT) * SIZE]
    return {month: of_bytes(b"".join(parts)) for month, parts in seen.items()}


def place_after(entry: Entry, entries: Entries) -> int:
    """Index of the first of ``entries`` that is older; the list is sorted, newest first."""
    count = len(entries)
    older = bisect_left(range(count), order(entry), key=lambda place: order(entries[count - 1 - place]))
    return count - older


def _lists(entry: Entry, library: Library) -> Iterable[tuple[int, Entries]]:
    yield from ((3, library.by_event[id]) for id in entry.events)
    yield from ((2, library.by_tag[id]) for id in entry.tags)


def _months(entries: Entries) -> Iterable[tuple[str, int, int]]:
    """Each month of a list with the indexes of its first entry and of the one after its last."""
    start, month = 0, ""
    for place, entry in enumerate(entries):
        if entry.day[:7] != month:
            if month:
                yield month, start, place
            start, month = place, entry.day[:7]
    if month:
        yield month, start, len(entries)
