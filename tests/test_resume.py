"""A machine that has built nothing yet goes on from what another one has published."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from newsroom.build.lock import lock_of
from newsroom.publish import remembered, resume
from newsroom.publish.deploy import deploy, main
from newsroom.publish.git import DeployError
from newsroom.publish.resume import Outcome
from tests.conftest import Built, TinySite
from tests.deploying import contents, git, no_settings_of_this_machine, served  # noqa: F401

pytestmark = pytest.mark.slow

BRANCH = "gh-pages"


class Newsroom:
    """Two machines with one material, and the repository that they both reach."""

    def __init__(self, site: TinySite, folder: Path) -> None:
        self.site, self.folder = site, folder
        self.bare = folder / "site.git"
        git(folder, "init", "--bare", "--quiet", str(self.bare))
        git(self.bare, "config", "uploadpack.allowFilter", "true")
        self.project = folder / "project"
        git(folder, "init", "--quiet", "--initial-branch=main", str(self.project))
        git(self.project, "remote", "add", "origin", str(self.bare))

    def publish(self, site: TinySite) -> Built:
        built = site.build()
        assert built.status == 0, built.said
        deploy(site.output, remote="origin", branch=BRANCH, project=self.project, url=site.url)
        remembered.publish(self.memory(site), remote="origin", branch=BRANCH, project=self.project)
        return built

    def resume(self, site: TinySite) -> Outcome:
        return resume.resume(
            site.output, self.memory(site), remote="origin", branch=BRANCH, project=self.project
        )

    def elsewhere(self, name: str = "other") -> TinySite:
        """The same material on a machine without a cache, all file times new."""
        other = TinySite(self.folder / name)
        shutil.copytree(self.site.content, other.content, copy_function=shutil.copyfile)
        return other

    @staticmethod
    def memory(site: TinySite) -> Path:
        return site.folder / "cache" / "memory" / site.output.name


@pytest.fixture
def newsroom(site: TinySite, tmp_path: Path) -> Newsroom:
    for day in range(1, 20):
        site.release(f"2024-05-{day:02}-novost-{day}", body=f"Новость номер {day}.\n", tags="[zima]")
    site.picture("releases/2024/05/led.jpg")
    site.release("2024-05-20-katok", body="![Лёд](led.jpg)\n")
    return Newsroom(site, tmp_path)


def written(built: Built) -> int:
    found = re.search(r"записано (\d+)", built.said)
    assert found, built.said
    return int(found[1])


def test_a_fresh_clone_makes_only_what_changed(newsroom: Newsroom) -> None:
    first = newsroom.publish(newsroom.site)
    other = newsroom.elsewhere()
    assert "resumed" == newsroom.resume(other)
    assert first.files() == contents(other.output)
    assert 0 == written(other.build())


def test_what_is_made_after_a_fresh_clone_is_what_a_clean_build_makes(newsroom: Newsroom) -> None:
    newsroom.publish(newsroom.site)
    other = newsroom.elsewhere()
    newsroom.resume(other)
    clean = newsroom.elsewhere("clean")
    for site in (newsroom.site, other, clean):
        site.release("2024-05-25-yarmarka", tags="[zima]")
        site.release("2024-05-03-novost-3", title="Другой заголовок")
        site.remove("releases/2024/05/2024-05-07-novost-7.md")
    continued, again, expected = other.build(), newsroom.site.build(), clean.build()
    assert expected.files() == continued.files()
    assert written(again) == written(continued) < written(expected) / 2


def test_machines_take_turns(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.publish(newsroom.site)
    other = newsroom.elsewhere()
    newsroom.resume(other)
    other.release("2024-05-25-yarmarka")
    newsroom.publish(other)
    third = TinySite(tmp_path / "third")
    shutil.copytree(other.content, third.content, copy_function=shutil.copyfile)
    assert "resumed" == newsroom.resume(third)
    assert 0 == written(third.build())
    assert {"gh-pages": "1", "gh-pages-memory": "1"} == {
        name: git(newsroom.bare, "rev-list", "--count", name) for name in ("gh-pages", "gh-pages-memory")
    }
    served_now = served(newsroom.bare, BRANCH, tmp_path / "clone")
    assert third.build().files() | {".nojekyll": b""} == served_now


def test_where_nothing_is_published_the_build_is_whole(newsroom: Newsroom) -> None:
    other = newsroom.elsewhere()
    assert "absent" == newsroom.resume(other)
    assert not other.output.exists()
    assert 0 == other.build().status


def test_without_the_memory_the_build_is_slower_and_the_same(newsroom: Newsroom) -> None:
    first = newsroom.publish(newsroom.site)
    git(newsroom.bare, "update-ref", "-d", "refs/heads/gh-pages-memory")
    other = newsroom.elsewhere()
    assert "forgotten" == newsroom.resume(other)
    assert first.files() == other.build().files()


def harm(memory: Path, name: str) -> None:
    """Change a byte at the beginning, where the key of the program's version stands."""
    file = memory / name
    data = file.read_bytes()
    file.write_bytes(bytes([data[0] ^ 1]) + data[1:])


@pytest.mark.parametrize(
    "name", ["journal", "catalogue", "yearbooks", "outputs/000001.records", "records/000001.records"]
)
def test_the_memory_of_another_version_only_costs_time(newsroom: Newsroom, name: str) -> None:
    first = newsroom.publish(newsroom.site)
    harm(newsroom.memory(newsroom.site), name)
    remembered.publish(
        newsroom.memory(newsroom.site), remote="origin", branch=BRANCH, project=newsroom.project
    )
    other = newsroom.elsewhere()
    assert "resumed" == newsroom.resume(other)
    assert first.files() == other.build().files()


