"""The page that tells what the last run of the checks of accessibility found, and its record."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

import pelicanconf
from newsroom.audit.walks import all_rounds
from newsroom.content import checks_by_people
from newsroom.content.conformity import NAME, Check, Finding, Look, Run, Sample, written
from newsroom.content.conformity_record import read_record
from newsroom.content.criteria import read_criteria
from tests.conftest import ROOT, VOCABULARY, Built, TinySite

PAGE = "/accessibility/conformity/"
RUN = Run(
    moment=datetime(2024, 5, 30, 4, 5, tzinfo=UTC),
    commit="0123456789ab",
    axe="4.14.1",
    chromium="140.0",
    kinds=(
        Sample(name="home", title="Главная", pages=1, of=1),
        Sample(name="release", title="Релиз", pages=3, of=1530),
    ),
    modes=(Look(name="light", title="Светлая"), Look(name="dark", title="Тёмная")),
    rules=(
        Check(name="color-contrast", pages=4, criteria=("1.4.3",)),
        Check(name="html-has-lang", pages=4, criteria=("3.1.1",)),
        Check(name="image-alt", pages=2, criteria=("1.1.1",)),
        Check(name="region", pages=4),
        Check(name="target-size", pages=4, doubts=1, criteria=("2.5.8",)),
    ),
    walks=(Check(name="keyboard", pages=4),),
    subjects={"media": 0, "forms": 1},
    findings=(
        Finding(check="color-contrast", kind="release", pages=2, criteria=("1.4.3",), modes=("dark",)),
        Finding(check="region", kind="home", pages=1, modes=("light",)),
    ),
)
PEOPLE = """checks:
  - criterion: 1.3.3
    date: 2024-05-01
    result: нарушено
  - criterion: 1.3.3
    date: 2024-05-20
    result: выполнено
    remark: указаний по месту и цвету на страницах нет
  - criterion: 2.4.6
    date: 2024-05-20
    result: нарушено
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A tiny site with a record of a run and of what people checked."""
    site = TinySite(tmp_path_factory.mktemp("conformity"))
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.release()
    site.write(NAME, written(RUN))
    site.write("conformity/people.yaml", PEOPLE)
    built = site.build()
    assert 0 == built.status, built.said
    return built


def outcomes(built: Built) -> dict[str, str]:
    """The outcome of each criterion as the page has it."""
    rows = built.page(PAGE).select(".criteria-table__row")
    return {row["id"][2:].replace("-", "."): row["class"][1].partition("--")[2] for row in rows}


def words(built: Built, number: str) -> str:
    row = built.page(PAGE).find(id=f"c-{number.replace('.', '-')}")
    return " ".join(row.get_text().replace("\u00a0", " ").split())


def test_the_page_says_what_was_tested_when_and_with_what_result(built: Built) -> None:
    page = built.page(PAGE)
    assert "2024-05-30T12:05:00+08:00" == page.select_one(".conformity__facts time")["datetime"]
    facts = page.select_one(".conformity__facts").get_text().replace("\u00a0", " ")
    assert "4 страницы 2 видов из 1 531" in facts
    assert "Светлая; Тёмная" in facts
    assert "2" == page.select_one(".page-head__number").get_text()
    found = page.select_one("[aria-labelledby=found] tbody").find_all("tr")
    assert ["color-contrast 1.4.3 Релиз — 2 Тёмная", "region сверх критериев Главная — 1 Светлая"] == [
        " ".join(row.get_text().split()) for row in found
    ]


def test_every_criterion_has_the_outcome_that_the_run_allows(built: Built) -> None:
    found = outcomes(built)
    expected = {
        "1.4.3": "failed",  # a finding names it
        "3.1.1": "passed",  # the machine sees all of it
        "1.1.1": "cantTell",  # the rest is for a person
        "2.5.8": "cantTell",  # the machine could not decide on a page
        "1.2.2": "inapplicable",  # there is neither sound nor video
        "3.3.1": "untested",  # there are fields, and nothing looks at their errors
        "1.3.3": "passed",  # a person has looked
        "2.4.6": "failed",  # a person has looked
        "2.2.1": "untested",
    }
    assert expected == {number: found[number] for number in expected}
    assert len(read_criteria().criteria) == len(found)


def test_the_sums_are_those_of_the_rows(built: Built) -> None:
    layers = built.page(PAGE).select(".outcome-layers__layer")
    sums = {layer["class"][1].partition("--")[2]: int(layer.span.get_text()) for layer in layers}
    assert Counter(outcomes(built).values()) == Counter(sums)


def test_a_row_says_how_it_is_known_and_where_it_fails(built: Built) -> None:
    assert "Нарушено: Релиз — 2 страницы." in words(built, "1.4.3")
    assert "axe-core: color-contrast" in words(built, "1.4.3")
    assert "Проверено: обход с клавиатуры." in words(built, "2.4.11")
    assert "В ГОСТе этого критерия нет" in words(built, "2.4.11")
    assert "Из WCAG 2.2 исключён" in words(built, "4.1.1")
    assert "машина не решила: 1" in words(built, "2.5.8")


def test_the_latest_check_by_a_person_is_told_with_its_day(built: Built) -> None:
    found = outcomes(built)
    assert ("passed", "failed") == (found["1.3.3"], found["2.4.6"])
    assert "Проверил человек, 20 мая 2024 г.: выполнено, указаний по месту" in words(built, "1.3.3")


def test_programs_get_the_same_as_json(built: Built) -> None:
    link = built.page(PAGE).find("a", type="application/json")
    data = json.loads(built.text(str(link["href"])))
    assert outcomes(built) == {each["criterion"]: each["outcome"] for each in data["criteria"]}
    assert "color-contrast" == data["run"]["findings"][0]["check"]


def test_tables_have_captions_and_every_heading_a_scope(built: Built) -> None:
    tables = built.page(PAGE).find_all("table")
    assert 4 + 3 == len(tables)
    for table in tables:
        assert table.caption.get_text(strip=True)
        assert {"col", "row"} >= {heading.get("scope") for heading in table.find_all("th")}


def test_without_a_record_there_is_no_page_and_no_link_to_it(site: TinySite) -> None:
    site.release()
    site.write(NAME, written(RUN))
    footer = (("Проверка доступности", PAGE),)
    site.settings = {"NEWSROOM": {**pelicanconf.NEWSROOM, "footer": footer}}
    built = site.build()
    assert PAGE in built.text("/sitemaps/pages.xml")
    assert built.page("/").select_one(f"footer a[href='{PAGE}']")
    site.remove(NAME)
    gone = site.build()
    assert (0, False, False) == (gone.status, gone.has(PAGE), gone.has(f"{PAGE}conformity.json"))
    assert PAGE not in gone.text("/sitemaps/pages.xml")
    assert PAGE not in gone.text("/")


@pytest.mark.parametrize("where", ["module", "guide"])
def test_an_example_of_a_check_by_a_person_can_be_copied(tmp_path: Path, where: str) -> None:
    guide = (ROOT / "docs/editors.md").read_text("utf-8")
    told = {"module": checks_by_people.__doc__ or "", "guide": guide}[where]
    (example,) = re.findall(r"^checks:\n(?:  .+\n)+", told, re.MULTILINE)
    (tmp_path / "conformity").mkdir()
    (tmp_path / checks_by_people.NAME).write_text(example, "utf-8")
    (check,) = checks_by_people.read_checks_by_people(tmp_path).values()
    assert "выполнено" == check.result
    assert check.remark


def test_a_spoilt_record_stops_the_build(site: TinySite) -> None:
    site.release()
    site.write(NAME, written(RUN).replace(b"1530", b'"1530"'))
    site.write("conformity/people.yaml", PEOPLE.replace("2.4.6", "2.4.66"))
    built = site.build()
    assert 1 == built.status
    by_people, record = built.problems()
    assert "conformity/people.yaml:9: критерия «2.4.66» нет" in by_people
    assert f"{NAME}:17: в записи проверок не то: kinds[1].of" in record


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ('"of": 1530', '"of": "много"', 17, "в записи проверок не то: kinds[1].of"),
        ('"of": 1530', '"of": -1', 17, "в записи проверок не то: kinds[1].of"),
        ('  "axe": "4.14.1",\n', "", 1, "в записи проверок нет: axe"),
        ('"axe": "4.14.1"', '"axe" "4.14.1"', 4, "запись проверок испорчена"),
        ('"axe"', '"axle"', 1, "в записи проверок"),
        ('05:00Z"', '05:00"', 2, "в записи проверок не то: moment"),
        ('"forms": 1', '"forms": -1', 78, "в записи проверок не то: subjects"),
        ("}", "", 13, "запись проверок испорчена"),
        ("Релиз", "\udcff", 0, "запись проверок испорчена"),
    ],
)
def test_a_spoilt_record_is_a_problem_at_its_line(
    tmp_path: Path, old: str, new: str, line: int, told: str
) -> None:
    text = written(RUN).decode()
    assert old in text
    (tmp_path / NAME).parent.mkdir()
    (tmp_path / NAME).write_bytes(text.replace(old, new).encode(errors="surrogateescape"))
    record, (problem,) = read_record(tmp_path)
    assert (None, NAME, line) == (record, problem.file, problem.line)
    assert told in problem.message
    assert "invoke conformity" in problem.remedy


def test_the_table_has_every_criterion_of_wcag_2_2_and_of_the_gost() -> None:
    criteria = read_criteria().criteria
    newest = Counter(each.level for each in criteria.values() if not each.until)
    assert {"A": 31, "AA": 24} == newest  # WCAG 2.2
    assert 50 == sum(each.is_of_gost for each in criteria.values())  # WCAG 2.1
    numbers = [tuple(map(int, number.split("."))) for number in criteria]
    assert sorted(numbers) == numbers


def test_the_table_names_the_walks_and_subjects_that_there_are() -> None:
    table = read_criteria()
    named = {walk for each in table.criteria.values() for walk in each.walks}
    taken = {name for each in all_rounds() for name, _ in each.looks}
    assert table.walks.keys() == taken
    assert set() == named - taken
    assert table.subjects.keys() == {each.subject for each in table.criteria.values()} - {""}
