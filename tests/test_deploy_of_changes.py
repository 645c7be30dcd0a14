"""What is committed as a difference is, byte for byte, what a commit of the whole would be."""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newsroom.build.edition import FILE_NAME, Edition, Shard, digest, files, shard_path
from newsroom.build.lock import lock_of
from newsroom.problems import NewsroomError
from newsroom.publish import commit, output_lock
from newsroom.publish.branch import Branch
from newsroom.publish.deploy import Outcome, deploy
from newsroom.publish.git import DeployError
from tests.deploying import contents, git, no_settings_of_this_machine, served  # noqa: F401
from tests.editions import put

URL = "https://news.example"
HOME = '<html lang="ru"><title>Дом</title><link rel="canonical" href="https://news.example/"><h1>Дом</h1>{}</html>'
PAGE = '<html lang="ru"><title>Лист</title><h1 id="верх">Лист</h1>{}</html>'


class Site:
    """An output with an edition of a section for each folder, and two branches to publish it on."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.output = folder, folder / "output"
        self.bare = folder / "site.git"
        git(folder, "init", "--bare", "--quiet", str(self.bare))
        git(self.bare, "config", "uploadpack.allowFilter", "true")
        self.write("index.html", HOME.format(""))

    def write(self, path: str, data: str | bytes) -> None:
        file = self.output / path
        for parent in file.relative_to(self.output).parents:
            if (self.output / parent).is_file():
                (self.output / parent).unlink()
        if file.is_dir():
            shutil.rmtree(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)

    def remove(self, path: str) -> None:
        (self.output / path).unlink()

    def list(self) -> None:
        """Write the edition of what is there."""
        shutil.rmtree(self.output / "edition", ignore_errors=True)
        shards: dict[str, dict[str, str]] = {}
        for path in files(self.output):
            shards.setdefault(path.split("/")[0].split(".")[0], {})[path] = digest(self.output / path)
        put(Edition(shards={key: Shard(paths=paths) for key, paths in shards.items()}), self.output)

    def publish(self, branch: str = "pages", *, cname: str | None = None, whole: bool = False) -> Outcome:
        self.list()
        return deploy(
            self.output,
            remote=f"file://{self.bare}",
            branch=branch,
            project=self.folder,
            url=URL,
            cname=cname,
            whole=whole,
        )

    def tree(self, branch: str = "pages") -> str:
        return git(self.bare, "rev-parse", f"{branch}^{{tree}}")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


NAMES = [
    "a",
    "b.txt",
    "новости",
    'День «Победы» "1".jpg',
    " с пробелом ",
    "обратная\\черта",
    "edition",
    "x.y",
]
if sys.platform == "win32":
    NAMES = ["a", "b.txt", "новости", "edition", "x.y"]


def change(site: Site, chance: random.Random) -> None:
    """Write, replace, make a program of, or remove some files; a file may take the place of a folder."""
    for _ in range(chance.randint(1, 6)):
        present = [path for path in files(site.output) if path != "index.html"]
        if present and chance.random() < 0.35:
            site.remove(chance.choice(present))
            continue
        names = [chance.choice(NAMES) for _ in range(chance.randint(1, 3))]
        path = "/".join(["q", *names] if chance.random() < 0.8 else [f"q-{name}" for name in names])
        is_program = chance.random() < 0.3
        site.write(path, chance.randbytes(300 if is_program else chance.choice([0, 1, 300])))
        (site.output / path).chmod(0o755 if is_program else 0o644)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_a_difference_makes_the_tree_that_the_whole_makes(site: Site, seed: int) -> None:
    chance = random.Random(seed)
    site.publish()
    for step in range(4):
        change(site, chance)
        cname = chance.choice([None, "", "press.example"])
        site.publish(cname=cname)
        site.publish(f"whole-{step}", cname=cname)
        assert site.tree(f"whole-{step}") == site.tree()
        assert "unchanged" == site.publish(cname=cname)
    assert "1" == git(site.bare, "rev-list", "--count", "pages")


@pytest.fixture
def wholes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Branches that were committed whole."""
    found: list[str] = []
    original: Callable[..., None] = commit.whole

    def noted(branch: Branch, *arguments: object, **named: object) -> None:
        found.append(branch.name)
        original(branch, *arguments, **named)

    monkeypatch.setattr(commit, "whole", noted)
    return found


def test_only_the_first_publication_and_what_is_asked_for_is_whole(site: Site, wholes: list[str]) -> None:
    site.publish()
    site.write("a.txt", "a")
    site.publish()
    assert ["pages"] == wholes
    site.write("a.txt", "b")
    assert "published" == site.publish(whole=True)
    assert "unchanged" == site.publish(whole=True)
    assert ["pages"] * 3 == wholes


