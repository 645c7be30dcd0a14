"""An address that was published once is answered for ever."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsroom import addresses
from newsroom.check.promised import erased
from newsroom.content.address_lock import AddressLock, read_lock, write_lock
from newsroom.problems import NewsroomError
from tests.conftest import ROOT, TinySite
from tests.deploying import git
from tests.notices import file as notices_file
from tests.notices import notice
from tests.writing import Repository

OLD = "/news/2024/05/katok/"
FILE = "releases/2024/05/2024-05-09-katok.md"


@pytest.fixture
def promised(site: TinySite) -> TinySite:
    """A site with a release that was built and whose address is written down."""
    site.release("2024-05-09-katok")
    site.release("2024-05-10-yarmarka", title="Ярмарка")
    assert 0 == site.build().status
    lock(site, OLD, "/news/2024/05/yarmarka/")
    return site


def lock(site: TinySite, *urls: str) -> None:
    write_lock(site.content, AddressLock().with_more(urls))


def record(site: TinySite) -> int:
    """What a publication does; how many addresses were new."""
    read = site._pelican().read()
    return addresses.record(site.content, read.library, read.site)


def rename(site: TinySite, id: str, **header: str) -> None:
    site.remove(FILE)
    site.release(id, **header)


@pytest.mark.parametrize("is_first_build", [False, True])
def test_a_rename_without_an_alias_stops_the_build_and_offers_the_line(
    promised: TinySite, is_first_build: bool
) -> None:
    rename(promised, "2024-05-09-katok-otkryt")
    before = promised.output.rename(promised.folder / "before") if is_first_build else promised.output
    built = promised.build()
    assert 1 == built.status
    assert [
        (
            "releases/2024/05/2024-05-09-katok-otkryt.md:1: адрес /news/2024/05/katok/ уже опубликован, "
            "а страницы больше нет — если это переименование, добавьте в его шапку "
            "строку «aliases: [/news/2024/05/katok/]»"
        )
    ] == built.problems()
    assert (before / "news/2024/05/katok/index.html").is_file()


def test_the_offered_line_mends_it(promised: TinySite) -> None:
    rename(promised, "2024-05-09-katok-otkryt", aliases=f"[{OLD}]")
    built = promised.build()
    assert 0 == built.status
    assert "/news/2024/05/katok-otkryt/" in built.text(OLD)


def test_every_later_build_asks_for_the_address_too(promised: TinySite) -> None:
    rename(promised, "2024-05-09-katok-otkryt", aliases=f"[{OLD}]")
    assert 0 == promised.build().status
    rename_again = "releases/2024/05/2024-05-09-katok-otkryt.md"
    text = (promised.content / rename_again).read_text("utf-8")
    promised.write(rename_again, text.replace(f"aliases: [{OLD}]\n", ""))
    assert [True] == [OLD in problem for problem in promised.build().problems()]


def test_a_release_that_was_removed_is_missed_at_its_line_of_the_lock(promised: TinySite) -> None:
    promised.remove(FILE)
    built = promised.build()
    assert [
        (
            "addresses.lock:2: адрес /news/2024/05/katok/ уже опубликован, а страницы больше нет — "
            "верните файл, а если страницы быть не должно, отзовите её (status: withdrawn с причиной)"
        )
    ] == built.problems()


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ({"status": "draft"}, "это черновик"),
        ({"date": "2024-05-09 10:00"}, "релиз выйдет 9\u00a0мая 2024\u00a0г., 10:00"),
    ],
)
def test_a_published_release_cannot_be_hidden_again(
    promised: TinySite, header: dict[str, str], reason: str
) -> None:
    promised.now = "2024-05-09T09:00:00+08:00" if "date" in header else promised.now
    promised.release("2024-05-09-katok", **header)
    promised.remove("releases/2024/05/2024-05-10-yarmarka.md")
    lock(promised, OLD)
    assert [
        (
            f"addresses.lock:2: адрес {OLD} уже опубликован, а {reason} — верните прежние date и status; "
            "чтобы убрать страницу, отзовите её: status: withdrawn"
        )
    ] == promised.build().problems()


def test_a_withdrawn_release_keeps_its_promise(promised: TinySite) -> None:
    promised.release("2024-05-09-katok", status="withdrawn", withdrawal_reason="Ошибка")
    assert 0 == promised.build().status


def test_a_file_with_a_fault_of_its_own_is_not_missed_as_well(promised: TinySite) -> None:
    promised.release("2024-05-09-katok", rubric="net-takoy")
    assert [False] == [OLD in problem for problem in promised.build().problems()]


def test_an_address_new_in_the_lock_is_asked_for_where_nothing_else_changed(promised: TinySite) -> None:
    assert 0 == promised.build().status
    lock(promised, OLD, "/news/2024/05/yarmarka/", "/news/2020/01/davno/")
    assert [True] == ["/news/2020/01/davno/" in problem for problem in promised.build().problems()]


def test_a_line_that_is_no_address_is_told(promised: TinySite) -> None:
    promised.write("addresses.lock", "# Адреса\n/news/2024/05/katok/\n<<<<<<< HEAD\n")
    assert [
        (
            "addresses.lock:3: это не адрес страницы: «<<<<<<< HEAD» — верните файл, каким он был в git: "
            "его пишет программа"
        )
    ] == promised.build().problems()


def test_what_is_published_is_written_down_once_and_sorted(site: TinySite) -> None:
    site.release("2024-05-09-katok", aliases="[/staroe/, /old.html]")
    site.release("2024-05-10-otozvan", status="withdrawn", withdrawal_reason="Ошибка")
    site.release("2024-05-11-chernovik", status="draft")
    site.release("2024-07-01-potom")
    site.write("channels/vk.md", "---\ntitle: ВК\nnetwork: VK\nowner: Мэр\nstatus: active\n---\n")
    assert [6, 0] == [record(site) for _ in range(2)]
    lines = (site.content / "addresses.lock").read_text("utf-8").splitlines()
    expected = ["/departments/press/", "/news/2024/05/katok/", "/news/2024/05/otozvan/"]
    assert [*expected, "/old.html", "/rubrics/gorod/", "/staroe/"] == [
        line for line in lines if not line.startswith("#")
    ]


def test_a_renamed_tag_needs_its_former_address_as_any_page_does(promised: TinySite) -> None:
    promised.release("2024-05-09-katok", tags="[zima]")
    assert 0 == promised.build().status
    record(promised)
    promised.write("tags.yaml", "zimniye: Зимние\n")
    promised.release("2024-05-09-katok", tags="[zimniye]")
    assert [
        (
            "tags.yaml: адрес /tags/zima/ уже опубликован, а страницы больше нет — если это переименование, "
            "добавьте для /tags/zimniye/ строку «aliases: [/tags/zima/]»"
        )
    ] == promised.build().problems()
    promised.write("tags.yaml", "zimniye: {title: Зимние, aliases: [/tags/zima/]}\n")
    built = promised.build()
    assert (0, True) == (built.status, "/tags/zimniye/" in built.text("/tags/zima/"))
    assert '"/tags/zima/" "/tags/zimniye/";' in built.text("/redirects.map")


def test_a_tag_whose_last_release_is_withdrawn_breaks_no_promise(promised: TinySite) -> None:
    promised.release("2024-05-09-katok", tags="[zima]")
    assert 0 == promised.build().status
    record(promised)
    promised.release("2024-05-09-katok", tags="[zima]", status="withdrawn", withdrawal_reason="Ошибка")
    assert 0 == promised.build().status


def test_a_message_of_an_emergency_stays_for_those_that_refer_to_it(site: TinySite) -> None:
    veter, otboy = notice("2024-05-30-veter"), notice("2024-06-01-otboy", cancels=["2024-05-30-veter"])
    later = notice("2024-06-02-potom", effective="2024-06-02 10:00", expires="2024-06-02 11:00")
    veter["effective"], message = "2024-05-30 10:00", "/emergency/cap/2024-05-30-veter.xml"
    site.write("emergency.yaml", notices_file(veter, otboy, later))
    assert 0 == site.build().status
    record(site)
    messages = [line for line in read_lock(site.content).lines if line.startswith("/emergency/")]
    assert [message, "/emergency/cap/2024-06-01-otboy.xml"] == messages
    assert 0 == site.build().status
    site.write("emergency.yaml", notices_file(notice("2024-06-01-otboy")))
    (told,) = site.build().problems()
    assert told.startswith("addresses.lock:3: экстренное сообщение " + message)
    assert "допишите новое с полем cancels" in told


def test_nothing_ever_leaves_the_lock(site: TinySite) -> None:
    lock(site, OLD)
    longer = read_lock(site.content).with_more(["/a/"])
    assert {OLD, "/a/"} == longer.lines.keys()


def test_a_check_tells_of_lines_that_were_taken_out(tmp_path: Path) -> None:
    written = Repository.at(tmp_path)
    lock(written.site, OLD, "/news/2024/05/yarmarka/")
    assert [] == list(erased(written.site.content))
    written.commit("2024-05-10 10:00")
    assert [] == list(erased(written.site.content))
    (written.site.content / "addresses.lock").write_text(f"{OLD}\n")
    (told,) = erased(written.site.content)
    assert "addresses.lock: стёрты опубликованные адреса: /news/2024/05/yarmarka/" in str(told)


def test_a_broken_lock_is_not_added_to() -> None:
    with pytest.raises(NewsroomError):
        AddressLock(b"not an address\n").with_more(["/a/"])


def test_a_site_of_another_hour_is_not_written_down(tmp_path: Path) -> None:
    environment = os.environ | {"NEWSROOM_NOW": "2030-01-01T00:00+08:00", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "newsroom.addresses", str(tmp_path)],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert (1, "addresses.lock: часы сборки заданы вручную") == (
        done.returncode,
        done.stderr.partition(" — ")[0],
    )


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix is needed")
def test_ci_adds_new_addresses_to_the_newest_commit_of_the_branch(tmp_path: Path) -> None:
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch", "main", str(origin))
    who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
    git(tmp_path, "clone", "--quiet", str(origin), str(clone))
    git(clone, "checkout", "--quiet", "-b", "main")
    (clone / "content").mkdir()
    (clone / ".ci").mkdir()
    (clone / ".ci/record-addresses").write_bytes((ROOT / ".ci/record-addresses").read_bytes())
    write_lock(clone / "content", AddressLock().with_more(["/a/"]))
    git(clone, "add", "content")
    git(clone, *who, "commit", "--quiet", "--message", "first")
    git(clone, "push", "--quiet", "origin", "main")
    (clone / "content/other.md").write_text("later")
    write_lock(clone / "content", AddressLock().with_more(["/a/", "/later/"]))
    git(clone, "add", "content")
    git(clone, *who, "commit", "--quiet", "--message", "second")
    git(clone, "push", "--quiet", "origin", "main")
    git(clone, "checkout", "--quiet", "HEAD~")
    write_lock(clone / "content", AddressLock().with_more(["/a/", "/b/"]))
    for _ in range(2):
        subprocess.run(["bash", ".ci/record-addresses", "origin", "main"], cwd=clone, check=True)
    assert "3" == git(origin, "rev-list", "--count", "main")
    assert "content/addresses.lock\ncontent/other.md" == git(origin, "ls-tree", "-r", "--name-only", "main")
    told = git(origin, "show", "main:content/addresses.lock").splitlines()
    assert ["/a/", "/b/", "/later/"] == told[1:]
