"""The conformity page: what the last run of the checks found, by criteria, and the same as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec
from msgspec import Struct

from newsroom.build.section import Output, Section
from newsroom.content.checks_by_people import CheckByPerson
from newsroom.content.conformity import Run
from newsroom.content.criteria import TABLE, Criteria, Walk, read_criteria
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document, Head
from newsroom.pages.heads import HOME
from newsroom.pages.structured_data import breadcrumbs
from newsroom.pages.verdicts import OUTCOMES, ByPerson, Verdict, verdicts
from newsroom.settings import Site

TITLE = "Проверка доступности"
URL = "/accessibility/conformity/"
JSON_URL = f"{URL}conformity.json"
_TEMPLATE = "conformity.html"
_STATEMENT = ("Доступность", "/accessibility/")
_EARL = "http://www.w3.org/ns/earl#"


def sections(desk: Desk) -> Iterator[Section]:
    """The page with its JSON; nothing where no run was ever made."""
    record = desk.conformity
    if record is None:
        return
    people = {number: _by_person(check) for number, check in record.people.items()}
    shown = {"run": record.run, "people": people, "table": TABLE.read_bytes()}
    yield desk.press.section(
        "conformity",
        lambda: _outputs(record.run, people, shown, desk),
        *shown.values(),
        templates=[_TEMPLATE],
    )


def _by_person(check: CheckByPerson) -> ByPerson:
    return ByPerson(date=check.date, passed=check.result == "выполнено", remark=check.remark)


def _outputs(
    run: Run, people: Mapping[str, ByPerson], shown: Mapping[str, Any], desk: Desk
) -> Iterator[Output]:
    def compose() -> Document:
        return _document(run, people, desk)

    def machine_readable() -> bytes:
        return as_json(run, verdicts(read_criteria(), run, people), desk.site)

    yield desk.press.page(f"{URL.lstrip('/')}index.html", _TEMPLATE, compose, shown)
    yield desk.press.file(JSON_URL.lstrip("/"), machine_readable, shown)


def _document(run: Run, people: Mapping[str, ByPerson], desk: Desk) -> Document:
    table = read_criteria()
    found = verdicts(table, run, people)
    has_statement = any(page.url == _STATEMENT[1] for page in desk.library.pages)
    crumbs = (HOME, _STATEMENT) if has_statement else (HOME,)
    head = Head(
        url=URL,
        title=TITLE,
        description=f"Что сверено с WCAG 2.2 и ГОСТ Р 52872-2019, когда и с каким итогом: {desk.site.name}",
        crumbs=crumbs,
        data=(breadcrumbs(crumbs, TITLE, URL, desk.site),),
    )
    context = {
        "run": run,
        "moment": run.moment.astimezone(desk.site.tz),
        "groups": list(_groups(found, table.principles)),
        "counts": _counts(found),
        "outcomes": OUTCOMES,
        "walks": [(table.walks[walk.name], walk) for walk in run.walks if walk.name in table.walks],
        "faults": list(_faults(run, table)),
        "json_url": JSON_URL,
        "statement_url": _STATEMENT[1] if has_statement else "",
    }
    return Document(head=head, template=_TEMPLATE, context=context)


def _groups(
    found: Sequence[Verdict], principles: Mapping[str, str]
) -> Iterator[tuple[str, str, list[Verdict]]]:
    for number, title in principles.items():
        yield number, title, [verdict for verdict in found if verdict.number.startswith(f"{number}.")]


def _counts(found: Sequence[Verdict]) -> list[tuple[str, str, int]]:
    """How many criteria came to which outcome: (its name, its title, the number)."""
    counted = Counter(verdict.outcome for verdict in found)
    return [(outcome, title, counted[outcome]) for outcome, title in OUTCOMES.items()]


class Fault(Struct, frozen=True, kw_only=True):
    """What one check found against the same criteria: pages by kinds, titles of modes."""

    check: str
    walk: Walk | None
    criteria: tuple[str, ...]
    places: tuple[tuple[str, int], ...]
    modes: tuple[str, ...]


def _faults(run: Run, table: Criteria) -> Iterator[Fault]:
    kinds = {kind.name: kind.title for kind in run.kinds}
    modes = {mode.name: mode.title for mode in run.modes}
    ordered = sorted(run.findings, key=lambda each: (each.check, each.criteria))
    for (check, criteria), some in groupby(ordered, lambda each: (each.check, each.criteria)):
        found = list(some)
        looks = dict.fromkeys(mode for each in found for mode in each.modes)
        yield Fault(
            check=check,
            walk=table.walks.get(check),
            criteria=criteria,
            places=tuple((kinds.get(each.kind, each.kind), each.pages) for each in found),
            modes=tuple(modes.get(mode, mode) for mode in looks),
        )


def as_json(run: Run, found: Sequence[Verdict], site: Site) -> bytes:
    """The same for programs: outcomes by the names of EARL 1.0, the run as it was written down."""
    data = {
        "@context": {"@vocab": _EARL},
        "standards": ["WCAG 2.2", "ГОСТ Р 52872-2019"],
        "subject": site.absolute("/"),
        "page": site.absolute(URL),
        "run": msgspec.to_builtins(run),
        "criteria": [_as_data(verdict) for verdict in found],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def _as_data(verdict: Verdict) -> dict[str, Any]:
    criterion, person = verdict.criterion, verdict.person
    return {
        "criterion": verdict.number,
        "name": criterion.name,
        "level": criterion.level,
        "wcag": criterion.until or "2.2",
        "gost": criterion.is_of_gost,
        "outcome": verdict.outcome,
        "needsPerson": verdict.needs_person,
        "pages": verdict.pages,
        "doubtful": verdict.doubts,
        "rules": list(verdict.rules),
        "walks": [walk.title for walk in verdict.walks],
        "person": person and msgspec.to_builtins(person),
    }
