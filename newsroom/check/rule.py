"""What a rule is, and what it says of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Found, Manuscript
from newsroom.problems import Problem

__all__ = ["BUILD", "LISTS", "Found", "Look", "Remark", "Rule", "Severity", "rule"]

Severity = Literal["error", "warning", "notice"]
"""An error stops, a warning does not; a notice is what is told of a draft before it goes out."""


BUILD = "build"
"""Stands for the name of a rule where a build itself would refuse the material."""
LISTS = "lists"
"""Stands for it where one of the city's lists is broken: rules cannot look for what it has."""

Look = Callable[[Manuscript, Circumstances], Iterator[Found]]


class Rule(Struct, frozen=True, kw_only=True):
    """One rule; ``reason`` tells editors in Russian why there is such a rule.

    A rule that keeps a law cannot be allowed away by the header field ``allow``.
    """

    name: str
    severity: Severity
    reason: str
    look: Look
    is_law: bool = False


class Remark(Struct, frozen=True, order=True, array_like=True):
    """What was found in a file by the rule of that name, or would be by a build."""

    problem: Problem
    rule: str
    severity: Severity
    column: int = 0


def rule(severity: Severity, reason: str, *, is_law: bool = False) -> Callable[[Look], Rule]:
    """Makes a rule of a function; «heading_skipped» is the rule «heading-skipped»."""

    def made(look: Look) -> Rule:
        name = getattr(look, "__name__", "").strip("_").replace("_", "-")
        return Rule(name=name, severity=severity, reason=reason, look=look, is_law=is_law)

    return made
