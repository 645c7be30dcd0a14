"""Yearbooks: the fingerprints that the sections of a year are told apart by, worked out once and remembered.

The fingerprint of a list is made of all its releases, and to go through all of them each
time would cost more than to make what changed. But what a closed year gives to it stays:
its yearbook holds that, under a key that stands for everything it was worked out from.
So a new release costs the going through one year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec import Struct, field

from newsroom.build.fingerprint import SIZE, fingerprint, of_bytes
from newsroom.build.sealed import seal, unseal
from newsroom.content.catalogue import Entry, updated
from newsroom.content.library import Library
from newsroom.content.outline import EVENT, TAG
from newsroom.content.years import ALL, Entries, Year
from newsroom.pages import related
from newsroom.pages.prints import Prints

_NAME = "yearbooks"
_RELATED_BY = (EVENT, TAG)


class ListBook(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Of the releases of a list in a year, newest first: their cards, joined; what stands for them whole.

    ``photos`` is what stands for their galleries, ``shots`` how many pictures these have.
    """

    cards: bytes
    whole: bytes
    photos: bytes = b""
    shots: int = 0


class MonthBook(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The same of a month, with the withdrawn; ``window`` is of the cards that ``related`` may weigh."""

    cards: bytes
    whole: bytes
    window: bytes


class Yearbook(msgspec.Struct, frozen=True, array_like=True):
    """``changed`` is when a published release last did, in seconds since 1970, 0 where there is none.

    ``months`` are by name («2024-05»), newest first; ``lists`` by kind and id, («», «») being all.
    """

    key: bytes
    changed: int
    months: dict[str, MonthBook]
    lists: dict[str, dict[str, ListBook]]


class Yearbooks(Struct, frozen=True, dict=True):
    """The yearbooks of all years, newest first."""

    years: Mapping[str, Yearbook] = field(default_factory=dict)

    @cached_property
    def months(self) -> Mapping[str, MonthBook]:
        """Those of all years by name, newest first."""
        return {name: month for book in self.years.values() for name, month in book.months.items()}

    def cards(self, entries: Entries) -> bytes:
        """The cards of a list, joined, newest first."""
        return b"".join([self._list(year.name, entries).cards for year in entries.years])

    def whole(self, entries: Entries) -> bytes:
        """What stands for a list, whole."""
        return self.newest(entries, len(entries))

    def newest(self, entries: Entries, count: int) -> bytes:
        """What stands for at least the newest ``count`` of a list, whole."""
        found = []
        for year in entries.years:
            found.append(self._list(year.name, entries).whole)
            count -= year.count(entries.kind, entries.id)
            if count <= 0:
                break
        return b"".join(found)

    def photos(self, entries: Entries) -> bytes:
        """What stands for the galleries of a list, newest first; nothing where it has none."""
        return b"".join([self._list(year.name, entries).photos for year in entries.years])

    def shots(self, entries: Entries) -> int:
        """How many pictures the galleries of a list have."""
        return sum(self._list(year.name, entries).shots for year in entries.years)

    def _list(self, year: str, entries: Entries) -> ListBook:
        return self.years[year].lists[entries.kind][entries.id]


def yearbooks(library: Library, prints: Prints, known: Mapping[str, Yearbook]) -> Yearbooks:
    """The yearbooks of a library; the ``known`` ones where they are still true."""
    tails: dict[tuple[str, str], bytes] = {}
    books: dict[str, Yearbook] = {}
    for year in reversed(library.years):
        shape = year.outline
        ahead = [tails.get((kind, id), b"") for kind in _RELATED_BY for id in shape.counts[kind]]
        due = sum(moment <= prints.now for moment in shape.changes)
        key = fingerprint(shape.digest, prints.of_names(shape.names), due, ahead)
        book = known.get(year.name)
        if book is None or book.key != key:
            book = _worked_out(key, year, prints, tails)
        books[year.name] = book
        for kind in _RELATED_BY:
            for id, listed in book.lists[kind].items():
                tails[kind, id] = (listed.cards + tails.get((kind, id), b""))[: related.LOOKED_AT * SIZE]
    return Yearbooks(dict(reversed(books.items())))


def read_yearbooks(folder: Path, key: bytes) -> dict[str, Yearbook]:
    """The yearbooks kept in ``folder`` under ``key``; none where there are none to be trusted."""
    data = unseal(folder / _NAME, key)
    if data is None:
        return {}
    with suppress(msgspec.MsgspecError):
        return msgspec.msgpack.decode(data, type=dict[str, Yearbook])
    return {}


def keep_yearbooks(folder: Path, key: bytes, known: Mapping[str, Yearbook], books: Yearbooks) -> None:
    """Keep them, unless they are the ``known`` ones. A full disk only costs the next build its speed."""
    if known != books.years:
        with suppress(OSError):
            seal(folder / _NAME, key, msgspec.msgpack.encode(dict(books.years)))


def _worked_out(key: bytes, year: Year, prints: Prints, tails: Mapping[tuple[str, str], bytes]) -> Yearbook:
    lists = {
        kind: {id: _list_book(year.of(kind, id), prints) for id in ids}
        for kind, ids in ({ALL[0]: ALL[1:]} | year.outline.counts).items()
    }
    changed = max((updated(entry, prints.now) for entry in year.published), default=0)
    return Yearbook(key, changed, dict(_months(year, prints, _windows(year, tails))), lists)


def _list_book(entries: Sequence[Entry], prints: Prints) -> ListBook:
    photos = [entry.photos for entry in entries if entry.photos]
    digests = b"".join([each.digest for each in photos])
    return ListBook(_cards(entries), prints.of_all(entries), digests, sum(each.count for each in photos))


def _months(year: Year, prints: Prints, windows: Mapping[str, bytes]) -> Iterator[tuple[str, MonthBook]]:
    published = {name: list(group) for name, group in groupby(year.published, _month)}
    withdrawn = {name: list(group) for name, group in groupby(year.withdrawn, _month)}
    for name in sorted(published.keys() | withdrawn.keys(), reverse=True):
        entries = published.get(name, [])
        whole = prints.of_all([*entries, *withdrawn.get(name, [])])
        yield name, MonthBook(_cards(entries), whole, windows.get(name, b""))


def _windows(year: Year, tails: Mapping[tuple[str, str], bytes]) -> dict[str, bytes]:
    """By month: the fingerprint of all cards that ``related`` may weigh for its releases."""
    seen: dict[str, list[bytes]] = {}
    for kind in _RELATED_BY:
        for id in year.outline.counts[kind]:
            entries = year.of(kind, id)
            cards, start = _cards(entries) + tails.get((kind, id), b""), 0
            for month, group in groupby(entries, _month):
                end = start + sum(1 for _ in group)
                window = cards[start * SIZE : (end + related.LOOKED_AT) * SIZE]
                seen.setdefault(month, []).extend((id.encode(), window))
                start = end
    return {month: of_bytes(b"".join(parts)) for month, parts in seen.items()}


def _cards(entries: Sequence[Entry]) -> bytes:
    return b"".join([entry.card for entry in entries])


def _month(entry: Entry) -> str:
    return entry.month