def test_the_memory_of_another_edition_only_costs_time(newsroom: Newsroom) -> None:
    newsroom.publish(newsroom.site)
    newsroom.site.release("2024-05-25-yarmarka")
    first = newsroom.site.build()
    deploy(
        newsroom.site.output,
        remote="origin",
        branch=BRANCH,
        project=newsroom.project,
        url=newsroom.site.url,
    )
    other = newsroom.elsewhere()
    assert "resumed" == newsroom.resume(other)
    assert first.files() == other.build().files()


def test_what_lies_in_the_folder_is_left_alone(newsroom: Newsroom) -> None:
    newsroom.publish(newsroom.site)
    other = newsroom.elsewhere()
    other.output.mkdir()
    (other.output / "letter.txt").write_text("моё", encoding="utf-8")
    assert "present" == newsroom.resume(other)
    assert ["letter.txt"] == [path.name for path in other.output.iterdir()]


def test_an_empty_folder_and_an_old_memory_are_replaced(newsroom: Newsroom) -> None:
    newsroom.publish(newsroom.site)
    other = newsroom.elsewhere()
    other.output.mkdir()
    newsroom.memory(other).mkdir(parents=True)
    (newsroom.memory(other) / "journal").write_bytes(b"old")
    assert "resumed" == newsroom.resume(other)
    assert 0 == written(other.build())


def test_a_branch_that_somebody_else_has_changed_is_not_resumed(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.publish(newsroom.site)
    git(tmp_path, "clone", "--quiet", "--branch", BRANCH, str(newsroom.bare), "clone")
    (tmp_path / "clone" / "index.html").write_text("подменено", encoding="utf-8")
    git(tmp_path / "clone", "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qam", "a")
    git(tmp_path / "clone", "push", "--quiet")
    assert "absent" == newsroom.resume(newsroom.elsewhere())


def test_the_domain_of_the_branch_is_no_part_of_the_output(newsroom: Newsroom) -> None:
    newsroom.publish(newsroom.site)
    deploy(
        newsroom.site.output,
        remote="origin",
        branch=BRANCH,
        project=newsroom.project,
        url=newsroom.site.url,
        cname="press.example",
    )
    other = newsroom.elsewhere()
    newsroom.resume(other)
    assert set() == {"CNAME", ".nojekyll"} & {path.name for path in other.output.iterdir()}


def test_the_bytes_of_the_branch_do_not_depend_on_the_settings_of_git(
    newsroom: Newsroom, tmp_path: Path
) -> None:
    first = newsroom.publish(newsroom.site)
    settings = "[core]\n\tautocrlf = true\n\teol = crlf\n"
    (tmp_path / "none").write_text(settings, encoding="utf-8")  # the settings of git in these tests
    other = newsroom.elsewhere()
    newsroom.resume(other)
    assert first.files() == contents(other.output)


def test_the_commands_publish_and_resume(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    newsroom.site.build()
    other = newsroom.elsewhere()
    monkeypatch.chdir(newsroom.project)
    published = [str(newsroom.site.output), "--url", newsroom.site.url]
    capsys.readouterr()
    assert 0 == resume.main([str(other.output), "--memory", str(newsroom.memory(other))])
    assert 0 == main([*published, "--memory", str(newsroom.memory(newsroom.site))])
    assert 0 == resume.main([str(other.output), "--memory", str(newsroom.memory(other))])
    assert 0 == resume.main([str(other.output), "--memory", str(newsroom.memory(other))])
    assert [
        "Продолжать нечего, сборка будет полной: origin, ветка gh-pages",
        "Опубликовано: origin, ветка gh-pages",
        "Сборка продолжит опубликованное издание: origin, ветка gh-pages",
        "В папке уже что-то есть: она оставлена как была: origin, ветка gh-pages",
    ] == capsys.readouterr().out.splitlines()
    assert 0 == written(other.build())


def test_a_remote_that_is_not_there_is_told(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(newsroom.project)
    output = str(tmp_path / "elsewhere")
    assert 1 == resume.main([output, "--memory", str(tmp_path / "memory"), "--remote", "nowhere"])
    assert capsys.readouterr().err.startswith("хранилище недоступно: ")


def test_a_site_that_is_being_built_is_left_alone(newsroom: Newsroom) -> None:
    newsroom.publish(newsroom.site)
    other = newsroom.elsewhere()
    lock = lock_of(other.output)
    lock.take(0, lambda: None)
    try:
        with pytest.raises(DeployError, match="идёт сборка этого сайта"):
            newsroom.resume(other)
    finally:
        lock.release()
    assert "resumed" == newsroom.resume(other)


def test_a_folder_that_cannot_be_written_is_told(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    newsroom.publish(newsroom.site)
    monkeypatch.chdir(newsroom.project)
    (tmp_path / "file").touch()
    assert 1 == resume.main([str(tmp_path / "new"), "--memory", str(tmp_path / "file/memory")])
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'file'}: сюда нельзя писать: ")


def test_a_memory_for_strangers_is_refused_before_anything_is_published(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    newsroom.site.build()
    git(tmp_path, "init", "--bare", "--quiet", "strange.git")
    monkeypatch.chdir(newsroom.project)
    options = ["--url", newsroom.site.url, "--memory", str(newsroom.memory(newsroom.site))]
    assert 1 == main([str(newsroom.site.output), "--remote", str(tmp_path / "strange.git"), *options])
    assert "" == git(tmp_path / "strange.git", "branch", "--list")
