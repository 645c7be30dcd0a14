"""The search as a reader uses it, in a real browser and under the site's own headers.

All texts are synthetic: they are there to be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from newsroom.audit.server import serving
from tests.conftest import VOCABULARY, TinySite

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RELEASES: dict[str, dict[str, str]] = {
    "2022-02-10-lyzhi": {
        "title": "Лыжня ждёт",
        "body": "У леса открыто много большого и нового.",
        "rubric": "sport",
    },
    "2023-10-01-zhurnal": {"title": "Новый номер", "body": "Журнал «Пятилетка»: 713 206 просмотров."},
    "2023-11-20-yolka": {"title": "Ёлки поставят", "body": "Зелёная ёлка у площади.", "tags": "[zima]"},
    "2024-03-03-mer": {"title": "Мэр ответил жителям", "body": "Вопросов было много."},
    "2024-04-12-kosmos": {
        "title": "День космонавтики",
        "body": "Школьники запустили ракету и змея: городской музей.",
    },
    "2024-05-02-dorogi": {"title": "Ремонт дорог", "body": "Дороги чинят, мэр проверил <b>три</b> улицы."},
    "2024-05-09-pobeda": {"title": "Победителей наградили", "body": "Парад прошёл.", "tags": "[den-pobedy]"},
    **{
        f"2024-05-{day:02}-yarmarka-{day}": {
            "title": f"Ярмарка, день {day}",
            "body": "Яблоки и мёд.",
            "tags": "[yarmarka]",
        }
        for day in range(11, 24)
    },
}
INFLECTED = {
    "пятилетки": "/news/2023/10/zhurnal/",
    "мэром": "/news/2024/03/mer/",
    "елка": "/news/2023/11/yolka/",
    "ёлками": "/news/2023/11/yolka/",
    "лыжню": "/news/2022/02/lyzhi/",
    "школьникам": "/news/2024/04/kosmos/",
    "ракетой": "/news/2024/04/kosmos/",
    "дорогу": "/news/2024/05/dorogi/",
    "парада": "/news/2024/05/pobeda/",
    "победителями": "/news/2024/05/pobeda/",
    "музея": "/news/2024/04/kosmos/",
    "городского": "/news/2024/04/kosmos/",
    "большой": "/news/2022/02/lyzhi/",
    "713 206": "/news/2023/10/zhurnal/",
    "713206": "/news/2023/10/zhurnal/",
}
PATIENCE = 30_000
FEW_RELEASES = 180_000
"""Bytes; the page, its styles, faces and scripts, Pagefind, and an archive that is hardly any."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = TinySite(tmp_path_factory.mktemp("search"), search=True)
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.picture("releases/2024/05/dorogi.jpg")
    for id, fields in RELEASES.items():
        header = {key: value for key, value in fields.items() if key != "body"}
        if id.endswith("dorogi"):
            header["image"] = "{src: dorogi.jpg, alt: Синтетический снимок}"
        site.release(id, f"{fields['body']}\n", **{"summary": "Кратко.", **header})
    site.release("2024-05-25-tayna", "Мэр и ёлка.\n", status="draft")
    built = site.build()
    assert 0 == built.status, built.said
    with serving(built.output) as address:
        yield address


@pytest.fixture(scope="module")
def desk(browser: Any) -> Iterator[Any]:
    """One window for tests that only ask."""
    context = browser.new_context()
    yield watched(context.new_page())
    context.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = watched(context.new_page())
    yield page
    assert [] == page.faults
    context.close()


@pytest.fixture
def window(desk: Any) -> Iterator[Any]:
    """One more beside it, for tests that change what it is told."""
    page = watched(desk.context.new_page())
    yield page
    assert [] == page.faults
    page.close()


def watched(page: Any) -> Any:
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    return page


def ask(page: Any, address: str, query: str) -> list[str]:
    """Open the search with a query; the paths of what is found."""
    page.goto(f"{address}/search/?{query}")
    return found(page)


def found(page: Any) -> list[str]:
    expect(page.locator("[data-status]")).to_have_text(re.compile("^[НТ]"), timeout=PATIENCE)
    return [link.get_attribute("href") for link in page.locator("[data-results] a").all()]


@pytest.mark.parametrize("query", INFLECTED)
def test_a_word_in_any_form_finds_what_was_written(desk: Any, address: str, query: str) -> None:
    assert INFLECTED[query] in ask(desk, address, f"q={query}")
    assert [] == desk.faults


def test_a_title_weighs_more_than_the_text_and_no_draft_is_found(desk: Any, address: str) -> None:
    assert ["/news/2024/03/mer/", "/news/2024/05/dorogi/"] == ask(desk, address, "q=мэр")


