"""What headers may name: controlled lists, departments, events, and the ids of releases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from newsroom.content.types import Department, Event, Rubric, Tag

T = TypeVar("T", Rubric, Tag, Department, Event)


@dataclass(frozen=True)
class Known(Generic[T]):
    """A controlled list by id; not ``whole`` when a part of it could not be read."""

    entries: Mapping[str, T]
    whole: bool = True


@dataclass(frozen=True, kw_only=True)
class Names:
    """All of them; ``releases`` are the ids of all there are, drafts included."""

    rubrics: Known[Rubric]
    tags: Known[Tag]
    departments: Known[Department]
    events: Known[Event]
    releases: frozenset[str]
