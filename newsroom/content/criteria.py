"""The table of criteria that the conformity page goes by: ``criteria.yaml``, which no city changes.

WCAG 2.2, levels A and AA, and ГОСТ Р 52872-2019, a translation of WCAG 2.1 that keeps its numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

TABLE = Path(__file__).with_name("criteria.yaml")
Level = Literal["A", "AA"]
Version = Literal["2.0", "2.1", "2.2"]


class Walk(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way of checking that is no rule of axe-core: its name in a sentence, and what it looks at."""

    title: str
    plain: str


class Subject(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a criterion is about; where ``selector`` (CSS) finds nothing, nothing can be wrong."""

    title: str
    selector: str


class Criterion(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A success criterion; ``criteria.yaml`` tells what each field means."""

    name: str
    plain: str
    level: Level
    since: Version
    until: Version | None = None
    walks: tuple[str, ...] = ()
    subject: str = ""
    whole: bool = False

    @property
    def is_of_gost(self) -> bool:
        """Whether it is one of WCAG 2.1, which the ГОСТ takes over."""
        return self.since != "2.2"


class Criteria(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole table; the keys of ``criteria`` are their numbers, in the order of the standard."""

    principles: Mapping[str, str]
    walks: Mapping[str, Walk]
    subjects: Mapping[str, Subject]
    criteria: Mapping[str, Criterion]


def read_criteria() -> Criteria:
    """The table of criteria."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return msgspec.convert(yaml.load(TABLE.read_bytes(), loader), Criteria)
