"""Pictures of a gallery in a browser, under the site's headers: by keyboard, by touch, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from newsroom.audit import modes

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RELEASE = "/news/2024/05/pokazatelnaya-galereya/"
PHOTOS = "/events/den-goroda/photos/"
COUNT = 8
PICTURE = ".lightbox picture img"


class Reader:
    """A page of the model city, and everything that went wrong with it."""

    def __init__(self, context: Any, address: str) -> None:
        self.page, self.address = context.new_page(), address
        self.faults: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda told: self.faults.append(told.text) if told.type == "error" else None)
        self.page.on("request", lambda asked: self.asked.append(asked.url))

    def open(self, url: str = RELEASE) -> None:
        self.page.goto(self.address + url)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    @property
    def place(self) -> str:
        """«3 из 8»; nothing where no picture is open."""
        shown = self.page.locator(".lightbox[open] .lightbox__place")
        return str(shown.inner_text()) if shown.count() else ""

    def opened(self) -> None:
        """Waits till what shows pictures has come and shows one."""
        self.page.locator(".lightbox[open]").wait_for()

    def until(self, is_so: str) -> None:
        """Waits; Playwright's own waiting has to compile a text, which the policy of the site forbids."""
        for _ in range(100):
            if self.page.evaluate(is_so):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(is_so)

    def closed(self) -> None:
        """Waits till the dialog is closed and the history is as it was."""
        self.page.locator(".lightbox:not([open])").wait_for(state="attached")
        self.until("!history.state?.photo && !location.hash")

    def focused(self) -> str:
        """The id of the cell whose link has the focus."""
        self.until("document.activeElement.closest('.gallery__cell')")
        return str(self.page.evaluate("document.activeElement.closest('.gallery__cell').id"))


@pytest.fixture
def reader(browser: Any, model_address: str) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    reader = Reader(context, model_address)
    yield reader
    context.close()
    assert [] == reader.faults


def cell(number: int) -> str:
    return f"photo-pokazatelnaya-galereya-{number}.jpg"


def test_by_keyboard_alone_all_pictures_are_seen_and_the_way_leads_back_to_the_last(reader: Reader) -> None:
    reader.open()
    reader.page.locator(f"[id='{cell(1)}'] a").focus()
    reader.press("Enter")
    reader.opened()
    assert "1 из 8" == reader.place
    seen = []
    for _ in range(COUNT):
        seen.append(reader.page.locator(PICTURE).get_attribute("alt"))
        reader.press("ArrowRight")
    assert COUNT == len(set(seen))
    assert "8 из 8" == reader.place  # there is nothing after the last
    reader.press("Home")
    assert "1 из 8" == reader.place
    reader.press("End", "ArrowLeft")
    assert "7 из 8" == reader.place
    assert reader.page.evaluate("location.hash") == f"#{cell(7)}"
    reader.press("Escape")
    reader.closed()
    assert cell(7) == reader.focused()
    reader.until(f"({IN_SIGHT})(document.activeElement)")
    assert reader.page.url == reader.address + RELEASE


IN_SIGHT = """
(element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= -1 && bottom <= innerHeight + 1;
}
"""


def test_the_focus_stays_within_and_every_button_is_reached(reader: Reader) -> None:
    reader.open()
    reader.page.locator("[data-photo]").nth(3).click()
    reader.opened()
    reached = set()
    for _ in range(12):
        reader.press("Tab")
        reached.add(reader.page.evaluate(WHERE))
        reached.add(reader.page.evaluate("document.activeElement.dataset.part ?? ''"))
    assert {"original", "close", "back", "on"} <= reached
    assert not {"A", "BUTTON"} & reached  # of the page behind
    reader.page.get_by_role("button", name="Следующая").click()
    assert "5 из 8" == reader.place
    reader.page.get_by_role("button", name="Закрыть").click()
    reader.closed()


WHERE = "document.activeElement.closest('dialog')?.tagName ?? document.activeElement.tagName"


