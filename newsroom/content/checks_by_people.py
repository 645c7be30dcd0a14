"""``conformity/people.yaml``: criteria that a person has looked at, kept by hand; the file need not be there.

checks:
  - criterion: 1.1.1
    date: 2024-05-09
    result: выполнено
    remark: описания прочитаны у всех снимков главной
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from newsroom.content import values
from newsroom.content.criteria import read_criteria
from newsroom.content.fields import Each, Part, field
from newsroom.content.front_matter import FrontMatter, parse_yaml, read_text
from newsroom.content.schema import Header
from newsroom.content.validation import validate
from newsroom.problems import NewsroomError, Problem

NAME = "conformity/people.yaml"
Result = Literal["выполнено", "нарушено"]


class CheckByPerson(Header):
    """Проверка человеком."""

    criterion: str = field(values.text, "номер критерия: 1.1.1")
    date: date = field(values.day, "когда проверено")
    result: Result = field(values.choice(Result), "выполнено или нарушено")
    remark: str = field(values.line, "что смотрели и что увидели, одной фразой; без имён", "")


class ChecksByPeople(Header):
    """``people.yaml``."""

    checks: tuple[CheckByPerson, ...] = field(Each(Part(CheckByPerson)), "проверки, одна за другой", ())


def read_checks_by_people(root: Path) -> Mapping[str, CheckByPerson]:
    """The latest check of each criterion by its number; raises NewsroomError."""
    path = root / NAME
    if not path.is_file():
        return {}
    header, lines = parse_yaml(read_text(path, NAME), NAME)
    matter = FrontMatter(header, "", 1, dict(lines))
    checks = validate(ChecksByPeople, matter, NAME).checks
    problems = list(_unknown(checks, matter))
    if problems:
        raise NewsroomError(problems)
    return {check.criterion: check for check in sorted(checks, key=lambda check: check.date)}


def _unknown(checks: tuple[CheckByPerson, ...], matter: FrontMatter) -> Iterator[Problem]:
    known = read_criteria().criteria
    for number, check in enumerate(checks):
        if check.criterion not in known:
            line = matter.line(("checks", number, "criterion"))
            remedy = "напишите номер критерия WCAG уровня A или AA, например 1.1.1"
            yield Problem(NAME, line, f"критерия «{check.criterion}» нет", remedy)
