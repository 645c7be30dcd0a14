"""Keeps the catalogue for the next build."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

import msgspec

from newsroom.build.memory import Memory
from newsroom.build.scan import settled
from newsroom.content.catalogue import Entry, FileState, write_catalogue


def keep(memory: Memory, key: bytes, known: Sequence[Entry], entries: Sequence[Entry], started: int) -> bool:
    """Write the catalogue unless it is the ``known`` one; False if it is.

    ``started`` (nanoseconds since 1970) is when the files were looked at. A disk that is
    full or closed only costs the next build its speed.
    """
    told = {id(entry) for entry in known}  # what was not read again is the very same object
    kept = [entry if id(entry) in told else _settled(entry, started) for entry in entries if entry.place]
    if kept == known:
        return False
    with suppress(OSError):
        write_catalogue(memory.folder, key, compacted(memory, kept))
        memory.segments.forget_old()
    return True


def compacted(memory: Memory, entries: Sequence[Entry]) -> list[Entry]:
    """The entries, their records moved together if most of what is kept is kept in vain."""
    places = [entry.place for entry in entries if entry.place]
    if not memory.segments.is_wasteful(sum(place.size for place in places)):
        return list(entries)
    moved = memory.segments.moved(places)
    return [msgspec.structs.replace(entry, place=place) for entry, place in zip(entries, moved, strict=True)]


def _settled(entry: Entry, started: int) -> Entry:
    if all(state.stamp == settled(state.stamp, started) for state in entry.files):
        return entry
    files = tuple(FileState(each.path, settled(each.stamp, started), each.digest) for each in entry.files)
    return msgspec.structs.replace(entry, files=files)
