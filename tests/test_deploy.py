"""A deploy puts exactly the output on a branch of a real bare repository, or nothing at all."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from newsroom.build.edition import Edition
from newsroom.problems import NewsroomError
from newsroom.publish.deploy import Outcome, main
from newsroom.publish.deploy import deploy as deploy_to
from newsroom.publish.git import DeployError, at, is_own
from tests.deploying import contents, git, no_settings_of_this_machine, served  # noqa: F401
from tests.editions import edition_of, put

URL = "https://news.example"

PAGE = """<!doctype html><html lang="ru"><head><title>Сайт</title>
<link rel="canonical" href="https://news.example/"></head>
<body><h1>{}</h1><a href="/новости/">все</a></body></html>"""


@pytest.fixture(autouse=True)
def address_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEURL", URL)


def deploy(output: Path, *, remote: str, branch: str, project: Path, cname: str | None = None) -> Outcome:
    return deploy_to(output, remote=remote, branch=branch, project=project, url=URL, cname=cname)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    folder = tmp_path / "сервер" / "site.git"
    folder.mkdir(parents=True)
    git(folder, "init", "--bare", "--quiet")
    return folder


@pytest.fixture
def project(tmp_path: Path, bare: Path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "remote", "add", "origin", str(bare))
    return folder


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    write(folder, "index.html", PAGE.format("Новости").encode())
    write(folder, "новости/index.html", PAGE.format("Все").encode())
    write(folder, "новости/День «Победы» 1.jpg", bytes(range(256)))
    write(folder, ".well-known/security.txt", b"Contact: mailto:a@b.example\r\n")
    write(folder, "empty.txt", b"")
    return folder


def write(folder: Path, path: str, data: bytes) -> None:
    """A file of the output, and the edition that knows it."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)
    put(edition_of(folder, releases=("2024-05-09-den-pobedy",)), folder)


def test_the_branch_holds_the_output_byte_for_byte(
    output: Path, project: Path, bare: Path, tmp_path: Path
) -> None:
    assert "published" == deploy(output, remote="origin", branch="gh-pages", project=project)
    assert contents(output) | {".nojekyll": b""} == served(bare, "gh-pages", tmp_path / "clone")
    assert [] == Edition.read(tmp_path / "clone").verify(tmp_path / "clone")


@pytest.mark.parametrize("filtering", ["true", "false"])
def test_the_branch_holds_one_commit_after_two_deploys(
    output: Path, project: Path, bare: Path, tmp_path: Path, filtering: str
) -> None:
    git(bare, "config", "uploadpack.allowFilter", filtering)
    deploy(output, remote="origin", branch="gh-pages", project=project)
    write(output, "index.html", PAGE.format("Свежие новости").encode())
    (output / "empty.txt").unlink()
    write(output, "новое.txt", b"new")
    assert "published" == deploy(output, remote="origin", branch="gh-pages", project=project)
    assert "1" == git(bare, "rev-list", "--count", "gh-pages")
    assert contents(output) | {".nojekyll": b""} == served(bare, "gh-pages", tmp_path / "clone")


@pytest.mark.parametrize("filtering", ["true", "false"])
def test_the_same_output_is_not_pushed_again(output: Path, project: Path, bare: Path, filtering: str) -> None:
    git(bare, "config", "uploadpack.allowFilter", filtering)
    deploy(output, remote="origin", branch="gh-pages", project=project)
    first = git(bare, "rev-parse", "gh-pages")
    assert "unchanged" == deploy(output, remote="origin", branch="gh-pages", project=project)
    assert first == git(bare, "rev-parse", "gh-pages")


def test_only_what_is_new_travels(output: Path, project: Path, bare: Path) -> None:
    git(bare, "config", "uploadpack.allowFilter", "true")
    git(bare, "config", "receive.unpackLimit", "1")
    write(output, "large.bin", random.Random(1).randbytes(300_000))
    # An address with a scheme, for git copies between folders of one machine in another way.
    remote = f"file://{bare}"
    deploy(output, remote=remote, branch="gh-pages", project=project)
    write(output, "index.html", PAGE.format("Новое").encode())
    deploy(output, remote=remote, branch="gh-pages", project=project)
    sizes = sorted(path.stat().st_size for path in bare.glob("objects/pack/*.pack"))
    assert [True, False] == [size < 10_000 for size in sizes]


