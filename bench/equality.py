"""Whether two programs made equal sites: files and bytes by kind, and what a sample of pages says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from random import Random

from bench.kinds import KINDS, kind_of
from bench.measure import Snapshot, snapshot
from bench.said import READERS

ALIKE = 0.03
"""Shares above this are told as differences."""

SAMPLE = 20
"""Pages of a kind that are read."""


@dataclass(frozen=True)
class Difference:
    """How far another site is from ours in one regard; ``share`` is that of ours."""

    subject: str
    told: str
    share: float

    def __str__(self) -> str:
        return f"{self.subject}: {self.told} ({self.share:.0%})"


def differences(ours: Path, theirs: Path) -> list[Difference]:
    """All that differs by more than ALIKE between two output folders."""
    left, right = snapshot(ours), snapshot(theirs)
    common = sorted(left.keys() & right.keys())
    compared = [*_by_kind(left, right), *_by_sample(ours, theirs, common)]
    return [each for each in compared if each.share > ALIKE]


def _by_kind(left: Snapshot, right: Snapshot) -> Iterator[Difference]:
    """Numbers of files, and kilobytes."""
    counts = [Counter(map(kind_of, side)) for side in (left, right)]
    sizes = [_sizes(side) for side in (left, right)]
    for kind in KINDS:
        for unit, (ours, theirs) in (("files", counts), ("kilobytes", sizes)):
            told = f"{ours[kind]:,} here, {theirs[kind]:,} there"
            share = abs(theirs[kind] - ours[kind]) / max(ours[kind], 1)
            yield Difference(f"{kind}, {unit}", told, share)


def _sizes(side: Snapshot) -> Counter[str]:
    sizes: Counter[str] = Counter()
    for path, (_, _, size) in side.items():
        sizes[kind_of(path)] += size
    return Counter({kind: size >> 10 for kind, size in sizes.items()})


def _by_sample(ours: Path, theirs: Path, common: Sequence[str]) -> Iterator[Difference]:
    """How much of what pages say differs, in the mean of a seeded sample of those both have."""
    for kind, what, read in READERS:
        paths = [path for path in common if kind_of(path) == kind and "/page/" not in path]
        sample = Random(kind).sample(paths, min(SAMPLE, len(paths)))
        apart = [_distance(read(ours / path), read(theirs / path)) for path in sample]
        if apart:
            told = f"{apart.count(0)} of {len(apart)} alike"
            yield Difference(f"{kind}, {what}", told, sum(apart) / len(apart))


def _distance(ours: Sequence[str], theirs: Sequence[str]) -> float:
    return 1 - SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
