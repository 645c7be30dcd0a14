"""A video in a real browser: nothing is asked of another site before its reader asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from newsroom.audit.walks import all_rounds

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FOLDER = "/news/2024/02"
PLAYER = "https://vkvideo.ru/video_ext.php?oid=-1&id=2"
PAGE = "https://vkvideo.ru/video-1_2"
POSTER = "video-s-zastavkoy"


@pytest.fixture(params=[True, False], ids=["with a script", "without scripts"])
def page(request: pytest.FixtureRequest, browser: Any, model_address: str) -> Iterator[Any]:
    """A page of a phone's width; other sites answer from here, and it is kept what was asked of them."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=request.param, base_url=model_address
    )
    page = context.new_page()
    page.scripted, page.foreign, page.faults = request.param, [], []

    def answer(route: Any) -> None:
        page.foreign.append(route.request.url)
        route.fulfill(body="<!doctype html><title>Там</title>", content_type="text/html")

    page.route(lambda url: not url.startswith(model_address), answer)
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    yield page
    context.close()


def test_a_video_of_another_site_is_asked_for_by_a_click_alone(page: Any) -> None:
    page.goto(f"{FOLDER}/{POSTER}/")
    page.wait_for_load_state("networkidle")
    assert [] == page.foreign
    page.get_by_role("link", name="Смотреть на VK Видео").click()
    if not page.scripted:
        page.wait_for_url(PAGE)
        return
    page.wait_for_function("document.activeElement.matches('iframe')")
    frame = page.locator(".video iframe")
    assert ([PLAYER], "Показательное видео") == (page.foreign, frame.get_attribute("title"))
    assert "allow-top-navigation" not in frame.get_attribute("sandbox")
    way = page.get_by_role("link", name="Открыть на VK Видео")
    assert (PAGE, "noopener") == (way.get_attribute("href"), way.get_attribute("rel"))
    assert 16 / 9 == pytest.approx(frame.evaluate("({ clientWidth: w, clientHeight: h }) => w / h"), rel=0.02)
    assert [] == page.faults


def test_the_keyboard_reaches_a_video_and_a_click_with_a_key_is_left_to_the_browser(page: Any) -> None:
    page.goto(f"{FOLDER}/video-bez-zastavki/")
    link = page.get_by_role("link", name="Смотреть на Rutube")
    link.focus()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if page.scripted:
        prevented = (
            "(link) => !link.dispatchEvent(new MouseEvent('click', { ctrlKey: true, cancelable: true }))"
        )
        assert not link.evaluate(prevented)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.querySelector('iframe') || location.host === 'rutube.ru'")
    assert page.foreign[0].startswith(
        "https://rutube.ru/play/embed/" if page.scripted else "https://rutube.ru/video/"
    )


def test_a_video_of_our_own_is_fetched_when_it_is_played_and_shows_its_captions(page: Any) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{FOLDER}/video-faylom/")
    page.wait_for_load_state("networkidle")
    assert not any(url.endswith(".webm") for url in asked)
    if page.scripted:
        played = "async (video) => { video.muted = true; await video.play(); return video.videoWidth; }"
        assert 320 == page.locator("video").evaluate(played)
        cue = "document.querySelector('video').textTracks[0].cues?.[0]?.text"
        page.wait_for_function(f"{cue} === 'Вода прибывает.'")
    assert ([], []) == (page.foreign, page.faults)


TOLD = {
    POSTER: [],
    "video-faylom": [],
    "video-bez-zastavki": [("1.2.1", "у записи нет расшифровки"), ("1.2.3", "у записи нет расшифровки")],
}


def test_the_walk_of_recordings_takes_a_transcript_on_the_page_and_a_link_to_one(
    browser: Any, model_address: str
) -> None:
    (walk,) = (look for each in all_rounds() for name, look in each.looks if name == "recordings")
    page = browser.new_page()
    found = {}
    for release in TOLD:
        page.goto(f"{model_address}{FOLDER}/{release}/")
        found[release] = walk(page, page.url)
    page.goto(f"{model_address}/about/")
    assert (TOLD, None) == (found, walk(page, page.url))
    page.close()
