"""The year in numbers: whatever the press service wrote by hand of 2023 follows from the data."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup

from newsroom import reporting
from tests.conftest import ROOT, Built, TinySite

STATED = {
    "Пресс-релизов за год": "1 530",
    "Просмотров новостей на сайте за год": "713 206",
    "Постов за год (Администрация города)": "8 360",
    "Просмотров постов за год (Администрация города)": "более 10 000 000",
    "Прирост подписчиков за год (Администрация города)": "+8 200",
    "Постов за год (Мэр города)": "3 200",
    "Просмотров постов за год (Мэр города)": "более 20 000 000",
    "Прирост подписчиков за год (Мэр города)": "+5 000",
    "Новых пабликов подразделений": "125",
    "Городских событий освещено": "10",
    "Прямой эфир с мэром": "8",
    "Трансляция ежегодного отчёта": "1",
    "Телемарафон": "1",
    "Номеров журнала": "1",
    "Тираж номера 2023, экземпляров": "1 000",
}
SUBSCRIBERS = {
    "Телеграм-канал мэра Братска": "3 672",
    "Мэр Братска ВКонтакте": "10 100",
    "Мэр Братска в Одноклассниках": "2 036",
    "Телеграм-канал администрации Братска": "990",
    "Администрация Братска ВКонтакте": "8 440",
    "Администрация Братска в Одноклассниках": "5 500",
    "Viber-чат для работы с населением": "4 978",
}
EVENTS = (
    "День Победы", "День российского флага", "Братский экономический форум", "Братская рыбалка",
    "День города", "Братская лыжня", "День молодёжи", "День Братска осторожного", "Троица",
    "День металлурга",
)  # fmt: skip
SAID = (
    "Проведён телемарафон «Братск — все для Победы»",
    "Создан Viber-чат для работы с населением",
    "Освещать все направления жизни города и деятельность мэра города Братска",
    "Расширить охват аудитории в социальных сетях, развивая аккаунты подразделений",
    "Привлекать подписчиков в уже существующие аккаунты администрации",
    "Работать с популярными пабликами Братска",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The report of the real material for 2023 in every format."""
    folder = tmp_path_factory.mktemp("report")
    return {kind: written(kind, folder / f"report.{kind}") for kind in reporting.FORMATS}


def written(kind: str, file: Path, content: Path = ROOT / "content", year: int = 2023) -> bytes:
    settings = ["--settings", str(ROOT / "pelicanconf.py")]
    options = ["--year", str(year), "--format", kind, "--to", str(file)]
    assert 0 == reporting.main([str(content), *options, *settings])
    return file.read_bytes()


@pytest.mark.parametrize(("label", "number"), STATED.items())
def test_the_markdown_states_each_figure_of_the_source(
    files: dict[str, bytes], label: str, number: str
) -> None:
    assert [number] == [told for what, told in statements(files["md"]) if what == label]


@pytest.mark.parametrize(("channel", "number"), SUBSCRIBERS.items())
def test_the_tables_have_the_subscribers_of_each_channel(
    files: dict[str, bytes], channel: str, number: str
) -> None:
    rows = re.findall(r"^\| \[(.+?)\]\S+ \| (.+?) \|", plain(files["md"]), re.MULTILINE)
    assert [number] == [told for what, told in rows if what == channel]


def test_the_events_firsts_and_plans_of_the_source_are_named(files: dict[str, bytes]) -> None:
    text = plain(files["md"])
    assert [] == [words for words in (*EVENTS, *SAID) if words not in text]


def test_every_number_stated_leads_to_its_source(files: dict[str, bytes]) -> None:
    told = [line for line in plain(files["md"]).splitlines() if line.startswith("- ") and "**" in line]
    assert len(STATED) < len(told)
    assert [] == [line for line in told if not re.search(r"\[\*\*.+\*\*\]\(http\S+\)", line)]


