"""The full theme for Hugo serves the very static files of ours, under the same names."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bench.contenders import ContenderError, Place, hugo
from newsroom.build.assets import Assets
from tests.conftest import ROOT


@pytest.mark.slow
def test_hugo_makes_the_files_that_our_pages_ask_for(tmp_path: Path) -> None:
    try:
        contender = hugo("full")
    except ContenderError as error:
        pytest.skip(str(error))
    place = Place(tmp_path)
    shutil.copytree(contender.theme, place.theme)
    for folder, borrowed in contender.borrowed.items():
        shutil.copytree(borrowed, place.theme / folder, dirs_exist_ok=True)
    place.content.mkdir(parents=True)
    told = subprocess.run(contender.command(place), capture_output=True, text=True, check=False)
    assert 0 == told.returncode, told.stderr + told.stdout
    made = (path for path in place.output.rglob("theme/**/*") if path.is_file())
    found = {f"/{path.relative_to(place.output).as_posix()}": path.read_bytes() for path in made}
    assert {asset.url: asset.data for asset in Assets(ROOT / "theme/static")} == found
