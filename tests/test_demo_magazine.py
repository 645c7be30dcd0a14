"""The demonstration PDF is what its script makes, and says that it is one."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from newsroom.build import pdf

ROOT = Path(__file__).parent.parent
COMMITTED = ROOT / "content" / "issues" / "2023" / "bratskaya-pyatiletka-2023.pdf"
NOTICE = "Демонстрационный макет. Не является номером журнала"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    pytest.importorskip("fpdf", reason="fpdf2 is not installed: the demonstration PDF cannot be drawn")
    return runpy.run_path(str(ROOT / "tools" / "demo_magazine.py"))


@pytest.fixture(scope="module")
def made(script: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("magazine") / "made.pdf"
    path.write_bytes(script["make_magazine"]())
    return path


def test_two_runs_give_equal_bytes(script: dict[str, Any], made: Path) -> None:
    assert made.read_bytes() == script["make_magazine"]()


def test_the_committed_file_is_what_the_script_draws(made: Path) -> None:
    """Compared as read and seen: compressed bytes differ between versions of zlib."""
    pages = pdf.facts(made).pages
    assert pages == pdf.facts(COMMITTED).pages
    for index in range(pages):
        assert pdf.page_text(made, index) == pdf.page_text(COMMITTED, index)
        assert pdf.render_page(made, index, 200) == pdf.render_page(COMMITTED, index, 200)


def test_every_page_says_that_it_is_a_demonstration() -> None:
    texts = [pdf.page_text(COMMITTED, index) for index in range(pdf.facts(COMMITTED).pages)]
    assert [] == [number for number, text in enumerate(texts, 1) if NOTICE not in text.replace("\xa0", " ")]


def test_the_contents_name_the_pages_that_are_there(script: dict[str, Any]) -> None:
    for number, title in script["CONTENTS"]:
        assert title in pdf.page_text(COMMITTED, number - 1).replace("\xa0", " ")
