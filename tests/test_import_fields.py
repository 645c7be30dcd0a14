"""What exports write in their fields: dates in many forms, addresses, columns under many names."""

from __future__ import annotations

import json
from contextlib import suppress
from html import escape
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.content.values import root_address
from newsroom.importing.addresses import full_address
from newsroom.importing.entry import Entry
from newsroom.importing.exports import read_export
from newsroom.importing.moments import moment_of
from newsroom.importing.old_addresses import alias_of, key_of, path_of
from newsroom.importing.old_files import OldFiles
from newsroom.importing.old_states import unpublished
from newsroom.problems import NewsroomError

IRKUTSK = ZoneInfo("Asia/Irkutsk")
ENTRY = Entry(
    "", "Заголовок", "09.05.2019", "<p>Текст; с «знаками»\nи строками</p>", "/a/1/", "Город", ("раз", "два")
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2019-05-09", "2019-05-09 00:00"),
        ("2019-05-09 10:00:59", "2019-05-09 10:00"),
        ("2019-05-09T02:00:00Z", "2019-05-09 10:00"),
        ("2019-05-08T23:30:00+03:00", "2019-05-09 04:30"),
        ("2019/05/09 10.00", "2019-05-09 10:00"),
        ("Thu, 09 May 2019 10:00:00 +0800", "2019-05-09 10:00"),
        ("Wed, 08 May 2019 20:00:00 GMT", "2019-05-09 04:00"),
        ("09.05.2019", "2019-05-09 00:00"),
        ("9.5.19 9:05", "2019-05-09 09:05"),
        ("09.05.2019, 10:00:00", "2019-05-09 10:00"),
        ("09/05/2019 в 10:00", "2019-05-09 10:00"),
        ("9 мая 2019 г.", "2019-05-09 00:00"),
        ("9\u00a0МАЯ 2019 года, 10:00", "2019-05-09 10:00"),
        ("1 сентября 2019", "2019-09-01 00:00"),
        ("May 9, 2019", "2019-05-09 00:00"),
        ("1557367200", "2019-05-09 10:00"),
        ("1557367200000", "2019-05-09 10:00"),
        ("Thu, 09 May 2019 02:00:00 -0000", "2019-05-09 10:00"),
        ("Thu, 09 May 2019 05:00:00 MSK", "2019-05-09 10:00"),
        ("Wed, 08 May 2019 21:00:00 EST", "2019-05-09 10:00"),
        ("Thu, 9 May 2019 02:00 GMT", "2019-05-09 10:00"),
        ("Thu, 09 May 2019 05:00:00 XYZ", None),
        ("2019-05-09 05:00:00 +0300", "2019-05-09 10:00"),
        ("Вторник, 7 мая 2019", "2019-05-07 00:00"),
        ("чт, 09/05/2019 - 10:00", "2019-05-09 10:00"),
        ("09.05.98", "1998-05-09 00:00"),
        ("0001-01-01T00:00:00+08:00", None),
        ("9999-12-31T23:59:59-10:00", None),
        ("31.12.9999", None),
        ("29.02.2020", "2020-02-29 00:00"),
        ("29.02.2019", None),
        ("2019-13-01", None),
        ("вчера", None),
        ("", None),
        ("0000-00-00 00:00:00", None),
        ("01.01.1970", None),
    ],
)
def test_a_date_is_read_in_the_zone_of_the_newsroom(written: str, expected: str | None) -> None:
    moment = moment_of(written, IRKUTSK)
    assert expected == (moment and f"{moment:%Y-%m-%d %H:%M}")


@given(st.text())
def test_no_text_breaks_the_reading_of_dates(written: str) -> None:
    moment_of(written, IRKUTSK)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://old.example/news/123/", "/news/123/"),
        ("https://old.example/news/123", "/news/123/"),
        ("/novosti/2019.html", "/novosti/2019.html"),
        ("/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C/", "/новость/"),
        ("/news/?id=123", ""),
        ("/index.php", ""),
        ("/news.php?id=1", ""),
        ("/", ""),
        ("/a/../b/", ""),
        ("/.hidden/", ""),
        ("/a b/", ""),
        (f"/{'а' * 100}/", f"/{'а' * 100}/"),
        (f"/{'а' * 101}/", ""),
        ("http://[bad/", ""),
    ],
)
def test_an_old_address_is_an_alias_where_a_static_site_can_answer(address: str, expected: str) -> None:
    alias, reason = alias_of(address)
    assert expected == alias
    assert bool(alias) != bool(reason)
    assert not alias or alias == root_address(alias)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.old.example/a/", "https://old.example/a"),
        ("https://old.example/a/index.php", "https://old.example/a/"),
        ("https://old.example/a?id=1", "http://old.example/a/?id=1"),
    ],
)
def test_two_ways_to_write_an_old_address_are_one_page(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)
    assert key_of(one) != key_of(one + "2")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("b.html", "https://old.example/a/b.html"),
        ("/b/", "https://old.example/b/"),
        ("//video.example/1", "https://video.example/1"),
        ("www.city.example.ru/a", "http://www.city.example.ru/a"),
        ("press@city.example", "mailto:press@city.example"),
        ("tel:+73953000000", "tel:+73953000000"),
        ("javascript:void(0)", ""),
        ("file:///C:/a.doc", ""),
        ("data:text/html,x", ""),
        ("http://[bad", ""),
    ],
)
def test_an_address_is_made_whole_or_left_out(written: str, expected: str) -> None:
    assert expected == full_address(written, "https://old.example/a/")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://old.example/лёд 1/?id=«5»&a=%20", "/%D0%BB%D1%91%D0%B4%201/?id=%C2%AB5%C2%BB&a=%20"),
        ("/news.php#top", "/news.php"),
    ],
)
def test_an_old_address_is_told_as_browsers_ask_for_it(address: str, expected: str) -> None:
    assert expected == path_of(address)