def test_no_build_changes_the_output_while_it_is_read(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[bool] = []
    for name in ("whole", "onto"):
        original: Callable[..., None] = getattr(commit, name)

        def noted(*arguments: object, made: Callable[..., None] = original, **named: object) -> None:
            held.append(lock_of(site.output).path.exists())
            made(*arguments, **named)

        monkeypatch.setattr(commit, name, noted)
    site.publish()
    site.write("a.txt", "a")
    site.publish()
    assert ([True, True], False) == (held, lock_of(site.output).path.exists())


def test_a_build_that_does_not_end_is_not_published(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output_lock, "PATIENCE", 0.0)
    lock = lock_of(site.output)
    lock.take(0, lambda: None)
    try:
        with pytest.raises(DeployError, match="сборка этого сайта не кончилась"):
            site.publish()
    finally:
        lock.release()
    assert "" == git(site.bare, "branch", "--list")
    assert "published" == site.publish()


def test_a_branch_on_which_somebody_else_has_committed_is_put_right(
    site: Site, wholes: list[str], tmp_path: Path
) -> None:
    site.write("page.html", PAGE.format(""))
    site.publish()
    git(tmp_path, "clone", "--quiet", "--branch", "pages", str(site.bare), "clone")
    (tmp_path / "clone" / "page.html").write_text("подменено", encoding="utf-8")
    git(tmp_path / "clone", "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qam", "a")
    git(tmp_path / "clone", "push", "--quiet")
    assert "published" == site.publish()
    assert 2 == len(wholes)
    expected = contents(site.output) | {".nojekyll": b""}
    assert expected == served(site.bare, "pages", tmp_path / "served")


def test_a_branch_with_an_edition_of_one_file_is_an_edition(site: Site, tmp_path: Path) -> None:
    """So older versions of the program wrote it."""
    site.write("a.txt", "a")
    site.publish()
    old = tmp_path / "old"
    served(site.bare, "pages", old)
    shutil.rmtree(old / "edition")
    (old / FILE_NAME).write_text('{"paths": {}, "releases": []}', encoding="utf-8")
    git(old, "checkout", "--quiet", "--orphan", "new")
    git(old, "add", "--all")
    git(old, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "a")
    git(old, "push", "--quiet", "--force", "origin", "HEAD:pages")
    assert "published" == site.publish()
    site.publish("whole")
    assert site.tree("whole") == site.tree()


def test_a_file_that_changed_after_the_build_is_not_published(site: Site) -> None:
    site.publish()
    before = site.tree()
    site.write("a/1.txt", "новое")
    site.list()
    (site.output / "a/1.txt").write_text("подменено", encoding="utf-8")
    with pytest.raises(NewsroomError, match=r"a/1\.txt: файл изменён после сборки"):
        deploy(site.output, remote=f"file://{site.bare}", branch="pages", project=site.folder, url=URL)
    (site.output / "a/1.txt").unlink()
    with pytest.raises(NewsroomError, match=r"a/1\.txt: файл назван в edition.json, а в папке его нет"):
        deploy(site.output, remote=f"file://{site.bare}", branch="pages", project=site.folder, url=URL)
    assert before == site.tree()


def test_a_list_that_the_index_does_not_name_so_is_not_published(site: Site) -> None:
    site.write("a/1.txt", "новое")
    site.publish()
    site.list()
    (site.output / shard_path("a")).write_text("{}", encoding="utf-8")
    with pytest.raises(NewsroomError, match=r"edition/a\.json: changed"):
        deploy(site.output, remote=f"file://{site.bare}", branch="pages", project=site.folder, url=URL)


def test_a_changed_page_is_checked_by_all_files_of_the_edition(site: Site) -> None:
    site.write("old/page.html", PAGE.format(""))
    site.publish()
    site.write("new/page.html", PAGE.format('<a href="/old/page.html#верх">a</a>'))
    assert "published" == site.publish()
    site.write("new/page.html", PAGE.format('<a href="/old/page.html#низ">a</a><a href="/нет.html">a</a>'))
    with pytest.raises(NewsroomError) as raised:
        site.publish()
    assert [
        "new/page.html:1: на странице old/page.html нет места «#низ» — исправьте ссылку на место страницы",
        "new/page.html:1: ссылка в никуда: «/нет.html» — исправьте адрес или уберите ссылку",
    ] == str(raised.value).splitlines()


@pytest.mark.parametrize(
    ("gone", "link"),
    [
        ("news/den/index.html", "/news/den/"),
        ("news/den/index.html", "https://news.example/news/den/"),
        ("news/день/index.html", "/news/%D0%B4%D0%B5%D0%BD%D1%8C/"),
        ("news/день/index.html", "/news/день/"),
        ("news/den/card.png", "/news/den/card.png"),
        ("pages/card.png", "card.png"),
        ("card.png", "/card.png"),
    ],
)
def test_a_page_that_did_not_change_may_not_name_what_is_gone(site: Site, gone: str, link: str) -> None:
    page = PAGE.format(f'<a href="{link}">a</a>')
    site.write(gone, PAGE.format("") if gone.endswith("html") else "")
    site.write("pages/page.html", page)
    site.write("pages/other.html", PAGE.format('<a href="/">в день card.png</a>'))
    site.publish()
    site.remove(gone)
    with pytest.raises(NewsroomError) as raised:
        site.publish()
    assert [f"pages/page.html:1: ссылка в никуда: «{link}»"] == [
        line.split(" — ")[0] for line in str(raised.value).splitlines()
    ]
    site.write("pages/page.html", PAGE.format(""))
    assert "published" == site.publish()


def test_a_draft_of_an_edition_is_not_published(site: Site) -> None:
    site.publish()
    (site.output / ".edition.json.new").write_bytes(b"")
    with pytest.raises(NewsroomError, match=r"сборка не дошла до конца"):
        deploy(site.output, remote=f"file://{site.bare}", branch="pages", project=site.folder, url=URL)


def test_the_digest_of_the_index_is_what_is_served(site: Site, tmp_path: Path) -> None:
    site.write("a/1.txt", "1")
    site.publish()
    site.write("a/1.txt", "2")
    site.publish()
    expected = hashlib.sha256((site.output / FILE_NAME).read_bytes()).hexdigest()
    assert expected == hashlib.sha256(served(site.bare, "pages", tmp_path / "c")[FILE_NAME]).hexdigest()
