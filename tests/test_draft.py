"""A new release starts as a draft with every header field in its place."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.content.draft import draft_text, write_draft
from newsroom.content.front_matter import split
from newsroom.content.schema import ReleaseHeader
from newsroom.problems import NewsroomError

NOW = datetime(2024, 5, 9, 10, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("День Победы", "2024-05-09-den-pobedy"),
        ("Итоги: год «пятилетки»", "2024-05-09-itogi-god-pyatiletki"),
        ("2024", "2024-05-09-reliz-2024"),
    ],
)
def test_the_file_is_named_by_the_day_and_the_title(tmp_path: Path, title: str, expected: str) -> None:
    assert tmp_path / f"releases/2024/05/{expected}.md" == write_draft(tmp_path, title, NOW)


def test_a_second_release_of_the_month_with_the_title_gets_a_number(tmp_path: Path) -> None:
    days = [NOW, NOW, NOW.replace(day=20)]
    names = [write_draft(tmp_path, "День Победы", day).name for day in days]
    assert ["2024-05-09-den-pobedy.md", "2024-05-09-den-pobedy-2.md", "2024-05-20-den-pobedy-3.md"] == names


def test_the_draft_is_read_back_with_its_title_date_and_status(tmp_path: Path) -> None:
    (tmp_path / "departments").mkdir()
    (tmp_path / "departments/press-sluzhba.md").write_text("---\n---\n", encoding="utf-8")
    title = "Итоги: год О'Генри # 1"
    header = split(draft_text(tmp_path, title, NOW), "draft.md").header
    expected = {"title": title, "date": "2024-05-09 10:05", "status": "draft", "department": "press-sluzhba"}
    assert expected == {name: header[name] for name in expected}


def test_every_field_of_a_release_is_shown_with_its_meaning(tmp_path: Path) -> None:
    text = draft_text(tmp_path, "День Победы", NOW)
    missing = [
        name for name, field in ReleaseHeader.fields.items() if f"# {name}: {field.description}" not in text
    ]
    assert [] == missing


def test_the_rubrics_to_choose_from_are_named(tmp_path: Path) -> None:
    (tmp_path / "rubrics.yaml").write_text("obshchestvo: Общество\nkultura: Культура\n", encoding="utf-8")
    assert "(есть: obshchestvo, kultura)" in draft_text(tmp_path, "День Победы", NOW)


def test_a_title_without_letters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NewsroomError, match="нет букв"):
        write_draft(tmp_path, "!!!", NOW)
