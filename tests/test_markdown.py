"""Markdown into safe, valid HTML."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from newsroom.content.attached import Picture
from newsroom.content.body_tree import OF_THE_THEME
from newsroom.content.links import find_line
from newsroom.content.markdown import Converter

SALUTE = Picture(
    source="salute.jpg",
    digest="0123456789abcdef",
    url="/news/salute.jpg",
    width=1600,
    height=900,
    widths=(480, 960),
)


class _Desk:
    """Answers as the reader does, and remembers what it was asked."""

    def __init__(self) -> None:
        self.links: list[tuple[str, str]] = []
        self.pictures: list[tuple[str, str, str]] = []

    def link(self, address: str, written: str) -> str:
        self.links.append((address, written))
        return {"2024-05-09-den-pobedy.md": "/news/2024/05/den-pobedy/", "нет.md": "#"}.get(address, address)

    def picture(self, address: str, alt: str, title: str) -> Picture | None:
        self.pictures.append((address, alt, title))
        return SALUTE if address == "salute.jpg" else None

    def convert(self, source: str) -> str:
        return Converter().convert(source, resolve_link=self.link, resolve_picture=self.picture)


def _html(source: str) -> str:
    return _Desk().convert(source)


def _soup(source: str) -> BeautifulSoup:
    return BeautifulSoup(_html(source), "html.parser")


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='https://evil.example'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<div>\n\n<script>alert(1)</script>\n\n</div>",
    "<style>body{display:none}</style>",
    "<form action=//evil.example><input name=x></form>",
    "<!-- <script>alert(1)</script> -->",
    "<?php echo 1 ?>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<meta http-equiv=refresh content=0>",
    "Текст <b onclick=alert(1)>x</b>",
    "`код`<script>alert(1)</script>`код`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;lt;script&amp;gt;",
    "\x02wzxhzdk:0\x03 &#2;wzxhzdk:0&#3; &#x2;amp&#x3;lt;",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x]( javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](java\tscript:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](&amp;#106;avascript:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](data&colon;text/html,1)",
    "[x](file:///etc/passwd)",
    "[x](blob:https://a.example/1)",
    "[x](view-source:javascript:alert(1))",
    "[x](//evil.example/)",
    "[x](\\\\evil.example)",
    "[x](/\\evil.example)",
    "[x](feed:javascript:alert(1))",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x][]\n\n[x]: <javascript:alert(1)>",
    "[x]\n\n[x]: data:text/html,1",
    "<javascript:alert(1)>",
    "<javascript://%0Aalert(1)>",
    "<data://text/html,1>",
    "<mailto:javascript:alert(1)@a.example>",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](https://evil.example/pixel.gif)",
    "![x](//evil.example/pixel.gif)",
    '![x" onerror="alert(1)](salute.jpg "a\\" onload=\\"alert(1)")',
    "![x][1]\n\n[1]: javascript:alert(1)",
    '[x](/a/ "t\\" onclick=\\"alert(1)")',
    '[x](/a"onclick="alert(1))',
    "[x](/a/'onclick='alert(1))",
    "[![x](salute.jpg)](javascript:alert(1))",
    "[a [b](javascript:alert(1)) c](/d/)",
    "# <script>alert(1)</script>",
    "| <script> |\n|---|\n| [x](javascript:alert(1)) |",
    "* [x](javascript:alert(1))",
    "> <script>alert(1)</script>",
    "    <script>alert(1)</script>",
]

ELEMENTS = frozenset(
    ["a", "blockquote", "br", "code", "div", "em", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "li", "ol", "p", "picture", "pre", "source", "span", "strong", "table", "tbody", "td", "th",
    "thead", "tr", "ul"]
)  # fmt: skip
ATTRIBUTES = frozenset(
    ["alt", "aria-label", "class", "decoding", "height", "href", "id", "lang", "loading", "rel", "role",
    "scope", "sizes", "src", "srcset", "start", "tabindex", "title", "type", "width"]
)  # fmt: skip


@pytest.mark.parametrize("source", HOSTILE)
def test_nothing_an_editor_types_becomes_active(source: str) -> None:
    html = _html(source)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f]", html)
    for element in BeautifulSoup(html, "html.parser").find_all(True):
        assert element.name in ELEMENTS
        assert ATTRIBUTES.issuperset(element.attrs)
        # As a browser does: it drops spaces around an address, tabs and line breaks inside.
        address = re.sub(r"[\x00-\x20]", "", str(element.get("href") or element.get("src") or "")).lower()
        assert not re.match(
            r"[a-z][a-z0-9+.-]*:(?<!https:)(?<!http:)(?<!mailto:)(?<!tel:)|//|\\|/\\", address
        )
        assert "evil" not in address


def test_tags_are_shown_as_they_were_typed() -> None:
    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" == _html("<script>alert(1)</script>")
    assert "1 < 2 & <b> &lt;" == _soup("1 < 2 & <b> &amp;lt;").get_text()


def test_links_are_resolved_in_order_with_the_words_of_the_source() -> None:
    desk = _Desk()
    html = desk.convert(
        "[а](2024-05-09-den-pobedy.md) [б](a&amp;b.pdf) [в](javascript:x) <https://a.example/>"
    )
    assert [
        ("2024-05-09-den-pobedy.md", "2024-05-09-den-pobedy.md"),
        ("a&b.pdf", "a&amp;b.pdf"),
        ("javascript:x", "javascript:x"),
        ("https://a.example/", "https://a.example/"),
    ] == desk.links
    assert '<a href="/news/2024/05/den-pobedy/">а</a>' in html
    assert '<a href="a&amp;b.pdf">б</a>' in html
    assert "<span>в</span>" in html


LINKS = {
    "[а](/news/)": '<a href="/news/">а</a>',
    "[а](нет.md)": '<a href="#">а</a>',
    "[а](https://a.example/)": '<a href="https://a.example/" rel="noopener">а</a>',
    "[а](/a/ \"Имя & 'имя'\")": '<a href="/a/" title="Имя &amp; \'имя\'">а</a>',
    "[а](tel:+7 (3953) 34-91-52)": '<a href="tel:+73953349152">а</a>',
    "[а](https://a.example/я 1?x=5%)": '<a href="https://a.example/я%201?x=5%25" rel="noopener">а</a>',
    "<press@a.example>": '<a href="mailto:press@a.example">press@a.example</a>',
    "[](/news/)": '<a href="/news/">/news/</a>',
    "[тут [б](/b/) там](/a/)": '<a href="/a/">тут [б](/b/) там</a>',
    "[тут <https://b.example/> там](/a/)": '<a href="/a/">тут <span>https://b.example/</span> там</a>',
    "[а][1]\n\n[1]: /news/": '<a href="/news/">а</a>',
}


@pytest.mark.parametrize(("source", "expected"), LINKS.items())
def test_a_link_becomes(source: str, expected: str) -> None:
    assert f"<p>{expected}</p>" == _html(source)


def test_headings_begin_at_the_second_level_and_skip_none() -> None:
    html = _html("### А\n\n##### Б\n\n### В\n\nТекст\n\n####### Г")
    assert ["h2", "h3", "h2"] == re.findall(r"<(h\d)", html)[:3]
    assert ["h2", "h3"] == re.findall(r"<(h\d)", _html("# А\n\nТекст\n\n## Б"))


def test_headings_have_unique_latin_ids() -> None:
    headings = _soup("# Итоги *года*\n\n# Итоги года\n\n# ?!\n\n# ?!").find_all("h2")
    assert ["itogi-goda", "itogi-goda-2", "razdel", "razdel-2"] == [heading["id"] for heading in headings]


def test_a_heading_takes_no_id_that_its_page_has_already() -> None:
    templates = (path.read_text("utf-8") for path in Path("theme/templates").rglob("*.html"))
    ids = {
        id for text in templates if "styleguide" not in text for id in re.findall(r'\bid="([a-z-]+)"', text)
    }
    assert ids <= OF_THE_THEME
    assert ["photos-2", "content-2"] == [heading["id"] for heading in _soup("# Photos\n\n# Content")("h2")]


def test_ids_start_afresh_with_each_text() -> None:
    converter, desk = Converter(), _Desk()
    first, second = (
        converter.convert("# Итоги", resolve_link=desk.link, resolve_picture=desk.picture) for _ in range(2)
    )
    assert first == second


def test_references_do_not_leak_into_the_next_text() -> None:
    converter, desk = Converter(), _Desk()
    converter.convert("[а]: /news/", resolve_link=desk.link, resolve_picture=desk.picture)
    html = converter.convert("[а]", resolve_link=desk.link, resolve_picture=desk.picture)
    assert "<p>[а]</p>" == html


def test_a_picture_alone_is_a_figure() -> None:
    desk = _Desk()
    soup = BeautifulSoup(
        desk.convert('До\n\n![Салют](salute.jpg "Вечер | И. Иванов")\n\nПосле'), "html.parser"
    )
    assert ["p", "figure", "p"] == [child.name for child in soup.children if isinstance(child, Tag)]
    assert [("salute.jpg", "Салют", "Вечер | И. Иванов")] == desk.pictures


def test_pictures_alone_are_a_figure_each_in_their_order() -> None:
    html = _html("![а](salute.jpg)\n![б](salute.jpg)\n\nПосле")
    assert 2 == html.count("<figure")
    assert "<p><figure" not in html
    assert html.endswith("<p>После</p>")


@pytest.mark.parametrize(
    "source", ["Текст ![а](salute.jpg) текст", "* ![а](salute.jpg)", "[![а](salute.jpg)](/a/)"]
)
def test_a_picture_in_a_line_stays_in_it(source: str) -> None:
    html = _html(source)
    assert "<figure" not in html
    assert 1 == html.count("<picture>")


def test_a_picture_that_is_not_found_leaves_its_text() -> None:
    assert "<p><span>Салют &amp; площадь</span></p>" == _html("![Салют & площадь](no.jpg)")


def test_the_base_stands_before_pictures() -> None:
    desk = _Desk()
    html = Converter(base="/press").convert(
        "![а](salute.jpg)", resolve_link=desk.link, resolve_picture=desk.picture
    )
    assert 'href="/press/news/salute.jpg"' in html


def test_a_table_scrolls_in_a_named_region() -> None:
    table = "| | Число |\n|---|--:|\n| а | 1 |\n"
    soup = _soup(f"{table}\nТекст\n\n{table}")
    regions = soup.find_all("div", class_="table")
    assert ["Таблица", "Таблица 2"] == [region["aria-label"] for region in regions]
    assert all("0" == region["tabindex"] for region in regions)
    assert "<td></td>" in str(regions[0])
    assert '<th class="right" scope="col">Число</th>' in str(regions[0])
    assert "style=" not in str(soup)


def test_quotations_lists_and_rules_are_allowed() -> None:
    html = _html("> Цитата\n\n3. три\n4. четыре\n\n***\n\n* раз\n* два")
    assert ["blockquote", "p", "ol", "li", "li", "hr", "ul", "li", "li"] == re.findall(r"<(\w+)", html)
    assert '<ol start="3">' in html


def test_the_same_source_gives_the_same_html() -> None:
    source = "\n\n".join(HOSTILE)
    assert _html(source) == _html(source)


def test_an_empty_text_is_empty() -> None:
    assert not _html("  \n ")


SOURCE = """Слово plan.pdf в тексте

[план](plan.pdf) и [другой](<plan 2.pdf>)

![а](a.jpg "Подпись")

[1]: 2024-05-09-den-pobedy.md
"""


@pytest.mark.parametrize(
    ("needle", "line"),
    [
        ("plan.pdf", 3),
        ("plan 2.pdf", 3),
        ("a.jpg", 5),
        ("2024-05-09-den-pobedy.md", 7),
        ("Слово", 1),
        ("нет", 1),
        ("", 1),
    ],
)
def test_the_line_of_an_address_is_found(needle: str, line: int) -> None:
    assert line == find_line(SOURCE, needle)
