"""axe-core finds nothing: on every kind of page, in light, dark and every mode for people who see badly."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from newsroom.audit.axe import AXE, BY_COLOUR, look_with_axe
from newsroom.audit.contrast import contrast, from_hex
from newsroom.audit.kinds import Kind, kinds
from newsroom.audit.measured_contrast import look_at_unsure
from newsroom.audit.modes import DARK, LIGHT, MODES, Mode, context, switch
from newsroom.audit.server import serving
from tests.conftest import Built, tool
from tests.model_city import MODEL_KINDS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = 360
BROKEN = """<!doctype html><html lang="ru"><title>Т</title><link rel="stylesheet" href="/style.css">
<main><h1>Заголовок</h1><img src="/a.png"><p class="pale">Бледно</p><p class="striped">Полосато</p>
<button class="dot"></button><button class="dot"></button></main>"""


@pytest.fixture(scope="module", autouse=True)
def axe() -> None:
    tool(AXE.is_file(), "axe-core", "npm install --prefix .tools axe-core")


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    window = context(browser, LIGHT, PHONE, reduced_motion="reduce")
    yield window.new_page()
    window.close()


def faults(page: Any, url: str, rules: Sequence[str] = ()) -> list[str]:
    """What axe-core and the measuring of what it cannot tell found on the page that is open."""
    report = look_with_axe(page, url, rules)
    assert set(rules) or {"color-contrast", "target-size"} <= report.tested
    assert {"color-contrast"} >= {finding.rule for finding in report.unsure}
    measured = [f"measured: {finding}" for finding in look_at_unsure(page, report.unsure)]
    return [*map(str, report.findings), *measured]


@pytest.mark.parametrize("kind", MODEL_KINDS, ids=lambda kind: kind.name)
def test_axe_finds_nothing(page: Any, model_site: Built, model_address: str, kind: Kind) -> None:
    """On the longest page of the kind, in each mode on a phone, and on a wide screen.

    A mode that changes nothing but colours and sizes needs the rules of these alone.
    """
    url = kinds(model_site.output)[kind][0]
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.goto(model_address + url)
    found = {}
    for mode in MODES:
        switch(page, mode)
        words_for_pictures = "pictures-off" in mode.sight
        found[mode.name] = faults(page, url, () if mode is LIGHT or words_for_pictures else BY_COLOUR)
    switch(page, LIGHT)
    page.set_viewport_size({"width": 1280, "height": 800})
    found["wide"] = faults(page, url)
    assert {} == {mode: told for mode, told in found.items() if told}


def test_axe_finds_nothing_in_the_open_panel(browser: Any, model_address: str) -> None:
    for mode in (LIGHT, DARK, MODES[-1]):
        window = context(browser, mode, 360)
        page = window.new_page()
        page.goto(f"{model_address}/")
        page.locator(".sight-panel summary").click()
        assert () == look_with_axe(page, "/").findings
        window.close()


def test_what_is_wrong_is_found_under_a_strict_policy(browser: Any, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(BROKEN, "utf-8")
    (tmp_path / "style.css").write_text(
        "body { margin: 0 } .pale { color: #aaa } .dot { width: 9px; height: 9px; padding: 0; border: 0 }"
        ".striped { color: #000; background: linear-gradient(#fff, #000) }"
    )
    (tmp_path / "_headers").write_text(
        "/*\n  Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'\n"
    )
    page = browser.new_page()
    with serving(tmp_path) as address:
        page.goto(f"{address}/")
        report = look_with_axe(page, "/")
        measured = look_at_unsure(page, report.unsure)
    expected = {"image-alt", "color-contrast", "button-name", "target-size"}
    assert expected <= {finding.rule for finding in report.findings}
    assert ["p.striped"] == [finding.selector.replace(".striped", "p.striped") for finding in measured]
    assert "wcag143" in next(rule.tags for rule in report.failed if rule.id == "color-contrast")
    assert not {rule.id for rule in report.passed} & {
        rule.id for rule in (*report.failed, *report.incomplete)
    }


TEXTS = [
    *[(text, ground) for text in ("text", "text-2", "link", "visited") for ground in ("ground", "ground-2")],
    ("text", "ground-3"),
    ("text", "mark"),
    ("on-deep", "deep"),
    ("on-deep-2", "deep"),
]


@pytest.mark.parametrize("mode", MODES, ids=[mode.name for mode in MODES])
def test_colours_stand_out(page: Any, model_address: str, mode: Mode) -> None:
    page.goto(f"{model_address}/")
    switch(page, mode)
    names = sorted({name for pair in TEXTS for name in pair} | {"focus", "focus-halo", "line-strong"})
    values = page.evaluate(
        "names => names.map(name => getComputedStyle(document.body).getPropertyValue(`--${name}`))",
        names,
    )
    switch(page, LIGHT)
    colours = dict(zip(names, map(from_hex, values), strict=True))
    pale = [pair for pair in TEXTS if contrast(colours[pair[0]], colours[pair[1]]) < 7]
    assert [] == pale
    for ground in ("ground", "ground-2", "ground-3", "deep"):
        assert max(contrast(colours[ring], colours[ground]) for ring in ("focus", "focus-halo")) >= 3
    assert contrast(colours["line-strong"], colours["ground"]) >= 3


def test_each_scheme_names_every_colour_of_the_theme() -> None:
    """A new colour must be one of the two in a scheme; those that begin with a scheme's name are its own."""
    css = Path(__file__).parent.parent / "theme/static/css"
    light = css.joinpath("tokens.css").read_text("utf-8").partition("@media")[0]
    lines = (line.strip().partition(": ") for line in light.splitlines())
    colours = {name for name, _, value in lines if value.startswith("#")}
    colours -= {name for name in colours if name.startswith(("--white-", "--black-", "--blue-"))}
    schemes = css.joinpath("sight.css").read_text("utf-8")
    assert [] == sorted(name for name in colours if f"{name}: var(--" not in schemes)