def test_the_way_back_of_the_browser_closes_a_picture_and_leaves_the_page_only_then(reader: Reader) -> None:
    reader.open("/news/")
    reader.open()
    reader.page.locator("[data-photo]").nth(2).click()
    reader.opened()
    reader.press("ArrowRight", "ArrowRight")  # steps from picture to picture are no steps of the history
    reader.page.go_back()
    reader.closed()
    assert reader.page.url == reader.address + RELEASE
    assert cell(5) == reader.focused()
    reader.page.go_forward()
    reader.opened()
    assert "5 из 8" == reader.place
    reader.press("Escape")
    reader.closed()
    reader.page.go_back()
    assert reader.page.url == f"{reader.address}/news/"


def test_the_address_of_a_picture_opens_it(reader: Reader) -> None:
    reader.open(f"{RELEASE}#{cell(4)}")
    reader.opened()
    assert "4 из 8" == reader.place
    reader.page.reload()
    reader.opened()
    assert "4 из 8" == reader.place
    reader.press("Escape")
    reader.closed()
    assert cell(4) == reader.focused()


def test_what_is_told_of_a_picture_is_said_and_its_original_is_a_link(reader: Reader) -> None:
    reader.open()
    reader.page.locator("[data-photo]").nth(1).click()
    reader.opened()
    words = reader.page.locator(".lightbox [aria-live=polite]")
    told = " ".join(words.evaluate(SAID).split())
    assert told == (
        "2 из 8 Полосы и круг, рисунок 2 для проверки страниц "
        "Своя подпись у одного рисунка Рисунок: другая программа"
    )
    reader.press("ArrowLeft")
    assert "Рисунки сделаны для проверки страниц" in " ".join(words.evaluate(SAID).split())
    original = reader.page.get_by_role("link", name="Скачать оригинал")
    assert original.get_attribute("href").endswith(f"{RELEASE}pokazatelnaya-galereya-1.jpg")
    answer = reader.page.request.get(original.evaluate("link => link.href"))
    assert 200 == answer.status


SAID = "words => [...words.querySelectorAll('p:not([hidden])')].map(each => each.textContent).join(' ')"


def test_only_the_next_picture_is_fetched_before_it_is_asked_for(reader: Reader) -> None:
    reader.open()
    reader.page.wait_for_load_state("networkidle")
    before = len(reader.asked)
    reader.page.locator("[data-photo]").first.click()
    reader.opened()
    reader.page.wait_for_load_state("networkidle")
    reader.until(f"document.querySelector('{PICTURE}').complete")
    large = (url.rpartition("/")[2].split(".") for url in reader.asked[before:])
    fetched = {name for name, *_, width, _ in large if "galereya" in name and width in ("960", "640")}
    assert {"pokazatelnaya-galereya-1", "pokazatelnaya-galereya-2"} == fetched


