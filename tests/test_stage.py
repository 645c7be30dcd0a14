"""A build's files enter the site together, or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from newsroom.build.edition import DRAFT_NAME, Edition, Shard, index_bytes, shard_path
from newsroom.build.stage import Commit, ReservedPathError, Stage
from newsroom.build.workers import share_out
from newsroom.problems import NewsroomError
from tests.full_disk import room_for

ROOT = Path(__file__).parent.parent
ALL = shard_path("all")
forking = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that is killed is a forked one")


def publish(output: Path, *, stale: Iterable[str] | None = None, **files: str) -> tuple[int, int]:
    """Publish these files («a__b_html» stands for «a/b.html»); counts written and removed."""
    with Stage(output) as stage:
        paths = {name.replace("__", "/").replace("_", "."): text for name, text in files.items()}
        commit = enter(stage, paths, stale)
    return commit.written, commit.removed


def enter(stage: Stage, files: dict[str, str], stale: Iterable[str] | None = None) -> Commit:
    """Put files of one section on the stage and commit them, as the writer does."""
    digests = {path: stage.put(path, text.encode()).hex() for path, text in files.items()}
    shard = stage.put(ALL, Shard(paths=digests).to_bytes()).hex()
    return stage.commit(index_bytes({"all": shard}, len(files), 0), stale, lambda: [*files, ALL])


def content(output: Path) -> dict[str, str]:
    """The site's files, without the edition's own lists."""
    paths = sorted(path for path in output.rglob("*") if path.is_file())
    texts = {path.relative_to(output).as_posix(): path.read_text() for path in paths}
    return {path: text for path, text in texts.items() if "edition" not in path}


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_enters_before_the_commit(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with Stage(output) as stage:
        stage.put("index.html", b"new")
        assert not output.exists()


def test_only_what_changed_is_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    output = tmp_path / "output"
    assert (3, 0) == publish(output, a_html="1", b_html="2", news__c_html="3")
    assert (1, 1) == publish(output, a_html="1", b_html="two")
    assert {"a.html": "1", "b.html": "two"} == content(output)
    assert not (output / "news").exists()


def test_of_a_known_edition_only_what_is_stale_is_removed(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1", b_html="2", news__c_html="3")
    (output / "note.txt").write_text("mine")
    assert (1, 2) == publish(output, a_html="one", stale={"b.html", "news/c.html", "nothing.html"})
    assert {"a.html": "one", "note.txt": "mine"} == content(output)
    assert (0, 1) == publish(output, a_html="one")
    assert {"a.html": "one"} == content(output)


def test_lists_of_sections_that_are_gone_are_removed(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1")
    (output / "edition/news").mkdir()
    (output / "edition/news/2024.json").write_text("{}")
    assert (0, 0) == publish(output, a_html="1")
    assert ["all.json"] == beside(output / "edition")


def test_a_put_gives_the_digest_and_what_is_there_already_is_not_staged(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1", b_html="2")
    with Stage(output) as stage:
        given = [stage.put(path, b"1") for path in ("a.html", "b.html", "c/d.html")]
        staged = [path.relative_to(stage.folder).as_posix() for path in stage.folder.rglob("*.html")]
    assert [hashlib.sha256(b"1").digest()] * 3 == given
    assert ["b.html", "c/d.html"] == sorted(staged)


def test_a_whole_stage_has_what_is_there_already(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1")
    with Stage(output) as stage:
        stage.whole = True
        stage.put("a.html", b"1")
        assert b"1" == (stage.folder / "a.html").read_bytes()


def test_what_others_left_on_a_stage_is_told_and_what_is_there_already_does_not_enter_again(
    tmp_path: Path,
) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1", b_html="2")
    with Stage(output) as stage:
        stage.whole = True
        for path in ("a.html", "b.html", "c.html"):
            stage.put(path, b"1")
        (stage.folder / "c.html").unlink()
        (stage.folder / "b.html").write_text("3")
        (stage.folder / "news").mkdir()
        (stage.folder / "news/d.html").write_text("4")
        staged = stage.settle()
        stage.put("a.html", b"1")
        waiting = {path.relative_to(stage.folder).as_posix() for path in stage.folder.rglob("*.html")}
    texts = {"a.html": b"1", "b.html": b"3", "news/d.html": b"4"}
    assert [(path, hashlib.sha256(text).digest()) for path, text in texts.items()] == list(staged.items())
    assert {"b.html", "news/d.html"} == waiting


@pytest.mark.parametrize("path", ["edition.json", "edition/all.json", ".git/config", "CNAME"])
def test_nobody_may_leave_on_a_stage_what_is_no_part_of_an_edition(tmp_path: Path, path: str) -> None:
    with Stage(tmp_path / "output") as stage:
        (stage.folder / path).parent.mkdir(exist_ok=True)
        (stage.folder / path).touch()
        with pytest.raises(ReservedPathError, match=path):
            stage.settle()


@forking
def test_several_processes_may_put_files_on_one_stage(tmp_path: Path) -> None:
    output, paths = tmp_path / "output", [f"news/{number}/{number}.html" for number in range(6)]
    with Stage(output) as stage:

        def work(part: Iterable[str], _: object) -> list[tuple[str, bytes]]:
            return [(path, stage.put(path, path.encode())) for path in part]

        put = {path: made for part in share_out(paths, work, workers=3) for path, made in part}
        assert {path: hashlib.sha256(path.encode()).digest() for path in paths} == put
        stage.commit(b"{}", None, lambda: paths)
    assert {path: path for path in paths} == content(output)


def test_an_unchanged_file_keeps_its_time(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1")
    before = (output / "a.html").stat()
    publish(output, a_html="1", b_html="2")
    assert before == (output / "a.html").stat()


@pytest.mark.parametrize("known", [True, False])
def test_a_file_may_take_the_place_of_a_folder_and_back(tmp_path: Path, known: bool) -> None:
    output = tmp_path / "output"
    publish(output, news__index_html="1", news__2024__a_html="1")
    publish(output, news="file", stale={"news/index.html", "news/2024/a.html"} if known else None)
    assert {"news": "file"} == content(output)
    publish(output, news__index_html="1", stale={"news"} if known else None)
    assert {"news/index.html": "1"} == content(output)


def test_the_edition_lists_every_file(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1", news__c_html="3")
    edition = Edition.read(output)
    assert ["a.html", "news/c.html"] == sorted(edition.paths)
    assert [] == edition.verify(output)


@pytest.mark.parametrize(
    ("path", "data", "expected"),
    [
        ("a.html", b"1", True),
        ("a.html", b"2", False),
        ("b.html", b"1", False),
        ("news", b"", False),
        ("a.html/b", b"1", False),
    ],
)
def test_the_output_is_looked_into(tmp_path: Path, path: str, data: bytes, expected: bool) -> None:
    publish(tmp_path / "output", a_html="1", news__a_html="1")
    with Stage(tmp_path / "output") as stage:
        assert expected == stage.output_has(path, hashlib.sha256(data).digest())


def test_an_edition_is_known_by_the_digest_of_its_index(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1")
    expected = hashlib.sha256((output / "edition.json").read_bytes()).hexdigest()
    assert expected == edition_digest(output)


def test_where_there_is_no_edition_or_a_part_of_one_no_digest_is_given(tmp_path: Path) -> None:
    outputs = [tmp_path / name for name in ("nothing", "empty", "began", "unfinished")]
    for output in outputs[1:]:
        output.mkdir()
    publish(tmp_path / "unfinished", a_html="1")
    for output in outputs[2:]:
        (output / DRAFT_NAME).touch()
    assert [""] * 4 == [edition_digest(output) for output in outputs]


def edition_digest(output: Path) -> str:
    with Stage(output) as stage:
        return stage.edition_digest()


def test_a_discarded_stage_leaves_nothing(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1")
    stage = Stage(output)
    stage.put("b.html", b"2")
    stage.discard()
    assert {"a.html": "1"} == content(output)
    assert ["output"] == beside(tmp_path)


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
        assert [] == beside(stage.folder)


def test_a_folder_that_is_not_a_site_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    (output / "letter.txt").write_text("mine")
    with pytest.raises(NewsroomError, match="чужие файлы"):
        Stage(output)
    assert "mine" == (output / "letter.txt").read_text()
    assert ["output"] == beside(tmp_path)


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("mine")
    with pytest.raises(NewsroomError, match="это файл, а не папка"):
        Stage(tmp_path / "output")


def test_a_folder_beside_which_nothing_can_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NewsroomError, match="рядом с папкой сайта нельзя писать"):
        Stage(tmp_path / "file/output")


def test_a_folder_that_became_somebodys_during_the_build_is_refused(tmp_path: Path) -> None:
    output = tmp_path / "output"
    with Stage(output) as stage:
        stage.put("index.html", b"new")
        output.mkdir()
        (output / "letter.txt").write_text("mine")
        with pytest.raises(NewsroomError, match="чужие файлы"):
            stage.commit(b"{}", None, list)
    assert {"letter.txt": "mine"} == content(output)


def test_a_failure_leaves_nothing_beside_the_site(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), Stage(tmp_path / "output") as stage:
        stage.put("a.html", b"1")
        raise KeyboardInterrupt
    assert [] == beside(tmp_path)


def test_two_builds_at_once_take_turns(tmp_path: Path) -> None:
    output, waits = tmp_path / "output", threading.Event()

    def build_second() -> None:
        with Stage(output, waiting=waits.set) as stage:
            enter(stage, {"a.html": "2", "c.html": "2"})

    second = threading.Thread(target=build_second)
    with Stage(output) as stage:
        second.start()
        assert waits.wait(timeout=20)
        enter(stage, {"a.html": "1", "b.html": "1"})
    second.join(timeout=20)
    assert {"a.html": "2", "c.html": "2"} == content(output)
    assert [] == Edition.read(output).verify(output)
    assert ["output"] == beside(tmp_path)


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
        enter(stage, {"a.html": "1"})
    assert {"a.html": "1"} == content(output)


def test_what_a_dead_build_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in (".output.dead.stage", ".other.live.stage", ".output.preview.live.stage"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.html").write_text("1")
    (tmp_path / ".output.lock").touch()
    publish(tmp_path / "output", a_html="1")
    assert [".other.live.stage", ".output.preview.live.stage", "output"] == beside(tmp_path)


def test_an_output_behind_a_symbolic_link_is_staged_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "disk/site")
    with Stage(tmp_path / "output") as stage:
        assert tmp_path / "disk" == stage.folder.parent
        enter(stage, {"a.html": "1"})
    assert {"a.html": "1"} == content(tmp_path / "disk/site")
    assert (tmp_path / "output").is_symlink()


def test_files_enter_a_folder_on_a_file_system_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A file system cannot be mounted here, so the rename refuses as the system would.
    output, rename = tmp_path / "output", os.replace

    def replace(source: str | Path, target: str | Path) -> None:
        if Path(source).is_relative_to(output) != Path(target).is_relative_to(output):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        rename(source, target)

    monkeypatch.setattr(os, "replace", replace)
    assert (2, 0) == publish(output, a_html="1", news__c_html="3")
    assert (1, 1) == publish(output, news__c_html="4")
    assert {"news/c.html": "4"} == content(output)
    assert [] == Edition.read(output).verify(output)
    assert ["edition", "edition.json", "news"] == beside(output)


def test_a_file_that_there_is_no_room_for_is_not_staged_as_whole(tmp_path: Path) -> None:
    with Stage(tmp_path / "output") as stage:
        with room_for(1000), pytest.raises(OSError, match="No space left on device"):
            stage.put("a.html", b"x" * 1500)
        with room_for(0), pytest.raises(OSError, match="File too large"):
            stage.put("b.html", b"x")
    assert [] == beside(tmp_path)


@pytest.mark.parametrize("room", [0, 50])
def test_a_full_disk_leaves_the_last_edition_and_the_next_build_mends_it(tmp_path: Path, room: int) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1", old_html="1")
    before = content(output)
    with Stage(output) as stage:
        stage.put("a.html", b"2")
        with room_for(room), pytest.raises(OSError, match="File too large"):
            stage.commit(b" " * 100, None, lambda: ["a.html"])
    assert (before, [], "") == (content(output), Edition.read(output).verify(output), edition_digest(output))
    publish(output, a_html="2")
    assert ({"a.html": "2"}, ["a.html", "edition", "edition.json"]) == (content(output), beside(output))


KILLED = """\
import os, sys
from pathlib import Path
from newsroom.build.edition import Shard, index_bytes
from newsroom.build.stage import Stage

