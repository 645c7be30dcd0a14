"""A scan finds every file of a folder, and the signs by which a changed one is known."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from newsroom.build.scan import UNKNOWN, Stamp, content_digest, scan, settled
from newsroom.problems import NewsroomError

SECOND = 1_000_000_000
FILES = {"rubrics.yaml": b"a: b", "releases/2024/05/парад.md": b"---", "releases/2024/05/парад.jpg": b"\xff"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    for path, data in FILES.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def test_every_file_is_found_with_its_stamp(root: Path) -> None:
    stats = {path: (root / path).stat() for path in FILES}
    expected = {path: (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns) for path, stat in stats.items()}
    assert expected == scan(root)


@pytest.mark.parametrize(
    ("ignored", "expected"),
    [
        ((), {*FILES, ".git/HEAD", "a.md~", "releases/.a.md.swp"}),
        ((".*",), {*FILES, "a.md~"}),
        ((".*", "*~"), set(FILES)),
        (("*~", "releases"), {"rubrics.yaml", ".git/HEAD"}),
        (("2024",), {"rubrics.yaml", ".git/HEAD", "a.md~", "releases/.a.md.swp"}),
        (("rubrics.yam",), {*FILES, ".git/HEAD", "a.md~", "releases/.a.md.swp"}),
        (("*",), set()),
    ],
)
def test_ignored_names_are_passed_over(root: Path, ignored: tuple[str, ...], expected: set[str]) -> None:
    (root / ".git").mkdir()
    for path in (".git/HEAD", "a.md~", "releases/.a.md.swp"):
        (root / path).touch()
    assert expected == set(scan(root, ignored))


@pytest.mark.parametrize("folder", ["nothing", "content/rubrics.yaml"])
def test_a_folder_that_is_none_has_no_files(root: Path, folder: str) -> None:
    assert {} == scan(root.parent / folder)


def test_symbolic_links_are_followed(root: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "disk/a.md").write_bytes(b"abc")
    (root / "events").symlink_to(tmp_path / "disk")
    (root / "b.md").symlink_to(tmp_path / "disk/a.md")
    found = scan(root)
    assert {*FILES, "events/a.md", "b.md"} == set(found)
    assert [3, 3] == [found[path][0] for path in ("events/a.md", "b.md")]


def told(root: Path) -> list[str]:
    with pytest.raises(NewsroomError) as caught:
        scan(root)
    return str(caught.value).splitlines()


def test_links_that_lead_nowhere_are_told(root: Path) -> None:
    (root / "dangling.md").symlink_to(root / "nothing.md")
    (root / "self.md").symlink_to(root / "self.md")
    expected = "ссылка никуда не ведёт — уберите её или верните файл"
    assert [f"dangling.md: {expected}", f"self.md: {expected}"] == told(root)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_a_name_that_is_not_unicode_is_told(root: Path) -> None:
    """As in an archive of Windows unpacked elsewhere."""
    for name in ("парад.png", "парад.md"):
        (root / "releases/2024/05" / os.fsdecode(name.encode("cp866"))).touch()
    shown = "releases/2024/05/" + "парад".encode("cp866").decode("utf-8", "replace")
    expected = "имя файла не в UTF-8 — переименуйте его"
    assert [f"{shown}.md: {expected}", f"{shown}.png: {expected}"] == told(root)


def test_a_folder_that_cannot_be_opened_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def forbidding(path: str, *flags: int) -> int:
        if path.endswith("2024/05"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return real(path, *flags)

    monkeypatch.setattr(os, "open", forbidding)
    message = "папка не открывается: Permission denied — дайте права на чтение или проверьте диск"
    assert [f"releases/2024/05: {message}"] == told(root)


def test_files_and_folders_that_vanish_meanwhile_are_no_files(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.scandir

    @contextmanager
    def listing(folder: str) -> Iterator[list[os.DirEntry[str]]]:
        entries = list(real(folder))
        if (root / "rubrics.yaml").exists():
            (root / "rubrics.yaml").unlink()
            (root / "releases").rename(root.parent / "elsewhere")
        yield entries

    monkeypatch.setattr(os, "scandir", listing)
    assert {} == scan(root)


def test_a_change_whose_time_was_put_back_shows(root: Path) -> None:
    file, before = root / "rubrics.yaml", scan(root)
    while file.stat().st_ctime_ns == before["rubrics.yaml"][2]:  # the same tick of the clock
        file.write_bytes(b"b: a")
        os.utime(file, ns=(0, before["rubrics.yaml"][1]))
    after = scan(root)
    assert before["rubrics.yaml"][:2] == after["rubrics.yaml"][:2]
    assert before["rubrics.yaml"] != after["rubrics.yaml"]


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ((5, 7 * SECOND, 8 * SECOND), (5, 7 * SECOND, 8 * SECOND)),
        ((5, 7 * SECOND, 10 * SECOND), UNKNOWN),
        ((5, 10 * SECOND, 7 * SECOND), UNKNOWN),
        ((5, 99 * SECOND, 7 * SECOND), UNKNOWN),
        ((5, 10 * SECOND - 100_000_001, 0), (5, 10 * SECOND - 100_000_001, 0)),
        ((5, 10 * SECOND - 100_000_000, 0), UNKNOWN),
        (UNKNOWN, UNKNOWN),
    ],
)
def test_a_stamp_as_fresh_as_the_clock_is_not_remembered(stamp: Stamp, expected: Stamp) -> None:
    assert expected == settled(stamp, 10 * SECOND)


def test_no_file_has_the_stamp_that_agrees_with_none(root: Path) -> None:
    assert UNKNOWN not in scan(root).values()


def test_a_digest_tells_the_content(root: Path) -> None:
    digests = [content_digest(root / path) for path in FILES]
    assert [hashlib.sha256(data).digest()[:16] for data in FILES.values()] == digests


def test_what_cannot_be_read_has_an_empty_digest(root: Path) -> None:
    assert [b"", b""] == [content_digest(root / path) for path in ("nothing.md", "releases")]
