"""The banner of an emergency in a real browser, under the site's own headers, with a script and without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from msgspec.structs import replace

import pelicanconf
from newsroom.audit.kinds import kinds
from newsroom.audit.modes import DARK, LIGHT, MODES, Mode, context
from newsroom.audit.server import serving
from newsroom.content.emergency import read_notices
from newsroom.content.notices import Notice
from newsroom.pages.notice_board import board
from newsroom.pages.notice_sheet import PATH, sheet
from newsroom.settings import EXTRAS
from tests import notices
from tests.conftest import VOCABULARY, Built, TinySite
from tests.test_emergency import ZONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NOON = datetime(2024, 6, 1, 12, tzinfo=ZONE)
HEADLINE = 'Показательный ветер <33 м/с> "и" \\ снег, гололедица на Электрометаллургической улице'
LONGEST = (HEADLINE * 3)[:160]
SLOT, LINK, TEXT = ".emergency-slot", ".emergency-slot__link", ".emergency-slot__text"
LEVELS: dict[str, dict[str, Any]] = {
    "danger": {"severity": "Extreme"},
    "warning": {"severity": "Moderate"},
    "attention": {"severity": "Minor"},
    "clear": {"cancels": ("2024-05-31-veter",)},
}
WORDS = """slot => {
  const text = slot.querySelector('.emergency-slot__text');
  return text.textContent || getComputedStyle(text, '::before').content;
}"""
CONTRAST = """slot => {
  const light = color => {
    const parts = color.match(/[\\d.]+/g).slice(0, 3).map(each => each / 255);
    const [r, g, b] = parts.map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, bright] = ['color', 'backgroundColor'].map(name => light(getComputedStyle(slot)[name])).sort();
  return (bright + 0.05) / (dark + 0.05);
}"""


@dataclass
class Told:
    """A built site, the address it is served at, and its one notice."""

    built: Built
    address: str
    notice: Notice

    def tell(self, **fields: Any) -> None:
        """Publish the sheet of the notice with other fields; «expires» in the past withdraws it."""
        now = board([replace(self.notice, **fields)], NOON)
        (self.built.output / PATH).write_bytes(sheet(now))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    site = TinySite(tmp_path_factory.mktemp("banner"))
    quick = tuple(name for name in EXTRAS if name != "cards")
    site.settings = {"NEWSROOM": {**pelicanconf.NEWSROOM, "now": NOON, "extras": quick}}
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.release()
    site.write("emergency.yaml", notices.file(notices.notice(headline=HEADLINE)))
    built = site.build()
    assert 0 == built.status, built.said
    (notice,) = read_notices(site.content, ZONE).values()
    with serving(built.output) as address:
        yield Told(built, address, notice)


def window(browser: Any, mode: Mode = LIGHT, width: int = 360, **more: Any) -> Any:
    """A page of a browser that keeps nothing: the sheet is kept for half a minute, and tests do not wait."""
    page = context(browser, mode, width, **more).new_page()
    page.route("**/notice.css", lambda route: route.continue_())
    page.faults = []
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    return page


def addresses(told: Told) -> list[str]:
    """A page of every kind that the site has; the light one asks for no sheet and has the words in it."""
    assert "Опасность: " in told.built.text("/lite/")
    return [urls[0] for urls in kinds(told.built.output).values() if urls and "/lite/" not in urls]


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_every_page_shows_it_until_it_is_over(browser: Any, told: Told, scripts: bool) -> None:
    page = window(browser, java_script_enabled=scripts)
    expected = f"Опасность: {told.notice.headline}"
    seen = addresses(told)
    assert len(seen) > 12
    for state, fields in (("block", {}), ("none", {"expires": NOON})):
        told.tell(**fields)
        for address in seen:
            page.goto(told.address + address)
            slot = page.locator(SLOT)
            assert state == slot.evaluate("slot => getComputedStyle(slot).display"), address
            words = slot.evaluate(WORDS)
            if state == "block" and scripts:
                assert expected == words, address
            elif state == "block":
                assert expected == words[1:-1].replace('\\"', '"').replace("\\\\", "\\"), address
    assert [] == [fault for fault in page.faults if "404" not in fault]
    page.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
def test_it_is_a_named_place_and_the_second_stop_of_the_keyboard(
    browser: Any, told: Told, scripts: bool
) -> None:
    told.tell(headline="Ветер")
    page = window(browser, java_script_enabled=scripts)
    page.goto(f"{told.address}/")
    assert page.get_by_role("region", name="Экстренное сообщение").is_visible()
    name = "Экстренное сообщение Опасность: Ветер"
    assert 1 == page.get_by_role("link", name=name, exact=True).count()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(f"{LINK}:focus").count()
    assert page.locator(LINK).evaluate("link => getComputedStyle(link).outlineWidth") == "3px"
    page.keyboard.press("Enter")
    page.wait_for_url("**/emergency/")
    assert page.locator("#\\32 024-06-01-veter").is_visible()
    page.context.close()


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
def test_each_level_can_be_read_in_every_mode_and_fits_a_narrow_screen(
    browser: Any, told: Told, mode: Mode
) -> None:
    page = window(browser, mode, 320)
    for level, fields in LEVELS.items():
        told.tell(headline=LONGEST, **fields)
        page.goto(f"{told.address}/emergency/")
        assert page.locator(SLOT).evaluate(CONTRAST) >= 7, level
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, level
        assert page.locator(LINK).bounding_box()["height"] >= 44
    page.context.close()


def test_every_level_has_a_shape_and_a_word_of_its_own(browser: Any, told: Told) -> None:
    page, seen = window(browser), set()
    for fields in LEVELS.values():
        told.tell(headline="Ветер", **fields)
        page.goto(f"{told.address}/")
        sign = page.locator(".emergency-slot__sign").evaluate("sign => getComputedStyle(sign).clipPath")
        seen.add((sign, page.locator(TEXT).inner_text()))
    page.context.close()
    assert 4 == len({sign for sign, _ in seen})
    assert {"Опасность: Ветер", "Предупреждение: Ветер", "Внимание: Ветер", "Отбой: Ветер"} == {
        words for _, words in seen
    }


@pytest.mark.parametrize("how", [{"forced_colors": "active"}, {"media": "print"}], ids=str)
def test_it_is_there_in_forced_colours_and_on_paper(browser: Any, told: Told, how: dict[str, str]) -> None:
    told.tell()
    page = window(browser, DARK)
    page.emulate_media(**how)
    page.goto(f"{told.address}/news/2024/05/katok/")
    assert page.locator(SLOT).is_visible()
    assert page.locator(SLOT).evaluate("slot => parseFloat(getComputedStyle(slot).borderTopWidth)") > 0
    page.context.close()