def test_a_place_on_a_page_counts_where_it_is_asked_for() -> None:
    one, other = "https://old.example/news/#n1", "https://old.example/news/#n2"
    assert key_of(one) == key_of(other)
    assert key_of(one, with_place=True) != key_of(other, with_place=True)


BODY = "<p>Текст; с «знаками»\nи строками</p>"
TABLE = f'Заголовок;Дата;Текст;Ссылка;Рубрика;Теги\n"Заголовок";09.05.2019;"{BODY}";/a/1/;Город;раз, два\n'
COMMAS = f'title,date,body,url,category,tags\nЗаголовок,09.05.2019,"{BODY}",/a/1/,Город,раз|два\n'
LIST = [
    {
        "title": {"rendered": "Заголовок"}, "date": "09.05.2019", "content": BODY, "link": "/a/1/",
        "category": {"name": "Город"}, "tags": ["раз", {"name": "два"}],
    }
]  # fmt: skip
ITEMS = {
    "count": 1,
    "items": [
        {
            "заголовок": "Заголовок", "дата": "09.05.2019", "текст": BODY, "адрес": "/a/1/",
            "рубрика": "Город", "темы": "раз; два",
        }
    ],
}  # fmt: skip
RSS = f"""<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>
<title>Заголовок</title><pubDate>09.05.2019</pubDate><link>/a/1/</link><category>Город</category>
<category>раз</category><category>два</category><content:encoded><![CDATA[{BODY}]]></content:encoded>
</item></channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="windows-1251"?><feed xmlns="http://www.w3.org/2005/Atom"><entry>
<title>Заголовок</title><updated>09.05.2019</updated><link href="/a/1/"/><category term="Город"/>
<category term="раз"/><category term="два"/><content type="html">{escape(BODY)}</content></entry></feed>"""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("utf-8.csv", TABLE.encode()),
        ("bom.csv", TABLE.encode("utf-8-sig")),
        ("windows.csv", TABLE.encode("cp1251").replace(b"\n", b"\r\n")),
        ("unicode.csv", TABLE.encode("utf-16")),
        ("commas.csv", COMMAS.encode()),
        ("list.json", json.dumps(LIST).encode()),
        ("items.json", json.dumps(ITEMS, ensure_ascii=False).encode("utf-8-sig")),
        ("feed.rss", RSS.encode()),
        ("feed.xml", ATOM.encode("cp1251")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_kind_of_export_says_the_same(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (entry,) = read_export(tmp_path / name, {}).entries
    fields = ("title", "date", "address", "rubric", "tags")
    assert [getattr(ENTRY, field) for field in fields] == [getattr(entry, field) for field in fields]
    assert ENTRY.body.split() == entry.body.split()


def test_a_feed_keeps_what_feedparser_would_clean_away(tmp_path: Path) -> None:
    body = '<p>а <a href="b.html">б</a></p><iframe src="https://video.example/1"></iframe>'
    item = (
        f"<title>А &amp;amp; Б</title><description><![CDATA[{body}]]></description>"
        '<enclosure url="/upload/1.jpg" type="image/jpeg" length="1"/>'
        '<enclosure url="/upload/plan.pdf" type="application/pdf" length="1"/>'
    )
    (tmp_path / "f.xml").write_text(
        f'<rss version="2.0"><channel><item>{item}</item></channel></rss>', "utf-8"
    )
    (entry,) = read_export(tmp_path / "f.xml", {}).entries
    assert (body, "/upload/1.jpg", ("/upload/plan.pdf",)) == (entry.body, entry.image, entry.files)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({}, ()),
        ({"ACTIVE": "Y"}, ()),
        ({"status": True, "post_status": "publish"}, ()),
        ({"published": "2019-05-09 10:00"}, ()),
        ({"Активность": "Н"}, ("Н",)),
        ({"active": False}, ("нет",)),
        ({"status": 1, "published": None}, ("",)),
        ({"state": -2}, ("-2",)),
    ],
)
def test_whatever_does_not_say_that_an_entry_was_published_is_known(
    tmp_path: Path, row: dict[str, object], expected: tuple[str, ...]
) -> None:
    whole = [{"title": "А", "date": "2019-05-09", "body": "Б", **row}]
    (tmp_path / "a.json").write_text(json.dumps(whole), "utf-8")
    export = read_export(tmp_path / "a.json", {})
    assert expected == tuple(unpublished(export.entries[0].states, IRKUTSK))
    assert () == export.left


