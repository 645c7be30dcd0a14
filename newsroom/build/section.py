"""Outputs and sections: what a build can make, and how it knows that it need not.

An output is one file of the site with the fingerprints of all it is made from. A
section is a number of outputs that mostly change together (the releases of a month, the
pages of a list) with one fingerprint for all of them. Where a section's fingerprint
is the last edition's, its outputs are not even listed; where it is not, they are listed
and those are made whose own inputs differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from newsroom.build.fingerprint import SIZE


class Output(Struct, frozen=True, kw_only=True):
    """A file of the site to be: ``path`` from its root, with «/».

    ``inputs`` are the names, in Russian, and the fingerprints of what ``make`` reads: two
    outputs of one path with equal inputs are equal bytes. ``source`` is the content file it
    comes from, "" for the site itself.
    """

    path: str
    inputs: tuple[tuple[str, bytes], ...]
    make: Callable[[], bytes]
    source: str = ""

    @property
    def prints(self) -> bytes:
        """The fingerprints of the inputs, joined."""
        return b"".join([value for _, value in self.inputs])

    def changed_inputs(self, before: bytes) -> tuple[str, ...]:
        """Names of the inputs that differ from the ``prints`` of another build."""
        if len(before) != SIZE * len(self.inputs):
            return tuple(name for name, _ in self.inputs)
        parts = (before[start : start + SIZE] for start in range(0, len(before), SIZE))
        return tuple(name for (name, value), old in zip(self.inputs, parts, strict=True) if value != old)


class Section(Struct, frozen=True, kw_only=True):
    """Outputs with one fingerprint: ``outputs()`` lists them, and depends on nothing that is not in it.

    ``key`` names it for ever («news/2024/05»); ``releases()`` gives the ids of the releases
    whose own pages stand in it; ``weight`` is about how many outputs there are. Where to list
    them is to make them, ``instead`` is a path among them that the check of addresses takes for all.
    """

    key: str
    fingerprint: bytes
    outputs: Callable[[], Iterable[Output]]
    releases: Callable[[], tuple[str, ...]] = tuple
    weight: int = 1
    instead: str = ""
