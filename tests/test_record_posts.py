"""The addresses of posts on their way from the ledger into the material."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from newsroom.announcing.posts import main, record_posts
from newsroom.content.posts import read_posts, write_posts
from newsroom.publish.ledger.book import opened
from newsroom.publish.ledger.record import Record, key_of
from newsroom.publish.networks.network import Remote
from tests.announcing import Clock, remote_and_project
from tests.conftest import ROOT
from tests.deploying import git, no_settings_of_this_machine  # noqa: F401

ID = "2024-05-09-katok"
POST = "https://network.example/1"
DONE = Record(
    release=ID,
    channel="vk-city",
    state="done",
    revision=1,
    payload_sha256="",
    idem=key_of(ID, "vk-city"),
    remote=Remote(ids=("1",), url=POST),
)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A material with one release and one channel."""
    for file in (f"releases/2024/05/{ID}.md", "channels/vk-city.md"):
        path = tmp_path / "project/content" / file
        path.parent.mkdir(parents=True)
        path.write_text("---\n---\n")
    return tmp_path / "project/content"


def test_a_post_that_is_out_is_written_down_once(content: Path) -> None:
    assert ["posts/2024-05.json"] == list(record_posts(content, [DONE]))
    assert [] == list(record_posts(content, [DONE]))
    assert {ID: {"vk-city": POST}} == read_posts(content, "2024-05")


@pytest.mark.parametrize("state", ["intent", "retry", "uncertain", "dead"])
def test_what_is_not_surely_out_is_not_written_down(content: Path, state: str) -> None:
    assert [] == list(record_posts(content, [DONE.turned(state, Clock()(), "run")]))  # type: ignore[arg-type]


def test_a_post_that_was_taken_down_leaves(content: Path) -> None:
    write_posts(content, "2024-05", {ID: {"vk-city": POST}})
    list(record_posts(content, [DONE.turned("withdrawn", Clock()(), "run")]))
    assert {} == read_posts(content, "2024-05")


def test_what_a_human_wrote_stays(content: Path) -> None:
    write_posts(content, "2024-05", {ID: {"viber": "https://viber.example/1"}})
    list(record_posts(content, [DONE]))
    assert {ID: {"vk-city": POST, "viber": "https://viber.example/1"}} == read_posts(content, "2024-05")


@pytest.mark.parametrize(
    "strange",
    [
        replace(DONE, release="2024-05-10-pereimenovan"),
        replace(DONE, channel="ok-city"),
        replace(DONE, remote=Remote(ids=("1",))),
        replace(DONE, remote=Remote(url="javascript:alert(1)")),
    ],
    ids=["a release that is gone", "a channel that is gone", "no address", "no address of the web"],
)
def test_what_a_build_would_refuse_is_left_out(content: Path, strange: Record) -> None:
    assert [] == list(record_posts(content, [strange]))


@pytest.mark.usefixtures("content")
def test_ci_commits_them_to_the_newest_commit_of_the_branch(tmp_path: Path) -> None:
    bare, project = remote_and_project(tmp_path)
    (project / ".ci").mkdir()
    (project / ".ci/record-posts").write_bytes((ROOT / ".ci/record-posts").read_bytes())
    (project / "newsroom").symlink_to(ROOT / "newsroom")
    (project / ".venv").symlink_to(sys.prefix)
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    git(project, "checkout", "--quiet", "-b", "main")
    git(project, "add", "content")
    git(project, *who, "commit", "--quiet", "--message", "first")
    git(project, "push", "--quiet", "origin", "main")
    with opened(project, remote="origin", sleep=Clock().sleep) as book:
        book.put(None, DONE)
    for _ in range(2):
        subprocess.run(["bash", ".ci/record-posts", "origin", "main"], cwd=project, check=True)
    assert "2" == git(bare, "rev-list", "--count", "main")
    assert ["content/posts/2024-05.json"] == git(bare, "diff", "--name-only", "main~", "main").splitlines()
    assert POST in git(bare, "show", "main:content/posts/2024-05.json")


def test_a_ledger_that_cannot_be_reached_is_told(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 1 == main([str(content), "--remote", "https://127.0.0.1:1/none.git"])
    assert "журнал рассылки не читается" in capsys.readouterr().err
