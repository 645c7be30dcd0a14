"""A page printed to PDF: its words, no furniture, whatever the screen looks like."""

from __future__ import annotations

from typing import Any

import pytest

from newsroom.audit.modes import DARK, LIGHT, MODES, context
from tests.conftest import Built

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RELEASE = "/news/2023/12/bratskaya-pyatiletka/"
FURNITURE = ("Версия для слабовидящих", "К содержанию", "Разделы", "Скопировать", "Поделиться")


def printed(browser: Any, address: str, mode: Any) -> Any:
    """The document that the browser prints of a page."""
    import pypdfium2

    window = context(browser, mode, 1280)
    page = window.new_page()
    page.goto(address)
    data = page.pdf(format="A4")
    window.close()
    return pypdfium2.PdfDocument(data)


def words(document: Any) -> str:
    """All its text in one line, without soft hyphens and hyphenation."""
    texts = (page.get_textpage().get_text_range() for page in document)
    return " ".join(" ".join(texts).split()).replace("\u00a0", " ")


@pytest.mark.parametrize("mode", [LIGHT, DARK, MODES[3]], ids=lambda mode: mode.name)
@pytest.mark.parametrize("url", ["/", RELEASE, "/news/"])
def test_paper_has_the_words_and_no_furniture(
    browser: Any, model_site: Built, model_address: str, url: str, mode: Any
) -> None:
    document = printed(browser, model_address + url, mode)
    text = words(document)
    page = model_site.page(url)
    heading = page.select_one("main h1, main h2.headline").get_text().replace("\u00a0", " ")
    for word in heading.split():
        assert word.replace("\u2011", "-").strip("«»") in text.replace("\u2011", "-")
    assert [] == [word for word in FURNITURE if word in text]
    paper = document[0].render(scale=0.5).to_pil().convert("L")
    light = sum(paper.histogram()[200:]) / (paper.width * paper.height)
    assert light > 0.7, "black paper"
    assert paper.crop((0, 0, 20, paper.height)).getextrema()[0] > 200, "something runs out of the sheet"


def test_a_printed_release_tells_where_its_links_lead(browser: Any, model_address: str) -> None:
    text = words(printed(browser, f"{model_address}/news/2024/01/prosmotry-novostey/", LIGHT))
    assert (
        "(https://www.bratsk-city.ru" in text.replace(" ", "")[:100000]
        or "https://www.bratsk-city.ru" in text
    )


def test_pictures_stay_whole(browser: Any, model_address: str) -> None:
    """The sheet of a magazine's page is on one piece of paper, no larger than it."""
    import pypdfium2.raw

    document = printed(browser, f"{model_address}/magazine/bratskaya-pyatiletka-2023/2/", LIGHT)
    boxes = []
    for page in document:
        height = page.get_height()
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = item.get_bounds()
            boxes.append(bottom >= 0 and top <= height and left >= 0 and right <= page.get_width())
    assert [True] == boxes