def test_a_result_has_its_picture_date_rubric_and_the_words_found(desk: Any, address: str) -> None:
    ask(desk, address, "q=улица")
    result = desk.locator(".search-result")
    assert "Ремонт дорог" == result.locator("h2").inner_text()
    assert "2024-05-02" == result.locator("time").get_attribute("datetime")
    assert "2 мая 2024" in result.locator("time").inner_text().replace("\u00a0", " ")
    assert "Город" in result.locator(".search-result__place").inner_text()
    assert ["улицы."] == result.locator("mark").all_inner_texts()
    assert "<b>три</b>" in result.locator(".search-result__excerpt").inner_text()
    assert desk.locator(".search-result__picture").evaluate("image => image.decode().then(() => true)")
    ask(desk, address, "q=парад")
    assert "9\nмая" == desk.locator(".search-result__day").inner_text()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("year=2023&order=new", ["/news/2023/11/yolka/", "/news/2023/10/zhurnal/"]),
        ("year=2023&order=old", ["/news/2023/10/zhurnal/", "/news/2023/11/yolka/"]),
        ("rubric=sport", ["/news/2022/02/lyzhi/"]),
        ("tag=zima&department=press", ["/news/2023/11/yolka/"]),
        ("q=мэр&order=new", ["/news/2024/05/dorogi/", "/news/2024/03/mer/"]),
        ("q=мэр&order=old", ["/news/2024/03/mer/", "/news/2024/05/dorogi/"]),
        ("q=мэр&rubric=sport", []),
        ("q=мэр&tag=нет-такой", ["/news/2024/03/mer/", "/news/2024/05/dorogi/"]),
    ],
)
def test_what_is_found_can_be_narrowed_and_put_in_order(
    desk: Any, address: str, query: str, expected: list[str]
) -> None:
    assert expected == ask(desk, address, query)


NEAR = {"2024-05", "2024-04", "register"}
"""What is asked of an archive whose newest releases do not have what is asked for: besides them, and the
register, the months that are not in it."""


@pytest.mark.parametrize(
    ("query", "expected", "periods"),
    [
        ("q=мэр", ["/news/2024/05/dorogi/"], {"2024-05"}),
        ("q=лыжня", ["/news/2022/02/lyzhi/"], NEAR | {"2022-q1"}),
        ("q=парад&order=old", ["/news/2024/05/pobeda/"], NEAR | {"2022-q1"}),
        ("q=713206", ["/news/2023/10/zhurnal/"], NEAR | {"2023-q4"}),
        ('q="открыто много"', ["/news/2022/02/lyzhi/"], NEAR | {"2022-q1"}),
        ("q=много", ["/news/2024/03/mer/"], NEAR | {"2024-q1"}),
        ("q=много+нового", ["/news/2022/02/lyzhi/"], NEAR | {"2022-q1"}),
        ("q=ёлка+вопрос", [], NEAR),
        ("tag=zima", ["/news/2023/11/yolka/"], NEAR | {"2023-q4"}),
        ("q=ёлка&tag=yarmarka", [], NEAR),
        ("q=гиппопотам", [], NEAR),
        ("q=пятилетк", ["/news/2023/10/zhurnal/"], NEAR | {"2023-q4"}),
        ("q=площ", ["/news/2023/11/yolka/"], NEAR | {"2023-q4"}),
        ("q=—", [], {"2024-05"}),
    ],
)
def test_of_an_old_archive_only_the_quarters_that_have_the_words_are_asked(
    window: Any, address: str, query: str, expected: list[str], periods: set[str]
) -> None:
    laid = of_many_releases(window, each=400)
    assert expected == ask(window, address, query)
    assert periods == laid


def of_many_releases(page: Any, each: int) -> set[str]:
    """Let the page say that each period has so many; gives the periods that will have been asked."""
    laid: set[str] = set()

    def answered(route: Any) -> None:
        response = route.fetch()
        told = re.sub(r'("20\d\d-\w\w","20\d\d-\d\d",)\d+', rf"\g<1>{each}", response.text())
        route.fulfill(response=response, body=told)

    page.route("**/search/?*", answered)
    asked = re.compile(r"/search/(?!engine)([^/]+)/pagefind-entry")
    page.on("request", lambda request: laid.update(asked.findall(request.url)))
    return laid


def test_whoever_looks_further_is_asked_to_only_where_something_can_be(window: Any, address: str) -> None:
    laid = of_many_releases(window, each=400)
    assert ["/news/2024/05/dorogi/"] == ask(window, address, "q=мэр")
    assert {"2024-05"} == laid
    window.get_by_role("button", name="Искать и раньше мая 2024").click()
    expect(window.locator(".search-result")).to_have_count(2, timeout=PATIENCE)
    assert NEAR | {"2024-q1"} == laid
    assert "Нашлось 2\u00a0релиза" == window.locator("[data-status]").inner_text()
    assert 0 == window.get_by_role("button", name="Искать").count()


