"""What a host serves of a branch is read back; the edition before can be brought back in one push."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from newsroom.audit.server import serving
from newsroom.publish import branch_readback
from newsroom.publish.branch_rollback import main as roll_back
from newsroom.publish.deploy import main as deploy
from tests.deploying import contents, git, served

URL = "https://news.example"
PAGE = """<!doctype html><html lang="ru"><head><title>Сайт</title>
<link rel="canonical" href="https://news.example/"></head><body><h1>{}</h1></body></html>"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose origin is a bare repository."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "none"))
    monkeypatch.setenv("SITEURL", URL)
    bare, folder = tmp_path / "site.git", tmp_path / "project"
    for place, options in ((bare, ["--bare"]), (folder, ["--initial-branch=main"])):
        place.mkdir()
        git(place, "init", "--quiet", *options)
    git(folder, "remote", "add", "origin", str(bare))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def edition(tmp_path: Path) -> Callable[[str], Path]:
    """Makes an edition with these words."""
    from tests.editions import edition_of, put

    def made(words: str) -> Path:
        folder = tmp_path / "output"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "index.html").write_text(PAGE.format(words), "utf-8")
        (folder / "robots.txt").write_text("User-agent: *\n")
        put(edition_of(folder), folder)
        return folder

    return made


def on_the_branch(project: Path, folder: Path) -> dict[str, bytes]:
    found = served(project.parent / "site.git", "gh-pages", folder)
    return {path: data for path, data in found.items() if path != ".nojekyll"}


def test_the_edition_before_comes_back_and_goes_again(
    project: Path, edition: Callable[[str], Path], tmp_path: Path
) -> None:
    first = contents(edition("Первое"))
    assert 0 == deploy([str(tmp_path / "output")])
    second = contents(edition("Второе"))
    assert 0 == deploy([str(tmp_path / "output")])
    assert 0 == roll_back([])
    assert first == on_the_branch(project, tmp_path / "a")
    assert 0 == roll_back([])
    assert second == on_the_branch(project, tmp_path / "b")
    third = contents(edition("Третье"))
    assert 0 == deploy([str(tmp_path / "output")])
    assert third == on_the_branch(project, tmp_path / "c")


@pytest.mark.usefixtures("project")
def test_a_first_edition_has_none_before(
    edition: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == deploy([str(edition("Первое"))])
    assert 1 == roll_back([])
    assert "прежнего выпуска нет" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_what_a_host_serves_is_read_back(
    edition: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(edition("Первое")) as address:
        assert 0 == deploy([str(edition("Первое")), "--read-from", address])
    assert "Прочитано обратно" in capsys.readouterr().out


@pytest.mark.parametrize("fault", ["another edition", "a wrong byte"])
def test_a_host_that_serves_something_else_gets_the_edition_before(
    project: Path,
    edition: Callable[[str], Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fault: str,
) -> None:
    first = contents(edition("Первое"))
    assert 0 == deploy([str(tmp_path / "output")])
    host = shutil.copytree(edition("Второе"), tmp_path / "host")
    if fault == "a wrong byte":
        (host / "robots.txt").write_text("User-agent: ?\n")
    else:
        (host / "edition.json").write_text("{}")
    impatient = partial(branch_readback.misread, patience=0, sleep=lambda _: None)
    monkeypatch.setattr("newsroom.publish.deploy.misread", impatient)
    with serving(host) as address:
        assert 1 == deploy([str(tmp_path / "output"), "--read-from", address])
    assert "вернулся прежний выпуск" in capsys.readouterr().err
    assert first == on_the_branch(project, tmp_path / "a")