def test_without_a_script_each_picture_is_a_link_that_any_browser_opens(
    browser: Any, model_address: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(model_address + RELEASE)
    assert COUNT == page.locator(".gallery__link:visible").count()
    assert 0 == page.locator("dialog").count()
    page.locator(".gallery__link").nth(2).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/*.jpg")
    page.go_back()
    assert page.url == model_address + RELEASE
    context.close()


def test_a_finger_turns_the_pictures(browser: Any, model_address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    reader = Reader(context, model_address)
    reader.open()
    reader.page.locator("[data-photo]").first.tap()
    reader.opened()
    assert "1 из 8" == reader.place
    for start, end, expected in ((300, 60, "2 из 8"), (60, 300, "1 из 8"), (200, 180, "1 из 8")):
        reader.page.evaluate(SWIPE, [start, end])
        assert expected == reader.place
    reader.page.go_back()
    reader.closed()
    context.close()
    assert [] == reader.faults


SWIPE = """
([start, end]) => {
  const stage = document.querySelector(".lightbox__stage");
  const touch = (x) => new Touch({ identifier: 1, target: stage, clientX: x, clientY: 300 });
  const began = [touch(start)];
  stage.dispatchEvent(new TouchEvent("touchstart", { touches: began, changedTouches: began }));
  stage.dispatchEvent(new TouchEvent("touchend", { touches: [], changedTouches: [touch(end)] }));
}
"""


def test_with_pictures_off_what_is_seen_on_them_is_read(browser: Any, model_address: str) -> None:
    (mode,) = (mode for mode in modes.MODES if "pictures-off" in mode.sight)
    context = modes.context(browser, mode, 1280)
    reader = Reader(context, model_address)
    reader.open()
    reader.page.locator("[data-photo]").nth(2).focus()
    reader.press("Enter")
    reader.opened()
    told = reader.page.locator(".lightbox__stage .picture-words")
    assert "Полосы и круг, рисунок 3 для проверки страниц" == " ".join(told.inner_text().split())
    assert told.bounding_box()["height"] > 10
    reader.press("Escape")
    reader.closed()
    reader.page.evaluate(PICTURES_ON)
    reader.page.locator("[data-photo]").nth(1).click()
    reader.opened()
    reader.press("ArrowRight")
    reader.until("document.querySelector('.lightbox picture img').naturalWidth > 0")
    context.close()


PICTURES_ON = """document.querySelector('.sight-panel [type=reset]').click()"""


@pytest.mark.parametrize("width", [320, 1280])
def test_rows_have_one_height_no_page_is_wider_than_the_screen_and_a_picture_fits_it(
    browser: Any, model_address: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700})
    reader = Reader(context, model_address)
    for url in (RELEASE, "/events/den-goroda/", PHOTOS):
        reader.open(url)
        assert width == reader.page.evaluate("document.documentElement.scrollWidth"), url
        rows: dict[int, set[int]] = {}
        for top, height in reader.page.evaluate(HEIGHTS):
            rows.setdefault(round(top), set()).add(round(height))
        assert [] == [heights for heights in rows.values() if max(heights) - min(heights) > 1], url
        reader.page.locator("[data-photo]").nth(1).click()
        reader.opened()
        box = reader.page.locator(PICTURE).bounding_box()
        assert 0 <= box["x"]
        assert box["x"] + box["width"] <= width
        assert box["height"] <= 700
        assert reader.page.evaluate(UNTRUE) < 0.01
        reader.press("Escape")
        reader.closed()
    context.close()
    assert [] == reader.faults


HEIGHTS = """
[...document.querySelectorAll(".gallery__link")]
  .map((each) => each.getBoundingClientRect())
  .map(({ top, height }) => [top, height])
"""
UNTRUE = """
(() => {
  const image = document.querySelector(".lightbox picture img");
  const { width, height } = image.getBoundingClientRect();
  return Math.abs(width / height / (image.getAttribute("width") / image.getAttribute("height")) - 1);
})()
"""


def test_on_the_page_of_an_event_a_picture_names_its_release(reader: Reader) -> None:
    reader.open(PHOTOS)
    reader.page.locator("[data-photo]").last.click()
    reader.opened()
    link = reader.page.locator(".lightbox__release a")
    assert "12 из 12" == reader.place
    assert "/news/2023/06/pokazatelnye-risunki/" in link.get_attribute("href")
    link.click()
    assert reader.page.url == f"{reader.address}/news/2023/06/pokazatelnye-risunki/"


def test_what_shows_pictures_comes_when_one_is_reached(reader: Reader) -> None:
    reader.open()
    reader.page.wait_for_load_state("networkidle")
    assert [] == [url for url in reader.asked if "/lightbox." in url]
    reader.page.locator("[data-photo]").first.hover()
    reader.page.wait_for_load_state("networkidle")
    assert ["css", "js"] == sorted(url.rpartition(".")[2] for url in reader.asked if "/lightbox." in url)
    reader.page.locator("[data-photo]").first.click()
    reader.opened()
    assert "1 из 8" == reader.place
    reader.press("Escape")
    reader.closed()


def test_where_it_does_not_come_the_picture_is_a_plain_link(browser: Any, model_address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/theme/lightbox.*.js", lambda route: route.abort())
    page.goto(model_address + RELEASE)
    link = page.locator("[data-photo]").first
    large = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"{model_address}{large}")
    context.close()


def test_a_way_within_the_page_leads_where_it_says(reader: Reader) -> None:
    reader.open()
    reader.page.locator("[data-photo]").first.hover()
    reader.page.locator(".lightbox").wait_for(state="attached")
    reader.page.evaluate("location.hash = 'content'")
    reader.page.wait_for_timeout(200)
    assert None is reader.page.evaluate("document.activeElement.closest('.gallery__cell')")
