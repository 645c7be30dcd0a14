"""The benchmark from end to end on a small archive: each program builds, and the sites are alike."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bench import checking
from bench.__main__ import main
from bench.contenders import ContenderError, hugo

pytestmark = pytest.mark.slow
SIZE = 60
PAGES = {"release pages", "days", "years", "list of news", "lists of tags", "feeds, RSS", "feeds, Atom"}
"""Kinds of pages that all programs write the same number of, whichever end they count pages from."""


def measured(folder: Path, *options: str) -> dict[str, Any]:
    """The JSON of one round."""
    file = folder / "bench.json"
    given = ["--size", str(SIZE), "--rounds", "1", "--folder", str(folder / "work"), "--json", str(file)]
    assert 0 == main([*given, *options])
    data: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return data


def unlike(data: dict[str, Any], program: str) -> list[str]:
    """What differs in numbers of pages and in what pages say."""
    told = data["differences"][program]
    subjects = [difference["subject"].rpartition(", ") for difference in told]
    return [f"{kind}, {what}" for kind, _, what in subjects if kind in PAGES and what != "kilobytes"]


def test_our_builds_are_measured_in_every_scenario_asked_for(tmp_path: Path) -> None:
    data = measured(tmp_path, "--no-hugo", "--no-pelican", "--only", "nothing,renamed")
    runs = [(run["scenario"], run["files"] > SIZE) for run in data["runs"]]
    assert [("cold", True), ("nothing", True), ("renamed", True)] == runs


def test_a_publish_is_measured_with_its_deploy(tmp_path: Path) -> None:
    data = measured(tmp_path, "--no-hugo", "--no-pelican", "--only", "published")
    assert ["cold", "published"] == [run["scenario"] for run in data["runs"]]
    remote = ["git", "-C", str(tmp_path / "work/newsroom/remote.git")]
    assert (
        b"1\n"
        == subprocess.run(
            [*remote, "rev-list", "--count", "gh-pages"], check=True, capture_output=True
        ).stdout
    )
    paths = subprocess.run(
        [*remote, "ls-tree", "-r", "--name-only", "gh-pages"], check=True, capture_output=True
    )
    assert data["runs"][1]["files"] == len(paths.stdout.split()) - len([".nojekyll"])


def test_a_folder_of_somebody_elses_is_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "newsroom").mkdir()
    (tmp_path / "newsroom/own.py").touch()
    assert 1 == main(["--no-hugo", "--no-pelican", "--folder", str(tmp_path)])
    assert "neither empty nor of an earlier run" in capsys.readouterr().err
    assert [tmp_path / "newsroom", tmp_path / "newsroom/own.py"] == sorted(tmp_path.rglob("*"))


@pytest.mark.parametrize("option", ["--json", "--smaller"])
def test_a_file_that_cannot_be_had_is_told_before_anything_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert 1 == main(["--no-hugo", "--no-pelican", option, str(tmp_path / "none/bench.json")])
    assert "--json and --smaller" in capsys.readouterr().err


def test_a_scenario_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert 1 == main(["--no-hugo", "--no-pelican", "--only", "warm"])
    assert "there is no scenario warm; there are cold, nothing, added" in capsys.readouterr().err


def test_the_site_of_hugo_is_like_ours(tmp_path: Path) -> None:
    try:
        hugo("plain")
    except ContenderError as error:
        pytest.skip(str(error))
    assert [] == unlike(measured(tmp_path, "--no-pelican", "--only", "cold"), "Hugo")


def test_the_site_of_stock_pelican_is_like_ours(tmp_path: Path) -> None:
    data = measured(tmp_path, "--no-hugo", "--only", "cold")
    assert ["feeds, RSS, words", "feeds, Atom, words"] == unlike(data, "Pelican")


def test_a_check_is_measured_beside_the_build(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == checking.main(["--size", str(SIZE)])
    titles = [line.partition(":")[0] for line in capsys.readouterr().out.splitlines()]
    assert ["the build itself", *(title for title, _ in checking.STEPS)] == titles
