"""All rules in the order in which ``docs/rules.md`` lists them, and how they are put to a text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from newsroom.check import (
    consent,
    corrections,
    foreign_words,
    links,
    marked_organizations,
    officials,
    other_languages,
    pictures,
    privacy,
    promised_texts,
    quotations,
    social,
    spelling,
    structure,
    wording,
)
from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, Remark, Rule, rule
from newsroom.problems import Problem


@rule(
    "warning",
    "Разрешение, которое ничего не разрешает, забыли убрать после правки: следующая ошибка того же рода "
    "пройдёт незамеченной.",
)
def allow_unused(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """A name in ``allow`` whose rule has nothing to say of the file."""
    for number, name in enumerate(allowed(manuscript)):
        excused = next((each for each in RULES if each.name == name and not each.is_law), None)
        if excused and next(excused.look(manuscript, circumstances), None) is None:
            message = f"разрешено нарушить «{name}», а нарушения нет"
            yield Found(manuscript.line(("allow", number)), message, "уберите это имя из allow")


_MODULES = (
    structure,
    quotations,
    wording,
    spelling,
    foreign_words,
    other_languages,
    officials,
    links,
    pictures,
    consent,
    promised_texts,
    privacy,
    marked_organizations,
    corrections,
    social,
)

RULES: tuple[Rule, ...] = (*chain.from_iterable(module.RULES for module in _MODULES), allow_unused)


def remarks(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Remark]:
    """What all rules say of a file, but those that it is allowed to break; as they are listed.

    Of a draft it is all but notices.
    """
    excused = frozenset(allowed(manuscript))
    for each in RULES:
        if each.is_law or each.name not in excused:
            severity = "notice" if manuscript.is_draft else each.severity
            for line, message, remedy, column in each.look(manuscript, circumstances):
                yield Remark(Problem(manuscript.file, line, message, remedy), each.name, severity, column)


def allowed(manuscript: Manuscript) -> list[str]:
    """The names in ``allow``, as they are typed."""
    given = manuscript.header.get("allow") or []
    names = given.split(",") if isinstance(given, str) else given
    return [name.strip() for name in names if isinstance(name, str)] if isinstance(names, list) else []
