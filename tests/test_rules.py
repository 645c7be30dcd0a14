"""Each rule of ``newsroom/check/`` tells what is wrong in its bad examples, and nothing of its good ones.

The examples are files in ``tests/rules/<rule>/``: ``bad*.md``, ``good*.md``, in ``expected.txt`` what is
told of the bad ones («bad.md:14: сообщение»), in ``pictures.txt`` the pictures that they need
(«katok.jpg 1600x900»), lists of the city in ``check/``.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import read_manuscript
from newsroom.check.rule import Remark
from newsroom.check.rules import RULES, remarks

EXAMPLES = Path(__file__).parent / "rules"
FOLDER = "releases/2024/05"
CASES = sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.glob("*/*.md"))


def told(case: str, content: Path) -> list[Remark]:
    """What all rules say of an example, put among the releases of ``content`` with what it needs."""
    example = EXAMPLES / case
    place = content / FOLDER / f"2024-05-09-{example.name}"
    place.parent.mkdir(parents=True)
    shutil.copy(example, place)
    if (lists := example.parent / "check").is_dir():
        shutil.copytree(lists, content / "check")
    make_pictures(example.with_name("pictures.txt"), place.parent)
    manuscript = read_manuscript(content, f"{FOLDER}/{place.name}")
    assert manuscript
    return list(remarks(manuscript, Circumstances(content)))


def make_pictures(described: Path, folder: Path) -> None:
    from PIL import Image

    lines = described.read_text("utf-8").splitlines() if described.is_file() else ()
    for name, size in (line.split() for line in lines):
        width, height = map(int, size.split("x"))
        Image.new("L", (width, height), 90).save(folder / name)


def expected(case: str) -> list[str]:
    """The lines of ``expected.txt`` that are about this example, without its name."""
    rule, _, name = case.partition("/")
    lines = (EXAMPLES / rule / "expected.txt").read_text("utf-8").splitlines()
    return [line.removeprefix(f"{name}:") for line in lines if line.startswith(f"{name}:")]


@pytest.mark.parametrize("case", [case for case in CASES if "/bad" in case])
def test_a_bad_example_is_told_where_it_is_bad(case: str, tmp_path: Path) -> None:
    remarks = told(case, tmp_path)
    assert {case.partition("/")[0]} == {remark.rule for remark in remarks}
    assert expected(case) == [f"{remark.problem.line}: {remark.problem.message}" for remark in remarks]


@pytest.mark.parametrize("case", [case for case in CASES if "/good" in case])
def test_of_a_good_example_nothing_is_told(case: str, tmp_path: Path) -> None:
    assert [] == told(case, tmp_path)


def test_every_rule_has_a_bad_and_a_good_example_and_a_reason() -> None:
    names = [rule.name for rule in RULES]
    assert sorted(set(names)) == sorted(names)
    for kind in ("bad", "good"):
        assert sorted(names) == sorted({case.partition("/")[0] for case in CASES if f"/{kind}" in case})
    assert [] == [rule.name for rule in RULES if not rule.reason.endswith(".")]
