"""What the rules said of a file is remembered as long as nothing changed that they look at."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import time_ns

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsroom.build.scan import scan
from newsroom.check.looking import Looked, Looking
from tests.conftest import TinySite

LATER = 1_000_000_000
"""Nanoseconds: by then the clock of a file that was just written has ticked."""


class Counting(Looking):
    """Remembers which files it put the rules to."""

    seen: Sequence[str] = ()

    def at(self, files: Sequence[str]) -> list[Looked]:
        self.seen = [Path(file).stem for file in files]
        return super().at(files)


def looked(root: Path, memory: Path) -> tuple[list[str], list[tuple[str, str]]]:
    """The ids of the files that the rules were put to, and of all files what was said: (id, rule)."""
    stamps = scan(root)
    looking = Counting(root, stamps, time_ns() + LATER)
    found = looking.at_all(sorted(file for file in stamps if file.endswith(".md")), memory)
    said = [(Path(one.file).stem, remark.rule) for one in found for remark in one.remarks]
    return list(looking.seen), said


ALL = ["press", "2024-05-01-odin", "2024-05-02-dva"]
SAID = [("2024-05-01-odin", "doubled-word"), ("2024-05-02-dva", "picture-small")]


@pytest.fixture
def known(site: TinySite) -> TinySite:
    """A newsroom with two releases, once looked at."""
    site.write("check/words.txt", "КуZбасс\n")
    site.release("2024-05-01-odin", "Лёд лёд.\n", contact="{phone: '112'}")
    site.release("2024-05-02-dva", "![Лёд](led.jpg)\n")
    site.picture("releases/2024/05/led.jpg", (640, 360))
    assert (ALL, SAID) == looked(site.content, site.folder / "memory")
    return site


def test_nothing_is_looked_at_twice(known: TinySite) -> None:
    assert ([], SAID) == looked(known.content, known.folder / "memory")


CHANGES: dict[str, tuple[Callable[[TinySite], object], list[str]]] = {
    "a text": (lambda site: site.release("2024-05-01-odin", "Лёд лёд лёд.\n"), ["2024-05-01-odin"]),
    "its picture": (lambda site: site.picture("releases/2024/05/led.jpg", (650, 360)), ["2024-05-02-dva"]),
    "a file that none names": (lambda site: site.picture("releases/2024/05/others.jpg"), []),
    "a list of the city": (lambda site: site.write("check/words.txt", "КуZня\n"), ALL),
    "a contact of a department": (
        lambda site: site.write("departments/press.md", "---\ntitle: Пресс-служба\n---\n"), ALL,
    ),
    "a new channel": (
        lambda site: site.write("channels/vk.md", "---\ntitle: Канал\n---\n"), [*ALL, "vk"],
    ),
    "a new text": (lambda site: site.release("2024-05-03-tri"), ["2024-05-03-tri"]),
}  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_what_depends_on_a_change_is_looked_at_again(
    known: TinySite, change: Callable[[TinySite], object], expected: list[str]
) -> None:
    change(known)
    seen, said = looked(known.content, known.folder / "memory")
    assert sorted(expected) == sorted(seen)
    assert SAID == said


def test_what_is_gone_is_forgotten(known: TinySite) -> None:
    known.remove("releases/2024/05/2024-05-01-odin.md")
    assert ([], SAID[1:]) == looked(known.content, known.folder / "memory")
    assert ([], SAID[1:]) == looked(known.content, known.folder / "memory")


def test_a_fresh_copy_of_the_same_files_is_known_by_their_contents(known: TinySite) -> None:
    copy = known.folder / "copy"
    shutil.copytree(known.content, copy)
    assert ([], SAID) == looked(copy, known.folder / "memory")


@pytest.mark.parametrize("harm", [b"", b"x"])
def test_a_harmed_memory_is_none(known: TinySite, harm: bytes) -> None:
    memory = known.folder / "memory"
    memory.write_bytes(memory.read_bytes()[:-1] + harm)
    assert (ALL, SAID) == looked(known.content, memory)


def test_where_nothing_can_be_kept_everything_is_looked_at(known: TinySite) -> None:
    nowhere = known.folder / "content/rubrics.yaml/memory"
    assert (ALL, SAID) == looked(known.content, nowhere)
    assert (ALL, SAID) == looked(known.content, nowhere)


def test_a_text_that_cannot_be_read_is_looked_at_when_it_can(known: TinySite) -> None:
    known.write("pages/o-katke.md", "---\ntitle: О катке\n")
    assert ["o-katke"] == looked(known.content, known.folder / "memory")[0]
    assert ["o-katke"] == looked(known.content, known.folder / "memory")[0]
    known.write("pages/o-katke.md", "---\ntitle: О катке\n---\nЛёд лёд.\n")
    assert ("o-katke", "doubled-word") in looked(known.content, known.folder / "memory")[1]


def test_many_files_are_shared_among_processes(site: TinySite) -> None:
    for number in range(250):
        site.release(f"2024-05-01-reliz-{number}", "Лёд лёд.\n")
    stamps = scan(site.content)
    files = sorted(file for file in stamps if file.endswith(".md"))
    looking = Looking(site.content, stamps, time_ns())
    assert files == [one.file for one in looking.at(files)]
    assert looking.at(files[:5]) == looking.at(files)[:5]


_BYTES = st.binary(max_size=60) | st.text(max_size=60).map(str.encode)
_HEADS = st.sampled_from([b"", b"---\n", b"---\ntitle: a\n---\n", b"---\nimage: [a]\nallow: {a: b}\n---\n"])


@settings(max_examples=100, deadline=None)
@given(_HEADS, _BYTES)
def test_no_bytes_make_it_fail(head: bytes, rest: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "pages").mkdir()
        (root / "pages/a.md").write_bytes(head + rest)
        (looked,) = Looking(root, scan(root), time_ns()).at(["pages/a.md"])
    lines = (head + rest).replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    assert all(1 <= remark.problem.line <= lines for remark in looked.remarks)
