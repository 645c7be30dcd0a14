"""The journal of the last build: what each output was made from and what came of it.

It is the program's own memory and never published; without it, or with one of another
edition than the site's folder holds, every output is made or at least looked into.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from newsroom.build.memory import Memory
from newsroom.build.sealed import seal, unseal
from newsroom.build.segments import Kept, Segments

_FORMAT = b"journal 4"
_NAME = "journal"


class MadeOutput(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An output as it was made: the fingerprints of its inputs, SHA-256 of its bytes.

    One that no build has made has no fingerprints, and is made again by the next.
    """

    path: str
    prints: bytes
    digest: bytes


_OUTPUTS = msgspec.msgpack.Decoder(list[MadeOutput])


class MadeSection(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A section as it was made. ``packed`` are its outputs, or where they lie till somebody asks for them.

    ``listed`` are their paths, a line each; ``shard`` is the digest of the section's part of
    the edition; ``releases`` is how many releases stand in it.
    """

    fingerprint: bytes
    packed: bytes | Kept
    listed: str
    shard: str
    releases: int

    @classmethod
    def of(cls, fingerprint: bytes, outputs: list[MadeOutput], shard: str, releases: int) -> MadeSection:
        listed = "\n".join([made.path for made in outputs])
        return cls(fingerprint, msgspec.msgpack.encode(outputs), listed, shard, releases)

    def outputs(self, segments: Segments | None = None) -> list[MadeOutput]:
        """The outputs; those of a section out of a journal lie in ``segments``. Raises LostRecordError."""
        if isinstance(self.packed, bytes):
            return _OUTPUTS.decode(self.packed)
        assert segments
        return _OUTPUTS.decode(segments.recall(self.packed))

    @property
    def paths(self) -> list[str]:
        return self.listed.split("\n") if self.listed else []


class Journal(msgspec.Struct, frozen=True):
    """The sections of one edition by their keys; ``edition`` is the digest of its ``edition.json``.

    ``program`` stands for the program and its settings, ``years`` are the digests of the releases by years,
    ``lock`` that of the addresses which were promised.
    """

    edition: str = ""
    sections: dict[str, MadeSection] = {}
    years: dict[str, bytes] = {}
    program: bytes = b""
    lock: bytes = b""


def read_journal(memory: Memory) -> Journal:
    """The journal that is kept; an empty one where there is none to be trusted."""
    return _read(memory.folder)


def amend_journal(folder: Path, before: str, edition: str, sections: Mapping[str, MadeSection]) -> bool:
    """Make the journal in ``folder`` that of ``edition``: it differs from ``before`` in ``sections`` alone.

    False where the journal is not that of ``before``, or there is none. Raises OSError.
    """
    journal = _read(folder)
    if not journal.edition or journal.edition != before:
        return False
    amended = msgspec.structs.replace(journal, edition=edition, sections=journal.sections | dict(sections))
    seal(folder / _NAME, _FORMAT, msgspec.msgpack.encode(amended))
    return True


def _read(folder: Path) -> Journal:
    data = unseal(folder / _NAME, _FORMAT)
    if data is None:
        return Journal()
    try:
        return msgspec.msgpack.decode(data, type=Journal)
    except msgspec.MsgspecError:
        return Journal()


def write_journal(memory: Memory, journal: Journal) -> None:
    """Keep the journal; the outputs of sections that were taken over stay where they are. Raises OSError."""
    segments = memory.outputs
    places = {key: _kept(section, segments) for key, section in journal.sections.items()}
    segments.flush()
    if segments.is_wasteful(sum(kept.place.size for kept in places.values())):
        places = _moved(places, segments)
    sections = {key: _lying(section, places[key]) for key, section in journal.sections.items()}
    whole = msgspec.structs.replace(journal, sections=sections)
    seal(memory.folder / _NAME, _FORMAT, msgspec.msgpack.encode(whole))
    segments.forget_old()


def _kept(section: MadeSection, segments: Segments) -> Kept:
    return segments.keep(section.packed) if isinstance(section.packed, bytes) else section.packed


def _lying(section: MadeSection, kept: Kept) -> MadeSection:
    return section if section.packed is kept else msgspec.structs.replace(section, packed=kept)


def _moved(places: Mapping[str, Kept], segments: Segments) -> dict[str, Kept]:
    """The same outputs, moved together."""
    moved = segments.moved(kept.place for kept in places.values())
    return {key: Kept(place, kept.digest) for (key, kept), place in zip(places.items(), moved, strict=True)}
