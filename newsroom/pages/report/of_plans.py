"""What was done for the first time, and what is planned: told in words, after their releases."""

from __future__ import annotations

from collections.abc import Iterable

from newsroom.content.year_totals import Said
from newsroom.pages.report.figures import Chapter, Statement
from newsroom.pages.report.ground import Ground


def firsts(ground: Ground) -> Chapter:
    """What was done for the first time; nothing where nothing is known."""
    return Chapter(id="firsts", title="Впервые", statements=_said(ground.totals.firsts, ground))


def plans(ground: Ground) -> Chapter:
    """What is planned for the next year."""
    title = f"Задачи на {ground.year + 1} год"
    statements = _said(ground.totals.plans, ground)
    if not statements:
        remedy = f"впишите plans в content/{ground.totals.file}"
        statements = (Statement(label="Планы", remark="не названы", remedy=remedy),)
    return Chapter(id="plans", title=title, statements=statements)


def _said(words: Iterable[Said], ground: Ground) -> tuple[Statement, ...]:
    return tuple(Statement(label=each.text, source=ground.of_release(each.release)) for each in words)
