"""What a deploy keeps for the next one: used while it holds true, made anew when it does not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from newsroom.build.lock import FileLock
from newsroom.publish import workshop
from newsroom.publish.deploy import Outcome, deploy
from newsroom.publish.git import DeployError
from tests.deploying import contents, git, no_settings_of_this_machine, served  # noqa: F401
from tests.editions import edition_of, put

PAGE = (
    '<html lang="ru"><title>Дом</title><link rel="canonical" href="https://news.example/"><h1>{}</h1></html>'
)


class Site:
    """An output, a remote, and the folder where deploys keep what they can use again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.output, self.cache = folder, folder / "output", folder / "cache"
        self.bare = folder / "site.git"
        git(folder, "init", "--bare", "--quiet", str(self.bare))
        git(self.bare, "config", "receive.unpackLimit", "1")
        self.output.mkdir()
        (self.output / "large.bin").write_bytes(random.Random(1).randbytes(300_000))

    def publish(self, title: str = "Дом", cache: str = "cache") -> Outcome:
        (self.output / "index.html").write_text(PAGE.format(title), encoding="utf-8")
        put(edition_of(self.output), self.output)
        return deploy(
            self.output,
            remote=f"file://{self.bare}",
            branch="pages",
            project=self.folder,
            url="https://news.example",
            cache=self.folder / cache,
        )

    def sizes(self) -> list[int]:
        """How many bytes each push sent, the least first."""
        return sorted(path.stat().st_size for path in self.bare.glob("objects/pack/*.pack"))

    def is_served(self) -> bool:
        expected = contents(self.output) | {".nojekyll": b""}
        return expected == served(self.bare, "pages", self.folder / f"served-{len(self.sizes())}")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def fetches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file to which git adds a line for each fetch that it is asked for."""
    told = tmp_path / "fetches"
    told.touch()
    program = tmp_path / "upload"
    program.write_text(f'#!/bin/sh\necho fetch >>"{told}"\nexec git-upload-pack "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "remote.target.uploadpack")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(program))
    return told


@pytest.mark.parametrize("filtering", ["true", "false"])
def test_only_what_is_new_travels_from_one_deploy_to_the_next(site: Site, filtering: str) -> None:
    git(site.bare, "config", "uploadpack.allowFilter", filtering)
    for title in ("Раз", "Два", "Три"):
        assert "published" == site.publish(title)
    assert "unchanged" == site.publish("Три")
    assert [True, True, False] == [size < 10_000 for size in site.sizes()]
    assert site.is_served()


def test_the_remote_is_asked_once_while_nobody_else_deploys(site: Site, fetches: Path) -> None:
    site.publish("Раз")
    fetches.write_text("")
    site.publish("Два")
    assert "fetch\n" == fetches.read_text()  # what the branch holds, and no fetch of it


def test_a_branch_that_another_machine_has_changed_is_looked_at_anew(site: Site) -> None:
    site.publish("Раз")
    site.publish("Два", cache="elsewhere")
    assert "unchanged" == site.publish("Два")
    assert "published" == site.publish("Раз")
    assert site.is_served()


def test_a_branch_that_is_gone_is_made_anew(site: Site) -> None:
    site.publish()
    git(site.bare, "update-ref", "-d", "refs/heads/pages")
    assert "published" == site.publish()
    assert site.is_served()


@pytest.mark.parametrize("harmed", ["HEAD", "objects/pack", "shallow"])
def test_a_harmed_repository_is_forgotten(site: Site, harmed: str) -> None:
    for title in ("Раз", "Два"):
        site.publish(title)
    (kept,) = site.cache.glob("*.git")
    for path in [kept / harmed] if (kept / harmed).is_file() else (kept / harmed).iterdir():
        path.chmod(0o644)
        path.write_bytes(b"?")
    try:
        site.publish("Три")
    except DeployError:
        site.publish("Три")
    assert site.is_served()


def test_two_deploys_at_once_do_not_share_it(site: Site) -> None:
    site.publish("Раз")
    (kept,) = site.cache.glob("*.git")
    lock = FileLock(kept.with_suffix(".lock"))
    lock.take(0, lambda: None)
    assert "published" == site.publish("Два")
    lock.release()
    assert "unchanged" == site.publish("Два")
    assert site.is_served()


def test_it_does_not_grow_for_ever(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workshop, "_OLD", 3)
    kept = []
    for title in ("Раз", "Два", "Три", "Четыре", "Пять"):
        site.publish(title)
        kept.append(len(list(site.cache.glob("*.git"))))
    assert [1, 1, 1, 0, 1] == kept
    assert site.is_served()


def test_no_password_is_kept(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", f"url.file://{site.bare}.insteadOf")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "https://press:secret@host.example/site.git")
    (site.output / "index.html").write_text(PAGE.format("a"), encoding="utf-8")
    put(edition_of(site.output), site.output)
    deploy(
        site.output,
        remote="https://press:secret@host.example/site.git",
        branch="pages",
        project=tmp_path,
        url="https://news.example",
        cache=site.cache,
    )
    assert [] == [path for path, data in contents(site.cache).items() if b"secret" in data]
