"""Open data: tables that programs and Excel read, with passports that describe them."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import pytest

from newsroom.content.amount import Amount
from newsroom.content.audience import Audience, Count
from newsroom.content.library import Library
from newsroom.pages import open_data
from tests.sample_library import (
    HOLIDAY,
    LIBRARY,
    MARATHON,
    OTHERS,
    REPORT,
    ROADS,
    VICTORY,
    at,
    desk,
    files,
    replace,
)
from tests.sample_library import library as library_of

TABLES = ("releases-2024", "releases-2023", "channels", "audience", "events", "broadcasts", "issues")


def made(library: Library = LIBRARY) -> dict[str, bytes]:
    return files(open_data.sections(desk(library)))


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made()[f"data/{name}.csv"].decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", TABLES)
def test_csv_has_the_mark_that_excel_needs_and_ends_lines_with_crlf(name: str) -> None:
    data = made()[f"data/{name}.csv"]

    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n")


@pytest.mark.parametrize("name", TABLES)
def test_csv_and_json_tell_the_same(name: str) -> None:
    from_json = json.loads(made()[f"data/{name}.json"])

    assert len(rows(name)) == len(from_json) > 0
    for row, twin in zip(rows(name), from_json, strict=True):
        assert list(row) == list(twin)
        for column, value in twin.items():
            if isinstance(value, str | int) and not isinstance(value, bool):
                assert row[column] == str(value)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_described(name: str) -> None:
    set_name = name.partition("-")[0]
    described = rows(f"{set_name}-structure")

    assert [column["field name"] for column in described] == list(rows(name)[0])
    assert all(column["russian description"] and column["format"] for column in described)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ('=HYPERLINK("https://evil.example")', '\'=HYPERLINK("https://evil.example")'),
        ("+7 (3953) 00-00-00", "'+7 (3953) 00-00-00"),
        ("-5 °C утром", "'-5 °C утром"),
        ("@город", "'@город"),
        ("\t=1+1", "'\t=1+1"),
        ("\r=1+1", "'\r=1+1"),
        ("＝1+1", "'＝1+1"),
        ("— Тире", "— Тире"),
        ("5 = 5", "5 = 5"),
    ],
)
def test_a_text_is_no_formula_in_a_spreadsheet(title: str, expected: str) -> None:
    tables = made(library_of([replace(ROADS, title=title)], **OTHERS))
    (row,) = csv.DictReader(io.StringIO(tables["data/releases-2023.csv"].decode("utf-8-sig"), newline=""))

    assert expected == row["title"]
    assert title == json.loads(tables["data/releases-2023.json"])[0]["title"]


def test_a_number_and_a_list_in_a_table() -> None:
    tags = (replace(HOLIDAY, title="=1"), HOLIDAY)
    library = library_of([replace(VICTORY, tags=tags)], **{**OTHERS, "tags": tags})
    fewer = Count(date=date(2023, 1, 1), channel="vk", subscribers=Amount(-5))
    tables = files(open_data.sections(desk(library, audience=Audience((fewer,)))))

    assert b",'=1; " in tables["data/releases-2024.csv"]
    assert b",-5\r\n" in tables["data/channels.csv"]


def test_a_broadcast_of_which_only_the_day_is_known_has_no_hour() -> None:
    library = library_of(broadcasts=(replace(REPORT, start=at(2023, 12, 20)), MARATHON))
    starts = [row["start"] for row in json.loads(made(library)["data/broadcasts.json"])]

    assert ["2023-12-20", "2024-05-20T19:00:00+08:00"] == starts


def test_a_release_is_one_row() -> None:
    (row,) = rows("releases-2024")

    assert "2024-05-09-den-pobedy" == row["id"]
    assert "2024-05-10T09:30:00+08:00" == row["updated"]
    assert "https://news.example/site/news/2024/05/den-pobedy/" == row["address"]
    assert ("праздник", "День Победы", "2", "false") == (
        row["tags"], row["events"], row["pictures"], row["conventional_date"]
    )  # fmt: skip


def test_a_channel_has_its_last_count() -> None:
    assert [("2023-12-31", "1000")] == [(row["counted"], row["subscribers"]) for row in rows("channels")]


def test_the_audience_is_a_row_for_each_count() -> None:
    assert [("2022-12-31", "vk", "900", ""), ("2023-12-31", "vk", "1000", "40")] == [
        (row["date"], row["channel"], row["subscribers"], row["posts"]) for row in rows("audience")
    ]


def test_what_is_only_known_to_be_more_is_marked() -> None:
    count = Count(date=date(2024, 1, 1), channel="vk", posts=Amount(7), views=Amount(900, at_least=True))
    made = files(open_data.sections(desk(LIBRARY, audience=Audience((count,)))))
    (row,) = json.loads(made["data/audience.json"])
    assert (None, 7, 900, ["views"]) == (row["subscribers"], row["posts"], row["views"], row["at_least"])


def test_an_event_counts_the_releases_of_its_year() -> None:
    assert ["1", "0", "0"] == [row["releases"] for row in rows("events")]


def test_withdrawn_releases_are_in_no_table() -> None:
    assert all(b"otozvan" not in data for data in made().values())


def test_passports_and_the_register_name_files_that_exist() -> None:
    texts = [data.decode() for path, data in made().items() if path.endswith(("-meta.csv", "list.csv"))]
    named = {path for text in texts for path in re.findall(r"https://news\.example/site/([^,\s]+)", text)}

    assert named
    assert named <= set(made())
    assert 6 == len(rows("list")) - 1


def test_a_newsroom_without_anything_has_an_empty_register() -> None:
    nothing = files(open_data.sections(desk(library_of(), audience=Audience())))
    assert {"data/list.csv", "data/index.json"} == set(nothing)
    assert [] == json.loads(nothing["data/index.json"])["datasets"]
