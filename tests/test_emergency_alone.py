"""Emergency notices are published alone, whatever is wrong with everything else, and nothing else moves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import pelicanconf
from newsroom import emergency
from newsroom.build import stage as staging
from newsroom.build.journal import read_journal
from newsroom.build.memory import Memory
from newsroom.problems import NewsroomError
from newsroom.publish import branch_emergency, remembered
from newsroom.publish.branch_emergency import Outcome, publish_alone
from newsroom.publish.git import DeployError
from newsroom.publish.output_check import check_output
from tests import notices
from tests.conftest import ROOT, VOCABULARY, Built, TinySite
from tests.deploying import contents, git, no_settings_of_this_machine, served  # noqa: F401
from tests.test_resume import BRANCH, Newsroom, written

pytestmark = pytest.mark.slow

BROKEN = "releases/2024/05/2024-05-30-slomannyi.md"
FILES = {
    "lite/index.html",
    *(f"emergency/{name}" for name in ("index.html", "notice.css", "rss.xml", "atom.xml")),
    "emergency/cap/2024-06-01-veter.xml",
}
LISTS = {"edition.json", "edition/emergency.json", "edition/lite.json"}


NOON = "2024-06-01T12:00:00+08:00"


def plain_settings(now: str = NOON) -> dict[str, Any]:
    """A site with nothing that takes long to make."""
    own = {
        "now": datetime.fromisoformat(now),
        "extras": ("emergency", "lite"),
        "id_authority": "news.example",
    }
    return {"NEWSROOM": {**pelicanconf.NEWSROOM, **own}}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom of three releases and a draft that has published its site, made once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        site = TinySite(tmp_path_factory.mktemp("first"), settings=plain_settings())
        for file, text in VOCABULARY.items():
            site.write(file, text)
        for day in range(1, 4):
            site.release(f"2024-05-0{day}-novost-{day}", body=f"Новость номер {day}.\n", tags="[zima]")
        site.release("2024-05-05-chernovik", status="draft")
        Newsroom(site, site.folder).publish(site)
    return site.folder


@pytest.fixture
def newsroom(first: Path, tmp_path: Path) -> Newsroom:
    """A copy of it; what is published is ``before``."""
    shutil.copytree(first, tmp_path / "copy", copy_function=shutil.copy2)
    copy = Newsroom.__new__(Newsroom)
    copy.folder, copy.bare, copy.project = (tmp_path / "copy" / name for name in ("", "site.git", "project"))
    copy.site = TinySite(tmp_path / "copy", settings=plain_settings())
    git(copy.project, "remote", "set-url", "origin", str(copy.bare))
    return copy


@pytest.fixture
def before(newsroom: Newsroom) -> dict[str, bytes]:
    return contents(newsroom.site.output) | {".nojekyll": b""}


def elsewhere(newsroom: Newsroom, name: str = "other") -> TinySite:
    other = newsroom.elsewhere(name)
    other.settings = newsroom.site.settings
    return other


def settings_of(site: TinySite, output: Path) -> Any:
    return {**site._pelican().settings, "OUTPUT_PATH": str(output)}


def publish(newsroom: Newsroom, site: TinySite) -> Outcome:
    def make(output: Path, memory: Path) -> int:
        try:
            emergency.renew(settings_of(site, output), memory)
        except NewsroomError as error:
            print(error)
            return 1
        return 0

    return publish_alone(make, remote="origin", branch=BRANCH, project=newsroom.project, url=site.url)


def branch(newsroom: Newsroom, name: str) -> dict[str, bytes]:
    return served(newsroom.bare, BRANCH, newsroom.folder / name)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_a_notice_is_published_though_the_build_fails_and_the_next_build_has_nothing_to_do(
    newsroom: Newsroom, before: dict[str, bytes]
) -> None:
    site = newsroom.site
    site.write("emergency.yaml", notices.file(notices.notice()))
    site.write(BROKEN, "нет шапки")
    assert 1 == site.build().status
    assert "published" == publish(newsroom, site)
    after = branch(newsroom, "after")
    assert LISTS | FILES == changed(before, after)

    site.remove(BROKEN)
    clean = elsewhere(newsroom, "clean").build()
    assert clean.files() | {".nojekyll": b""} == after
    other = elsewhere(newsroom)
    assert "resumed" == newsroom.resume(other)
    again = other.build()
    assert clean.files() == again.files()
    assert 0 == written(again)
    assert f"Сделано заново: {len(FILES)} файлов. Что изменилось: прежний файл сделан без сборки" in plain(
        again.said
    )
    assert "unchanged" == publish(newsroom, site)


def test_the_output_and_the_memory_of_this_machine_stay_what_they_were(newsroom: Newsroom) -> None:
    site = newsroom.site
    stood = contents(site.folder)
    site.write("emergency.yaml", notices.file(notices.notice()))
    publish(newsroom, site)
    after = contents(site.folder)
    assert {"content/emergency.yaml"} == {
        path for path in changed(stood, after) if path.startswith(("content", "output", "cache"))
    }
    assert len(FILES) == written(site.build())


def test_without_notices_the_banner_is_withdrawn(newsroom: Newsroom, before: dict[str, bytes]) -> None:
    site = newsroom.site
    site.write("emergency.yaml", notices.file(notices.notice()))
    publish(newsroom, site)
    site.write("emergency.yaml", notices.file())
    assert "published" == publish(newsroom, site)
    assert before == branch(newsroom, "after")


def test_a_notice_goes_by_itself_when_its_hour_has_passed(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.write("emergency.yaml", notices.file(notices.notice()))
    publish(newsroom, site)
    site.settings = plain_settings("2024-06-01T20:00:00+08:00")
    assert "published" == publish(newsroom, site)
    after = branch(newsroom, "after")
    assert b"--emergency:none" in after["emergency/notice.css"]
    other = elsewhere(newsroom)
    assert other.build().files() | {".nojekyll": b""} == after


def test_nothing_of_a_notice_that_waits_is_published(newsroom: Newsroom, before: dict[str, bytes]) -> None:
    site = newsroom.site
    waits = notices.notice("2024-06-02-tayna", headline="Тайное", effective="2024-06-01 12:30")
    site.write("emergency.yaml", notices.file(waits))
    assert "unchanged" == publish(newsroom, site)
    assert before == branch(newsroom, "after")
    assert set() == {path for path, data in site.build().files().items() if b"tayna" in data}


def test_a_faulty_file_publishes_nothing(
    newsroom: Newsroom, before: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    site = newsroom.site
    site.write("emergency.yaml", notices.file(notices.notice(expires="2024-05-01")))
    assert "refused" == publish(newsroom, site)
    assert "emergency.yaml:11: " in capsys.readouterr().out
    assert before == branch(newsroom, "after")


def test_what_leads_nowhere_is_found_before_it_is_published(newsroom: Newsroom) -> None:
    site = newsroom.site
    site.write("emergency.yaml", notices.file(notices.notice(web=f"{site.url}/nowhere/")))
    with pytest.raises(NewsroomError, match="nowhere"):
        publish(newsroom, site)


def test_another_deploy_that_comes_between_is_not_undone(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = newsroom.site
    site.write("emergency.yaml", notices.file(notices.notice()))
    other = elsewhere(newsroom)
    other.release("2024-05-25-yarmarka")
    commit = branch_emergency._commit
    times: list[bool] = []

    def meanwhile(*given: Any) -> bool:
        made = commit(*given)
        if not times:
            newsroom.publish(other)
        times.append(made)
        return made

    monkeypatch.setattr(branch_emergency, "_commit", meanwhile)
    assert "unchanged" == publish(newsroom, site)  # the other one has published the notice, too
    assert 2 == len(times)
    assert other.build().files() | {".nojekyll": b""} == branch(newsroom, "after")


@pytest.mark.parametrize("spoil", ["nothing", "stranger"])
def test_without_an_edition_it_is_told_what_to_do(newsroom: Newsroom, tmp_path: Path, spoil: str) -> None:
    if spoil == "nothing":
        git(newsroom.bare, "branch", "--delete", "--force", BRANCH)
    else:
        git(tmp_path, "clone", "--quiet", "--branch", BRANCH, str(newsroom.bare), "clone")
        who = ("-c", "user.name=a", "-c", "user.email=a@b.example")
        git(tmp_path / "clone", *who, "commit", "--quiet", "--allow-empty", "-m", "a")
        git(tmp_path / "clone", "push", "--quiet")
    with pytest.raises(DeployError, match="invoke deploy"):
        publish(newsroom, newsroom.site)


class Folder:
    """A site built once in a folder of its own, as GitLab's cache has it."""

    def __init__(self, site: TinySite) -> None:
        self.site = site
        self.memory = site.folder / "cache/memory/output"

    def renew(self) -> list[str]:
        return emergency.renew(settings_of(self.site, self.site.output), self.memory)

    def build(self) -> Built:
        built = self.site.build()
        assert 0 == built.status, built.said
        return built