def test_where_each_word_is_common_a_reader_is_asked_before_everything_is_loaded(
    window: Any, address: str
) -> None:
    laid = of_many_releases(window, each=1000)
    assert [] == ask(window, address, "q=ёлка журнал")
    assert NEAR == laid
    assert window.locator("[data-status]").inner_text().endswith(" с апреля 2024 г.")
    window.get_by_role("button", name="Искать и раньше апреля 2024").click()
    expect(window.locator("[data-status]")).to_have_text("Ничего не\u00a0нашлось", timeout=PATIENCE)
    assert NEAR | {"2023-q4"} == laid
    assert 0 == window.get_by_role("button", name="Искать").count()


def test_choices_tell_how_many_there_are_and_the_way_back_works(desk: Any, address: str) -> None:
    ask(desk, address, "q=мёд")
    tags = desk.locator("#choice-tag option:not([hidden])")
    expect(tags).to_have_text(["Любая", "Ярмарка (13)"], timeout=PATIENCE)
    desk.select_option("#choice-year", "2024")
    assert "13" in desk.locator("[data-status]").inner_text()
    desk.wait_for_url("**year=2024")
    desk.fill("#question", "ракета")
    desk.press("#question", "Enter")
    desk.wait_for_url("**q=%D1%80*")
    assert ["/news/2024/04/kosmos/"] == found(desk)
    desk.go_back()
    expect(desk.locator(".search-result")).to_have_count(10, timeout=PATIENCE)
    assert ("мёд", "2024") == (desk.input_value("#question"), desk.input_value("#choice-year"))
    desk.click("[data-reset]")
    desk.wait_for_url(lambda url: "year" not in url)


def test_more_is_shown_when_it_is_asked_for_and_the_focus_goes_there(desk: Any, address: str) -> None:
    assert 10 == len(ask(desk, address, "q=ярмарка"))
    assert "Нашлось 13" in desk.locator("[data-status]").inner_text().replace("\u00a0", " ")
    desk.get_by_role("button", name="Показать ещё 3 из 3").click()
    expect(desk.locator(".search-result")).to_have_count(13, timeout=PATIENCE)
    assert (
        desk.evaluate("[...document.querySelectorAll('.search-result a')].indexOf(document.activeElement)")
        == 10
    )
    assert 0 == desk.get_by_role("button", name="Показать").count()


def test_the_search_can_be_used_by_keyboard_from_any_page(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 1000, "height": 700})
    page.goto(f"{address}/news/")
    page.keyboard.press("/")
    assert "BODY" == page.evaluate("document.activeElement.tagName")
    page.keyboard.press("Control+/")
    page.keyboard.type("мэр")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    first, second = found(page)
    page.keyboard.press("Control+/")
    for key, expected in (("ArrowDown", first), ("ArrowDown", second), ("ArrowUp", first), ("Escape", None)):
        page.keyboard.press(key)
        assert expected == page.evaluate("document.activeElement.getAttribute('href')")
    assert "question" == page.evaluate("document.activeElement.id")


def test_a_word_that_is_not_typed_to_its_end_finds_what_begins_so(desk: Any, address: str) -> None:
    assert ["/news/2024/04/kosmos/"] == ask(desk, address, "q=космонав")
    assert "есть похожие" in desk.locator("[data-status]").inner_text()


def test_what_is_not_found_is_told_with_advice(page: Any, address: str) -> None:
    assert [] == ask(page, address, "q=гиппопотам&year=2024")
    assert "Ничего не\u00a0нашлось" == page.locator("[role=status][data-status]").inner_text()
    assert "опечатки" in page.locator("[data-more]").inner_text()
    page.get_by_role("button", name="Сбросить уточнения").last.click()
    page.wait_for_url(lambda url: "year" not in url)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_lost_file_is_told_of_in_russian(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*.pf_index", lambda route: route.abort())
    page.goto(f"{address}/search/?q=мэр")
    page.get_by_text("возможно, прервалась связь").wait_for()
    page.unroute("**/*.pf_index")
    page.get_by_role("link", name="Повторить").click()
    assert 2 == len(found(page))
    context.close()


def test_without_a_script_the_form_leads_to_lists(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/")
    page.fill("#site-search", "мэр")
    page.press("#site-search", "Enter")
    assert page.url.startswith(f"{address}/search/?q=")
    assert page.get_by_text("скрипты выключены").is_visible()
    assert not page.locator("#choice-tag").is_visible()
    page.get_by_role("link", name="Май 2024 года").click()
    assert page.url.endswith("/news/2024/05/")
    context.close()


def test_a_first_result_on_a_phone_costs_little(page: Any, address: str) -> None:
    """All that comes over the wire; what more a large archive costs stands in decision 23."""
    requests: list[Any] = []
    page.on("requestfinished", lambda request: requests.append(request))  # noqa: PLW0108 - no method of C
    assert ask(page, address, "q=мэр")
    page.wait_for_load_state("networkidle")
    assert sum(request.sizes()["responseBodySize"] for request in requests) < FEW_RELEASES
