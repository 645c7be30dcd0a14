"""Which earlier releases a release's page offers to read next.

Only earlier ones, and of each list only the nearest: so a new release changes no old
page, and the work does not grow with the archive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from newsroom.content.catalogue import Entry
from newsroom.content.library import Library
from newsroom.content.years import Entries

SHOWN = 4
LOOKED_AT = 40
"""How many of a list before a release are weighed."""


def related(entry: Entry, library: Library) -> list[Entry]:
    """Earlier releases that share most with this one: an event weighs 3, a tag 2, the rubric 1.

    Of equals, the latest comes first.
    """
    points: dict[str, int] = defaultdict(int)
    candidates: dict[str, Entry] = {}
    for weight, entries in _lists(entry, library):
        for other in entries.older_than(entry, LOOKED_AT):
            points[other.id] += weight
            candidates[other.id] = other
    ranked = [
        (points[id] + (other.rubric == entry.rubric), other.moment, id) for id, other in candidates.items()
    ]
    ranked.sort(reverse=True)
    return [candidates[id] for _, _, id in ranked[:SHOWN]]


def _lists(entry: Entry, library: Library) -> Iterable[tuple[int, Entries]]:
    yield from ((3, library.by_event[id]) for id in entry.events)
    yield from ((2, library.by_tag[id]) for id in entry.tags)
