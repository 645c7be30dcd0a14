"""Another program is known by its source and its libraries, and by nothing else."""

from __future__ import annotations

import shutil
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

from newsroom.build.program import program

Change = Callable[[Path], object]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    libraries = tmp_path / "libraries"
    for name in ("pelican-4.12.0.dist-info", "jinja2-3.1.6.dist-info", "pelican"):
        (libraries / name).mkdir(parents=True)
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(libraries))
    folder = tmp_path / "package"
    (folder / "inner").mkdir(parents=True)
    (folder / "a.py").write_text("a = 1\n")
    (folder / "inner/b.py").write_text("b = 1\n")
    (folder / "inner/note.txt").write_text("note\n")
    return folder


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a.py").write_text("a = 2\n"),
        lambda folder: (folder / "inner/b.py").unlink(),
        lambda folder: (folder / "inner/b.py").rename(folder / "b.py"),
        lambda folder: (folder / "inner/c.py").touch(),
        lambda folder: (folder.parent / "libraries/jinja2-3.1.6.dist-info").rmdir(),
        lambda folder: (folder.parent / "libraries/lxml-6.0.dist-info").mkdir(),
    ],
)
def test_another_source_or_library_is_another_program(package: Path, change: Change) -> None:
    before = program(package)
    change(package)
    assert before != program(package)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "a.py").touch(),
        lambda folder: (folder / "inner/note.txt").write_text("other\n"),
        lambda folder: (folder / "__pycache__").mkdir(),
        lambda folder: (folder.parent / "libraries/jinja2").mkdir(),
    ],
)
def test_everything_else_is_not(package: Path, change: Change) -> None:
    before = program(package)
    change(package)
    assert before == program(package)


def test_a_program_is_the_same_wherever_it_stands(package: Path) -> None:
    there = shutil.copytree(package, package.parent / "elsewhere/copy")
    assert program(package) == program(there)


def test_a_program_is_all_its_folders(package: Path) -> None:
    whole = program(package)
    assert 3 == len({whole, program(package, package), program(package / "inner")})


def test_a_program_may_be_a_single_file(package: Path) -> None:
    before = program(package / "a.py")
    (package / "inner/b.py").write_text("b = 2\n")
    assert before == program(package / "a.py")
    (package / "a.py").write_text("a = 2\n")
    assert before != program(package / "a.py")


def test_where_there_are_no_libraries_the_source_tells(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sysconfig, "get_path", lambda _: str(package / "nothing"))
    before = program(package)
    (package / "a.py").write_text("a = 2\n")
    assert before != program(package)
