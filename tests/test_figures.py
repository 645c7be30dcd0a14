"""The HTML of pictures."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from msgspec.structs import replace

from newsroom.content.attached import Picture
from newsroom.content.figures import caption_and_author, credit, fallback_url, figure_html, picture_html

SALUTE = Picture(
    source="a.jpg",
    digest="0123456789abcdef",
    url="/news/2024/05/den-pobedy/salute.jpg",
    width=4000,
    height=3000,
    widths=(480, 960, 1600),
    alt='Салют над "Братском" & рекой',
    caption="Вечер 9 мая <на набережной>",
    author="И. Иванов",
)


def _one(html: str, name: str) -> Tag:
    found = BeautifulSoup(html, "html.parser").find_all(name)
    assert 1 == len(found)
    return found[0]


def test_the_lightest_format_is_offered_first_in_every_width() -> None:
    sources = BeautifulSoup(picture_html(SALUTE), "html.parser").find_all("source")
    assert ["image/avif", "image/webp"] == [source["type"] for source in sources]
    stem = "/news/2024/05/den-pobedy/salute.01234567"
    assert f"{stem}.480.webp 480w, {stem}.960.webp 960w, {stem}.1600.webp 1600w" == sources[1]["srcset"]


def test_the_image_itself_is_a_jpeg_with_the_size_and_text_of_the_original() -> None:
    image = _one(picture_html(SALUTE), "img")
    assert "/news/2024/05/den-pobedy/salute.01234567.960.jpg" == image["src"]
    assert ("4000", "3000") == (image["width"], image["height"])
    assert SALUTE.alt == image["alt"]
    assert ("lazy", "async") == (image["loading"], image["decoding"])


def test_a_picture_on_the_first_screen_is_asked_for_first() -> None:
    image = _one(picture_html(SALUTE, lazy=False), "img")
    assert not image.get("loading")
    assert "high" == image["fetchpriority"]


def test_the_base_stands_before_every_address() -> None:
    html = figure_html(SALUTE, base="/press")
    addresses = [part for part in html.replace('"', " ").split() if part.endswith((".jpg", ".webp", ".avif"))]
    assert 8 == len(addresses)
    assert all(address.startswith("/press/news/") for address in addresses)


FALLBACKS = {(): "", (1600,): ".01234567.1600", (300,): ".01234567.300", (480, 960): ".01234567.960"}


@pytest.mark.parametrize(("widths", "expected"), FALLBACKS.items())
def test_the_fallback_is_the_widest_modest_jpeg(widths: tuple[int, ...], expected: str) -> None:
    picture = replace(SALUTE, url="/salute.jpg", widths=widths)
    assert f"/salute{expected}.jpg" == fallback_url(picture)
    assert bool(widths) == ("<source" in picture_html(picture))


def test_a_figure_links_the_original_and_escapes_its_texts() -> None:
    html = figure_html(SALUTE)
    assert SALUTE.url == _one(html, "a")["href"]
    assert "Вечер 9 мая <на набережной> Фото: И. Иванов" == _one(html, "figcaption").get_text()
    assert "Фото: И. Иванов" == _one(html, "span").get_text()


def test_a_figure_without_texts_has_no_caption_but_a_named_link() -> None:
    html = figure_html(replace(SALUTE, alt="", caption="", author=""))
    assert "<figcaption" not in html
    assert _one(html, "a")["aria-label"]


def test_a_space_in_an_address_does_not_end_it() -> None:
    html = picture_html(replace(SALUTE, url="/мой снимок.jpg", widths=(480,)))
    assert "/%D0%BC%D0%BE%D0%B9%20%D1%81%D0%BD%D0%B8%D0%BC%D0%BE%D0%BA.01234567.480.avif 480w" in html


TITLES = {
    "Подпись | Фото: Имя": ("Подпись", "Фото: Имя"),
    "А | Б | Имя": ("А | Б", "Имя"),
    "Только подпись": ("Только подпись", ""),
    "| Имя": ("", "Имя"),
    "": ("", ""),
}


@pytest.mark.parametrize(("title", "expected"), TITLES.items())
def test_a_title_is_split_at_its_last_bar(title: str, expected: tuple[str, str]) -> None:
    assert expected == caption_and_author(title)


def test_a_credit_names_its_kind_once() -> None:
    assert "Фото: И. Иванов" == credit("И. Иванов")
    assert "Рисунок: И. Иванов" == credit("Рисунок: И. Иванов")
    assert not credit("")
