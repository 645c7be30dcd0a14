"""Keeps the catalogue for the next build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

import msgspec

from newsroom.build.memory import Memory
from newsroom.build.scan import UNKNOWN, settled
from newsroom.content.catalogue import Entry, FileState
from newsroom.content.chapters import Chapter, folder_of, write_catalogue


def keep(
    memory: Memory, key: bytes, known: Mapping[str, Chapter], chapters: Iterable[Chapter], started: int
) -> bool:
    """Write the catalogue unless it is the ``known`` one; False if it is.

    ``started`` (nanoseconds since 1970) is when the files were looked at. A disk that is
    full or closed only costs the next build its speed.
    """
    kept = [_as_known(chapter, known.get(chapter.name), started) for chapter in chapters]
    if len(kept) == len(known) and all(known.get(chapter.name) is chapter for chapter in kept):
        return False
    with suppress(OSError):
        write_catalogue(memory, key, compacted(memory, kept))
        memory.segments.forget_old()
    return True


def compacted(memory: Memory, chapters: Sequence[Chapter]) -> Sequence[Chapter]:
    """The chapters, their records moved together if most of what is kept is kept in vain."""
    lines = sum(chapter.kept.place.size for chapter in chapters if chapter.kept)
    if not memory.segments.is_wasteful(lines + sum(chapter.size for chapter in chapters)):
        return chapters
    places = (place for chapter in chapters for entry in chapter.entries for place in entry.places)
    moved = iter(memory.segments.moved(places))
    return [
        Chapter(
            chapter.name,
            [entry.moved(moved) for entry in chapter.entries],
            chapter.folders,
        )
        for chapter in chapters
    ]


def _as_known(chapter: Chapter, before: Chapter | None, started: int) -> Chapter:
    """The chapter as it may be remembered; the very one that is known already, if it is the same."""
    if chapter is before:
        return chapter
    told = {id(entry) for entry in before.entries} if before else ()
    entries = [entry if id(entry) in told else _settled(entry, started) for entry in chapter.entries]
    folders = dict(chapter.folders)
    for entry in entries:
        if (
            any(state.stamp == UNKNOWN for state in entry.files)
            and (folder := folder_of(entry.file)) in folders
        ):
            folders[folder] = b""
    if before and before.entries == entries and before.folders == folders:
        return before
    return Chapter(chapter.name, entries, folders)


def _settled(entry: Entry, started: int) -> Entry:
    if all(state.stamp == settled(state.stamp, started) for state in entry.files):
        return entry
    files = tuple(FileState(each.path, settled(each.stamp, started), each.digest) for each in entry.files)
    return msgspec.structs.replace(entry, files=files)
