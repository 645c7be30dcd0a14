"""``data/audience.csv``: what is known of the reach of official pages, and the directory that shows it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from newsroom.audit.server import serving
from newsroom.content.amount import Amount
from newsroom.content.audience import Count, as_lines, read_audience
from newsroom.problems import NewsroomError
from tests.conftest import TinySite

HEADING = "date,channel,subscribers,posts,views\n"


def put(folder: Path, text: str) -> Path:
    file = folder / "data/audience.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    return folder


def test_a_line_is_what_was_known_on_a_day(tmp_path: Path) -> None:
    audience = read_audience(put(tmp_path, HEADING + "2023-12-31,vk,1 000,,>20000\n2022-12-31,vk,900,,\n"))
    assert ["2022-12-31", "2023-12-31"] == [str(count.date) for count in audience.counts]
    last = audience.counts[-1]
    assert (Amount(1000), None, Amount(20000, at_least=True)) == (last.subscribers, last.posts, last.views)


def test_what_a_program_writes_is_read_as_it_was(tmp_path: Path) -> None:
    text = HEADING + '2023-12-31,"Мэр, город",,3200,>20000000\n2023-12-31,vk,7,,\n'
    counts = read_audience(put(tmp_path, text)).counts
    assert sorted(text.splitlines()[1:]) == sorted(as_lines(counts).splitlines())


def test_a_spreadsheet_may_write_semicolons_and_a_mark_of_utf_8(tmp_path: Path) -> None:
    text = "\ufeff" + (HEADING + "2023-12-31,vk,1000,,\n").replace(",", ";").replace("\n", "\r\n")
    assert 1 == len(read_audience(put(tmp_path, text)).counts)


def test_no_file_is_no_count(tmp_path: Path) -> None:
    assert () == read_audience(tmp_path).counts


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("2023-13-01,vk,1,,\n", ":2: такой даты не бывает"),
        ("вчера,vk,1,,\n", ":2: дата не читается"),
        ("2023-12-31,vk,сто,,\n", ":2: «сто»: здесь нужно число"),
        ("2023-12-31,vk,-5,,\n", ":2: «-5»: здесь нужно число"),
        ("2023-12-31,,1,,\n", ":2: канал не назван"),
        ("2023-12-31,vk,1\n", ":2: в строке 3 ячеек, а столбцов 5"),
        ("2023-12-31,vk,1,,\n2023-12-31,vk,2,,\n", ":3: канал «vk» уже сосчитан"),
        ('2023-12-31,"vk,1,,\n', "кавычка не закрыта"),
    ],
)
def test_a_fault_is_told_at_its_line(tmp_path: Path, lines: str, expected: str) -> None:
    with pytest.raises(NewsroomError, match=expected):
        read_audience(put(tmp_path, HEADING + lines))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(NewsroomError) as told:
        read_audience(put(tmp_path, HEADING + "вчера,vk,сто,,\n2023-12-31,,1,,\n"))
    assert [2, 2, 3] == [problem.line for problem in told.value.problems]


def test_other_columns_are_refused_with_the_right_ones(tmp_path: Path) -> None:
    with pytest.raises(NewsroomError, match="date,channel,subscribers,posts,views"):
        read_audience(put(tmp_path, "day,channel\n2023-12-31,vk\n"))


def test_a_channel_that_is_not_there_stops_the_build_with_the_nearest_one(site: TinySite) -> None:
    site.write("channels/vk-mer.md", "---\ntitle: ВК\nnetwork: VK\nowner: Мэр\nstatus: active\n---\n")
    site.write("data/audience.csv", HEADING + "2023-12-31,vk-mir,1,,\n2023-12-31,Мэр,,5,\n")
    built = site.build()
    assert 1 == built.status
    assert "data/audience.csv:2: канала «vk-mir» нет — может быть, «vk-mer»?" in built.said


def test_the_last_value_of_a_year_counts(tmp_path: Path) -> None:
    text = HEADING + "2023-06-30,vk,5,10,\n2023-12-31,vk,7,,\n2024-01-15,vk,9,1,\n"
    audience = read_audience(put(tmp_path, text))
    assert Amount(7) == audience.last("vk", "subscribers", 2023)
    assert Amount(10) == audience.last("vk", "posts", 2023)
    assert Amount(2) == audience.growth("vk", 2024)
    assert audience.growth("vk", 2023) is None


@pytest.mark.parametrize(
    ("rows", "growth"),
    [
        (["2023-12-31,vk,7", "2024-12-31,vk,12"], Amount(5)),
        (["2024-01-01,vk,7", "2024-12-31,vk,12"], Amount(5)),
        (["2024-01-01,vk,7"], None),
        (["2022-12-31,vk,7", "2024-12-31,vk,12"], None),
        (["2023-12-31,vk,7"], None),
        (["2023-12-31,vk,7", "2024-12-31,vk,>12"], Amount(5, at_least=True)),
        (["2023-12-31,vk,>7", "2024-12-31,vk,12"], None),
        (["2023-12-31,vk,12", "2024-12-31,vk,7"], Amount(-5)),
    ],
)
def test_growth_is_known_where_both_ends_of_a_year_are(
    tmp_path: Path, rows: list[str], growth: Amount | None
) -> None:
    text = HEADING + "".join(f"{row},,\n" for row in rows)
    assert growth == read_audience(put(tmp_path, text)).growth("vk", 2024)


def test_a_count_of_nothing_but_posts_is_no_count_of_subscribers() -> None:
    count = Count(date=date(2024, 1, 1), channel="vk", posts=Amount(3))
    assert "2024-01-01,vk,,3,\n" == as_lines([count])


def test_the_directory_draws_how_subscribers_came(site: TinySite) -> None:
    site.write("channels/vk.md", "---\ntitle: Сеть\nnetwork: VK\nowner: Мэр\nstatus: active\n---\n")
    site.write(
        "data/audience.csv", HEADING + "2023-01-01,vk,100,,\n2023-07-02,vk,150,,\n2024-01-01,vk,200,,\n"
    )
    row = site.build().page("/channels/").select_one("#vk")
    assert row
    assert ["0,28 59.8,14 120,0"] == [line["points"] for line in row.select("polyline")]
    assert "1 января 2023 г. — 100, 1 января 2024 г. — 200" in row.get_text().replace("\u00a0", " ")


def test_a_long_directory_can_be_searched_and_holds_departments_together(site: TinySite) -> None:
    for number in range(125):
        site.write(
            f"channels/vk-{number}.md",
            f"---\ntitle: Школа {number}\nnetwork: ВКонтакте\nowner: Школа {number}\nstatus: active\n"
            "of_department: true\n---\n",
        )
    site.write("channels/vk.md", "---\ntitle: Сеть\nnetwork: VK\nowner: Мэр\nstatus: active\n---\n")
    page = site.build().page("/channels/")
    assert ["Мэр", "Страницы подразделений"] == [
        band.get_text(strip=True) for band in page.select(".band__title")
    ]
    assert 126 == len(page.select(".channel-table__row"))
    assert ["Все сети", "VK", "ВКонтакте"] == [
        option.get_text() for option in page.select("#channel-network option")
    ]
    assert page.select_one("[data-channel-filter]")["hidden"] == ""


def test_a_short_directory_has_no_search(site: TinySite) -> None:
    site.write("channels/vk.md", "---\ntitle: Сеть\nnetwork: VK\nowner: Мэр\nstatus: active\n---\n")
    page = site.build().page("/channels/")
    assert not page.select("[data-channel-filter]")
    assert not page.select('script[src*="channels"]')


@pytest.mark.slow
@pytest.mark.browser
def test_a_reader_finds_a_page_among_many(site: TinySite, browser: Any) -> None:
    for number in range(20):
        network = "MAX" if number % 2 else "ВКонтакте"
        site.write(
            f"channels/shkola-{number}.md",
            f"---\ntitle: Школа № {number}\nnetwork: {network}\nowner: Ёлкина роща\nstatus: active\n"
            "of_department: true\n---\n",
        )
    page = browser.new_page()
    with serving(site.build().output) as address:
        page.goto(f"{address}/channels/")
        page.fill("#channel-words", "елкина № 1")
        page.select_option("#channel-network", "MAX")
        shown = [row.inner_text() for row in page.locator(".channel-table__row:visible th").all()]
        told, kept = page.locator("[data-found]").inner_text(), page.url
        page.goto(kept)
        again = page.locator(".channel-table__row:visible").count()
    page.close()
    assert ["1", "11", "13", "15", "17", "19"] == [text.split("№")[1].split()[0] for text in shown]
    assert ("Показано страниц: 6", 6) == (told, again)
