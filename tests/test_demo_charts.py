"""The charts of the demonstration releases are what their script draws."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "tools" / "demo_charts.py"))


@pytest.mark.parametrize("name", ["podpischiki-2023.png", "prosmotry-2023.png"])
def test_the_committed_chart_is_what_the_script_draws(script: dict[str, Any], name: str) -> None:
    drawn = script["CHARTS"][name]()
    with Image.open(script["TARGET"] / name) as committed:
        assert 1600 <= committed.width
        assert drawn.convert("RGB").tobytes() == committed.convert("RGB").tobytes()
