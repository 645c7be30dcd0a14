"""A build makes what the change asks for, and nothing else."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

import pelicanconf
from newsroom.build.edition import FILE_NAME, FOLDER_NAME
from newsroom.content.catalogue import states
from newsroom.content.reader import SourceReader
from newsroom.problems import NewsroomError
from tests.conftest import ROOT, VOCABULARY, Built, TinySite
from tests.random_newsroom import QUICK, START, differences

RELEASES = 120
PER_PAGE = 4
NEWEST = "2024-05-29-novost-0"


def settings(folder: Path) -> dict[str, Any]:
    """Those of a newsroom whose lists have many closed pages, without drawn cards."""
    own: dict[str, Any] = {**pelicanconf.NEWSROOM, "now": START, "id_authority": "news.example"}
    own |= {"per_page": PER_PAGE, "feed_items": 6, "extras": QUICK}
    return {"NEWSROOM": own, "CACHE_PATH": str(folder / "cache")}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A newsroom of 120 releases, a release every third day, built once."""
    site = TinySite(tmp_path_factory.mktemp("first"))
    site.settings = settings(site.folder)
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.write("events/den.md", "---\ntitle: День города\ndates: [{start: 2024-06-12}]\n---\n")
    for number in range(RELEASES):
        day = date(2024, 5, 29) - timedelta(days=3 * number)
        rubric, tags = ("gorod", "sport")[number % 2], ("[zima]", "[zima, yarmarka]", "[]")[number % 3]
        site.release(f"{day.isoformat()}-novost-{number}", rubric=rubric, tags=tags)
    built = site.build()
    assert 0 == built.status, built.said
    return site.folder


@pytest.fixture
def big(first: Path, tmp_path: Path) -> TinySite:
    """A copy of the newsroom with its output and its memory, as on another machine."""
    shutil.copytree(first, tmp_path / "copy")
    site = TinySite(tmp_path / "copy")
    site.settings = settings(site.folder)
    assert "записано 0, " in site.build().said
    return site


def times(site: TinySite) -> dict[str, int]:
    """When each file of the output was written."""
    files = (path for path in site.output.rglob("*") if path.is_file())
    return {path.relative_to(site.output).as_posix(): path.stat().st_mtime_ns for path in files}


