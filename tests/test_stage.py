"""A build's files enter the site together, or not at all."""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from newsroom.build.edition import Edition
from newsroom.build.stage import Stage
from newsroom.problems import NewsroomError

ROOT = Path(__file__).parent.parent


def publish(output: Path, **files: str) -> tuple[int, int, int]:
    """Publish these files («a__b_html» stands for «a/b.html»); counts written, unchanged, removed."""
    with Stage(output) as stage:
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
    with Stage(output) as stage:
        stage.put("index.html", b"new")
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
    with Stage(tmp_path / "output") as stage:
        stage.put("a.html", b"1")
        with pytest.raises(ValueError, match="written twice"):
            stage.put("a.html", b"2")


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../a.html",
        "news/../../a.html",
        "news//a.html",
        "./a.html",
        "news/",
        "",
        "C:/a.html",
        "news\\a.html",
        "edition.json",
        ".edition.json.new",
        ".git/config",
        ".nojekyll",
        "CNAME",
    ],
)
def test_a_path_outside_the_edition_is_refused(tmp_path: Path, path: str) -> None:
    with Stage(tmp_path / "output") as stage:
        with pytest.raises(ValueError, match=f"^{re.escape(path)}: "):
            stage.put(path, b"1")
        assert [] == list(stage.folder.iterdir())


def test_files_written_straight_into_the_stage_are_adopted(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "output")
    stage.put("a.html", b"1")
    (stage.folder / "plugin.txt").write_text("by a plugin")
    stage.adopt()
    stage.commit(())
    assert {"a.html": "1", "plugin.txt": "by a plugin"} == content(tmp_path / "output")


def test_a_folder_that_is_not_a_site_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "letter.txt").write_text("mine")
    with pytest.raises(NewsroomError, match="чужие файлы"):
        Stage(output)
    assert "mine" == (output / "letter.txt").read_text()
    assert ["output"] == [path.name for path in tmp_path.iterdir()]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("mine")
    with pytest.raises(NewsroomError, match="это файл, а не папка"):
        Stage(tmp_path / "output")


def test_a_folder_that_became_somebodys_during_the_build_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with Stage(output) as stage:
        stage.put("index.html", b"new")
        output.mkdir()
        (output / "letter.txt").write_text("mine")
        with pytest.raises(NewsroomError, match="чужие файлы"):
            stage.commit(())
    assert {"letter.txt": "mine"} == content(output)


def test_a_failure_leaves_nothing_beside_the_site(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), Stage(tmp_path / "output") as stage:
        stage.put("a.html", b"1")
        raise KeyboardInterrupt
    assert [] == list(tmp_path.iterdir())


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    output, waits = tmp_path / "output", threading.Event()

    def build_second() -> None:
        with Stage(output, waiting=waits.set) as stage:
            stage.put("a.html", b"2")
            stage.put("c.html", b"2")
            stage.commit(())

    second = threading.Thread(target=build_second)
    with Stage(output) as stage:
        stage.put("a.html", b"1")
        stage.put("b.html", b"1")
        second.start()
        assert waits.wait(timeout=20)
        stage.commit(())
    second.join(timeout=20)
    assert {"a.html": "2", "c.html": "2"} == content(output)
    assert [] == Edition.read(output).verify(output)
    assert ["output"] == [path.name for path in tmp_path.iterdir()]


def test_a_build_that_waits_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Stage(tmp_path / "output"), pytest.raises(NewsroomError):
        Stage(tmp_path / "output", patience=0.05)
    assert "ждём" in capsys.readouterr().err


def test_a_build_that_waits_in_vain_gives_up_and_harms_nothing(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with Stage(output) as stage:
        stage.put("a.html", b"1")
        with pytest.raises(NewsroomError, match="другая сборка этого сайта не кончилась"):
            Stage(output, patience=0)
        stage.commit(())
    assert {"a.html": "1"} == content(output)


def test_what_a_dead_build_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in (".output.dead.stage", ".other.live.stage"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.html").write_text("1")
    (tmp_path / ".output.lock").touch()
    publish(tmp_path / "output", a_html="1")
    assert [".other.live.stage", "output"] == sorted(path.name for path in tmp_path.iterdir())


def test_an_output_behind_a_symbolic_link_is_staged_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "disk/site")
    with Stage(tmp_path / "output") as stage:
        assert tmp_path / "disk" == stage.folder.parent
        stage.put("a.html", b"1")
        stage.commit(())
    assert {"a.html": "1"} == content(tmp_path / "disk/site")
    assert (tmp_path / "output").is_symlink()


def test_files_enter_a_folder_on_a_file_system_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file system cannot be mounted here, so the rename refuses as the system would.
    output, rename = tmp_path / "output", Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.is_relative_to(output) != Path(target).is_relative_to(output):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    publish(output, a_html="1", news__c_html="3")
    assert {"a.html": "1", "news/c.html": "3"} == content(output)
    assert [] == Edition.read(output).verify(output)


KILLED = """\
import os, sys
from pathlib import Path
from newsroom.build.stage import Stage

NEW = {"a.html": b"2", "b.html": b"2", "news/c.html": b"2", "news": None, "old.html": None}
rename, left = Path.replace, 0

def replace(self, target):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    return rename(self, target)

Path.replace = replace
for output in sys.argv[1:]:
    if not os.fork():
        left = int(Path(output).name)
        stage = Stage(Path(output))
        for name, data in NEW.items():
            if data:
                stage.put(name, data)
        stage.commit(())
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is killed is a forked one")
@pytest.mark.parametrize("fresh", [True, False])
def test_a_build_killed_at_any_rename_is_mended_by_the_next(tmp_path: Path, fresh: bool) -> None:
    # Each output is named by the number of renames its build is let make: an empty edition
    # in a fresh folder, three files, the edition.
    renames = range(6 if fresh else 5)
    outputs = [tmp_path / str(number) for number in renames]
    for output in () if fresh else outputs:
        publish(output, a_html="1", old_html="1")
    command = [sys.executable, "-c", KILLED, *map(str, outputs)]
    killed = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, text=True)
    assert ["9"] * (len(renames) - 1) + ["0"] == killed.stdout.split()
    clean = tmp_path / "clean"
    publish(clean, a_html="2", b_html="2", d_html="2")
    for output in outputs:
        publish(output, a_html="2", b_html="2", d_html="2")
        assert tree(clean) == tree(output)
    assert sorted(["clean", *(output.name for output in outputs)]) == sorted(
        path.name for path in tmp_path.iterdir()
    )


def tree(output: Path) -> dict[str, bytes]:
    """Everything in the folder, folders too, which have no bytes."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in output.rglob("*")
    }
