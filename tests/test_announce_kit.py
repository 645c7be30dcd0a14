"""Who posts by hand has the words, the pictures and the command at hand, and sees what is still missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from newsroom.audit.axe import AXE, look_with_axe
from newsroom.publish.announce.kit import KitChannel, KitField, KitRelease, write_kit
from newsroom.publish.networks.network import Image
from tests.conftest import ROOT
from tests.drawn_pictures import drawn
from tests.sample_library import at, replace

TEXT = (
    "Каток открыт\n\nПриходите & <b>катайтесь</b>.\n\nhttps://news.example/a/?utm_source=vk&utm_medium=social"
)
VK = KitChannel(
    id="vk-gorod",
    title="Город ВКонтакте",
    network="ВКонтакте",
    text=TEXT,
    length=90,
    limit=16000,
    state="Неизвестно, размещён ли",
    lacks=True,
    reason="Связь оборвалась после отправки.",
    since=at(2024, 5, 9, 10, 4),
    fields=(KitField(name="Ссылка", value="https://news.example/a/"),),
)
MAX = replace(VK, id="max", title="Город в MAX", state="Размещён", lacks=False, url="https://max.example/1")
KATOK = KitRelease(
    id="2024-05-09-katok",
    title="Каток «Лёд» открыт",
    url="https://news.example/a/",
    date=at(2024, 5, 9, 10),
    channels=(VK, replace(MAX, reason="", since=None)),
)
DOROGI = KitRelease(
    id="2024-05-08-dorogi",
    title="Дороги готовы",
    url="https://news.example/b/",
    date=at(2024, 5, 8, 10),
    channels=(replace(MAX, reason="", since=None),),
)
YARMARKA = replace(DOROGI, id="2024-05-10-yarmarka", title="Ярмарка", date=at(2024, 5, 10, 9), channels=(VK,))


def board(folder: Path, *releases: KitRelease) -> BeautifulSoup:
    return page(write_kit(releases, folder, ROOT / "theme", at(2024, 5, 10, 12)))


def page(file: Path) -> BeautifulSoup:
    return BeautifulSoup(file.read_text("utf-8"), "html.parser")


def kit(folder: Path, id: str = "2024-05-09-katok") -> BeautifulSoup:
    return page(folder / "kit-pages" / f"{id}.html")


def words(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


def test_the_board_names_each_channel_without_a_post_with_its_cause_and_its_hour(tmp_path: Path) -> None:
    shown = board(tmp_path, DOROGI, KATOK, YARMARKA)
    assert ["Ярмарка", "Каток «Лёд» открыт", "Размещено везде"] == [words(h2) for h2 in shown.select("h2")]
    assert ["Город ВКонтакте"] * 2 == [words(h3) for h3 in shown.select(".lacking h3")]
    told = words(shown.select_one(".lacking li"))
    assert "Неизвестно, размещён ли с 9 мая 2024 г., 10:04 Связь оборвалась после отправки." in told
    assert "Постов не хватает: 2 Что известно на 10 мая 2024 г., 12:00" == words(
        shown.select_one(".head .told")
    )


def test_the_board_says_so_when_nothing_is_missing(tmp_path: Path) -> None:
    assert "Всё размещено." in words(board(tmp_path, DOROGI))


def test_the_command_that_records_a_post_is_at_hand(tmp_path: Path) -> None:
    command = "inv announce resolve 2024-05-09-katok vk-gorod --verdict posted --url АДРЕС"
    assert command == board(tmp_path, KATOK).select_one("input")["value"]
    assert command in [field["value"] for field in kit(tmp_path).select("#vk-gorod input")]
    assert "announce resolve" not in str(kit(tmp_path).select_one("#max"))


def test_a_release_has_the_words_of_every_channel_to_the_letter(tmp_path: Path) -> None:
    board(tmp_path, KATOK)
    shown = kit(tmp_path)
    assert [TEXT] * 2 == [area.get_text().removeprefix("\n") for area in shown.select("textarea")]
    assert ["https://max.example/1"] == [link["href"] for link in shown.select("#max .told a")]
    assert "Знаков: 90 из 16000" in words(shown.select_one("#vk-gorod .told"))


def test_pictures_lie_beside_once_and_have_their_names(tmp_path: Path) -> None:
    data = drawn((90, 60), 1)
    images = tuple(
        Image(name=name, media_type="image/jpeg", data=data, alt="Каток") for name in ("a.jpg", "b.jpg")
    )
    board(tmp_path, replace(KATOK, channels=(replace(VK, images=images), replace(MAX, images=images[:1]))))
    links = kit(tmp_path).select(".pictures a")
    assert ["a.jpg", "b.jpg", "a.jpg"] == [link["download"] for link in links]
    (file,) = (tmp_path / "kit-pictures").iterdir()
    assert data == file.read_bytes()
    assert {f"../kit-pictures/{file.name}"} == {link["href"] for link in links}


def test_all_that_pages_load_lies_beside_them_and_nothing_is_written_into_them(tmp_path: Path) -> None:
    board(tmp_path, KATOK)
    for file in (tmp_path / "index.html", tmp_path / "kit-pages/2024-05-09-katok.html"):
        shown = page(file)
        loaded = [str(e.get("href") or e.get("src")) for e in shown.select("link, script, img")]
        assert [] == [name for name in loaded if not (file.parent / name).is_file()]
        assert [] == [*shown.select("style, [style], script:not([src])")]


def test_a_new_kit_takes_the_place_of_the_old_one_and_of_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("моё")
    board(tmp_path, KATOK)
    board(tmp_path, DOROGI)
    assert ["2024-05-08-dorogi.html"] == [file.name for file in (tmp_path / "kit-pages").iterdir()]
    assert "моё" == (tmp_path / "mine.txt").read_text()


def test_the_same_releases_give_the_same_pages(tmp_path: Path) -> None:
    boards = [write_kit([KATOK, DOROGI], tmp_path / name, ROOT / "theme", at(2024, 5, 9)) for name in "ab"]
    assert boards[0].read_bytes() == boards[1].read_bytes()


@pytest.mark.slow
@pytest.mark.browser
def test_the_pages_work_in_a_browser_on_a_phone_and_without_scripts(browser: Any, tmp_path: Path) -> None:
    board(tmp_path, KATOK, DOROGI)
    files = (tmp_path / "index.html", tmp_path / "kit-pages/2024-05-09-katok.html")
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        opened = context.new_page()
        for file in files:
            opened.goto(file.as_uri())
            assert 320 == opened.evaluate("document.documentElement.scrollWidth")
            if AXE.is_file():
                assert () == look_with_axe(opened, file.name).findings
        opened.click("#vk-gorod [data-copy=vk-gorod-text]")
        opened.wait_for_function("document.querySelector('#vk-gorod [role=status]').textContent")
        assert "Скопировано" == opened.inner_text("#vk-gorod [role=status] >> nth=0")
        assert TEXT == opened.evaluate("navigator.clipboard.readText()")
        context.close()
    plain = browser.new_context(java_script_enabled=False)
    opened = plain.new_page()
    opened.goto(files[1].as_uri())
    assert not opened.is_visible("button")
    assert TEXT == opened.input_value("#vk-gorod-text")
    plain.close()