def test_a_failed_check_leaves_the_branch_as_it_was(output: Path, project: Path, bare: Path) -> None:
    deploy(output, remote="origin", branch="gh-pages", project=project)
    first = git(bare, "rev-parse", "gh-pages")
    write(output, "index.html", PAGE.format("Новости").replace("/новости/", "/нет/").encode())
    with pytest.raises(NewsroomError, match="ссылка в никуда: «/нет/»"):
        deploy(output, remote="origin", branch="gh-pages", project=project)
    assert first == git(bare, "rev-parse", "gh-pages")


@pytest.mark.parametrize("exists", [True, False])
def test_an_output_that_is_empty_or_absent_is_refused(
    tmp_path: Path, project: Path, bare: Path, exists: bool
) -> None:
    if exists:
        (tmp_path / "output").mkdir()
    with pytest.raises(NewsroomError, match="нет собранного сайта"):
        deploy(tmp_path / "output", remote="origin", branch="gh-pages", project=project)
    assert "" == git(bare, "branch", "--list")


@pytest.mark.parametrize("remote", ["origin", "../сервер/site.git", "{bare}", "file://{bare}"])
def test_the_remote_is_a_name_a_path_or_an_address(
    output: Path, project: Path, bare: Path, remote: str
) -> None:
    assert "published" == deploy(output, remote=remote.format(bare=bare), branch="site/live", project=project)
    assert "1" == git(bare, "rev-list", "--count", "site/live")


def test_the_project_is_left_as_it_was(output: Path, project: Path) -> None:
    before = contents(project)
    deploy(output, remote="origin", branch="gh-pages", project=project)
    assert before == contents(project)


def test_other_branches_of_the_remote_are_left_alone(output: Path, project: Path, bare: Path) -> None:
    deploy(output, remote="origin", branch="other", project=project)
    other = git(bare, "rev-parse", "other")
    write(output, "index.html", PAGE.format("Новое").encode())
    deploy(output, remote="origin", branch="gh-pages", project=project)
    assert other == git(bare, "rev-parse", "other")


def test_the_committer_is_the_one_the_project_names(output: Path, project: Path, bare: Path) -> None:
    git(project, "config", "user.name", "Пресс-служба")
    git(project, "config", "user.email", "press@news.example")
    deploy(output, remote="origin", branch="gh-pages", project=project)
    assert "Пресс-служба <press@news.example>" == git(bare, "log", "-1", "--format=%cn <%ce>", "gh-pages")


def test_a_deploy_that_another_one_overtook_is_refused(
    output: Path, project: Path, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deploy(output, remote="origin", branch="gh-pages", project=project)
    write(output, "index.html", PAGE.format("Новое").encode())
    deploy(output, remote="origin", branch="other", project=project)
    other = git(bare, "rev-parse", "other")
    # git asks this program to receive the push; before it does, somebody else's deploy arrives.
    receiver = project / "receive"
    receiver.write_text(
        f'#!/bin/sh\ngit --git-dir="$1" update-ref refs/heads/gh-pages {other}\nexec git-receive-pack "$1"\n'
    )
    receiver.chmod(0o755)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "remote.target.receivepack")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(receiver))
    write(output, "index.html", PAGE.format("Ещё новее").encode())
    with pytest.raises(DeployError, match="не приняло"):
        deploy(output, remote="origin", branch="gh-pages", project=project)
    assert other == git(bare, "rev-parse", "gh-pages")


def test_a_remote_that_is_not_there_is_told(
    output: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    assert 1 == main([str(output), "--remote", "nowhere"])
    told = capsys.readouterr().err
    assert told.startswith("хранилище недоступно: ")
    assert told.endswith("Ничего не опубликовано.\n")


def test_a_remote_may_be_named_by_the_environment_alone(
    output: Path, project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(project)
    git(tmp_path, "init", "--bare", "--quiet", "elsewhere.git")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "remote.site.url")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(tmp_path / "elsewhere.git"))
    assert 0 == main([str(output), "--remote", "site", "--branch", "pages"])
    assert "1" == git(tmp_path / "elsewhere.git", "rev-list", "--count", "pages")


