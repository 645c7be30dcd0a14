"""A build's files enter the site together, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom.build.edition import Edition
from newsroom.build.stage import Stage
from newsroom.problems import NewsroomError


def publish(output: Path, **files: str) -> tuple[int, int, int]:
    """Publish these files («a__b_html» stands for «a/b.html»); counts written, unchanged, removed."""
    stage = Stage(output)
    for name, text in files.items():
        path = name.replace("__", "/").replace("_", ".")
        stage.put(path, text.encode())
    commit = stage.commit(())
    return commit.written, commit.unchanged, commit.removed


def content(output: Path) -> dict[str, str]:
    paths = sorted(path for path in output.rglob("*") if path.is_file() and path.name != "edition.json")
    return {path.relative_to(output).as_posix(): path.read_text() for path in paths}


def test_nothing_enters_before_the_commit(tmp_path: Path) -> None:
    output = tmp_path / "output"
    Stage(output).put("index.html", b"new")
    assert not output.exists()


def test_only_what_changed_is_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    output = tmp_path / "output"
    assert (3, 0, 0) == publish(output, a_html="1", b_html="2", news__c_html="3")
    assert (1, 1, 1) == publish(output, a_html="1", b_html="two")
    assert {"a.html": "1", "b.html": "two"} == content(output)
    assert not (output / "news").exists()


def test_an_unchanged_file_keeps_its_time(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1")
    before = (output / "a.html").stat().st_mtime_ns
    publish(output, a_html="1", b_html="2")
    assert before == (output / "a.html").stat().st_mtime_ns


def test_a_file_may_take_the_place_of_a_folder_and_back(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, news__index_html="1")
    publish(output, news="file")
    assert {"news": "file"} == content(output)
    publish(output, news__index_html="1")
    assert {"news/index.html": "1"} == content(output)


def test_the_edition_lists_every_file(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1", news__c_html="3")
    edition = Edition.read(output)
    assert ["a.html", "news/c.html"] == sorted(edition.paths)
    assert [] == edition.verify(output)


def test_a_discarded_stage_leaves_nothing(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1")
    stage = Stage(output)
    stage.put("b.html", b"2")
    stage.discard()
    assert {"a.html": "1"} == content(output)
    assert ["output"] == [path.name for path in tmp_path.iterdir()]


def test_a_path_twice_is_refused(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "output")
    stage.put("a.html", b"1")
    with pytest.raises(ValueError, match="written twice"):
        stage.put("a.html", b"2")


def test_files_written_straight_into_the_stage_are_adopted(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "output")
    stage.put("a.html", b"1")
    (stage.folder / "plugin.txt").write_text("by a plugin")
    stage.adopt()
    stage.commit(())
    assert {"a.html": "1", "plugin.txt": "by a plugin"} == content(tmp_path / "output")


def test_a_folder_that_is_not_a_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    stage = Stage(tmp_path)
    stage.put("index.html", b"new")
    with pytest.raises(NewsroomError, match="чужие файлы"):
        stage.commit(())
    assert "mine" == (tmp_path / "letter.txt").read_text()