@pytest.fixture
def folder(newsroom: Newsroom) -> Folder:
    return Folder(newsroom.site)


def test_an_edition_in_a_folder_is_renewed_with_its_memory(folder: Folder, tmp_path: Path) -> None:
    site = folder.site
    site.write("emergency.yaml", notices.file(notices.notice()))
    told = folder.renew()
    assert "Действует до 1 июня 2024 г., 20:00: Опасность: Учебный ветер до 30 м/с" == plain(told[0])
    assert [] == check_output(site.output, site.url)
    renewed = contents(site.output)
    again = folder.build()
    assert 0 == written(again)
    assert f"Сделано заново: {len(FILES)} файлов. Что изменилось: прежний файл сделан без сборки" in plain(
        again.said
    )
    clean = TinySite(tmp_path / "clean", settings=plain_settings())
    shutil.copytree(site.content, clean.content)
    assert renewed == again.files() == clean.build().files()
    assert "Издание уже такое, как надо." == folder.renew()[-1]


def test_of_many_notices_the_light_page_has_the_gravest_however_it_is_made(
    folder: Folder, tmp_path: Path
) -> None:
    site = folder.site
    site.write("emergency.yaml", notices.file(*(notices.notice(f"2024-06-01-{n}") for n in range(5))))
    folder.renew()
    lite = (site.output / "lite/index.html").read_bytes()
    assert 1 == plain(lite.decode()).count("И&nbsp;ещё 2 сообщения")
    clean = TinySite(tmp_path / "clean", settings=plain_settings())
    shutil.copytree(site.content, clean.content)
    assert clean.build().files() == contents(site.output)


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("emergency_notices.html", "\n{{ board.|day }}", r"emergency_notices\.html:2"),
        ("moment.html", "{% macro moment(when) %}{% endif %}", r"moment\.html:1"),
        ("moment.html", "{% macro another(when) %}{% endmacro %}", r"emergency_notices\.html"),
    ],
    ids=["a syntax error", "one in what it imports", "no such macro there"],
)
def test_a_component_that_is_broken_is_told_and_nothing_changes(
    folder: Folder, tmp_path: Path, file: str, text: str, expected: str
) -> None:
    site = folder.site
    theme = tmp_path / "theme"
    shutil.copytree(Path(site._pelican().settings["THEME"]), theme)
    (theme / "templates/components" / file).write_text(text, "utf-8")
    site.settings["THEME"] = str(theme)
    site.write("emergency.yaml", notices.file(notices.notice()))
    stood = contents(site.output)
    with pytest.raises(NewsroomError, match=rf"templates/components/{expected}: ошибка в шаблоне"):
        folder.renew()
    assert stood == contents(site.output)


