"""All the checks put to pages of every kind, and what they came to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from newsroom.audit.axe import AxeReport, AxeRule, look_with_axe
from newsroom.audit.kinds import KINDS, Kind, kinds
from newsroom.audit.modes import LIGHT, Mode, context
from newsroom.audit.walks import Round

_COUNT = "selectors => selectors.map(each => document.querySelectorAll(each).length)"


class Page(Struct, frozen=True):
    """A page to look at: the name of its kind and its address."""

    kind: str
    url: str


class Fault(Struct, frozen=True, order=True):
    """One thing that is wrong on one page; ``mode`` is "" for walks, ``criteria`` are those it breaks."""

    check: str
    kind: str
    url: str
    criteria: tuple[str, ...]
    mode: str
    what: str

    def __str__(self) -> str:
        named = ", ".join(filter(None, [*self.criteria, self.mode]))
        return f"{self.url}: {self.check}{f' ({named})' if named else ''}: {self.what}"


class Examination(Struct):
    """What was found: on which pages each rule and each walk had something to look at, and could not tell."""

    axe: str = ""
    rules: dict[str, tuple[str, ...]] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=dict)
    doubts: dict[str, set[str]] = field(default_factory=dict)
    walked: dict[str, set[str]] = field(default_factory=dict)
    subjects: dict[str, int] = field(default_factory=dict)
    faults: set[Fault] = field(default_factory=set)


def choose(output: Path, per_kind: int, only: Sequence[str] = ()) -> dict[Kind, tuple[str, ...]]:
    """Of each kind (or of ``only`` some) the largest page, the smallest, and others evenly between."""
    found = kinds(output)
    wanted = (kind for kind in KINDS if found[kind] and (not only or kind.name in only))
    return {kind: _spread(found[kind], per_kind) for kind in wanted}


def _spread(urls: Sequence[str], number: int) -> tuple[str, ...]:
    if number >= len(urls):
        return tuple(urls)
    if number == 1:
        return (urls[0],)
    return tuple(urls[round(place * (len(urls) - 1) / (number - 1))] for place in range(number))


def examine(
    browser: Any,
    address: str,
    pages: Sequence[Page],
    modes: Sequence[Mode],
    rounds: Sequence[Round],
    subjects: Mapping[str, str],
    tell: Callable[[str], None] = lambda _: None,
) -> Examination:
    """Look at all ``pages`` of the site served at ``address``; ``subjects`` are selectors by their names."""
    found = Examination(subjects=dict.fromkeys(subjects, 0))
    for mode in modes:
        tell(f"axe-core: {mode.title.lower()}")
        _with_axe(found, pages, address, context(browser, mode, 1280, reduced_motion="reduce"), mode)
    for each in rounds:
        tell(", ".join(name for name, _ in each.looks))
        _walk(found, pages, address, context(browser, LIGHT, each.width, **each.window), each)
    _count_subjects(found, pages, address, context(browser, LIGHT, 1280), subjects)
    return found


def _with_axe(found: Examination, pages: Sequence[Page], address: str, window: Any, mode: Mode) -> None:
    for page, tab in _opened(pages, address, window):
        report = look_with_axe(tab, page.url)
        found.axe = report.version
        for rules, places in (
            (report.inapplicable, None),
            (report.passed, found.seen),
            (report.incomplete, found.doubts),
        ):
            for rule in rules:
                _note(found, rule, page.url, places)
        _note_violations(found, report, page, mode)


def _note(found: Examination, rule: AxeRule, url: str, places: dict[str, set[str]] | None) -> None:
    found.rules[rule.id] = criteria_of(rule.tags)
    if places is not None:
        found.seen.setdefault(rule.id, set()).add(url)
        places.setdefault(rule.id, set()).add(url)


def _note_violations(found: Examination, report: AxeReport, page: Page, mode: Mode) -> None:
    for rule in report.failed:
        _note(found, rule, page.url, found.seen)
    for each in report.findings:
        what = f"{each.help}: {each.selector}: {each.html[:200]}"
        found.faults.add(Fault(each.rule, page.kind, page.url, criteria_of(each.tags), mode.name, what))


def criteria_of(tags: Sequence[str]) -> tuple[str, ...]:
    """The criteria that the tags of a rule name: ``wcag1410`` is 1.4.10, ``wcag21aa`` none."""
    numbers = (re.fullmatch(r"wcag(\d)(\d)(\d+)", tag) for tag in tags)
    return tuple(sorted(".".join(number.groups()) for number in numbers if number))


def _walk(found: Examination, pages: Sequence[Page], address: str, window: Any, walks: Round) -> None:
    for page, tab in _opened(pages, address, window, walks):
        for name, look in walks.looks:
            faults = look(tab, page.url)
            if faults is None:
                continue
            found.walked.setdefault(name, set()).add(page.url)
            for criterion, what in faults:
                criteria = (criterion,) if criterion else ()
                found.faults.add(Fault(name, page.kind, page.url, criteria, "", what))


def _count_subjects(
    found: Examination, pages: Sequence[Page], address: str, window: Any, subjects: Mapping[str, str]
) -> None:
    for _, tab in _opened(pages, address, window):
        counted = tab.evaluate(_COUNT, list(subjects.values()))
        for name, count in zip(subjects, counted, strict=True):
            found.subjects[name] += count


def _opened(
    pages: Sequence[Page],
    address: str,
    window: Any,
    way: Round = Round(looks=()),  # noqa: B008 - frozen
) -> Iterator[tuple[Page, Any]]:
    """Each page of the site at ``address``, opened in a tab of ``window``, which is closed in the end."""
    tab = None
    for page in pages:
        if tab is None or way.fresh:
            if tab:
                tab.close()
            tab = window.new_page()
            way.prepare(tab)
        tab.goto(address + page.url)
        yield page, tab
    window.close()
