"""What axe-core finds on a page in the browser, and what it tested there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

AXE = Path(__file__).parents[2] / ".tools/node_modules/axe-core/axe.min.js"
"""Where ``npm install --prefix .tools axe-core`` puts it."""
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""WCAG 2.0 to 2.2, levels A and AA, and what axe-core holds to be good beyond them."""

_OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    # Off by itself in axe-core: the only rule of WCAG 2.2 that a program can test.
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations", "incomplete"],
    "preload": False,
}
BY_COLOUR = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size")
"""The rules whose answer hangs on colours and sizes; all others ask for names, roles and order."""
_RUN = """async options => {
    const {violations, incomplete, passes, inapplicable, testEngine} = await axe.run(document, options)
    const found = rules => rules.map(({id, help, impact, tags, nodes}) => ({
        id, help, impact, tags,
        places: nodes.map(({target, html, impact, any, all, none}) => ({
            selector: target.flat(Infinity).join(" "), html, impact,
            message: [...any, ...all, ...none].map(check => check.message).join("; "),
        })),
    }))
    // axe-core takes a page that paints no ground for white; where the system is dark, it is not.
    const clear = [document.documentElement, document.body].every(element =>
        /, 0\\)$/.test(getComputedStyle(element).backgroundColor))
    const letters = getComputedStyle(document.documentElement).color.match(/\\d+/g).map(Number)
    const plain = rules => rules.map(({id, tags}) => ({id, tags}))
    return {
        version: testEngine.version,
        dark_ground: clear && letters[0] + letters[1] + letters[2] > 384,
        violations: found(violations), incomplete: found(incomplete),
        passes: plain(passes), inapplicable: plain(inapplicable),
    }
}"""


class AxeRule(Struct, frozen=True):
    """A rule of axe-core; its tags name the criteria: ``wcag143`` is 1.4.3."""

    id: str
    tags: tuple[str, ...]


class AxeFinding(Struct, frozen=True):
    """One element that breaks a rule, or of which axe-core could not tell; ``url`` is the page's path."""

    url: str
    rule: str
    impact: str
    help: str
    tags: tuple[str, ...]
    selector: str
    html: str
    message: str

    def __str__(self) -> str:
        return f"{self.url}: {self.rule} ({self.impact}): {self.selector}: {self.message}: {self.html}"


class AxeReport(Struct, frozen=True):
    """What one page came to. ``unsure`` needs a person; the rules are each in one list only."""

    url: str
    version: str
    findings: tuple[AxeFinding, ...]
    unsure: tuple[AxeFinding, ...]
    failed: tuple[AxeRule, ...]
    incomplete: tuple[AxeRule, ...]
    passed: tuple[AxeRule, ...]
    inapplicable: tuple[AxeRule, ...]

    @property
    def tested(self) -> frozenset[str]:
        """Ids of all rules that were tried."""
        return frozenset(
            rule.id for rule in (*self.failed, *self.incomplete, *self.passed, *self.inapplicable)
        )


class _Place(Struct):
    selector: str
    html: str
    message: str
    impact: str | None = None


class _Found(Struct):
    id: str
    help: str
    tags: tuple[str, ...]
    places: list[_Place]
    impact: str | None = None


class _Answer(Struct):
    version: str
    dark_ground: bool
    violations: list[_Found]
    incomplete: list[_Found]
    passes: tuple[AxeRule, ...]
    inapplicable: tuple[AxeRule, ...]


def look_with_axe(page: Any, url: str, rules: Sequence[str] = ()) -> AxeReport:
    """Run axe-core over the page that ``page`` shows now; ``url`` is what the report calls it.

    All its rules, or ``rules`` only.

    The program comes in through the debugger, which the page's own Content-Security-Policy does not concern.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    chosen = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
    answer = msgspec.convert(page.evaluate(_RUN, _OPTIONS | chosen), _Answer)
    if answer.dark_ground:
        _doubt(answer, "color-contrast")
    failed = tuple(AxeRule(found.id, found.tags) for found in answer.violations)
    unsure = tuple(dict.fromkeys(AxeRule(found.id, found.tags) for found in answer.incomplete))
    settled = {rule.id for rule in (*failed, *unsure)}
    return AxeReport(
        url=url,
        version=answer.version,
        findings=_findings(url, answer.violations),
        unsure=_findings(url, answer.incomplete),
        failed=failed,
        incomplete=tuple(rule for rule in unsure if rule not in failed),
        passed=tuple(rule for rule in answer.passes if rule.id not in settled),
        inapplicable=answer.inapplicable,
    )


def _doubt(answer: _Answer, rule: str) -> None:
    """What is said to break the rule is only what nobody could tell."""
    answer.incomplete += [found for found in answer.violations if found.id == rule]
    answer.violations = [found for found in answer.violations if found.id != rule]


def _findings(url: str, found: list[_Found]) -> tuple[AxeFinding, ...]:
    return tuple(
        AxeFinding(
            url=url,
            rule=rule.id,
            impact=place.impact or rule.impact or "",
            help=rule.help,
            tags=rule.tags,
            selector=place.selector,
            html=place.html,
            message=place.message,
        )
        for rule in found
        for place in rule.places
    )