def test_half_a_sign_is_dropped_from_an_export(tmp_path: Path) -> None:
    text = '[{"title": "Л\\ud83dёд", "date": "2019-05-09", "body": "\\ud83d\\ude00\\udc00", "\\ud800": 1}]'
    (tmp_path / "a.json").write_text(text, "utf-8")
    export = read_export(tmp_path / "a.json", {})
    assert ("Лёд", "\U0001f600", ("",)) == (export.entries[0].title, export.entries[0].body, export.left)


def test_half_a_sign_is_dropped_from_a_feed(tmp_path: Path) -> None:
    item = "<title>Л&#xD83D;ёд&#33;</title><description>А&#55357;Б</description>"
    (tmp_path / "f.xml").write_text(
        f'<rss version="2.0"><channel><item>{item}</item></channel></rss>', "utf-8"
    )
    (entry,) = read_export(tmp_path / "f.xml", {}).entries
    assert ("Лёд!", "АБ", ()) == (entry.title, entry.body, entry.faults)


def test_columns_may_be_named_by_hand_and_those_left_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Шапка,Когда,Тело,Автор,Пусто\nА,2019-05-09,Б,В,\n", "utf-8")
    export = read_export(tmp_path / "a.csv", {"title": "шапка", "date": "Когда", "body": "Тело"})
    assert ("А", "Б") == (export.entries[0].title, export.entries[0].body)
    assert ("Автор",) == export.left


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.csv", b"", "не видно, где заголовок"),
        ("a.csv", "Заголовок,Дата\nа,б\n".encode(), "a.csv:1: не видно, где текст"),
        ("a.csv", bytes([0x98, 0x81, 0xFF, 0xFE]) * 9, "кодировка"),
        ("a.json", b"[{", "a.json:1: это не JSON"),
        ("a.json", b"{}", "в файле нет записей"),
        ("a.json", b"[1, 2]", "в файле нет записей"),
        ("a.xml", b"<html><body>x</body></html>", "это не RSS"),
        ("a.rss", b"<rss><channel></channel></rss>", "нет записей"),
    ],
)
def test_what_is_no_export_is_refused_in_words(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(NewsroomError) as raised:
        read_export(tmp_path / name, {})
    assert told in str(raised.value)


def test_a_row_of_another_length_is_a_fault_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('title,date,body\nА,2019-05-09,"два\nряда"\nБ,2019-05-09\n', "utf-8")
    whole, short = read_export(tmp_path / "a.csv", {}).entries
    assert ("строка 2", ()) == (whole.place, whole.faults)
    assert ("строка 4", "Б") == (short.place, short.title)
    assert "2 столбцов, а в заголовке 3" in short.faults[0]


@given(st.binary())
def test_any_bytes_are_an_export_or_a_problem(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "exports"
    folder.mkdir(exist_ok=True)
    for name in ("a.csv", "a.json", "a.xml"):
        (folder / name).write_bytes(data)
        with suppress(NewsroomError):
            read_export(folder / name, {})


def test_an_old_file_is_found_by_the_end_of_its_address_and_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("тайна")
    uploads = tmp_path / "uploads"
    (uploads / "a").mkdir(parents=True)
    (uploads / "a/план 1.pdf").write_bytes(b"plan")
    (uploads / "away.txt").symlink_to(tmp_path / "secret.txt")
    files = OldFiles(uploads)
    assert b"plan" == files.find("https://old.example/site/upload/a/%D0%BF%D0%BB%D0%B0%D0%BD%201.pdf?v=2")
    assert b"abc" == files.find("data:image/png;base64,YWJj")
    for address in (
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/away.txt",
        "/a/",
        "/none.jpg",
        "/a%00b",
        "data:image/png;base64,*",
        f"/{'б' * 300}.pdf",
    ):
        assert files.find(address) is None
    assert OldFiles(None).find("/a/1.jpg") is None