def changes(site: TinySite) -> set[str]:
    """Paths of the files that a build writes or removes; those it leaves alone keep their times, too."""
    before, moments = Built(0, "", site.output).files(), times(site)
    built = site.build()
    assert 0 == built.status, built.said
    after, changed = times(site), set(differences(before, built.files()))
    written = {path for path in before.keys() | after.keys() if moments.get(path) != after.get(path)}
    assert changed - {FILE_NAME} == written - {FILE_NAME}
    return {path for path in changed if path.partition("/")[0] not in {FILE_NAME, FOLDER_NAME}}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the content files that builds read from now on."""
    names: list[str] = []
    real = SourceReader.read

    def counted(self: SourceReader, source_path: str) -> tuple[str, dict[str, object]]:
        names.append(Path(source_path).name)
        return real(self, source_path)

    monkeypatch.setattr(SourceReader, "read", counted)
    return names


LISTS = {
    f"{folder}/{name}"
    for folder in ("rubrics/gorod", "tags/zima", "departments/press")
    for name in ("index.html", "rss.xml", "atom.xml")
}
ADDED = {
    *("news/2024/05/novoe/index.html", "news/2024/05/novoe/index.txt", "news/2024/05/novoe/index.md"),
    "news/2024/05/novost-0/index.html",  # its neighbour
    *LISTS,
    *("news/index.html", "news/2024/index.html", "news/2024/05/index.html", "news/2024/05/30/index.html"),
    "news/2024/05/29/index.html",  # the day before leads to the new one
    *("index.html", "404.html", "rubrics/index.html", "tags/index.html", "departments/index.html"),
    *("rss.xml", "atom.xml", "feed.json", "yandex.xml", "dzen.xml"),
    *("sitemap.xml", "news-sitemap.xml", "sitemaps/releases-2024.xml", "sitemaps/archive-2024.xml"),
    *("data/index.html", "data/index.json", "data/releases-meta.csv"),
    *("data/releases-2024.csv", "data/releases-2024.json"),
}


def test_one_release_added_changes_these_files_and_no_others(big: TinySite, read: list[str]) -> None:
    big.now = "2024-05-30T12:00:00+08:00"
    big.settings["NEWSROOM"] |= {"now": START.replace(month=5, day=30)}
    changes(big)
    big.release("2024-05-30-novoe", tags="[zima]", rubric="gorod")
    assert ADDED == changes(big)
    assert ["2024-05-30-novoe.md"] == read
    assert len(ADDED) < 60


def test_closed_pages_of_lists_stay_when_one_more_is_closed(big: TinySite) -> None:
    lists = re.compile(r"(?:news|rubrics|tags|departments)/.*page/(\d+)/index\.html")
    before = {path for path in times(big) if lists.fullmatch(path)}
    last = max(int(found[1]) for path in before if (found := re.fullmatch(r"news/page/(\d+)/.*", path)))
    for day in range(30 - PER_PAGE, 30):
        big.release(f"2024-05-{day}-novoe-{day}")
    changed = {path for path in changes(big) if path.startswith("news/page/")}
    assert f"news/page/{last + 1}/index.html" in changed
    assert changed <= {f"news/page/{number}/index.html" for number in range(last - 2, last + 2)}


def test_nothing_changed_reads_and_writes_nothing(big: TinySite, read: list[str]) -> None:
    moments = times(big)
    assert 0 == big.build().status
    assert (moments, []) == (times(big), read)


def test_a_fresh_clone_reads_nothing_and_writes_nothing(big: TinySite, read: list[str]) -> None:
    files = [path for path in big.content.rglob("*") if path.is_file()]
    for path in files:
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data)
        os.utime(path, (0, 0))
    assert set() == changes(big)
    assert [] == read


def test_an_edit_that_keeps_size_and_time_of_a_file_is_seen(big: TinySite, read: list[str]) -> None:
    path = big.content / f"releases/2024/05/{NEWEST}.md"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace("Лёд готов".encode(), "Лёд тонок".encode()))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert before.st_size == path.stat().st_size
    assert "news/2024/05/novost-0/index.html" in changes(big)
    assert [path.name] == read


def test_an_edited_body_changes_the_release_its_feeds_and_its_row(big: TinySite) -> None:
    big.release(NEWEST, "Лёд тонок.\n", rubric="gorod", tags="[zima]")
    lists = {path for path in LISTS if not path.endswith("index.html")}
    own = {f"news/2024/05/novost-0/index.{ending}" for ending in ("html", "txt", "md")}
    assert own | lists | {"rss.xml", "atom.xml", "feed.json", "yandex.xml", "dzen.xml"} == changes(big)


def mentions(site: TinySite, words: str) -> list[str]:
    files = Built(0, "", site.output).files()
    return sorted(path for path, data in files.items() if words in path or words.encode() in data)


def test_a_renamed_release_leaves_no_page_picture_or_mention(big: TinySite) -> None:
    big.picture("releases/2024/05/led.jpg", (24, 16))
    big.write("releases/2024/05/plan.txt", "План")
    big.release(NEWEST, image="{src: led.jpg, alt: Лёд}", attachments="[{file: plan.txt, title: План}]")
    changes(big)
    assert mentions(big, "novost-0/plan.txt")
    path = big.content / f"releases/2024/05/{NEWEST}.md"
    path.rename(path.with_name("2024-05-29-drugoe-imya.md"))
    changes(big)
    assert [] == mentions(big, "novost-0/")
    assert not (big.output / "news/2024/05/novost-0").exists()
    assert (big.output / "news/2024/05/drugoe-imya/plan.txt").is_file()


@pytest.mark.parametrize("last", ["deleted", "withdrawn", "tagged otherwise", "made a draft"])
def test_a_tag_that_lost_its_last_release_leaves_no_page_feed_or_mention(big: TinySite, last: str) -> None:
    big.release("2024-05-28-lyzhi", tags="[den-pobedy]")
    changes(big)
    assert {"tags/den-pobedy/index.html", "tags/den-pobedy/rss.xml"} < set(mentions(big, "/den-pobedy/"))
    if last == "deleted":
        big.remove("releases/2024/05/2024-05-28-lyzhi.md")
    elif last == "withdrawn":
        big.release("2024-05-28-lyzhi", tags="[den-pobedy]", status="withdrawn", withdrawal_reason="Так")
    else:
        status = "draft" if last == "made a draft" else None
        big.release("2024-05-28-lyzhi", tags="[zima]", status=status)
    changes(big)
    assert [] == mentions(big, "/den-pobedy/")
    assert not (big.output / "tags/den-pobedy").exists()


def test_the_last_release_of_a_month_takes_its_pages_and_sections_with_it(big: TinySite) -> None:
    for path in (big.content / "releases/2024/02").iterdir():
        path.unlink()
    changes(big)
    assert not (big.output / "news/2024/02").exists()
    assert [] == mentions(big, "news/2024/02/")
    assert not (big.output / "edition/releases/2024-02.json").exists()


# Changes that are easy to overlook: the next build must see them as a first one would.


def assert_as_clean(site: TinySite) -> Built:
    """The next build comes to what one without a memory would."""
    built = site.build()
    output = site.folder / "clean"
    clean_site = replace(site, settings={**site.settings, "OUTPUT_PATH": str(output)})
    clean = replace(clean_site.build(), output=output)
    assert clean.status == built.status, built.said
    if clean.status:
        assert clean.said == built.said
    else:
        assert {} == differences(clean.files(), built.files())
    return built


def lose_attachment(site: TinySite) -> None:
    site.remove("releases/2024/05/plan.txt")


def lose_channel(site: TinySite) -> None:
    site.remove("channels/vk.md")


def lose_release(site: TinySite) -> None:
    site.remove("releases/2024/05/2024-05-09-katok.md")


def move_release(site: TinySite) -> None:
    path = site.content / "releases/2024/05/2024-05-09-katok.md"
    path.rename(site.content / "releases" / path.name)


def lose_tag(site: TinySite) -> None:
    site.write("tags.yaml", "yarmarka: Ярмарка\n")


@pytest.mark.parametrize("lose", [lose_attachment, lose_channel, lose_release, move_release, lose_tag])
def test_what_a_release_names_is_missed_at_once(site: TinySite, lose: Callable[[TinySite], None]) -> None:
    site.write("releases/2024/05/plan.txt", "План")
    site.write("channels/vk.md", "---\ntitle: Сеть\nnetwork: Сеть\nowner: Город\nstatus: active\n---\n")
    site.release()
    body = "[Каток](2024-05-09-katok.md), [сеть](../../../channels/vk.md).\n"
    attachments = "[{file: plan.txt, title: План}]"
    site.release("2024-05-10-snova", body, attachments=attachments, tags="[zima]")
    assert 0 == site.build().status
    lose(site)
    assert 1 == assert_as_clean(site).status


def test_an_attachment_under_an_ignored_name_is_looked_into(site: TinySite) -> None:
    site.settings = {"IGNORE_FILES": ["plan*"]}
    site.write("releases/2024/05/plan.txt", "План")
    site.release(attachments="[{file: plan.txt, title: План}]")
    assert 0 == site.build().status
    site.write("releases/2024/05/plan.txt", "Другой")
    assert "Другой" == assert_as_clean(site).text("/news/2024/05/katok/plan.txt")


def test_a_file_that_changed_while_it_was_read_is_read_again(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(digests: dict[str, bytes], *others: Any) -> Any:
        if any("katok" in path for path in digests):
            site.release(body="Потом.\n")
        return states(digests, *others)

    site.release()
    with monkeypatch.context() as patch:
        patch.setattr("newsroom.content.reading.states", late)
        assert 0 == site.build().status
    assert "Потом" in assert_as_clean(site).text("/news/2024/05/katok/")


def test_a_release_that_comes_due_breaks_or_mends_no_link_unseen(site: TinySite) -> None:
    site.release("2024-06-09-zavtra")
    site.release(body="## Где\n")
    assert 0 == site.build().status
    site.now = "2024-06-10T12:00:00+08:00"
    assert assert_as_clean(site).has("/news/2024/06/zavtra/")
    site.release("2024-06-09-zavtra", "[Где](/news/2024/05/katok/#gde)\n")
    assert 0 == assert_as_clean(site).status
    site.release(body="Нет места.\n")
    assert 1 == assert_as_clean(site).status
    site.now = "2024-06-01T12:00:00+08:00"
    assert 1 == assert_as_clean(site).status


def test_what_a_check_refused_is_refused_by_the_build_after_it(site: TinySite) -> None:
    site.release()
    assert 0 == site.build().status
    site.release("2024-07-09-later", "[Нет такой](/news/2020/01/nothing/)\n")
    time.sleep(0.2)  # else the file would be too fresh to be known by its time
    with pytest.raises(NewsroomError):
        site._pelican().read()
    assert 1 == site.build().status


def test_an_address_that_is_taken_is_refused_to_a_neighbour_too(site: TinySite) -> None:
    site.release("2024-05-09-katok")
    assert 0 == site.build().status
    file = site.release("2024-05-10-yarmarka", aliases="[/news/2024/05/katok/]")
    built = site.build()
    (problem,) = built.problems()
    assert problem.startswith(f"{file}:")
    assert "адрес /news/2024/05/katok/ уже занят" in problem


def test_an_anchor_that_is_gone_is_missed_where_it_was_linked_to(site: TinySite) -> None:
    site.release("2022-05-09-katok", body="## Где\n\nНа площади.\n")
    file = site.release("2024-05-10-itogi", body="[Где](/news/2022/05/katok/#gde)\n")
    assert 0 == site.build().status
    site.release("2022-05-09-katok", body="На площади.\n")
    (problem,) = site.build().problems()
    assert problem.startswith(f"{file}:")
    assert "нет места «#gde»" in problem


def test_a_new_face_of_the_theme_draws_all_cards_anew(site: TinySite) -> None:
    theme = site.folder / "theme"
    shutil.copytree(ROOT / "theme", theme)
    site.settings = {"THEME": str(theme)}
    site.release()
    before = site.build().files()
    faces = theme / "static/fonts"
    shutil.copyfile(faces / "sofia-sans-condensed-600.woff2", faces / "sofia-sans-condensed-800.woff2")
    after = assert_as_clean(site).files()
    assert {"card.png", "news/2024/05/katok/card.png"} <= differences(before, after).keys()


def test_what_a_theme_begins_to_show_is_there_as_if_it_had_always_been(site: TinySite) -> None:
    theme = site.folder / "theme"
    shutil.copytree(ROOT / "theme", theme)
    page, whole = theme / "templates/article.html", (ROOT / "theme/templates/article.html").read_text("utf-8")
    bare = '{% extends "base.html" %}{% block content %}{{ release.body|safe }}{% endblock %}'
    site.settings = {"THEME": str(theme)}
    site.release("2024-05-08-shayba", tags="[zima]", title="Шайба")
    site.release(tags="[zima]")
    page.write_text(bare, "utf-8")
    assert "Шайба" not in assert_as_clean(site).text("/news/2024/05/katok/").partition("<main")[2]

    page.write_text(whole, "utf-8")
    shown = assert_as_clean(site).text("/news/2024/05/katok/").partition("По теме")[2]
    assert "Шайба" in shown
    site.release("2024-05-08-shayba", tags="[zima]", title="Клюшка")
    assert "Клюшка" in assert_as_clean(site).text("/news/2024/05/katok/").partition("По теме")[2]
