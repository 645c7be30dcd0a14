"""``python -m newsroom.check`` tells what a build would refuse, and what drafts still lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom.check.__main__ import main
from tests.conftest import TinySite

SETTINGS = """
from pelicanconf import *

NEWSROOM = {{**NEWSROOM, "now": "2024-06-01T12:00+08:00", "id_authority": "news.example"}}
SITEURL = "https://news.example"
OUTPUT_PATH, CACHE_PATH = "{folder}/output", "{folder}/cache"
"""


def check(site: TinySite, tmp_path: Path) -> int:
    (tmp_path / "settings.py").write_text(SETTINGS.format(folder=tmp_path), "utf-8")
    return main([str(site.content), "--settings", str(tmp_path / "settings.py")])


def test_sound_material_is_counted_and_nothing_is_built(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.release("2024-05-09-katok")
    site.release("2024-07-01-yarmarka", date="2024-07-01 10:00")
    assert 0 == check(site, tmp_path)
    assert "Ошибок нет: 1 релиз к публикации.\n" == capsys.readouterr().out.replace("\xa0", " ")
    assert not (tmp_path / "output").exists()


def test_drafts_are_named_with_what_they_lack(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.release("2024-05-09-katok")
    file = site.release("2024-05-10-chernovik", status="draft", rubric=None)
    assert 0 == check(site, tmp_path)
    _, draft, lack = capsys.readouterr().out.splitlines()
    assert f"{file}: черновик, на сайт не попадёт" == draft
    assert lack.startswith(f"  до выхода: {file}:2: нет поля «rubric»")


def test_problems_are_told_a_line_each_with_a_status_of_one(
    site: TinySite, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = site.release("2024-05-09-katok", tags="net-takoy", body="[Куда](/nikuda/)\n")
    assert 1 == check(site, tmp_path)
    said = capsys.readouterr()
    assert [f"{file}:"] == sorted({line[: len(file) + 1] for line in said.out.splitlines()})
    assert "Найдено: 1 ошибка." in said.err.replace("\xa0", " ")
