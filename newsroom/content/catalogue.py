"""The lines of the catalogue: what is known of a content file without opening it.

By which signs it is seen to be unchanged, where its record lies, and, of a release,
everything that lists are made by. The records themselves (texts, pictures, links) stay
on disk till a page asks for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from newsroom.build.scan import ABSENT, UNKNOWN, Stamp, content_digest, stamp_of
from newsroom.build.segments import Place
from newsroom.content.types import Link


class FileState(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file as it was when it was read: path from the content folder, stamp, digest of the content."""

    path: str
    stamp: Stamp
    digest: bytes


class Compared(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Versions of a release that can be compared: where they lie, what stands for them.

    ``corrections`` are the numbers of those whose difference they show.
    """

    place: Place
    digest: bytes
    corrections: tuple[int, ...]


class Photos(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How many pictures the gallery of a release has, and what stands for all that is told of them."""

    count: int
    digest: bytes


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False, kw_only=True):
    """A content file. ``files`` are itself and all it names; ``place`` is of its record, None for a draft.

    The first ``card_size`` bytes of a release's record are its card; ``card`` and ``digest``
    are the fingerprints of that and of the rest. ``moment`` and ``changes`` (when
    corrections were made) are in seconds since 1970, ``day`` is the newsroom's («2024-05-09»).
    The other lists hold ids; ``releases`` are those that a broadcast or a number names;
    ``pictures`` are addresses, the release's lead picture first, and so are ``texts``, of the pages
    with the texts of its files. ``compared`` is of one whose
    corrections can be looked behind, ``photos`` of one with a gallery. Of a withdrawn release nothing
    is kept but its notice. ``channels`` are those that a file of posts names.
    """

    file: str
    kind: str
    id: str
    url: str
    files: tuple[FileState, ...] = ()
    place: Place | None = None
    card_size: int = 0
    digest: bytes = b""
    card: bytes = b""
    moment: int = 0
    day: str = ""
    status: str = ""
    rubric: str = ""
    department: str = ""
    tags: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    releases: tuple[str, ...] = ()
    changes: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    aliases: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    compared: Compared | None = None
    photos: Photos | None = None
    revision: int = 1
    channels: tuple[str, ...] = ()

    @property
    def whole(self) -> bytes:
        """What stands for all its records."""
        return self.card + self.digest + (self.compared.digest if self.compared else b"")

    @property
    def places(self) -> tuple[Place, ...]:
        """Where all its records lie."""
        return tuple(each for each in (self.place, self.compared and self.compared.place) if each)

    def moved(self, places: Iterator[Place]) -> Entry:
        """The same, its records being at the next of ``places``."""
        place = next(places) if self.place else None
        compared = self.compared and msgspec.structs.replace(self.compared, place=next(places))
        return msgspec.structs.replace(self, place=place, compared=compared)

    @property
    def month(self) -> str:
        """«2024-05»."""
        return self.day[:7]

    @property
    def year(self) -> str:
        return self.day[:4]


def order(entry: Entry) -> tuple[int, str]:
    """Key by which releases are sorted."""
    return entry.moment, entry.id


def updated(entry: Entry, now: int) -> int:
    """When a release last changed as a reader at ``now`` knows it, in seconds since 1970."""
    if not entry.changes:
        return entry.moment
    return max([entry.moment, *(moment for moment in entry.changes if moment <= now)])


def refreshed(entry: Entry, stamps: Mapping[str, Stamp], root: Path) -> Entry | None:
    """The entry, its stamps brought up to date, if all its files hold what they held; else None.

    A file with the stamp it had is taken as it was; any other, as all are in a fresh clone,
    is compared by content.
    """
    if all(stamps.get(state.path, ABSENT) == state.stamp for state in entry.files):
        return entry
    now = [FileState(state.path, stamps.get(state.path, ABSENT), state.digest) for state in entry.files]
    for before, state in zip(entry.files, now, strict=True):
        is_known = before.stamp == state.stamp != UNKNOWN
        if not is_known and (not state.digest or content_digest(root / state.path) != state.digest):
            return None
    return msgspec.structs.replace(entry, files=tuple(now))


def states(
    digests: Mapping[str, bytes], stamps: Mapping[str, Stamp], root: Path, missed: Iterable[str] = ()
) -> tuple[FileState, ...]:
    """The states of files that were just read, sorted; ``digests`` are of what was read, b"" if unknown.

    A file that changed meanwhile has no digest: it is read again. ``missed`` were looked for in vain.
    """
    read = (
        _state(path, digests[path], stamps.get(path, UNKNOWN), f"{root}/{path}") for path in sorted(digests)
    )
    return (*read, *(FileState(path, ABSENT, b"") for path in sorted(missed)))


def _state(path: str, digest: bytes, stamp: Stamp, file: str) -> FileState:
    digest = digest or content_digest(file)
    return FileState(path, stamp, digest if stamp in {UNKNOWN, stamp_of(file)} else b"")
