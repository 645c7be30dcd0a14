"""What templates can call."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined

from newsroom.build.assets import Assets
from newsroom.pages.templates import equip, headings, moment, places
from tests.sample_library import SITE, picture


def test_the_parts_of_a_text_are_its_headings_without_links() -> None:
    body = '<h2 id="a">Раз</h2><h3 id="b">Нет</h3><h2 id="c">Два <a href="/x/">и <b>три</b></a></h2>'
    assert [("a", "Раз"), ("c", "Два и <b>три</b>")] == headings(body)


MENU = (("Главная", "/"), ("Новости", "/news/"), ("Год", "/news/2024/"), ("СМИ", "https://media.example/"))


def render(source: str, **values: object) -> str:
    environment = Environment(loader=DictLoader({"page": source}), autoescape=True, undefined=StrictUndefined)
    equip(environment, SITE, Assets(Path(__file__).parent.parent / "theme/static", base=SITE.base))
    return environment.get_template("page").render(values)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/", ("page", "", "", "")),
        ("/news/", ("", "page", "", "")),
        ("/news/2024/", ("", "true", "page", "")),
        ("/news/2024/05/", ("", "true", "true", "")),
        ("/events/", ("", "", "", "")),
    ],
)
def test_the_menu_tells_where_a_page_stands(url: str, expected: tuple[str, ...]) -> None:
    assert expected == places(MENU, url)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (date(2024, 5, 9), "9\u00a0мая 2024\u00a0г."),
        (datetime(2024, 5, 9), "9\u00a0мая 2024\u00a0г."),
        (datetime(2024, 5, 9, 0, 5), "9\u00a0мая 2024\u00a0г., 00:05"),
    ],
)
def test_the_hour_is_told_where_there_is_one(when: date, expected: str) -> None:
    assert expected == moment(when)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ '/news/'|href }} {{ '#a'|href }}", "/site/news/ #a"),
        ("{{ '/news/'|absolute }}", "https://news.example/site/news/"),
        ("{{ 1530|number }} {{ 1530|noun('релиз', 'релиза', 'релизов') }}", "1\u00a0530 релизов"),
        ("{{ 22|plural('релиз', 'релиза', 'релизов') }}", "22\u00a0релиза"),
        ("{{ {'a': '<'}|json_ld }}", '{"a":"\\u003c"}'),
    ],
)
def test_a_filter_gives_what_a_page_shows(source: str, expected: str) -> None:
    assert expected == render(source)


def test_an_asset_is_found_by_its_name() -> None:
    assert render("{{ asset('icons.svg') }}").startswith("/site/theme/icons.")


def test_a_picture_is_markup_with_the_addresses_of_the_site() -> None:
    made = render("{{ picture(pic) }}{{ picture(pic, sizes='100vw', lazy=False) }}", pic=picture("/a.jpg"))

    assert 2 == made.count("<picture>")
    assert "/site/a.01234567.480.webp 480w" in made
    assert [1, 1] == [made.count('loading="lazy"'), made.count('sizes="100vw"') // 2]


def test_a_part_is_made_once_for_the_same_arguments() -> None:
    calls: list[object] = []

    def note(what: object) -> str:
        calls.append(what)
        return ""

    macro = "{% macro part(what, more) %}{{ note(what) }}<{{ what }}{{ more }}>{% endmacro %}"
    source = macro + "{% for what in given %}{{ part|once(what, '&') }}{% endfor %}"

    made = render(source, given=["a", "b", "a", 1, True], note=note)

    assert "&lt;" not in made
    assert ["a", "b", 1, True] == calls
    assert "<a&amp;><b&amp;><a&amp;><1&amp;><True&amp;>" == made
