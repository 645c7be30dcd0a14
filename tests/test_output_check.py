"""A built site is checked whole before it goes out; each fault is named with its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsroom.build.edition import FILE_NAME
from newsroom.publish.output_check import check_output, main
from newsroom.publish.page_links import css_addresses, srcset_addresses
from tests.editions import edition_of, put

URL = "https://news.example/city"
HEAD = f'<link rel="canonical" href="{URL}/"><link rel="stylesheet" href="/city/main.css">'
BODY = """<h1 id="a">Новости</h1><a href="/city/news/#b">дальше</a> <a href="#a">наверх</a>
<a href="https://other.example/">чужая страница</a> <a href="mailto:press@news.example">почта</a>
<img src="/city/photo.jpg" srcset="/city/photo.400.webp 400w, /city/photo.jpg 800w" alt="">
<a href="/city/%D1%84%D0%B0%D0%B9%D0%BB.txt">файл</a> <a href="news/">по месту</a>"""


def page(body: str, head: str = "") -> str:
    return (
        f'<!doctype html>\n<html lang="ru"><head><title>Сайт</title>{head}</head>\n<body>{body}</body></html>'
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    texts = {
        "index.html": page(BODY, HEAD),
        "news/index.html": page('<h1>Все</h1><p id="b"><a href="../">назад</a>'),
        "main.css": '@import "print.css"; body { background: url(photo.jpg) } /* url(https://no.example) */',
        "print.css": "a { color: red; background: url(data:image/png;base64,AA==) }",
        "photo.jpg": "jpeg",
        "photo.400.webp": "webp",
        "файл.txt": "файл",
        "rss.xml": "<rss/>",
        "feed.json": "{}",
    }
    for path, text in texts.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    put(edition_of(folder), folder)
    return folder


def broken(folder: Path, path: str, text: str) -> list[str]:
    """What is said of a site one of whose files has this text."""
    (folder / path).write_text(text, encoding="utf-8")
    put(edition_of(folder), folder)
    return [f"{problem.file}:{problem.line}: {problem.message}" for problem in check_output(folder)]


def test_a_site_of_another_hour_is_not_to_be_published(site: Path) -> None:
    index = site / FILE_NAME
    index.write_text(index.read_text("utf-8").replace("{", '{"rehearsal": true,\n', 1), "utf-8")
    (problem,) = check_output(site)
    assert "это сайт другого часа: он собран с NEWSROOM_NOW" == problem.message


@pytest.mark.parametrize("origin", ["https://город.рф", "https://xn--c1ac3aaj.xn--p1ai"])
def test_addresses_of_a_cyrillic_host_are_looked_up_however_they_are_written(site: Path, origin: str) -> None:
    for path in ("index.html", "news/index.html"):
        text = (site / path).read_text("utf-8").replace(URL, "https://город.рф/city")
        (site / path).write_text(text, "utf-8")
    text = f'<feed><link href="{origin}/city/news/"/><link href="{origin}/city/net/"/></feed>'
    assert [f"rss.xml:1: ссылка в никуда: «{origin}/city/net/»"] == broken(site, "rss.xml", text)


def test_a_whole_site_has_no_problem(site: Path) -> None:
    assert [] == check_output(site)
    assert 0 == main([str(site)])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="/city/none/">x</a>', "ссылка в никуда: «/city/none/»"),
        ('<a href="/news/">x</a>', "ссылка в никуда: «/news/»"),
        ('<a href="/city/news">x</a>', "ссылка в никуда: «/city/news»"),
        (f'<a href="{URL}/none.pdf">x</a>', f"ссылка в никуда: «{URL}/none.pdf»"),
        ('<a href="#none">x</a>', "на странице page.html нет места «#none»"),
        ('<a href="/city/#b">x</a>', "на странице index.html нет места «#b»"),
        ('<img src="none.png" alt="">', "ссылка в никуда: «none.png»"),
        ('<img srcset="photo.jpg 1x, none.webp 2x" alt="">', "ссылка в никуда: «none.webp»"),
        ('<img src="//cdn.example/1.png" alt="">', "страница запрашивает чужой узел: «//cdn.example/1.png»"),
        (
            '<script src="https://cdn.example/1.js"></script>',
            "страница запрашивает чужой узел: «https://cdn.example/1.js»",
        ),
        (
            '<iframe src="https://video.example/1"></iframe>',
            "страница запрашивает чужой узел: «https://video.example/1»",
        ),
        (
            '<p style="background: url(http://cdn.example/1.png)">',
            "страница запрашивает чужой узел: «http://cdn.example/1.png»",
        ),
        (
            '<svg><use href="https://cdn.example/i.svg#x"/></svg>',
            "страница запрашивает чужой узел: «https://cdn.example/i.svg#x»",
        ),
        ('<a href="http://[::1">x</a>', "адрес «http://[::1» не читается"),
        ("<h1>Ещё</h1>", "на странице должен быть один заголовок h1, а их 2"),
    ],
)
def test_a_fault_of_a_page_is_named(site: Path, body: str, expected: str) -> None:
    assert [f"page.html:{1 if 'h1' in expected else 4}: {expected}"] == broken(
        site, "page.html", page(f"<h1>Страница</h1>\n{body}")
    )


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.html", "", "a.html:0: страница пуста"),
        ("a.html", "<html><title>x</title><h1>x</h1>", "a.html:1: у страницы не назван язык (html lang)"),
        ("a.html", '<html lang="ru"><title> </title><h1>x</h1>', "a.html:1: у страницы нет названия (title)"),
        (
            "a.html",
            page("<h1>x</h1>", '<link rel="preconnect" href="https://cdn.example">'),
            "a.html:2: страница запрашивает чужой узел: «https://cdn.example»",
        ),
        (
            "a.css",
            "\na { b: url(https://c.example/) }",
            "a.css:2: страница запрашивает чужой узел: «https://c.example/»",
        ),
        ("a.css", "@import 'none.css';", "a.css:1: ссылка в никуда: «none.css»"),
        ("a.xml", "<a>\n<b></a>", "a.xml:2: XML не разбирается: Opening and ending tag mismatch"),
        ("a.json", "{", "a.json:1: JSON не разбирается"),
    ],
)
def test_a_fault_of_a_file_is_named(site: Path, path: str, text: str, expected: str) -> None:
    found = broken(site, path, text)
    assert [expected] == [problem[: len(expected)] for problem in found]


LINKED = '<h1>x</h1>\n<script type="application/ld+json">{}</script>'
HTML_IN_XML = "&lt;p&gt;&lt;img src=&quot;/city/no.jpg&quot;&gt;&lt;a href='mailto:a@b.example'&gt;"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("a.xml", f"<urlset>\n<loc> {URL}/no/ </loc></urlset>", f"a.xml:2: ссылка в никуда: «{URL}/no/»"),
        (
            "a.xml",
            f"<rss>\n<enclosure url='{URL}/no.jpg'/></rss>",
            f"a.xml:2: ссылка в никуда: «{URL}/no.jpg»",
        ),
        (
            "a.xml",
            f"<feed>\n<link href='{URL}/news/no'/></feed>",
            f"a.xml:2: ссылка в никуда: «{URL}/news/no»",
        ),
        (
            "a.xml",
            f"<rss>\n<description>{HTML_IN_XML}</description></rss>",
            "a.xml:2: ссылка в никуда: «/city/no.jpg»",
        ),
        (
            "a.xml",
            "<?xml-stylesheet href='/city/no.css'?>\n<rss/>",
            "a.xml:1: ссылка в никуда: «/city/no.css»",
        ),
        ("a.json", f'{{"items": [{{"url": "{URL}/no/"}}]}}', f"a.json:0: ссылка в никуда: «{URL}/no/»"),
        ("a.csv", f"адрес\n{URL}/no/\n", f"a.csv:2: ссылка в никуда: «{URL}/no/»"),
        ("a.ics", f"BEGIN:X\r\nURL:{URL}/no-\r\n o/\r\n", f"a.ics:2: ссылка в никуда: «{URL}/no-o/»"),
        ("robots.txt", f"Sitemap: {URL}/no.xml\n", f"robots.txt:1: ссылка в никуда: «{URL}/no.xml»"),
        (
            "a.html",
            page(LINKED.format(f'{{"@graph": [{{"@id": "{URL}/no/#x"}}]}}')),
            f"a.html:4: ссылка в никуда: «{URL}/no/»",
        ),
        ("a.html", page(LINKED.format("{")), "a.html:4: JSON-LD: JSON не разбирается"),
    ],
)
def test_an_address_in_data_leads_to_a_file(site: Path, path: str, text: str, expected: str) -> None:
    assert [expected] == [problem[: len(expected)] for problem in broken(site, path, text)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.xml", f"<rss><link>{URL}/</link><a>см. {URL}/no/</a><b>https://other.example/no</b></rss>"),
        (
            "a.json",
            f'["{URL}/news/#organization", "tag:news.example,2023:no", "{URL}/%D1%84%D0%B0%D0%B9%D0%BB.txt"]',
        ),
        ("a.ics", f"URL:{URL}/news/\r\nDESCRIPTION:{URL}/no/ и так далее\r\n"),
        ("a.txt", f"Sitemap: {URL}/no.xml"),
        ("a.html", page(LINKED.format(f'{{"@id": "{URL}/#site", "image": "{URL}/photo.jpg"}}'))),
    ],
)
def test_a_whole_address_in_data_is_no_fault(site: Path, path: str, text: str) -> None:
    assert [] == broken(site, path, text)


def test_a_site_built_for_another_address_is_refused(site: Path) -> None:
    assert [f"сайт собран для адреса {URL}, а его место — https://b.example"] == [
        problem.message for problem in check_output(site, "https://b.example")
    ]
    assert [] == check_output(site, f"{URL}/")


def test_what_the_edition_does_not_know_is_named(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (site / "draft.txt").write_text("тайна", encoding="utf-8")
    (site / "photo.jpg").write_text("другая", encoding="utf-8")
    (site / "feed.json").unlink()
    (site / "edition" / "old.json").write_text("{}", encoding="utf-8")
    assert 1 == main([str(site)])
    lines = capsys.readouterr().err.splitlines()
    assert ["draft.txt", "edition/old.json", "feed.json", "photo.jpg"] == [
        line.split(":")[0] for line in lines
    ]


def test_a_folder_without_a_site_is_refused(tmp_path: Path) -> None:
    assert ["здесь нет собранного сайта: нет index.html"] == [
        problem.message for problem in check_output(tmp_path / "none")
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("edition.json", None),
        ("edition.json", "{"),
        ("edition.json", '{"sections": []}'),
        ("edition/all.json", None),
        ("edition/all.json", "{}"),
    ],
)
def test_a_site_without_a_whole_edition_is_refused(site: Path, path: str, text: str | None) -> None:
    if text is None:
        (site / path).unlink()
    else:
        (site / path).write_text(text, encoding="utf-8")
    assert ["edition.json"] == [problem.file for problem in check_output(site)]


def test_a_build_that_did_not_end_is_refused(site: Path) -> None:
    (site / ".edition.json.new").write_bytes(b"")
    assert [(".edition.json.new", "сборка не дошла до конца")] == [
        (problem.file, problem.message) for problem in check_output(site)
    ]


@pytest.mark.parametrize(
    ("srcset", "expected"),
    [
        ("", []),
        ("a.webp", ["a.webp"]),
        ("a.webp 400w, b.webp 800w", ["a.webp", "b.webp"]),
        ("a,b.webp 1x,\n  c.webp 2x", ["a,b.webp", "c.webp"]),
    ],
)
def test_the_addresses_of_a_srcset_are_found(srcset: str, expected: list[str]) -> None:
    assert expected == srcset_addresses(srcset)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a { b: url( 'x y.png' ) }", [(1, "x y.png")]),
        ("/* url(no) */\na { b: url(x.png) }", [(2, "x.png")]),
        ('@import "a.css" screen;\n@import url("b.css");', [(1, "a.css"), (2, "b.css")]),
        ("a { mask: url(data:image/svg+xml,<svg/>) }", []),
    ],
)
def test_the_addresses_of_a_style_sheet_are_found(text: str, expected: list[tuple[int, str]]) -> None:
    assert expected == list(css_addresses(text))