def test_what_the_system_refuses_is_told(
    output: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setenv("PATH", str(output))  # where there is no git
    assert 1 == main([str(output), "--branch", "pages"])
    assert capsys.readouterr().err.endswith("git'\nНичего не опубликовано.\n")


def test_no_password_is_told(
    output: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    assert 1 == main([str(output), "--remote", "http://press:secret@127.0.0.1:1/site.git"])
    assert "secret" not in "".join(capsys.readouterr())


def test_the_command_says_what_came_of_it(
    output: Path, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project)
    assert [0, 0] == [main([str(output), "--branch", "pages"]) for _ in range(2)]
    expected = ["Опубликовано: origin, ветка pages", "Уже опубликовано, изменений нет: origin, ветка pages"]
    assert expected == capsys.readouterr().out.splitlines()


def commit(project: Path, text: str = "исходник") -> str:
    """Something on the branch that the project stands on; gives the commit's name."""
    (project / "release.md").write_text(text, encoding="utf-8")
    git(project, "add", "release.md")
    git(project, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "--message", "a")
    return git(project, "rev-parse", "HEAD")


@pytest.mark.parametrize("filtering", ["true", "false"])
def test_a_branch_that_holds_no_site_is_not_replaced(
    output: Path, project: Path, bare: Path, filtering: str
) -> None:
    git(bare, "config", "uploadpack.allowFilter", filtering)
    source = commit(project)
    git(project, "push", "--quiet", "origin", "HEAD:refs/heads/source")
    with pytest.raises(DeployError, match="на ветке «source» лежит не сайт"):
        deploy(output, remote="origin", branch="source", project=project)
    assert source == git(bare, "rev-parse", "source")


@pytest.mark.parametrize("remote", ["origin", "../сервер/site.git", "{bare}", "file://{bare}", "."])
def test_the_branch_of_the_work_is_no_place_for_the_site(
    output: Path, project: Path, bare: Path, remote: str
) -> None:
    commit(project)
    with pytest.raises(DeployError, match="«main» — это рабочая ветка проекта"):
        deploy(output, remote=remote.format(bare=bare), branch="main", project=project)
    assert "" == git(bare, "branch", "--list")


def test_another_repository_may_have_the_site_on_a_branch_of_that_name(
    output: Path, project: Path, tmp_path: Path
) -> None:
    git(tmp_path, "init", "--bare", "--quiet", "other.git")
    assert "published" == deploy(output, remote="../other.git", branch="main", project=project)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://host.example/press/site.git", True),
        ("https://press:secret@host.example/press/site", True),
        ("git@host.example:press/site.git", True),
        ("ssh://git@host.example:2222/press/site.git/", True),
        ("https://host.example/press/other.git", False),
        ("https://other.example/press/site.git", False),
    ],
)
def test_a_repository_is_known_however_its_address_is_written(
    project: Path, address: str, expected: bool
) -> None:
    git(project, "remote", "set-url", "origin", "https://host.example/press/site.git")
    assert expected == is_own(at(project), address)


@pytest.mark.parametrize(
    ("cname", "expected"),
    [(None, None), ("", b"news.example"), ("press.example", b"press.example")],
)
def test_a_domain_is_written_only_when_asked(
    output: Path, project: Path, bare: Path, tmp_path: Path, cname: str | None, expected: bytes | None
) -> None:
    deploy(output, remote="origin", branch="gh-pages", project=project, cname=cname)
    assert expected == served(bare, "gh-pages", tmp_path / "clone").get("CNAME")
    assert [] == Edition.read(tmp_path / "clone").verify(tmp_path / "clone")


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8000"])
def test_a_site_of_this_machine_is_not_published(
    output: Path, project: Path, bare: Path, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    page = PAGE.replace("https://news.example", url or "http://127.0.0.1:8000").format("Новости")
    write(output, "index.html", page.encode())
    monkeypatch.chdir(project)
    monkeypatch.setenv("SITEURL", url)
    assert 1 == main([str(output)])
    assert "" == git(bare, "branch", "--list")


def test_a_site_built_for_another_address_is_not_published(output: Path, project: Path, bare: Path) -> None:
    with pytest.raises(
        NewsroomError, match=r"собран для адреса https://news\.example, а его место — https://b"
    ):
        deploy_to(output, remote="origin", branch="gh-pages", project=project, url="https://b.example")
    assert "" == git(bare, "branch", "--list")
