"""What git knows of files, asked for a few of them and for many."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from newsroom.build import git_history
from newsroom.build.git_history import GitHistory, history_of
from newsroom.problems import NewsroomError
from tests.writing import Repository

BODY = "Длинный текст, по которому файл узнаётся и под другим именем.\n" * 5


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A file renamed twice, one deleted and made again, one merged; commits are hours apart."""
    made = Repository.at(tmp_path)
    site, folder = made.site, tmp_path / "content"
    for hour, name in enumerate(("a", "b", "c")):
        if hour:
            (folder / f"{'ab'[hour - 1]}.md").rename(folder / f"{name}.md")
        site.write(f"{name}.md", f"{BODY}{hour}\n")
        made.commit(f"2024-05-09 1{hour}:00")
    site.write("gone.md", "раз")
    made.commit("2024-05-09 13:00")
    site.remove("gone.md")
    made.commit("2024-05-09 14:00")
    site.write("gone.md", "два")
    made.commit("2024-05-09 15:00")
    made.git("switch", "--quiet", "--create", "side")
    site.write("gone.md", "три")
    made.commit("2024-05-09 16:00")
    made.git("switch", "--quiet", "main")
    made.git("merge", "--quiet", "--no-ff", "--message", "Слито", "side", when="2024-05-09T17:00+08:00")
    return made


def told(repository: Repository, *files: str) -> dict[str, list[tuple[int, str]]]:
    """By files: the hour of each content, counted from 10 on the first day, and its last word."""
    history = GitHistory(repository.site.content)
    found = history.revisions(files)
    data = history.contents(each.blob for some in found.values() for each in some)
    begun = 1715220000
    return {
        file: [
            ((each.earliest - begun) // 3600, data.get(each.blob, b"").decode().split("\n")[-2:][0])
            for each in some
        ]
        for file, some in found.items()
    }


@pytest.mark.parametrize("few", [20, 0])
def test_a_few_files_have_the_history_that_they_have_among_many(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(git_history, "FEW", few)
    assert {
        "c.md": [(0, "0"), (1, "1"), (2, "2")],
        "gone.md": [(3, "раз"), (4, ""), (5, "два"), (7, "три")],
    } == told(repository, "c.md", "gone.md", "never.md")


def test_of_the_moments_of_author_and_committer_both_are_told(repository: Repository) -> None:
    repository.site.write("c.md", "Позже")
    repository.git("commit", "--quiet", "--all", "--message", "Правка", when="2024-05-10T10:00+08:00")
    repository.git("rebase", "--quiet", "--force-rebase", "HEAD~1", when="2024-06-01T10:00+08:00")
    *_, last = GitHistory(repository.site.content).revisions(["c.md"])["c.md"]
    moments = [datetime.fromisoformat(f"{day}T10:00+08:00") for day in ("2024-05-10", "2024-06-01")]
    assert moments == [datetime.fromtimestamp(each, UTC) for each in (last.earliest, last.latest)]


def test_each_content_has_the_name_that_the_file_had(repository: Repository) -> None:
    revisions = GitHistory(repository.site.content).revisions(["c.md"])["c.md"]
    assert ["a.md", "b.md", "c.md"] == [each.path for each in revisions]


def test_a_content_that_is_not_there_is_told(repository: Repository) -> None:
    with pytest.raises(NewsroomError, match="git не читает историю"):
        GitHistory(repository.site.content).contents(["0" * 40])


def test_a_folder_in_no_repository_has_no_history(tmp_path: Path) -> None:
    assert history_of(tmp_path) is None
