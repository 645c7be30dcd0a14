"""The journal of the last build: what each output was made from and what came of it.

It is the program's own memory and never published; without it, or with one of another
edition than the site's folder holds, every output is made or at least looked into.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from newsroom.build.sealed import seal, unseal

_FORMAT = b"journal 2"
_NAME = "journal"


class MadeOutput(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An output as it was made: the fingerprints of its inputs, SHA-256 of its bytes."""

    path: str
    prints: bytes
    digest: bytes


_OUTPUTS = msgspec.msgpack.Decoder(list[MadeOutput])


class MadeSection(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A section as it was made. ``packed`` are its outputs, unpacked only where they are asked for.

    ``listed`` are their paths, a line each; ``shard`` is the digest of the section's part of
    the edition; ``releases`` is how many releases stand in it.
    """

    fingerprint: bytes
    packed: bytes
    listed: str
    shard: str
    releases: int

    @classmethod
    def of(cls, fingerprint: bytes, outputs: list[MadeOutput], shard: str, releases: int) -> MadeSection:
        listed = "\n".join([made.path for made in outputs])
        return cls(fingerprint, msgspec.msgpack.encode(outputs), listed, shard, releases)

    @property
    def outputs(self) -> list[MadeOutput]:
        return _OUTPUTS.decode(self.packed)

    @property
    def paths(self) -> list[str]:
        return self.listed.split("\n") if self.listed else []


class Journal(msgspec.Struct, frozen=True):
    """The sections of one edition by their keys; ``edition`` is the digest of its ``edition.json``.

    ``years`` are the digests of its releases by years.
    """

    edition: str = ""
    sections: dict[str, MadeSection] = {}
    years: dict[str, bytes] = {}


def read_journal(folder: Path) -> Journal:
    """The journal kept in ``folder``; an empty one where there is none to be trusted."""
    data = unseal(folder / _NAME, _FORMAT)
    if data is None:
        return Journal()
    try:
        return msgspec.msgpack.decode(data, type=Journal)
    except msgspec.MsgspecError:
        return Journal()


def write_journal(folder: Path, journal: Journal) -> None:
    """Keep the journal in ``folder``. Raises OSError."""
    seal(folder / _NAME, _FORMAT, msgspec.msgpack.encode(journal))
