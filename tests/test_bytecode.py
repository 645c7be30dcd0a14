"""Compiled templates are kept between builds, and only where they are still the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from newsroom.pages.bytecode import keep_bytecode

SOURCES = {"page.html": "{% include 'part.html' %}{{ '/'|href }}", "part.html": "<p>"}


class Counting(Environment):
    """Knows which templates it had to compile."""

    def __init__(self, sources: dict[str, str], base: str) -> None:
        super().__init__(loader=DictLoader(sources), autoescape=True)
        self.filters["href"] = lambda path: base + path
        self.compiled: list[str | None] = []

    def _generate(self, source, name, filename, defer_init=False):  # type: ignore[no-untyped-def]
        self.compiled.append(name)
        return super()._generate(source, name, filename, defer_init)


def build(file: Path, key: bytes = b"1", base: str = "", sources: dict[str, str] = SOURCES) -> Counting:
    environment = Counting(sources, base)
    keep_bytecode(environment, file, key, sources)
    return environment


def test_the_first_build_compiles_all_and_the_next_none(tmp_path: Path) -> None:
    first = build(tmp_path / "templates")
    second = build(tmp_path / "templates")

    assert "<p>/" == second.get_template("page.html").render()
    assert [["page.html", "part.html"], []] == [sorted(map(str, first.compiled)), second.compiled]


def test_another_key_compiles_anew(tmp_path: Path) -> None:
    build(tmp_path / "templates")
    moved = build(tmp_path / "templates", key=b"2", base="/site")

    assert "<p>/site/" == moved.get_template("page.html").render()


def test_a_template_that_changed_under_the_same_key_is_compiled(tmp_path: Path) -> None:
    build(tmp_path / "templates")
    edited = build(tmp_path / "templates", sources={**SOURCES, "part.html": "<h1>"})

    assert "<h1>/" == edited.get_template("page.html").render()


@pytest.mark.parametrize("at", [0, 40, 200, -1])
def test_a_harmed_file_is_as_good_as_none(tmp_path: Path, at: int) -> None:
    file = tmp_path / "templates"
    build(file)
    data = bytearray(file.read_bytes())
    data[at] ^= 1
    file.write_bytes(data)

    assert "<p>/" == build(file).get_template("page.html").render()
    assert [] == build(file).compiled
