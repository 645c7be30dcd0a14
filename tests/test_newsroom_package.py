"""Each of the latest releases has a newsroom package: one ZIP with all that a newspaper takes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

import pelicanconf
from newsroom.packaging import put_package
from newsroom.problems import NewsroomError
from newsroom.publish.output_check import check_output
from tests.conftest import ROOT, VOCABULARY, Built, TinySite

ID = "2024-05-09-katok"
URL = "/news/2024/05/katok/"
PACKAGE = f"{URL}newsroom-package.zip"
BODY = """\
Каток [открыт](/news/2024/04/vesna/) **всем**, [even guests]{lang=en}.

«Лёд готов, — сказал директор катка. — Ждём всех».

## Часы

1. Утро.
2. Вечер:
    - коньки;
    - музыка.

- Вход свободный.

| Час | Людей |
|---|---:|
| 10 | 25 |

> Лёд держит.
>
> — смотритель

![Вид катка](led.jpg "Лёд на площади | И. Примерный")
"""


def write(site: TinySite) -> None:
    site.release("2024-04-01-vesna")
    site.release(
        ID,
        BODY,
        image="{src: glavnaya.jpg, alt: Каток сверху, author: А. Примерная}",
        contact="{name: Анна Примерная, phone: '+7 3953 00-00-00', email: press@example.ru}",
        changes="[{date: 2024-05-10, note: Уточнены часы}]",
    )
    site.picture("releases/2024/05/glavnaya.jpg", (1200, 800))
    site.picture("releases/2024/05/led.jpg", (800, 600))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = TinySite(tmp_path_factory.mktemp("package"))
    for file, text in VOCABULARY.items():
        site.write(file, text)
    write(site)
    made = site.build()
    assert 0 == made.status, made.said
    return made


def archive(built: Built, url: str = PACKAGE) -> zipfile.ZipFile:
    return zipfile.ZipFile(built.output / url.lstrip("/"))


@pytest.fixture(scope="module")
def document(built: Built) -> Any:
    return docx.Document(io.BytesIO(archive(built).read(f"{ID}/{ID}.docx")))


def text(built: Built, name: str) -> str:
    data = archive(built).read(f"{ID}/{name}")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\u00a0", " ")


def test_it_holds_the_text_the_pictures_and_who_to_ask(built: Built) -> None:
    names = [f"{ID}.docx", f"{ID}.txt", "podpisi.txt", "tsitaty.txt", "kontakty.txt"]
    photos = ["foto/01-glavnaya.jpg", "foto/02-led.jpg"]
    entries = archive(built).infolist()
    assert [f"{ID}/{name}" for name in (*names, *photos)] == [entry.filename for entry in entries]
    assert {(2024, 5, 9, 10, 0, 0)} == {entry.date_time for entry in entries}
    for name, url in zip(photos, ("glavnaya.jpg", "led.jpg"), strict=True):
        assert (built.output / f"{URL}{url}".lstrip("/")).read_bytes() == archive(built).read(f"{ID}/{name}")


def test_the_page_offers_it_with_its_size(built: Built) -> None:
    page = built.page(URL)
    link = page.select_one(".press-package a")
    assert link
    assert (PACKAGE, f"{ID}.zip") == (link["href"], link["download"])
    size = (built.output / PACKAGE.lstrip("/")).stat().st_size
    kind = page.select_one(".press-package .attachment-list__kind")
    assert kind
    assert round(size / 1024) == int(kind.text.removeprefix("ZIP, ").removesuffix("\u00a0КБ"))
    assert [] == check_output(built.output, "https://news.example")


def test_captions_name_the_authors_of_all_pictures(built: Built) -> None:
    lead, led = text(built, "podpisi.txt").strip().split("\n\n")
    assert ["foto/01-glavnaya.jpg", "На снимке: Каток сверху", "Фото: А. Примерная", "Размер: 1200×800"] == (
        lead.split("\n")
    )
    assert ["foto/02-led.jpg", "Подпись: Лёд на площади", "На снимке: Вид катка", "Фото: И. Примерный"] == (
        led.split("\n")[:4]
    )


def test_quotations_stand_with_who_said_them(built: Built) -> None:
    expected = "«Лёд готов» «Ждём всех»\n— сказал директор катка\n\n«Лёд держит.»\n— смотритель\n"
    assert expected == text(built, "tsitaty.txt")


def test_contacts_and_the_text_are_whole(built: Built) -> None:
    for words in ("Пресс-служба", "Анна Примерная", "+7 3953 00-00-00", f"https://news.example{URL}"):
        assert words in text(built, "kontakty.txt")
        assert words in text(built, f"{ID}.txt")


def test_the_word_document_has_real_styles(document: Any) -> None:
    styled = [
        (each.style.name, each.text.replace("\u00a0", " ")) for each in document.paragraphs if each.text
    ]
    assert [
        ("Date", "9 мая 2024 г. · Пресс-служба"),
        ("Title", "Город открыл каток"),
        ("Subtitle", "Каток открыт для всех."),
        ("Normal", "Каток открыт всем, even guests."),
        ("Normal", "«Лёд готов, — сказал директор катка. — Ждём всех»."),
        ("Heading 1", "Часы"),
        ("List Number", "Утро."),
        ("List Number", "Вечер:"),
        ("List Bullet", "коньки;"),
        ("List Bullet", "музыка."),
        ("List Bullet", "Вход свободный."),
        ("Quote", "Лёд держит."),
        ("Quote", "— смотритель"),
        ("Caption", "foto/02-led.jpg — Лёд на площади Фото: И. Примерный"),
        ("Normal", "Исправлено 10 мая 2024 г.: Уточнены часы"),
        ("Heading 1", "Контакт для СМИ"),
        ("Normal", "Анна Примерная"),
        ("Normal", "+7 3953 00-00-00"),
        ("Normal", "press@example.ru"),
        ("Normal", f"Пресс-релиз на сайте: https://news.example{URL}"),
    ] == [(name, words) for name, words in styled if not words.startswith("Документ:")]


def test_the_word_document_has_its_table_links_languages_and_properties(document: Any) -> None:
    (table,) = document.tables
    assert [["Час", "Людей"], ["10", "25"]] == [[cell.text for cell in row.cells] for row in table.rows]
    assert "Table Grid" == table.style.name
    links = [link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert ["https://news.example/news/2024/04/vesna/", "mailto:press@example.ru"] == links[:2]
    assert "ru-RU" == document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val"))
    assert ["en"] == [mark.get(qn("w:val")) for mark in document.element.body.iter(qn("w:lang"))]
    assert ("Город открыл каток", "ru-RU") == (
        document.core_properties.title,
        document.core_properties.language,
    )
    assert "2024-05-09 02:00:00" == str(document.core_properties.created)[:19]


def test_the_same_release_gives_the_same_bytes_in_another_zone_and_another_process(built: Built) -> None:
    environment = os.environ | {
        "TZ": "America/New_York",
        "PYTHONHASHSEED": "7",
        "SITEURL": "https://news.example",
        "NEWSROOM_NOW": "2024-06-01T12:00:00+08:00",
    }
    folder = built.output.parent / "packages"
    command = [sys.executable, "-m", "newsroom.packaging", str(built.output.parent / "content"), ID]
    done = subprocess.run(
        [*command, "--to", str(folder)], cwd=ROOT, env=environment, capture_output=True, check=False
    )
    assert 0 == done.returncode, done.stderr.decode()
    assert (built.output / PACKAGE.lstrip("/")).read_bytes() == (folder / f"{ID}.zip").read_bytes()


def test_a_new_release_makes_anew_the_one_page_that_is_no_longer_among_the_latest(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pelicanconf.NEWSROOM, "packages", 3)
    for day in range(1, 7):
        site.release(f"2024-05-0{day}-den-{day}")
    had = site.build().files()
    assert ["den-4", "den-5", "den-6"] == with_package(had)
    site.release("2024-05-07-den-7")
    has = site.build().files()
    assert ["den-5", "den-6", "den-7"] == with_package(has)
    changed = {
        path.split("/")[3]
        for path in has
        if path.startswith("news/2024/05/den") and has[path] != had.get(path)
    }
    # The new one, its neighbour, and the one that has a package no longer.
    assert {"den-7", "den-6", "den-4"} == changed
    assert b"newsroom-package" not in has["news/2024/05/den-4/index.html"]


def with_package(files: dict[str, bytes]) -> list[str]:
    return sorted(path.split("/")[3] for path in files if path.endswith("/newsroom-package.zip"))


def test_a_correction_and_a_withdrawal_reach_the_package(site: TinySite) -> None:
    site.release(ID)
    before = site.build().files()[PACKAGE.lstrip("/")]
    site.release(ID, "Лёд тает.\n")
    after = site.build().files()[PACKAGE.lstrip("/")]
    assert "Лёд готов.".encode() in before
    assert "Лёд тает.".encode() in after
    site.release(ID, status="withdrawn", withdrawal_reason="Ошибка")
    assert [] == with_package(site.build().files())


def test_only_published_releases_can_be_asked_for(site: TinySite, tmp_path: Path) -> None:
    site.release(ID)
    site.release("2024-05-20-chernovik", status="draft")
    site.release("2024-07-01-zavtra", date="2024-07-01 10:00")
    generator = site._pelican().read()
    for id in ("2024-05-20-chernovik", "2024-07-01-zavtra", "2024-05-09-kato", "чужой"):
        with pytest.raises(NewsroomError, match="среди опубликованных такого релиза нет"):
            put_package(generator, id, tmp_path / "to")
    assert zipfile.is_zipfile(put_package(generator, ID, tmp_path / "to"))