def test_killed_between_two_renames_the_folder_says_so_and_a_build_mends_it(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = folder.site
    site.write("emergency.yaml", notices.file(notices.notice()))

    def dies(*_: object) -> list[str]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(staging, "prune", dies)
        with pytest.raises(KeyboardInterrupt):
            folder.renew()
    with pytest.raises(NewsroomError, match="нет целого издания"):
        folder.renew()
    mended = folder.build().files()
    assert [] == check_output(site.output, site.url)
    assert b"--emergency:block" in mended["emergency/notice.css"]


def test_killed_before_the_journal_is_amended_the_next_build_is_right(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.site.write("emergency.yaml", notices.file(notices.notice()))
    with monkeypatch.context() as patch:
        patch.setattr(emergency, "amend_journal", lambda *_: None)
        folder.renew()
    renewed = contents(folder.site.output)
    assert renewed == folder.build().files()


def test_an_edition_of_another_theme_keeps_its_looks(folder: Folder, tmp_path: Path) -> None:
    """The banner must not wait for a build only because the theme has changed meanwhile."""
    site = folder.site
    theme = tmp_path / "theme"
    shutil.copytree(Path(site._pelican().settings["THEME"]), theme)
    (theme / "static/css/feed.css").write_text("rss { color: red }\n")
    (theme / "static/css/tokens.css").write_text(":root { --ground: red }\n")
    site.settings["THEME"] = str(theme)
    site.write("emergency.yaml", notices.file(notices.notice()))
    folder.renew()
    assert [] == check_output(site.output, site.url)


def test_a_journal_of_another_edition_is_left_alone(folder: Folder) -> None:
    with Memory(folder.memory) as memory:
        before = read_journal(memory)
    (folder.site.output / "edition.json").write_bytes(
        (folder.site.output / "edition.json").read_bytes() + b"\n"
    )
    folder.site.write("emergency.yaml", notices.file(notices.notice()))
    folder.renew()
    with Memory(folder.memory) as memory:
        assert before == read_journal(memory)


def test_by_itself_the_command_knows_the_address_it_was_given(newsroom: Newsroom) -> None:
    """And so do the settings of the public site, which look for it in the environment."""
    settings = (ROOT / "publishconf.py").read_text("utf-8")
    theme = str(ROOT / "theme")
    (newsroom.project / "publishconf.py").write_text(f"{settings}\nTHEME = {theme!r}\n", "utf-8")
    shutil.copy(ROOT / "pelicanconf.py", newsroom.project)
    site = newsroom.site
    site.write("emergency.yaml", notices.file(notices.notice()))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    environment.pop("SITEURL", None)
    where = ("--branch", BRANCH, "--url", site.url)
    done = subprocess.run(
        [sys.executable, "-m", "newsroom.publish.branch_emergency", str(site.content), *where],
        cwd=newsroom.project,
        env=environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    assert f"Опубликовано: origin, ветка {BRANCH}" in done.stdout
    address = f"{site.url}/emergency/#2024-06-01-veter"
    assert address.encode() in branch(newsroom, "after")["emergency/rss.xml"]


def test_a_memory_that_cannot_be_kept_costs_only_time(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notices are out all the same; the next machine looks into every file, and makes the same."""
    site = newsroom.site
    site.write("emergency.yaml", notices.file(notices.notice()))
    monkeypatch.setattr(remembered.Journal, "publish", lambda *_: (_ for _ in ()).throw(DeployError("нет")))
    assert "published" == publish(newsroom, site)
    other = elsewhere(newsroom)
    assert "resumed" == newsroom.resume(other)
    assert branch(newsroom, "after") == other.build().files() | {".nojekyll": b""}
