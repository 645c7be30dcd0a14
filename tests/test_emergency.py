"""Emergency notices: what an editor may write, what counts at an hour, and what is made of it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

import pelicanconf
from newsroom.content.cap_words import CATEGORY, CERTAINTY, SEVERITY, STATUS, URGENCY
from newsroom.content.emergency import read_notices
from newsroom.content.notices import Notice
from newsroom.due import has_come, hours, told
from newsroom.pages import well_known
from newsroom.pages.cap import message
from newsroom.pages.notice_board import board
from newsroom.pages.notice_feeds import as_atom, as_rss
from newsroom.pages.notice_sheet import sheet, string
from newsroom.problems import NewsroomError
from newsroom.settings import Site
from tests import cap_structure, notices
from tests.conftest import ROOT, TinySite

ZONE = ZoneInfo("Asia/Irkutsk")
GOLDEN = Path(__file__).parent / "golden/emergency"
SITE = Site(
    name="Пресс-служба",
    city="Город",
    url="https://news.example/press",
    now=datetime(2024, 6, 1, 12, tzinfo=ZONE),
    zone="Asia/Irkutsk",
    organization="Пресс-служба города",
    id_authority="news.example",
    id_date="2023",
)


def read(folder: Path, *given: dict[str, Any]) -> dict[str, Notice]:
    (folder / "emergency.yaml").write_text(notices.file(*given), "utf-8")
    return read_notices(folder, ZONE)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE)


def shown(known: dict[str, Notice], moment: str) -> dict[str, str]:
    """What has become of each notice at an hour of 1 June 2024."""
    found = board(known.values(), at(f"2024-06-01T{moment}"))
    return {posted.notice.id: posted.state for posted in (*found.active, *found.past)}


@pytest.mark.parametrize("mark", ["# ", "#"], ids=["with its space", "alone"])
def test_the_sample_is_published_as_the_guide_says(tmp_path: Path, mark: str) -> None:
    """To the letter: copied to the end, its hashes taken away, `notices: []` made `notices:`."""
    text = (ROOT / "content/emergency.yaml").read_text("utf-8")
    assert {} == read_notices(ROOT / "content", ZONE)
    sample = re.search(r"^# +- id: .*?^# +contact: .*?$", text, re.MULTILINE | re.DOTALL)
    assert sample
    copied = [line.removeprefix("#").removeprefix(mark[1:]) for line in sample[0].splitlines()]
    assert 1 == text.count("\nnotices: []\n")
    made = text.replace("\nnotices: []\n", "\nnotices:\n") + "\n".join([*copied, ""])
    (tmp_path / "emergency.yaml").write_text(made, "utf-8")
    (found,) = read_notices(tmp_path, ZONE).values()
    assert ("danger", "2026-11-23-uragan", "112") == (found.level, found.id, found.contact)
    assert [1, 1] == [len(block.lines) for block in found.text]


def test_without_a_file_there_are_no_notices(tmp_path: Path) -> None:
    assert {} == read_notices(tmp_path, ZONE)
    assert {} == read(tmp_path)


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("id", "ураган", "имя «ураган» не годится для адреса"),
        ("id", "uragan", "имя «uragan» не годится для адреса"),
        ("headline", "А" * 161, "в поле «headline» больше 160 знаков"),
        ("headline", None, "нет поля «headline»"),
        ("severity", "Severe", "в поле «severity» стоит «Severe»"),
        ("urgency", "сейчас", "в поле «urgency» стоит «сейчас»"),
        ("certainty", "", "в поле «certainty» стоит «»"),
        ("category", "ветер", "в поле «category» стоит «ветер»"),
        ("status", "шутка", "в поле «status» стоит «шутка»"),
        ("expires", "2024-06-01 11:00", "сообщение кончается раньше, чем начинается"),
        ("expires", "завтра", "поле «expires»: дата не читается"),
        ("onset", "2024-06-01 20:00", "явление начнётся, когда сообщения уже не будет"),
        ("text", "Смотрите [сайт](https://a.example)", "экстренного сообщения разметки не бывает"),
        ("text", "Смотрите <a href='https://a.example'>сайт</a>", "экстренного сообщения разметки не бывает"),
        ("instruction", "**Бегите**", "экстренного сообщения разметки не бывает"),
        ("contact", "спасатели", "поле «contact»: это не телефон"),
        ("web", "javascript:alert(1)", "поле «web»: это не адрес в интернете"),
        ("polygon", ["56.1,101.6", "56.2,101.6"], "граница из двух точек ничего не окружает"),
        ("polygon", ["156.1,101.6"], "polygon, 1-е»: это не точка на карте"),
        ("geocodes", [{"name": "OKTMO"}], "нет поля «value»"),
        ("cancels", ["2024-06-01-veterok"], "сообщения «2024-06-01-veterok» в файле нет"),
        ("updates", ["2024-06-01-veter"], "сообщение «2024-06-01-veter» не раньше этого"),
        ("heading", "А", "неизвестное поле «heading»"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(tmp_path: Path, field: str, value: Any, expected: str) -> None:
    given = notices.notice(**{field: value})
    with pytest.raises(NewsroomError) as raised:
        read(tmp_path, given)
    (problem,) = raised.value.problems
    assert expected in problem.message
    assert problem.remedy
    lines = (tmp_path / "emergency.yaml").read_text("utf-8").splitlines()
    place = lines[problem.line - 1]
    needed = "id:" if value is None or field in {"polygon", "geocodes"} else f"{field}:"
    assert "emergency.yaml" == problem.file
    assert needed in place or field in {"polygon", "geocodes", "heading"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- id: a\n", "вместо полей список или текст"),
        ("notices: всё хорошо\n", "в поле «notices» должен быть список"),
        ("notices:\n  - Ветер\n", "вместо сообщения текст или список"),
        ("notice: []\n", "неизвестное поле «notice»"),
    ],
)
def test_what_is_no_list_of_notices_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "emergency.yaml").write_text(text, "utf-8")
    with pytest.raises(NewsroomError, match=expected):
        read_notices(tmp_path, ZONE)


def test_two_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NewsroomError, match="есть в файле дважды"):
        read(tmp_path, notices.notice(), notices.notice())


def test_a_drill_cancels_nothing_that_is_meant(tmp_path: Path) -> None:
    other = notices.notice("2024-06-01-b", effective="2024-06-01 12:00", status="учения")
    with pytest.raises(NewsroomError, match="другого рода"):
        read(tmp_path, notices.notice(), other | {"cancels": ["2024-06-01-veter"]})


def test_a_text_has_paragraphs_and_lists(tmp_path: Path) -> None:
    text = "Первый\nабзац.\n\nВот что:\n- раз\n  и ещё;\n- два.\nИ всё."
    (found,) = read(tmp_path, notices.notice(text=text)).values()
    assert [("Первый абзац.",), ("Вот что:",), ("раз и ещё;", "два. И всё.")] == [
        tuple(line.replace("\u00a0", " ") for line in block.lines) for block in found.text
    ]
    assert [False, False, True] == [block.is_list for block in found.text]


def test_what_is_less_than_a_number_is_no_markup(tmp_path: Path) -> None:
    words = "Порывы ветра <30 м/с, температура <5 °C, видимость <нуля."
    (found,) = read(tmp_path, notices.notice(text=words)).values()
    assert words == found.text[0].lines[0].replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("10:59", {}),
        ("11:00", {"2024-06-01-veter": "active"}),
        ("12:59", {"2024-06-01-veter": "active"}),
        ("13:00", {"2024-06-01-b": "active", "2024-06-01-veter": "updated"}),
        ("15:00", {"2024-06-01-v": "active", "2024-06-01-b": "cancelled", "2024-06-01-veter": "updated"}),
        ("20:00", {"2024-06-01-v": "expired", "2024-06-01-b": "cancelled", "2024-06-01-veter": "updated"}),
    ],
)
def test_a_notice_counts_from_its_hour_to_its_end_or_till_another_takes_its_place(
    tmp_path: Path, moment: str, expected: dict[str, str]
) -> None:
    known = read(
        tmp_path,
        notices.notice(),
        notices.notice("2024-06-01-b", effective="2024-06-01 13:00", updates=["2024-06-01-veter"]),
        notices.notice("2024-06-01-v", effective="2024-06-01 15:00", cancels=["2024-06-01-b"]),
    )
    assert expected == shown(known, moment)


def test_the_gravest_comes_first_and_a_drill_last(tmp_path: Path) -> None:
    known = read(
        tmp_path,
        notices.notice("2024-06-01-a", severity="низкая"),
        notices.notice("2024-06-01-b", severity="чрезвычайная", status="учения"),
        notices.notice("2024-06-01-v", severity="высокая"),
        notices.notice("2024-06-01-g", severity="средняя"),
        notices.notice("2024-06-01-d", status="проверка"),
    )
    found = board(known.values(), SITE.now)
    assert ["v", "g", "a", "b"] == [posted.notice.id[-1] for posted in found.active]
    assert ["2024-06-01-d"] == [notice.id for notice in found.tests]
    text = sheet(found).decode()
    assert "И ещё 3 сообщения." in text.replace("\u00a0", " ")
    assert "danger-ground" in text
    assert b"2024-06-01-d" not in as_rss(found, SITE, "")
    assert b"2024-06-01-d" in as_atom(found, SITE, "")


def string_token(text: str) -> tuple[str, str]:
    """The string that a sheet begins with, and what follows (CSS Syntax Level 3, 4.3.5 and 4.3.7)."""
    quote, place, value = text[0], 1, ""
    assert quote in "\"'"
    while (character := text[place]) != quote:
        assert character not in "\n\r\f", "a bad string"
        escape = re.compile(r"\\([0-9a-fA-F]{1,6})(?:\r\n|[ \t\n\r\f])?").match(text, place)
        if escape:
            value, place = value + chr(int(escape[1], 16)), escape.end()
        elif character == "\\":
            value, place = value + text[place + 1], place + 2
        else:
            value, place = value + character, place + 1
    return value, text[place + 1 :]


SAFE = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(SAFE)
def test_whatever_a_headline_says_it_stays_one_string_of_the_sheet(words: str) -> None:
    assert (words, "") == string_token(string(words))


@pytest.mark.parametrize(
    "words",
    [
        '"}body{display:none}',
        "\\",
        '\\"',
        "a\nb",
        "</style><script>alert(1)</script>",
        "*/ x /*",
        "url(a);b",
        "'",
    ],
)
def test_nothing_breaks_out_of_the_sheet(tmp_path: Path, words: str) -> None:
    (found,) = read(tmp_path, notices.notice()).values()
    now = board([replace(found, headline=words)], SITE.now)
    _, _, text = sheet(now).decode().partition("--emergency-text:")
    value, rest = string_token(text)
    assert f"Опасность: {words}" == value
    assert re.fullmatch(r"(;--emergency-[a-z]+:var\(--emergency-danger-[a-z]+\)){5}\}\n", rest)
    assert "<" not in text


def golden(name: str, made: bytes) -> None:
    """Compare with the file that was read by a human; to make it anew, remove it."""
    file = GOLDEN / name
    if not file.exists():
        file.write_bytes(made)
        pytest.fail(f"{name} was not there: read it, and run again")
    assert file.read_text("utf-8") == made.decode()


def three(folder: Path) -> dict[str, Notice]:
    """A notice with all it may have, its update, and the end of it."""
    border = ["56.1, 101.6", "56.2,101.6", "56.2,101.7"]
    return read(
        folder,
        notices.notice(
            headline='Учебный ветер < 30 м/с & "снег"',
            onset="2024-06-01 14:00",
            web="https://other.example/veter?a=1&b=2",
            polygon=border,
            geocodes=[{"name": "OKTMO", "value": "25000000"}],
        ),
        notices.notice("2024-06-01-b", effective="2024-06-01 11:30", updates=["2024-06-01-veter"]),
        notices.notice(
            "2024-06-01-v", effective="2024-06-01 11:45", headline="Стихло", cancels=["2024-06-01-b"]
        ),
    )


@pytest.mark.parametrize("id", ["2024-06-01-veter", "2024-06-01-b", "2024-06-01-v"])
def test_a_message_of_cap_is_as_the_standard_has_it(tmp_path: Path, id: str) -> None:
    known = three(tmp_path)
    made = message(known[id], known, SITE)
    assert [] == list(cap_structure.faults(etree.fromstring(made)))
    golden(f"{id}.cap.xml", made)


def test_the_feeds_are_these(tmp_path: Path) -> None:
    now = board(three(tmp_path).values(), SITE.now)
    golden("emergency.rss.xml", as_rss(now, SITE, "/theme/feed.css"))
    golden("emergency.atom.xml", as_atom(now, SITE, "/theme/feed.css"))


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("Весь город", "<p>Где: Весь город.</p>"),
        ("Весь город.", "<p>Где: Весь город.</p>"),
        ("Дома 1–5", "<p>Где: Дома 1–5.</p>"),
        ("Весь город!", "<p>Где: Весь город!</p>"),
    ],
)
def test_a_place_ends_with_one_sign(tmp_path: Path, area: str, expected: str) -> None:
    made = as_rss(board(read(tmp_path, notices.notice(area=area)).values(), SITE.now), SITE, "")
    assert expected in made.decode().replace("\u00a0", " ")


def test_every_word_of_an_editor_is_one_of_the_standard() -> None:
    tables = {"severity": SEVERITY, "urgency": URGENCY, "certainty": CERTAINTY, "category": CATEGORY}
    for name, words in tables.items():
        assert set(cap_structure.WORDS[name].split()) == set(words.values())
    assert set(STATUS.values()) <= set(cap_structure.WORDS["status"].split())


def test_the_structure_finds_what_is_wrong() -> None:
    inside = "<sender>a b</sender><identifier>c</identifier>"
    text = f"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'>{inside}</alert>"
    found = list(cap_structure.faults(etree.fromstring(text)))
    assert "alert: not in order: ['sender', 'identifier']" in found
    assert "sender: a b" in found
    assert "alert: status occurs 0 times" in found


def test_the_hour_of_a_notice_and_its_end_are_due(site: TinySite) -> None:
    waits = notices.notice(effective="2024-06-01 13:00", expires="2024-06-01 15:00")
    site.write("emergency.yaml", notices.file(waits))
    generator = site._pelican().read()
    archive, now = generator.gathered.archive, at(site.now[:19])
    said = told(sorted(hours(archive, generator.library, now)), now).replace("\u00a0", " ")
    assert "1 июня 2024 г., 13:00 — экстренное сообщение: Учебный ветер до 30 м/с (emergency.yaml)" in said
    assert "1 июня 2024 г., 15:00 — конец экстренного сообщения" in said
    for start, end, expected in (
        ("12:00", "12:59", False),
        ("12:00", "13:00", True),
        ("14:59", "15:00", True),
    ):
        moments = at(f"2024-06-01T{start}"), at(f"2024-06-01T{end}")
        assert expected == has_come(archive, *moments)


def test_a_notice_that_waits_is_a_secret_of_the_build(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were it let out by a fault, the build would be refused."""
    text = "Очень тайное сообщение о показательном ветре завтра вечером."
    site.write("emergency.yaml", notices.file(notices.notice(effective="2024-06-01 13:00", text=text)))
    assert 0 == site.build().status
    robots = well_known.robots
    monkeypatch.setattr(well_known, "robots", lambda own: f"{robots(own)}\n# {text}\n")
    built = site.build()
    assert 1 == built.status
    assert "emergency.yaml: его час ещё не пришёл, а на сайте его было бы видно: robots.txt" in built.said


@pytest.mark.slow
def test_a_preview_shows_what_waits(site: TinySite) -> None:
    own = {**pelicanconf.NEWSROOM, "now": datetime.fromisoformat(site.now), "preview": True}
    site.settings = {"NEWSROOM": own}
    site.write("emergency.yaml", notices.file(notices.notice(effective="2024-06-01 13:00")))
    built = site.build()
    assert 0 == built.status, built.said
    assert "Ждёт своего часа: 1 июня 2024" in built.text("/emergency/").replace("\u00a0", " ")
    assert "--emergency:block" in built.text("/emergency/notice.css")