def test_the_page_the_document_and_the_table_say_the_same(files: dict[str, bytes]) -> None:
    page = BeautifulSoup(files["html"], "html.parser").get_text(" ", strip=True).replace("\u00a0", " ")
    document = docx.Document(io.BytesIO(files["docx"]))
    words = "\n".join(paragraph.text for paragraph in document.paragraphs).replace("\u00a0", " ")
    table = list(csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig"))))
    values = {row["label"].replace("\u00a0", " "): row["value"] for row in table if not row["table"]}
    assert [] == [label for label, number in STATED.items() if f"{label} {number}" not in page]
    assert [] == [label for label, number in STATED.items() if f"{label}: {number}" not in words]
    digits = {label: re.sub(r"\D", "", number) for label, number in STATED.items()}
    assert digits == {label: values[label] for label in digits}


def test_what_is_only_known_to_be_more_is_so_in_the_table(files: dict[str, bytes]) -> None:
    table = csv.DictReader(io.StringIO(files["csv"].decode("utf-8-sig")))
    vague = {(row["label"], row["value"]) for row in table if row["at_least"] == "true"}
    assert {
        ("Просмотров постов за год (Администрация города)", "10000000"),
        ("Просмотров постов за год (Мэр города)", "20000000"),
    } == vague


def test_the_same_report_is_the_same_bytes(files: dict[str, bytes], tmp_path: Path) -> None:
    assert files["docx"] == written("docx", tmp_path / "again.docx")


def test_a_year_of_which_nothing_is_known_says_so_of_each_number(tmp_path: Path) -> None:
    text = plain(written("md", tmp_path / "report.md", year=2021))
    missing = [what for what, told in statements(text.encode()) if told == "нет данных"]
    assert [
        "Пресс-релизов за год", "Просмотров новостей на сайте за год", "Новых пабликов подразделений",
        "Городских событий освещено", "Эфиров за год", "Номеров журнала",
    ] == missing  # fmt: skip
    assert "## Чего в данных нет" in text


@pytest.mark.parametrize(
    ("year", "told"), [("2999", "этот год ещё не начался"), ("0", "это не год"), ("-5", "это не год")]
)
def test_a_year_to_come_has_no_report(year: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    settings = ["--settings", str(ROOT / "pelicanconf.py")]
    assert 1 == reporting.main([str(ROOT / "content"), f"--year={year}", *settings])
    assert told in capsys.readouterr().err


def test_the_site_has_a_page_for_each_year_with_totals(real_site: Built) -> None:
    page = real_site.page("/reports/2023/")
    listed = {str(link["href"]) for link in page.select(".attachment-list a")}
    assert {f"/reports/2023/report-2023.{ending}" for ending in ("docx", "md", "csv")} == listed
    assert [] == [url for url in listed if not real_site.has(url)]
    assert not real_site.has("/reports/2024/")


def test_each_chart_is_named_described_and_stands_over_its_table(real_site: Built) -> None:
    page = real_site.page("/reports/2023/")
    charts = page.select("svg.chart")
    assert 4 == len(charts)
    for chart in charts:
        assert "img" == chart["role"]
        named = [page.find(id=id).get_text(strip=True) for id in chart["aria-labelledby"].split()]
        assert all(named)
        drawn = [text.get_text(strip=True) for text in chart.select(".chart__number")]
        table = chart.find_parent(class_="report-table").find("table")
        cells = [row.select("td")[0].get_text(strip=True) for row in table.select("tbody tr")]
        assert cells == drawn


def test_growth_is_counted_where_both_ends_of_the_year_are_known(site: TinySite, tmp_path: Path) -> None:
    channel(site, "vk", "status: active")
    channel(site, "max", "status: active\nopened: 2024-03-01")
    site.write(
        "data/audience.csv",
        "date,channel,subscribers,posts,views\n2023-12-31,vk,900,,\n2024-05-31,vk,1000,40,7000\n"
        "2024-05-31,max,50,5,>100\n",
    )
    told = dict(statements(written("md", tmp_path / "report.md", site.content, 2024)))
    assert "+150" == told["Прирост подписчиков за год (Город)"]
    assert ("45", "более 7 100") == (
        told["Постов за год (Город)"],
        told["Просмотров постов за год (Город)"],
    )


def test_a_sum_of_which_a_part_is_unknown_is_not_guessed(site: TinySite, tmp_path: Path) -> None:
    channel(site, "vk", "status: active")
    channel(site, "max", "status: active")
    site.write("data/audience.csv", "date,channel,subscribers,posts,views\n2024-05-31,vk,1000,40,7000\n")
    told = dict(statements(written("md", tmp_path / "report.md", site.content, 2024)))
    assert "нет данных" == told["Постов за год (Город)"]
    assert "нет данных" == told["Прирост подписчиков за год (Город)"]


def test_a_site_has_no_subscribers_and_a_page_that_is_closed_by_now_had_its_own(
    site: TinySite, tmp_path: Path
) -> None:
    channel(site, "vk", "status: active")
    channel(site, "viber", "status: archive")
    site.write(
        "channels/gorod.md", "---\ntitle: gorod.example\nnetwork: Сайт\nowner: Город\nstatus: active\n---\n"
    )
    site.write(
        "data/audience.csv",
        "date,channel,subscribers,posts,views\n2023-12-31,vk,900,,\n2023-12-31,viber,90,,\n"
        "2024-12-31,vk,1000,40,7000\n2024-12-31,viber,80,2,10\n",
    )
    told = dict(statements(written("md", tmp_path / "report.md", site.content, 2024)))
    assert "42" == told["Постов за год (Город)"]
    assert "+90" == told["Прирост подписчиков за год (Город)"]


def test_of_what_an_owner_said_and_what_his_pages_say_the_later_counts(
    site: TinySite, tmp_path: Path
) -> None:
    channel(site, "vk", "status: active")
    site.write(
        "data/audience.csv",
        "date,channel,subscribers,posts,views\n2024-01-31,Город,,3,\n2024-05-31,vk,1000,40,\n",
    )
    report = written("md", tmp_path / "report.md", site.content, 2024).decode()
    assert "40" == dict(statements(report.encode()))["Постов за год (Город)"]
    assert "сосчитано на 31\xa0мая 2024" in report


def test_an_owner_of_growth_must_own_pages(site: TinySite) -> None:
    site.release("2024-05-09-katok")
    channel(site, "vk", "status: active")
    text = "growth:\n- owner: Гоород\n  value: 5\n  release: 2024-05-09-katok\n"
    site.write("data/years/2024.yaml", text)
    built = site.build()
    assert 1 == built.status
    assert "data/years/2024.yaml:1: страниц владельца «Гоород» нет" in built.said


def test_pages_of_departments_are_counted_by_the_day_they_were_opened(site: TinySite, tmp_path: Path) -> None:
    for number in range(125):
        channel(site, f"vk-{number}", "status: active\nof_department: true\nopened: 2024-02-01")
    channel(site, "vk-old", "status: active\nof_department: true\nopened: 2020-02-01")
    told = dict(statements(written("md", tmp_path / "report.md", site.content, 2024)))
    assert "125" == told["Новых пабликов подразделений"]


def test_a_report_names_only_releases_that_are_published(site: TinySite) -> None:
    site.write("data/years/2023.yaml", "releases:\n  value: 12\n  release: 2023-01-01-nichego\n")
    built = site.build()
    assert 1 == built.status
    assert "data/years/2023.yaml:3: релиза «2023-01-01-nichego» среди опубликованных нет" in built.said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "releases:\n  value: много\n  release: x\n",
            "data/years/2023.yaml:2: поле «value»: здесь нужно число",
        ),
        ("relises: 5\n", "data/years/2023.yaml:1: неизвестное поле «relises»"),
        ("plans:\n  release: x\n", "нет поля «tasks»"),
    ],
)
def test_a_fault_in_the_totals_of_a_year_is_told_at_its_line(site: TinySite, text: str, told: str) -> None:
    site.write("data/years/2023.yaml", text)
    built = site.build()
    assert 1 == built.status
    assert told in built.said


def channel(site: TinySite, id: str, more: str) -> None:
    site.write(f"channels/{id}.md", f"---\ntitle: Канал {id}\nnetwork: Сеть\nowner: Город\n{more}\n---\n")


def plain(data: bytes) -> str:
    return data.decode().replace("\u00a0", " ").replace("\\", "")


def statements(data: bytes) -> Iterator[tuple[str, str]]:
    """What is counted, and the number as it is told."""
    for line in plain(data).splitlines():
        if found := re.match(r"- (.+?): \[?\*\*(.+?)\*\*", line):
            yield found[1], found[2]
