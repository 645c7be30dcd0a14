"""``conformity/run.json``: what the last run of the checks in a browser found (``invoke conformity``).

The program writes it and a build reads it. It names no page by its address: what is withdrawn
tomorrow must not be told of by a record of yesterday.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from newsroom.content.plain_yaml import Location
from newsroom.problems import NewsroomError, Problem

NAME = "conformity/run.json"
_REMEDY = "верните файл, каким он был в git, или запустите invoke conformity: его пишет программа"

Count = Annotated[int, Meta(ge=0)]
Name = Annotated[str, Meta(min_length=1)]
Moment = Annotated[datetime, Meta(tz=True)]


class Sample(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of pages: how many were looked at, ``of`` how many."""

    name: Name
    title: Name
    pages: Count
    of: Count


class Look(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mode that pages were looked at in."""

    name: Name
    title: Name


class Check(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule of axe-core or a walk: how many pages had what it looks at.

    ``criteria`` are those a rule of axe-core names; ``doubts`` pages on which it could not decide.
    """

    name: Name
    pages: Count
    doubts: Count = 0
    criteria: tuple[Name, ...] = ()


class Finding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Faults of one check against the same criteria: on how many pages of a kind, in which modes."""

    check: Name
    kind: Name
    pages: Count
    criteria: tuple[Name, ...] = ()
    modes: tuple[Name, ...] = ()


class Run(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One run: ``commit`` names the version of site and program, "" outside git.

    ``subjects`` tells how many elements of each subject (``criteria.yaml``) the pages had.
    """

    moment: Moment
    commit: str
    axe: Name
    chromium: Name
    kinds: tuple[Sample, ...]
    modes: tuple[Look, ...]
    rules: tuple[Check, ...]
    walks: tuple[Check, ...]
    subjects: dict[str, Count]
    findings: tuple[Finding, ...]

    @property
    def pages(self) -> int:
        """How many pages were looked at."""
        return sum(kind.pages for kind in self.kinds)


def read_run(root: Path) -> Run | None:
    """The last run told in a content folder, None where there was none; raises NewsroomError."""
    try:
        data = (root / NAME).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        message = f"не открывается: {error.strerror}"
        raise NewsroomError([Problem(NAME, 0, message, "проверьте права на файл")]) from None
    try:
        return msgspec.json.decode(data, type=Run)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NewsroomError([_problem(data, str(error))]) from None


def written(run: Run) -> bytes:
    """The bytes of ``run.json``: a value a line, so that what changed is seen at once."""
    return msgspec.json.format(msgspec.json.encode(run), indent=2) + b"\n"


def _problem(data: bytes, told: str) -> Problem:
    place = re.search(r"`\$(?P<path>[^`]*)`$", told)
    missing = re.search(r"missing required field `(\w+)`", told)
    if "malformed" in told or "truncated" in told or "utf-8" in told.lower():
        return Problem(NAME, _broken_line(data), "запись проверок испорчена", _REMEDY)
    path = place["path"] if place else ""
    line = _line(data, _location(path))
    name = ".".join(filter(None, [path.lstrip("."), missing[1] if missing else ""])) or "начало"
    message = f"в записи проверок {'нет' if missing else 'не то'}: {name}"
    return Problem(NAME, line, message, _REMEDY)


def _location(path: str) -> Location:
    """«.findings[0].pages» as a place: ("findings", 0, "pages"); a place among many («[...]») ends it."""
    parts = re.findall(r"\.(\w+)|\[(\d+)\]", path.partition("[...]")[0])
    return tuple(name or int(index) for name, index in parts)


def _line(data: bytes, location: Location) -> int:
    """Where a value stands; JSON is YAML too, whose reader knows the lines."""
    from newsroom.content.front_matter import FrontMatter, parse_any_yaml

    try:
        header, lines = parse_any_yaml(data.decode(errors="replace"), NAME)
    except NewsroomError:
        return 1
    return FrontMatter(header, "", 1, lines).line(location)


def _broken_line(data: bytes) -> int:
    import json

    try:
        json.loads(data)
    except json.JSONDecodeError as error:
        return error.lineno
    except ValueError:  # letters that are no UTF-8
        return 0
    return 1
