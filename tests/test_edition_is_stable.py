"""A build is a function of the material and the clock."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import ROOT, TinySite


def busy(site: TinySite) -> None:
    """Something of everything that a build makes."""
    site.write("events/den.md", "---\ntitle: День города\ndates: [{start: 2024-06-12}]\n---\n")
    site.write("broadcasts/efir.md", "---\ntitle: Эфир\nstart: 2024-05-03 18:00\nstate: recorded\n---\n")
    site.write("pages/about.md", "---\ntitle: О нас\n---\nМы.\n")
    site.picture("releases/2024/05/led.jpg")
    site.release("2024-05-09-katok", tags="[zima, yarmarka]", event="den", image="{src: led.jpg, alt: Лёд}")
    site.release("2024-05-10-yarmarka", tags="[zima, den-pobedy]", body="![Лёд](led.jpg)\n")


def test_two_builds_of_the_same_material_give_the_same_bytes(site: TinySite, tmp_path: Path) -> None:
    busy(site)
    other = replace(site, folder=tmp_path / "other")
    for file in (path for path in site.content.rglob("*") if path.is_file()):
        other.write(file.relative_to(site.content).as_posix(), file.read_bytes())
    assert site.build().files() == other.build().files()


def test_a_second_build_changes_nothing(site: TinySite) -> None:
    busy(site)
    site.build()
    assert "записано 0, " in site.build().said


def test_time_alone_changes_no_page_and_no_feed(site: TinySite) -> None:
    busy(site)
    before = site.build().files()
    site.now = "2024-06-08T12:00:00+08:00"
    after = site.build().files()
    changed = {path for path in before if before[path] != after.get(path)}
    assert {"news-sitemap.xml", "edition.json"} >= changed


@pytest.mark.slow
def test_the_seed_of_hashes_and_the_zone_of_the_machine_change_nothing(tmp_path: Path) -> None:
    outputs = []
    for seed, zone in (("1", "UTC"), ("2", "America/New_York")):
        output = tmp_path / seed
        environment = os.environ | {
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "NEWSROOM_NOW": "2026-11-23T12:00:00+08:00",
            "SITEURL": "https://news.example",
        }
        command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", str(output)]
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        outputs.append(
            {path.relative_to(output): path.read_bytes() for path in output.rglob("*") if path.is_file()}
        )
    assert outputs[0] == outputs[1]
