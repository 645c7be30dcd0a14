"""Components of few pages have sheets of their own; a page asks for all that it needs, and stand-ins fit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from newsroom.audit.kinds import kinds
from tests.conftest import ROOT, Built

STATIC = ROOT / "theme/static"
CSS = STATIC / "css"
_CLASS = re.compile(r"\.([a-z][a-z0-9_-]*)(?![^{]*\})")
_IMPORT = re.compile(r'@import "([^"]+)";')
_STAND_IN = re.compile(r"@font-face \{[^}]+size-adjust[^}]+\}")


def test_every_page_asks_for_the_sheets_of_its_components(model_site: Built) -> None:
    styled = {path.stem: _styled(path) for path in CSS.glob("*.css")}
    lacking = {}
    for pages in kinds(model_site.output).values():
        for url in pages[:2]:
            page = model_site.page(url)
            addresses = [str(link["href"]) for link in page.select('link[rel=stylesheet][href^="/theme/"]')]
            addresses += [str(part["data-sheet"]) for part in page.select("[data-sheet]")]  # later
            asked = [styled[Path(address).name.split(".")[0]] for address in addresses]
            used = {name for each in page.select("[class]") for name in each["class"]}
            if missing := (used & set().union(*styled.values())).difference(*asked):
                lacking[url] = missing
    assert {} == lacking


def test_a_component_that_no_sheet_imports_would_style_nothing() -> None:
    imported = {name for path in CSS.glob("*.css") for name in _IMPORT.findall(path.read_text("utf-8"))}
    assert {f"components/{path.name}" for path in (CSS / "components").glob("*.css")} <= imported


@pytest.mark.parametrize("face", _STAND_IN.findall((CSS / "faces.css").read_text("utf-8")))
def test_a_stand_in_is_as_high_as_the_face_it_stands_for(face: str) -> None:
    """Whatever it is scaled by, a line has the ascent and the descent of ours."""
    family, weight, scale, ascent, descent = (
        re.findall(rf'{name}: "?([\w. ]+)', face)[0]
        for name in ("font-family", "font-weight", "size-adjust", "ascent-override", "descent-override")
    )
    name = "literata" if "text" in family else "sofia-sans-condensed"
    ours = TTFont(STATIC / f"fonts/{name}-{weight}.woff2")
    em, lines = ours["head"].unitsPerEm, ours["hhea"]
    assert lines.ascent / em == pytest.approx(float(scale) * float(ascent) / 10_000, rel=0.005)
    assert -lines.descent / em == pytest.approx(float(scale) * float(descent) / 10_000, rel=0.005)


def _styled(sheet: Path) -> set[str]:
    """The classes that a sheet, with the components it imports, has rules for."""
    text = sheet.read_text("utf-8")
    parts = [text, *((CSS / name).read_text("utf-8") for name in _IMPORT.findall(text))]
    rules = re.sub(r"/\*.*?\*/|@import [^;]+;", "", "\n".join(parts), flags=re.DOTALL)
    return set(_CLASS.findall(rules))
