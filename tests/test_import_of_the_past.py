"""An old site comes over: its releases at new addresses, its addresses alive, and all that was lost told."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from invoke import Collection, Parser

import tasks
from newsroom.importing.__main__ import main
from newsroom.importing.kept import letters
from tests.conftest import Built, TinySite
from tests.old_site import OldPage, as_csv, old_pages, write_uploads
from tests.pdf_files import plain
from tests.word_documents import picture

SETTINGS = """
from pelicanconf import *

NEWSROOM = {{**NEWSROOM, "now": "2024-06-01T12:00+08:00", "id_authority": "news.example"}}
SITEURL = "https://news.example"
OUTPUT_PATH, CACHE_PATH = "{folder}/output", "{folder}/cache"
"""
HOST = "https://old.example"
PLAIN_THEME = Path(__file__).parent.parent / "bench/themes/plain/newsroom"
"""Its pages are made sooner than those of the site's own."""


class OldSite:
    """An export beside a tiny site, and what its import came to."""

    def __init__(self, site: TinySite) -> None:
        self.site, self.folder = site, site.folder
        self.entries: list[dict[str, object]] = []
        (self.folder / "settings.py").write_text(SETTINGS.format(folder=self.folder), "utf-8")
        (self.folder / "files").mkdir()

    def entry(self, number: int, body: str = "<p>Текст новости.</p>", **fields: object) -> None:
        self.entries.append({
            "title": f"Новость {number}", "date": f"{number:02}.05.2019 10:00", "body": body,
            "url": f"{HOST}/news/{number}/", "rubric": "Город", **fields,
        })  # fmt: skip

    def file(self, path: str, data: bytes) -> None:
        (self.folder / "files" / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "files" / path).write_bytes(data)

    def bring_in(self, *options: str, export: Path | None = None) -> int:
        path = export or self.folder / "export.json"
        if export is None:
            path.write_text(json.dumps(self.entries, ensure_ascii=False), "utf-8")
        settings = ("--settings", str(self.folder / "settings.py"), "--files", str(self.folder / "files"))
        report = () if "--report" in options else ("--report", str(self.folder / "report.csv"))
        return main([str(path), str(self.site.content), *settings, *report, *options])

    def report(self, name: str = "report.csv") -> list[dict[str, str]]:
        text = (self.folder / name).read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text), delimiter=";"))

    def remarks(self) -> list[str]:
        return [remark for row in self.report() for remark in row["что не сохранилось"].split("; ") if remark]

    def text(self, number: int) -> str:
        return (self.site.content / f"releases/2019/05/2019-05-{number:02}-novost-{number}.md").read_text(
            "utf-8"
        )

    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.site.content.rglob("*") if path.is_file())
        return {path.relative_to(self.site.content).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def old(site: TinySite) -> OldSite:
    return OldSite(site)


def test_a_release_has_all_that_the_entry_had(old: OldSite) -> None:
    old.file("upload/a.jpg", picture("JPEG").getvalue())
    old.file("upload/План (1).pdf", plain())
    old.entry(
        9, '<p>Смотрите <a href="/upload/План (1).pdf">план</a>.</p><img src="/upload/a.jpg" alt="Лёд">',
        title="Новость <b>9</b> &amp; др'", tags=["Зима", "Ярмарка"], summary="<p>Коротко.</p>",
        image="/upload/a.jpg", files="/upload/План (1).pdf",
    )  # fmt: skip
    assert 0 == old.bring_in()
    file = "releases/2019/05/2019-05-09-novost-9-dr.md"
    expected = """\
---
title: 'Новость 9 & др'''
date: 2019-05-09 10:00
rubric: gorod
department: press
summary: 'Коротко.'
tags:
  - zima
  - yarmarka
image:
  src: novost-9-dr.jpg
  alt: 'Лёд'
attachments:
  - file: plan-1.pdf
    title: 'План (1).pdf'
aliases:
  - '/news/9/'
---

Смотрите [план](plan-1.pdf).
"""
    assert expected == old.files()[file].decode()
    built = old.site.build()
    assert 0 == built.status
    assert built.has("/news/2019/05/novost-9-dr/plan-1.pdf")
    assert "/news/2019/05/novost-9-dr/" in built.text("/news/9/")
    assert [] == old.remarks()


def test_releases_name_one_another_by_their_new_files(old: OldSite) -> None:
    old.entry(1, f'<p><a href="/news/2">а</a> <a href="{HOST}/news/2/#part">б</a> <a href="?id=7">в</a></p>')
    old.entry(
        2,
        '<p><a href="http://www.old.example/news/1/">а</a> <a href="/contacts/">б</a></p>',
        date="01.06.2019",
    )
    old.entry(3, '<p><a href="/news/?id=4">а</a></p>')
    old.entry(4, url=f"{HOST}/news/?id=4")
    assert 0 == old.bring_in()
    assert 2 == old.text(1).count("](../06/2019-06-01-novost-2.md)")
    second = old.files()["releases/2019/06/2019-06-01-novost-2.md"].decode()
    assert "[а](../05/2019-05-01-novost-1.md) [б](https://old.example/contacts/)" in second
    assert "[а](2019-05-04-novost-4.md)" in old.text(3)
    assert 0 == old.site.build().status


def test_the_same_export_again_changes_nothing(old: OldSite) -> None:
    old.file("upload/a.jpg", picture("JPEG").getvalue())
    old.entry(1, '<img src="/upload/a.jpg">')
    old.entry(2, url="/news/?id=2")
    old.entry(3, url="")
    old.entry(4, title="Новость 3", date="03.05.2019 10:00", url="/news/?id=4")
    old.entry(5, url="/news/2019/05/novost-5/")
    assert 0 == old.bring_in()
    before = old.files()
    assert 5 == sum("/2019/05/2019" in file for file in before)
    assert 0 == old.bring_in()
    assert before == old.files()
    assert {"уже был"} == {row["что стало"] for row in old.report("report-2.csv")}
    again = (old.folder / "report-2-redirects.csv").read_bytes()
    assert (old.folder / "report-redirects.csv").read_bytes() == again
    old.entry(6)
    assert 0 == old.bring_in()
    assert set(before) | {"releases/2019/05/2019-05-06-novost-6.md"} == set(old.files())


def test_addresses_that_no_page_can_have_are_a_list_of_redirects(old: OldSite) -> None:
    for number, url in enumerate(("/news/?id=1", "/news.php", "/new s/", "/press/4/"), 1):
        old.entry(number, url=f"{HOST}{url}")
    assert 0 == old.bring_in()
    lines = (old.folder / "report-redirects.csv").read_text("utf-8").splitlines()
    assert [
        "old;new",
        "/new%20s/;/news/2019/05/novost-3/",
        "/news.php;/news/2019/05/novost-2/",
        "/news/?id=1;/news/2019/05/novost-1/",
    ] == lines


def test_an_entry_that_fails_is_told_and_the_others_come_over(
    old: OldSite, capsys: pytest.CaptureFixture[str]
) -> None:
    old.entry(1)
    old.entry(2, title="!")
    old.entry(3, date="позавчера")
    old.entry(4, body="<p>&nbsp;</p>")
    old.entry(5, rubric="Неведомая")
    old.entry(6, f'<p><a href="{HOST}/news/5/">пятая</a></p>')
    assert 1 == old.bring_in()
    assert ["вошёл", *["не вошёл"] * 4, "вошёл"] == [row["что стало"] for row in old.report()]
    assert "[пятая](https://old.example/news/5/)" in old.text(6)
    said = capsys.readouterr().out
    for told in ("нет заголовка", "дата не читается: «позавчера»", "нет текста", "--rubrics 'Неведомая=…'"):
        assert told in said
    assert 0 == old.site.build().status


def test_an_old_address_that_is_taken_stays_with_the_page_that_has_it(old: OldSite) -> None:
    old.site.write("pages/about.md", "---\ntitle: О нас\n---\nТекст.\n")
    old.entry(1, url=f"{HOST}/about/")
    old.entry(2, url=f"{HOST}/rss.xml/")
    old.entry(3, url=f"{HOST}/news/2019/05/novost-1/")
    assert 0 == old.bring_in()
    assert ["/about/", "/rss.xml/", "/news/2019/05/novost-1/"] == [
        remark.split()[2] for remark in old.remarks() if "занят" in remark
    ]
    assert "aliases" not in old.text(1) + old.text(2) + old.text(3)
    old.site.release("2019-06-01-katok")
    old.entry(4, url=f"{HOST}/news/2019/06/katok/")
    assert 0 == old.bring_in()
    assert "aliases" not in old.text(4)
    assert not (old.folder / "report-redirects.csv").exists()
    assert 0 == old.site.build().status


def test_no_redirect_leads_away_from_a_page_of_the_new_site(old: OldSite) -> None:
    for number, url in enumerate(("/", "/index.php", "/rss.xml", "/RSS.xml", "/old.xml"), 1):
        old.entry(number, url=f"{HOST}{url}")
    assert 0 == old.bring_in()
    lines = (old.folder / "report-redirects.csv").read_text("utf-8").splitlines()
    assert ["old;new", "/old.xml;/news/2019/05/novost-5/"] == lines
    assert 2 == sum("главная страница" in remark for remark in old.remarks())
    assert 2 == sum("на новом сайте это своя страница" in remark for remark in old.remarks())
    assert 0 == old.site.build().status


def test_what_the_old_site_hid_comes_over_as_a_draft_that_nobody_names(old: OldSite) -> None:
    old.entry(1, f'<p><a href="{HOST}/news/2/">вторая</a> <a href="{HOST}/news/3/">третья</a></p>')
    old.entry(2, active="N", url=f"{HOST}/news/2/")
    old.entry(3, date="01.07.2024 10:00")
    old.entry(4, active="N", url=f"{HOST}/?id=4")
    old.entries[0]["active"] = old.entries[2]["active"] = "Y"
    assert 0 == old.bring_in()
    assert ["status" in old.text(number) for number in (1, 2)] == [False, True]
    assert "status: draft" in old.text(2)
    assert "\nвторая третья\n" in old.text(1)
    one, two, _, four = (row["что не сохранилось"] for row in old.report())
    assert 2 == one.count("читатели пока не видят")
    assert "на прежнем сайте это не опубликовано («N»): вошло черновиком" in two
    assert "читатели этого релиза пока не видят" in four
    assert not (old.folder / "report-redirects.csv").exists()
    built = old.site.build()
    assert (0, False) == (built.status, built.has("/news/2019/05/novost-2/"))
    old.entry(5, f'<p><a href="{HOST}/news/2/">вторая</a></p>')
    assert 0 == old.bring_in()
    assert "\nвторая\n" in old.text(5)
    assert 0 == old.site.build().status


WXR = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
xmlns:wp="http://wordpress.org/export/1.2/"><channel>{}</channel></rss>"""
ITEM = """<item><title>Новость {0}</title><link>https://old.example/{0}/</link>
<pubDate>Thu, 09 May 2019 10:00:00 +0000</pubDate><content:encoded>Текст</content:encoded>
<wp:status>{1}</wp:status><wp:post_type>{2}</wp:post_type></item>"""


def test_of_wordpress_come_posts_and_pages_and_what_is_private_as_a_draft(
    old: OldSite, capsys: pytest.CaptureFixture[str]
) -> None:
    kinds = (("publish", "post"), ("private", "post"), ("inherit", "attachment"), ("publish", "page"))
    items = "".join(ITEM.format(number, *kind) for number, kind in enumerate(kinds, 1))
    export = old.folder / "export.xml"
    export.write_text(WXR.format(items), "utf-8")
    assert 0 == old.bring_in("--rubric", "gorod", export=export)
    assert ["вошёл", "вошёл", "пропущен", "вошёл"] == [row["что стало"] for row in old.report()]
    assert "это «attachment», а не запись" in old.report()[2]["что не сохранилось"]
    texts = {file: data for file, data in old.files().items() if file.startswith("releases")}
    assert ["2019-05-09-novost-2.md"] == [Path(f).name for f in texts if b"status: draft" in texts[f]]
    assert "Пропущено, это не записи (вложения, меню): 1." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"url": "/news/1/"}, "/news/1/"),
        ({"url": "", "body": "<p><a href='/b/'>б</a></p>"}, "/b/"),
        ({"url": "", "image": "/none.jpg"}, "/none.jpg"),
    ],
)
def test_half_an_address_asks_for_the_other_half(
    old: OldSite, fields: dict[str, object], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    old.entry(1, **fields)  # type: ignore[arg-type]
    assert 1 == old.bring_in()
    said = capsys.readouterr().err
    assert f"запись 1: в адресе «{named}» нет имени прежнего сайта — добавьте --base https://" in said
    assert not (old.folder / "report.csv").exists()
    assert 1 == old.bring_in("--base", "old.example")
    assert "это не адрес сайта" in capsys.readouterr().err
    assert 0 == old.bring_in("--base", HOST)


def test_files_that_are_there_need_no_address_of_the_old_site(old: OldSite) -> None:
    old.file("upload/a.jpg", picture("JPEG").getvalue())
    old.file("upload/plan.pdf", plain())
    old.entry(
        1, '<p><a href="/upload/plan.pdf">план</a></p><img src="/upload/a.jpg" alt="Лёд">', url="",
        files="/upload/plan.pdf",
    )  # fmt: skip
    assert 0 == old.bring_in()
    assert "[план](plan.pdf)\n\n![Лёд](novost-1.jpg)" in old.text(1)
    assert [] == old.remarks()


def test_entries_of_one_address_all_come_over_and_come_once(old: OldSite) -> None:
    for number, url in enumerate(("/news/#n1", "/news/#n2", "/list/", "/list/"), 1):
        old.entry(number, f'<p>Текст. <a href="{HOST}/news/#n2">вторая</a></p>', url=f"{HOST}{url}")
    old.entries.append(old.entries[2])
    assert 0 == old.bring_in()
    assert [*["вошёл"] * 4, "уже был"] == [row["что стало"] for row in old.report()]
    assert [False, False, True, False] == ["aliases" in old.text(number) for number in (1, 2, 3, 4)]
    assert "[вторая](2019-05-02-novost-2.md)" in old.text(1)
    assert 2 == sum("место на странице" in remark for remark in old.remarks())
    assert 1 == sum("есть и у другой записи" in remark for remark in old.remarks())
    before = old.files()
    old.entries.reverse()
    assert 0 == old.bring_in()
    assert before == old.files()


def test_a_release_whose_headline_was_bettered_is_known_again(old: OldSite) -> None:
    old.entry(1, url=f"{HOST}/?id=1")
    old.entry(2)
    assert 0 == old.bring_in()
    for number in (1, 2):
        path = old.site.content / f"releases/2019/05/2019-05-0{number}-novost-{number}.md"
        path.write_text(old.text(number).replace(f"'Новость {number}'", "'Другой заголовок'"), "utf-8")
    before = old.files()
    assert 0 == old.bring_in()
    assert before == old.files()


def test_one_odd_entry_does_not_stop_the_others(old: OldSite) -> None:
    old.entry(1, f'<p>Лёд \ud83d <a href="/upload/{"б" * 300}.pdf">план</a></p>', title="Новость \ud8001")
    old.entry(2, url=f"{HOST}/{'а' * 101}/")
    old.entry(3, date="0001-01-01T00:00:00+08:00")
    old.entry(4, date="9999-12-31T23:59:59-10:00")
    export = old.folder / "export.json"
    export.write_text(json.dumps(old.entries), "utf-8")
    assert 1 == old.bring_in(export=export)
    assert ["вошёл", "вошёл", "не вошёл", "не вошёл"] == [row["что стало"] for row in old.report()]
    assert "Лёд" in old.text(1)
    assert "aliases" not in old.text(2)
    assert "%D0%B0/;/news/2019/05/novost-2/" in (old.folder / "report-redirects.csv").read_text("utf-8")
    assert 2 == sum("дата не читается" in remark for remark in old.remarks())


def test_what_the_rules_forbid_stands_in_the_report(old: OldSite, capsys: pytest.CaptureFixture[str]) -> None:
    old.entry(1, "<p>Её СНИЛС 112-233-445 95.</p>")
    old.entry(2)
    assert 0 == old.bring_in()
    one, two = (row["что не сохранилось"] for row in old.report())
    assert "строка 11: " in one
    assert "СНИЛС" in one
    assert "" == two
    assert "запустите invoke check --all" in capsys.readouterr().out


def test_links_are_left_of_what_the_copy_has_not(old: OldSite) -> None:
    old.entry(1, image="/upload/a.jpg", files=["/upload/plan.pdf", "/upload/program.exe"])
    assert 0 == old.bring_in()
    assert old.text(1).endswith(
        "Картинка: [a.jpg](https://old.example/upload/a.jpg)  \n"
        "Вложение: [plan.pdf](https://old.example/upload/plan.pdf)  \n"
        "Вложение: [program.exe](https://old.example/upload/program.exe)\n"
    )
    assert 3 == sum("осталась ссылка на старый сайт" in remark for remark in old.remarks())
    assert 0 == old.site.build().status


@pytest.mark.parametrize("attribute", ["data-src", "data-lazy-src", "data-original"])
def test_a_picture_that_is_shown_late_is_taken_and_not_what_holds_its_place(
    old: OldSite, attribute: str
) -> None:
    pixel = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
    old.file("a.jpg", picture("JPEG").getvalue())
    old.entry(1, f'<p>Текст.</p><img src="{pixel}" {attribute}="/a.jpg" alt="Лёд"><img src="{pixel}">')
    assert 0 == old.bring_in()
    assert old.text(1).endswith("Текст.\n\n![Лёд](novost-1.jpg)\n")
    assert [] == old.remarks()


def test_folders_are_looked_at_before_anything_is_done(
    old: OldSite, capsys: pytest.CaptureFixture[str]
) -> None:
    old.entry(1)
    before = old.files()
    assert 1 == old.bring_in("--files", str(old.folder / "none"))
    assert "нет такой папки — проверьте --files" in capsys.readouterr().err
    (old.folder / "file").write_text("x")
    assert 1 == old.bring_in("--report", str(old.folder / "file/report.md"))
    assert "проверьте --report" in capsys.readouterr().err
    assert before == old.files()
    assert 0 == old.bring_in("--report", str(old.folder / "new/folder/report.md"))
    assert (old.folder / "new/folder/report.md").is_file()


def test_what_the_site_would_refuse_is_left_out_and_named_by_nobody(old: OldSite) -> None:
    taken = "---\ntitle: О нас\naliases:\n  - /news/2019/05/novost-2/\n---\nТекст.\n"
    old.site.write("pages/about.md", taken)
    old.entry(1, f'<p><a href="{HOST}/news/2/">вторая</a></p>')
    old.entry(2)
    assert 1 == old.bring_in()
    refused = old.report()[1]
    assert ("не вошёл", "") == (refused["что стало"], refused["файл"])
    assert "адрес /news/2019/05/novost-2/ уже занят: pages/about.md" in refused["что не сохранилось"]
    assert "[вторая](https://old.example/news/2/)" in old.text(1)
    assert 0 == old.site.build().status


def test_a_picture_that_is_cut_short_but_can_be_seen_is_saved_anew(old: OldSite) -> None:
    whole = picture("PNG").getvalue()
    old.file("a.png", whole[: whole.rindex(b"IEND") - 4])
    old.entry(1, '<img src="/a.png" alt="Лёд">')
    assert 0 == old.bring_in()
    assert "![Лёд](novost-1.png)" in old.text(1)
    assert 0 == old.site.build().status


def test_a_dry_run_writes_nothing_but_its_report(old: OldSite, capsys: pytest.CaptureFixture[str]) -> None:
    old.entry(1)
    before = old.files()
    assert 0 == old.bring_in("--dry-run")
    assert before == old.files()
    assert ["/news/2019/05/novost-1/"] == [row["новый адрес"] for row in old.report()]
    assert "Проба" in capsys.readouterr().out


def test_losses_are_told_by_entry(old: OldSite) -> None:
    old.file("bad.jpg", b"no picture")
    old.file("img/seen.jpg", picture("JPEG").getvalue())
    old.entry(
        1,
        '<img src="/gone.jpg" alt="Дети"><img src="/bad.jpg"><a href="/gone.pdf">план</a>',
        tags="Такой нет",
    )
    old.entry(2, '<p>Текст.</p><img src="/img/seen.jpg"><iframe src="//v.example/1"></iframe>')
    old.entry(3, rubric="Иное")
    assert 0 == old.bring_in("--rubric", "sport")
    one, two, three = (row["что не сохранилось"] for row in old.report())
    for told in ("gone.jpg не найдена", "bad.jpg испорчена", "gone.pdf не найден", "списке тем: Такой нет"):
        assert told in one
    assert "[картинка: Дети](https://old.example/gone.jpg)" in old.text(1)
    assert "[план](https://old.example/gone.pdf)" in old.text(1)
    assert "не было описания: поставлен заголовок" in two
    assert "![Новость 2](novost-2.jpg)" in old.text(2)
    assert "рубрики «Иное» нет: поставлена sport" in three


def test_names_are_mapped_on_the_command_line_and_in_a_file(old: OldSite) -> None:
    old.entries.append(
        {"Шапка": "Новость 1", "Когда": "01.05.2019", "Тело": "Текст.", "Где": "Хоккей", "О чём": "Лёд"}
    )
    mapping = old.folder / "mapping.yaml"
    mapping.write_text(
        "map:\n  title: Шапка\n  rubric: Где\nrubrics:\n  Хоккей: gorod\ntags:\n  Лёд: zima\n", "utf-8"
    )
    given = ("--mapping", str(mapping), "--map", "date=Когда", "--map", "body=Тело", "--map", "tags=О чём")
    assert 0 == old.bring_in(*given, "--rubrics", "Хоккей=sport")
    assert "rubric: sport" in old.text(1)
    assert "tags:\n  - zima" in old.text(1)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--rubric", "net-takoy"), "рубрики «net-takoy» нет"),
        (("--department", "net-takogo"), "подразделения «net-takogo» нет"),
        (("--tags", "а=net-takoy"), "темы «net-takoy» нет"),
        (("--rubrics", "Город"), "пишите старое=новое"),
        (("--map", "colour=Цвет"), "нет поля «colour»"),
        (("--map", "title=Цвет"), "нет столбца «Цвет»"),
    ],
)
def test_a_wrong_option_is_refused_before_anything_is_done(
    old: OldSite, options: Sequence[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    old.entry(1)
    before = old.files()
    assert 1 == old.bring_in(*options)
    assert told in capsys.readouterr().err
    assert before == old.files()
    assert not (old.folder / "report.csv").exists()


def test_the_report_lies_where_it_is_told_but_not_among_the_material(
    old: OldSite, capsys: pytest.CaptureFixture[str]
) -> None:
    old.entry(1, "<p>Текст | ещё.</p><script></script>", author="Автор")
    assert 1 == old.bring_in("--report", str(old.site.content / "report.csv"))
    assert "не может лежать среди материалов" in capsys.readouterr().err
    assert 0 == old.bring_in("--report", str(old.folder / "report.md"))
    report = (old.folder / "report.md").read_text("utf-8")
    assert "| запись 1 | Новость 1 | вошёл |" in report
    assert "не вошли: author" in report


def test_two_releases_of_a_day_and_their_files_keep_apart(old: OldSite) -> None:
    for part in "ab":
        old.file(f"{part}/plan.pdf", part.encode())
        old.file(f"{part}/1.png", picture("PNG", (ord(part), 2, 3)).getvalue())
        body = f'<p><a href="/{part}/plan.pdf">план</a></p><img src="/{part}/1.png" alt="Лёд">'
        old.entry(1, body, url=f"{HOST}/{part}/", title="Новость 1")
    assert 0 == old.bring_in()
    names = {Path(file).name for file in old.files() if file.startswith("releases")}
    assert {
        "2019-05-01-novost-1.md", "2019-05-01-novost-1-2.md", "plan.pdf", "plan-2.pdf",
        "novost-1.png", "novost-1-2.png",
    } == names  # fmt: skip
    assert 0 == old.site.build().status


def test_the_command_takes_as_many_names_as_there_are() -> None:
    parser = Parser(contexts=Collection(deepcopy(tasks.import_)).to_contexts())
    given = [
        "import",
        "old.csv",
        "--rubrics",
        "Новости города=gorod",
        "--rubrics",
        "А=b",
        "--map",
        "title=Имя",
    ]
    (task,) = parser.parse_argv(given)
    named = {name: task.args[name].value for name in ("export", "rubrics", "map_", "tags", "dry_run")}
    expected = {
        "export": "old.csv", "rubrics": ["Новости города=gorod", "А=b"], "map_": ["title=Имя"], "tags": [],
        "dry_run": False,
    }  # fmt: skip
    assert expected == named


@pytest.mark.slow
def test_a_thousand_entries_with_all_their_dirt_come_over(old: OldSite) -> None:
    """The entries are synthetic (tests/old_site.py): every tenth has a picture, every hundredth no sense."""
    pages = list(old_pages(1000))
    write_uploads(old.folder / "files", 1000)
    export = old.folder / "export.csv"
    export.write_bytes(as_csv(pages))
    assert 1 == old.bring_in("--rubrics", "Новости города=gorod", export=export)
    rows = [row for row in old.report() if row["запись"] != "все"]
    assert [page.is_sound for page in pages] == [row["что стало"] == "вошёл" for row in rows]
    own = {**_own_settings(), "extras": ()}
    built = replace(old.site, settings={"NEWSROOM": own, "THEME": str(PLAIN_THEME)}).build()
    assert 0 == built.status, built.said
    for page, row in zip(pages, rows, strict=True):
        if page.is_sound:
            _assert_came_over(built, page, row)


def _own_settings() -> dict[str, object]:
    from datetime import datetime

    import pelicanconf

    now = datetime.fromisoformat("2024-06-01T12:00+08:00")
    return {**pelicanconf.NEWSROOM, "now": now, "id_authority": "news.example"}


def _assert_came_over(built: Built, page: OldPage, row: dict[str, str]) -> None:
    text = letters(unescape(re.sub("<[^>]*>", "", built.text(row["новый адрес"]))))
    assert [] == [words for words in page.words if letters(words) not in text]
    if page.has_alias:
        path = urlsplit(page.row["Ссылка"]).path
        address = path if path.endswith((".html", "/")) else f"{path}/"
        assert row["новый адрес"] in built.text(quote(address))
    else:
        assert "перенаправлением" in row["что не сохранилось"]
