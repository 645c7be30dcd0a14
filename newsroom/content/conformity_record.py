"""All that the material keeps of the checks of accessibility: the last run, and what people looked at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct, field

from newsroom.content.checks_by_people import CheckByPerson, read_checks_by_people
from newsroom.content.conformity import NAME, Run, read_run
from newsroom.problems import NewsroomError, Problem


class Record(Struct, frozen=True, kw_only=True):
    """The last run, and the latest check by a person of each criterion, by its number."""

    run: Run
    people: Mapping[str, CheckByPerson] = field(default_factory=dict)


def read_record(root: Path) -> tuple[Record | None, list[Problem]]:
    """The record of a content folder, None where nothing was run yet, and what is wrong with it."""
    if not (root / NAME).parent.is_dir():
        return None, []
    problems: list[Problem] = []
    run, people = None, {}
    try:
        run = read_run(root)
    except NewsroomError as error:
        problems += error.problems
    try:
        people = dict(read_checks_by_people(root))
    except NewsroomError as error:
        problems += error.problems
    return Record(run=run, people=people) if run else None, problems
