"""The outline of a year: what can be told of its releases without opening the catalogue's lines of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from newsroom.build.fingerprint import of_bytes
from newsroom.content.catalogue import Entry

RUBRIC, DEPARTMENT, TAG, EVENT = KINDS = ("rubric", "department", "tag", "event")
"""What releases name, and lists of releases are made by."""


class Corrected(msgspec.Struct, frozen=True, array_like=True, gc=False, order=True):
    """A correction of a published release: its moment in seconds since 1970, the release's id, its number.

    ``digest`` stands for all that is known of the release.
    """

    moment: int
    id: str
    number: int
    digest: bytes


class Outline(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """Releases of a year, published and withdrawn, as a whole.

    ``digest`` stands for their records in their order; ``newest`` is the moment of the newest in
    seconds since 1970, ``changes`` those of all corrections, sorted. ``days`` has the number of
    published ones by days («2024-05-09»), newest first, ``counts`` by kind and id of what they name.
    ``names`` are the ids that any of them names, by kind; ``targets`` the addresses they link to,
    ``anchored`` those with a place in the page. ``withdrawn`` is how many are so, ``texts`` how many
    pages published ones have with the texts of their files; ``moved`` tells whether any had another
    address before. ``corrected`` are the corrections of published ones, newest first.
    """

    digest: bytes
    newest: int
    days: tuple[tuple[str, int], ...]
    counts: dict[str, dict[str, int]]
    names: dict[str, tuple[str, ...]]
    changes: tuple[int, ...]
    targets: tuple[str, ...]
    anchored: tuple[str, ...]
    withdrawn: int
    texts: int
    moved: bool
    corrected: tuple[Corrected, ...] = ()

    @property
    def published(self) -> int:
        return sum(count for _, count in self.days)


def outline(entries: Sequence[Entry]) -> Outline:
    """The outline of releases of one year that come newest first."""
    published = [entry for entry in entries if entry.status == "published"]
    days = groupby(published, lambda entry: entry.day)
    return Outline(
        digest=of_bytes(b"".join([entry.whole for entry in entries])),
        newest=max((entry.moment for entry in entries), default=0),
        days=tuple((day, len(list(group))) for day, group in days),
        counts={kind: dict(sorted(count.items())) for kind, count in _counts(published).items()},
        names={kind: tuple(sorted(count)) for kind, count in _counts(entries).items()},
        changes=tuple(sorted(moment for entry in entries for moment in entry.changes)),
        targets=tuple(sorted({link.target for entry in entries for link in entry.links})),
        anchored=tuple(sorted({link.target for entry in entries for link in entry.links if link.fragment})),
        withdrawn=len(entries) - len(published),
        texts=sum(len(entry.texts) for entry in published),
        moved=any(entry.aliases for entry in entries),
        corrected=tuple(sorted(_corrected(published), reverse=True)),
    )


def terms_of(entry: Entry) -> Mapping[str, Iterable[str]]:
    """What a release names, by kind."""
    return {RUBRIC: (entry.rubric,), DEPARTMENT: (entry.department,), TAG: entry.tags, EVENT: entry.events}


def _corrected(entries: Iterable[Entry]) -> Iterator[Corrected]:
    for entry in entries:
        for number, moment in enumerate(entry.changes):
            yield Corrected(moment, entry.id, number, of_bytes(entry.whole))


def _counts(entries: Iterable[Entry]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for entry in entries:
        for kind, ids in terms_of(entry).items():
            counts[kind].update(filter(None, ids))
    return counts