NEW = {"a.html": b"2", "b.html": b"2", "news/c.html": b"2", "news/2024/d.html": b"2"}
left = 0

def until_killed(change):
    def changed(*arguments, **options):
        global left
        left -= 1
        if left < 0:
            os._exit(9)
        return change(*arguments, **options)
    return changed

for name in ("replace", "unlink", "rmdir", "mkdir"):
    setattr(os, name, until_killed(getattr(os, name)))
for output in sys.argv[1:]:
    if not os.fork():
        left = int(Path(output).name)
        with Stage(Path(output)) as stage:
            digests = {path: stage.put(path, data).hex() for path, data in NEW.items()}
            shard = stage.put("edition/all.json", Shard(paths=digests).to_bytes()).hex()
            stage.commit(index_bytes({"all": shard}, 4, 0), None, lambda: [*NEW, "edition/all.json"])
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]))
"""


@forking
@pytest.mark.parametrize("before", ["nothing", "old"])
def test_a_build_killed_at_any_moment_is_mended_by_the_next(tmp_path: Path, before: str) -> None:
    # Each output is named by the number of changes its build is let make in the folders.
    outputs = [tmp_path / str(number) for number in range(22)]
    for output in outputs if before == "old" else ():
        publish(output, a_html="1", old__old_html="1", news="file")
    command = [sys.executable, "-c", KILLED, *map(str, outputs)]
    killed = subprocess.run(command, check=True, capture_output=True, cwd=ROOT, text=True)
    number = killed.stdout.split().count("9")
    assert ["9"] * number + ["0"] * (len(outputs) - number) == killed.stdout.split()
    assert [before, "unfinished", "new"] == list(dict.fromkeys(state(output) for output in outputs))
    clean = tmp_path / "clean"
    publish(clean, a_html="2", b_html="2", d_html="2")
    for output in outputs:
        publish(output, a_html="2", b_html="2", d_html="2")
        assert files(clean) == files(output)
    assert sorted(["clean", *(output.name for output in outputs)]) == beside(tmp_path)


def state(output: Path) -> str:
    """Which edition a folder holds whole; checks that it tells so itself."""
    digest = edition_digest(output)
    if not output.exists() or not beside(output):
        return "nothing"
    if not digest:
        return "unfinished"
    assert [] == Edition.read(output).verify(output)
    return {"1": "old", "2": "new"}[(output / "a.html").read_text()]


def test_an_empty_folder_that_a_killed_build_left_is_removed(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1")
    (output / DRAFT_NAME).touch()
    (output / "news/2024").mkdir(parents=True)  # its last file was removed, and then the build was killed
    publish(output, a_html="1")
    assert ["a.html", "edition", "edition.json"] == beside(output)


def test_what_a_pages_branch_adds_is_left_alone(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, a_html="1")
    for file in (".git/HEAD", ".nojekyll", "CNAME"):
        (output / file).parent.mkdir(exist_ok=True)
        (output / file).write_text("not ours")
    (output / ".git/refs/tags").mkdir(parents=True)
    assert (0, 1) == publish(output)
    assert {".git", ".nojekyll", "CNAME", "edition.json"} < set(beside(output))
    assert {"HEAD", "refs"} == set(beside(output / ".git"))
    assert (output / ".git/refs/tags").is_dir()


def files(output: Path) -> dict[str, bytes]:
    """Every file of the folder, the edition's own too."""
    return {
        path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()
    }
