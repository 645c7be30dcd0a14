"""All rules in the order in which ``docs/rules.md`` lists them, and how they are put to a text."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.check import structure
from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Remark, Rule
from newsroom.problems import Problem

RULES: tuple[Rule, ...] = (*structure.RULES,)


def remarks(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Remark]:
    """What all rules say of a file."""
    for rule in RULES:
        for line, message, remedy, column in rule.look(manuscript, circumstances):
            yield Remark(Problem(manuscript.file, line, message, remedy), rule.name, rule.severity, column)
