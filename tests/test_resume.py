"""A machine that has built nothing yet goes on from what another one has published."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from newsroom.publish import remembered, resume
from newsroom.publish.deploy import deploy, main
from newsroom.publish.git import DeployError
from newsroom.publish.resume import Outcome
from tests.conftest import Built, TinySite
from tests.deploying import git, no_settings_of_this_machine, served  # noqa: F401

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
        site.release(f"2024-05-{day:02}-novost", body=f"Новость номер {day}.\n", tags="[zima]")
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
    assert first.files() == {
        path.relative_to(other.output).as_posix(): path.read_bytes()
        for path in other.output.rglob("*")
        if path.is_file()
    }
    assert 0 == written(other.build())


def test_what_is_made_after_a_fresh_clone_is_what_a_clean_build_makes(newsroom: Newsroom) -> None:
    newsroom.publish(newsroom.site)
    other = newsroom.elsewhere()
    newsroom.resume(other)
    clean = newsroom.elsewhere("clean")
    for site in (newsroom.site, other, clean):
        site.release("2024-05-25-yarmarka", tags="[zima]")
        site.release("2024-05-03-novost", title="Другой заголовок")
        site.remove("releases/2024/05/2024-05-07-novost.md")
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
