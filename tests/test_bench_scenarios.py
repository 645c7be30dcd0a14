"""Each scenario of the benchmark changes what it says, and a round leaves no trace for the next one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.contenders import THEMES, Contender, Place, newsroom, pelican
from bench.corpus import PICTURES, Corpus
from bench.dialects import Hugo
from bench.material import Material, write
from bench.pictures import Picture
from bench.scenarios import COLD, SCENARIOS, Scenario, Workplace, restore

SIZE = 60
OURS = newsroom("plain")
THEME_OF_HUGO = {"theme": THEMES / "plain/hugo", "article": "layouts/page.html", "style": "assets/main.css"}
CONTENDERS = (OURS, replace(OURS, name="Hugo", dialect=Hugo(), **THEME_OF_HUGO), pelican())  # type: ignore[arg-type]
EDITS = [each for each in SCENARIOS if each is not COLD and each.name != "nothing" and not each.publishes]


@pytest.fixture(params=CONTENDERS, ids=lambda contender: contender.name)
def at(request: pytest.FixtureRequest, tmp_path: Path) -> Workplace:
    """A corpus written for a contender, with a copy of its theme."""
    contender: Contender = request.param
    place, corpus = Place(tmp_path), Corpus(SIZE)
    drawn = [Picture(b"source", {".jpg": b"clean"})] * PICTURES
    material = Material(place.content, contender.dialect, drawn)
    write(corpus, [material])
    workplace = Workplace(contender, place, material, corpus)
    workplace.install_theme()
    return workplace


def state(at: Workplace) -> dict[str, bytes]:
    """Every file of the material and the theme, but the empty sections of Hugo's days."""
    files = (path for folder in (at.place.content, at.place.theme) for path in folder.rglob("*"))
    return {str(path): path.read_bytes() for path in files if path.is_file() and path.name != "_index.md"}


@pytest.mark.parametrize("scenario", EDITS, ids=lambda scenario: scenario.name)
def test_a_scenario_changes_something_and_can_be_undone(at: Workplace, scenario: Scenario) -> None:
    before = state(at)
    scenario.change(at)
    assert before != state(at)
    restore(at)
    assert before == state(at)


def test_a_whole_round_can_be_undone(at: Workplace) -> None:
    before = state(at)
    for scenario in (COLD, *EDITS):
        scenario.change(at)
    restore(at)
    assert before == state(at)


def test_a_change_of_theme_touches_the_template_of_releases_and_the_style_sheet(at: Workplace) -> None:
    before = state(at)
    SCENARIOS[-1].change(at)
    changed = {path for path, data in state(at).items() if data != before[path]}
    expected = {at.place.theme / at.contender.article, at.place.theme / at.contender.style}
    assert {str(path) for path in expected} == changed
