"""What a run of the checks says of each criterion, in the words of W3C's EARL 1.0.

A criterion is *passed* only where the machine sees all of it, or a person has looked; where the
machine found nothing and the rest is for a person, nobody *can tell*.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from msgspec import Struct

from newsroom.content.conformity import Check, Run
from newsroom.content.criteria import Criteria, Criterion, Subject, Walk

Outcome = Literal["failed", "passed", "cantTell", "inapplicable", "untested"]
OUTCOMES: Mapping[Outcome, str] = {
    "failed": "нарушено",
    "passed": "выполнено",
    "cantTell": "машина ошибок не нашла",
    "inapplicable": "нет предмета",
    "untested": "проверяет человек",
}
"""What a reader is told, worst first."""


class ByPerson(Struct, frozen=True, kw_only=True):
    """What a person found, and when."""

    date: date
    passed: bool
    remark: str = ""


class Verdict(Struct, frozen=True, kw_only=True):
    """All that is known of a criterion: ``number`` («1.4.3»), what looked at it, on how many pages.

    ``doubts`` are pages on which the machine could not decide; ``faulty`` pages with faults, by the
    titles of their kinds.
    """

    number: str
    criterion: Criterion
    outcome: Outcome
    rules: tuple[str, ...]
    walks: tuple[Walk, ...]
    pages: int
    doubts: int
    faulty: tuple[tuple[str, int], ...]
    subject: Subject | None = None
    person: ByPerson | None = None

    @property
    def needs_person(self) -> bool:
        """Whether a person must look, and none has."""
        return self.person is None and self.outcome in {"cantTell", "untested"}


def verdicts(table: Criteria, run: Run, people: Mapping[str, ByPerson]) -> list[Verdict]:
    """One for each criterion of the table, in its order."""
    return [
        _verdict(number, criterion, table, run, people.get(number))
        for number, criterion in table.criteria.items()
    ]


def _verdict(
    number: str, criterion: Criterion, table: Criteria, run: Run, person: ByPerson | None
) -> Verdict:
    rules = [rule for rule in run.rules if number in rule.criteria and rule.pages]
    walks = [walk for walk in run.walks if walk.name in criterion.walks and walk.pages]
    faulty = tuple(_faulty(number, run))
    absent = bool(criterion.subject) and not run.subjects.get(criterion.subject, 1)
    checks = [*rules, *walks]
    return Verdict(
        number=number,
        criterion=criterion,
        outcome=_outcome(criterion, checks, bool(faulty), absent, person),
        rules=tuple(rule.name for rule in rules),
        walks=tuple(table.walks[walk.name] for walk in walks),
        pages=max((check.pages for check in checks), default=run.pages if absent else 0),
        doubts=max((check.doubts for check in checks), default=0),
        faulty=faulty,
        subject=table.subjects[criterion.subject] if absent else None,
        person=person,
    )


def _outcome(
    criterion: Criterion, checks: Iterable[Check], is_faulty: bool, is_absent: bool, person: ByPerson | None
) -> Outcome:
    checks = list(checks)
    if is_faulty or (person and not person.passed):
        return "failed"
    if is_absent:
        return "inapplicable"
    if person or (criterion.whole and checks and not any(check.doubts for check in checks)):
        return "passed"
    return "cantTell" if checks else "untested"


def _faulty(number: str, run: Run) -> Iterator[tuple[str, int]]:
    titles = {kind.name: kind.title for kind in run.kinds}
    found: dict[str, int] = {}
    for finding in run.findings:
        if number in finding.criteria:
            title = titles.get(finding.kind, finding.kind)
            found[title] = max(found.get(title, 0), finding.pages)
    yield from found.items()
