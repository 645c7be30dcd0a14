"""Feeds: their golden bytes, the rules of each format, and what readers make of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

import feedparser
import pytest

from newsroom.build.section import Output
from newsroom.content.attached import Picture
from newsroom.content.library import Library
from newsroom.content.types import Release
from newsroom.content.years import Entries
from newsroom.pages import corrections, dzen, yandex
from newsroom.pages.feed_items import Item, compose
from newsroom.pages.feed_links import all_feeds, feed_links, subjects_with_feeds
from newsroom.pages.feeds import Feeds
from newsroom.pages.media import Media
from newsroom.pages.uris import absolute_addresses
from newsroom.settings import Site
from tests.sample_library import (
    CULTURE,
    HOLIDAY,
    LIBRARY,
    OTHERS,
    PARADE,
    PRESS,
    ROADS,
    SITE,
    VICTORY,
    at,
    check_golden,
    desk,
    files,
    picture,
    replace,
    size_of,
)
from tests.sample_library import library as library_of

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
XHTML = "{http://www.w3.org/1999/xhtml}"
YANDEX = "{http://news.yandex.ru}"

ADDRESS_ATTRIBUTES = {"href", "url", "src", "domain", "scheme"}
FOLDERS = (
    "", "rubrics/kultura/", "rubrics/gorod/", "departments/press/", "events/den-pobedy/", "tags/prazdnik/",
)  # fmt: skip
SITE_FEEDS = ("rss.xml", "atom.xml", "feed.json", "yandex.xml", "dzen.xml")
CORRECTION_FEEDS = ("corrections/rss.xml", "corrections/atom.xml")


def make(library: Library = LIBRARY, site: Site = SITE) -> dict[str, bytes]:
    at_desk = desk(library, site)
    feeds = Feeds(at_desk)
    of_corrections = (
        output for section in corrections.sections(at_desk, feeds.stylesheet) for output in section.outputs()
    )
    own = [*_of_subjects(feeds, library), *(each for each in of_corrections if each.path.endswith(".xml"))]
    return files([feeds.of_site()]) | {output.path: output.make() for output in own}


def _of_subjects(feeds: Feeds, library: Library) -> Iterator[Output]:
    kinds = ("rubric", "department", "event", "tag")
    for kind, (_, subjects, index) in zip(kinds, subjects_with_feeds(library), strict=True):
        for subject in subjects:
            yield from feeds.of(kind, subject, index.get(subject.id, Entries()))


@cache
def sample() -> dict[str, bytes]:
    return make()


XML_FEEDS = [path for path in sample() if path.endswith(".xml")]
RSS_FEEDS = [path for path in XML_FEEDS if not path.endswith("atom.xml")]
ATOM_FEEDS = [path for path in XML_FEEDS if path.endswith("atom.xml")]


def of_one(release: Release, path: str, site: Site = SITE) -> str:
    """The text of a feed of one release."""
    return make(library_of((release,), **OTHERS), site)[path].decode()


def html_of(release: Release) -> str:
    items = json.loads(of_one(release, "feed.json"))["items"]
    return str(items[0]["content_html"])


def addresses(root: Element) -> Iterator[str]:
    """Every address in a feed: of elements, attributes and the HTML inside."""
    for element in root.iter():
        yield from (value for name, value in element.items() if name in ADDRESS_ATTRIBUTES)
        if element.tag in {"link", "url"} and element.text:
            yield element.text
        html = element.text or ""
        if "<" in html:
            yield from re.findall(r'(?:href|src|poster)="([^"]*)"', html)
            for candidates in re.findall(r'srcset="([^"]*)"', html):
                yield from (candidate.split()[0] for candidate in candidates.split(","))


@pytest.mark.parametrize("path", [*SITE_FEEDS, *CORRECTION_FEEDS])
def test_feeds_are_these_bytes(path: str) -> None:
    check_golden(f"feeds/{path}", sample()[path])


def test_every_term_with_releases_has_both_feeds() -> None:
    expected = {f"{folder}{name}" for folder in FOLDERS for name in ("rss.xml", "atom.xml")}

    assert {*expected, *SITE_FEEDS, *CORRECTION_FEEDS} == set(sample())


@pytest.mark.parametrize("path", XML_FEEDS)
def test_a_reader_gets_titles_links_and_texts(path: str) -> None:
    parsed: Any = feedparser.parse(sample()[path])
    first = parsed.entries[0]
    is_victory = first.link.endswith("/den-pobedy/")

    assert not parsed.bozo
    assert "ru" in (parsed.feed.get("language"), parsed.feed.title_detail.language)
    assert is_victory or first.link == "https://news.example/site/news/2023/12/dorogi/"
    assert first.title.startswith("На площади «Победы»" if is_victory else "Отремонтировано 12 км дорог")
    kind = "correction" if path in CORRECTION_FEEDS else "release"
    assert first.id.startswith(f"tag:news.example,2023:{kind}/")
    if path not in {"yandex.xml", *CORRECTION_FEEDS}:
        assert ("странице события" if is_victory else "Работы закончены") in first.content[0].value


@pytest.mark.parametrize("path", XML_FEEDS)
def test_every_address_is_full_and_in_ascii(path: str) -> None:
    found = list(addresses(fromstring(sample()[path])))

    assert found
    for address in found:
        assert urlsplit(address).scheme in {"https", "urn"}
        assert address.isascii()


@pytest.mark.parametrize("path", RSS_FEEDS)
def test_rss_keeps_the_rules_of_its_specification(path: str) -> None:
    root = fromstring(sample()[path])
    channel = root[0]
    items = channel.findall("item")

    assert ("rss", "2.0") == (root.tag, root.get("version"))
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    assert "ru" == channel.findtext("language")
    assert f"https://news.example/site/{path}" == link(channel, "self").get("href")
    assert parsedate_to_datetime(text(channel, "lastBuildDate")).tzinfo
    assert len(items) == len({text(item, "guid") for item in items})
    for item in items:
        assert item.findtext("title")
        assert item.findtext("description")
        assert "false" == item.findall("guid")[0].get("isPermaLink")
        assert parsedate_to_datetime(text(item, "pubDate")).tzinfo
        for enclosure in item.findall("enclosure"):
            assert {"url", "length", "type"} == set(enclosure.keys())
            assert int(enclosure.get("length", "")) > 0
        if path not in {"yandex.xml", "dzen.xml"}:
            assert len(item.findall("enclosure")) <= 1
            assert item.find("author") is None  # RSS wants an e-mail address there


@pytest.mark.parametrize("path", ATOM_FEEDS)
def test_atom_keeps_the_rules_of_rfc_4287(path: str) -> None:
    feed = fromstring(sample()[path])
    entries = feed.findall(f"{ATOM}entry")

    assert f"https://news.example/site/{path}" == link(feed, "self").get("href")
    assert len(entries) == len({text(entry, f"{ATOM}id") for entry in entries})
    for element in (feed, *entries):
        single = [f"{ATOM}{name}" for name in ("id", "title", "updated")]
        assert [1, 1, 1] == [len(element.findall(name)) for name in single]
        assert datetime.fromisoformat(text(element, f"{ATOM}updated")).tzinfo
        assert element.findtext(f"{ATOM}author/{ATOM}name")
        assert "text/html" == link(element, "alternate").get("type")
    for entry in entries:
        assert ["html"] == [content.get("type") for content in entry.findall(f"{ATOM}content")]
        for enclosure in links(entry, "enclosure"):
            assert int(enclosure.get("length", "")) > 0
            assert enclosure.get("type")
    newest = max(text(entry, f"{ATOM}updated") for entry in entries)
    assert newest == text(feed, f"{ATOM}updated")


def test_atom_offers_the_picture_and_the_attachments() -> None:
    entry = fromstring(sample()["atom.xml"]).findall(f"{ATOM}entry")[0]

    assert [("image/jpeg", "160000"), ("application/pdf", "2048")] == [
        (enclosure.get("type"), enclosure.get("length")) for enclosure in links(entry, "enclosure")
    ]


def test_json_feed_has_what_version_1_1_requires() -> None:
    feed = json.loads(sample()["feed.json"])

    assert "https://jsonfeed.org/version/1.1" == feed["version"]
    assert "https://news.example/site/feed.json" == feed["feed_url"]
    assert [f"tag:news.example,2023:release/{release.id}" for release in LIBRARY.releases] == [
        item["id"] for item in feed["items"]
    ]
    assert all(item["content_html"] and item["url"] for item in feed["items"])


def test_an_item_is_the_same_in_every_feed_it_stands_in() -> None:
    whole, rubric = (
        re.findall(r"<item>.*?</item>", sample()[path].decode(), re.DOTALL)
        for path in ("rss.xml", "rubrics/kultura/rss.xml")
    )

    assert whole[0] == rubric[0]


def test_a_later_build_gives_the_same_bytes() -> None:
    assert sample() == make(site=replace(SITE, now=at(2024, 5, 10, 23)))


def test_a_feed_holds_the_newest_only() -> None:
    made = make(site=replace(SITE, feed_items=1))

    for path in ("rss.xml", "atom.xml", "yandex.xml", "dzen.xml", "departments/press/rss.xml"):
        assert b"den-pobedy" in made[path]
        assert b"dorogi" not in made[path]


def test_a_newsroom_without_releases_has_valid_feeds() -> None:
    made = make(library_of())

    assert {*SITE_FEEDS, *CORRECTION_FEEDS} == set(made)
    for path in ("rss.xml", "atom.xml", *CORRECTION_FEEDS):
        assert not feedparser.parse(made[path]).bozo
    assert "2023-01-01T00:00:00+00:00" == fromstring(made["atom.xml"]).findtext(f"{ATOM}updated")


def test_corrections_stand_at_the_end_once_their_hour_has_come() -> None:
    note = "Исправлено 10\u00a0мая 2024\u00a0г.: Уточнено число участников."

    assert html_of(VICTORY).endswith(f"<p><em>{note}</em></p>")
    assert "Ещё не наступило" not in html_of(VICTORY)


def test_a_conventional_date_is_told() -> None:
    assert "Дата условная" in html_of(ROADS)
    assert "Дата условная" not in html_of(VICTORY)


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml", "dzen.xml", "yandex.xml"])
def test_what_xml_cannot_hold_does_not_break_a_feed(path: str) -> None:
    text = "Вдруг \x0b\x00\ufffe символ <b> & ]]> конец"
    release = replace(ROADS, title=text, summary=text, text=text, body=f"<p>{text}</p>")

    assert not feedparser.parse(of_one(release, path)).bozo


def test_what_xml_cannot_hold_may_stand_in_any_name() -> None:
    bad = "Имя\x0b\x00\ufffe"
    rubric, tag = replace(CULTURE, title=bad), replace(HOLIDAY, title=bad)
    department = replace(PRESS, title=bad)
    event = replace(PARADE, title=bad, summary=bad)
    (file,) = VICTORY.attachments
    release = replace(
        VICTORY,
        rubric=rubric,
        tags=(tag,),
        department=department,
        events=(event,),
        attachments=(replace(file, title=bad),),
        image=picture(VICTORY.pictures[0].url, caption=bad, author=bad),
    )
    terms: dict[str, Any] = {
        "rubrics": (rubric,),
        "tags": (tag,),
        "departments": (department,),
        "events": (event,),
    }
    made = make(library_of((release,), **terms), replace(SITE, name=bad, description=bad, organization=bad))

    for path in XML_FEEDS:
        if not path.startswith("rubrics/gorod/"):
            assert "Имя" in "".join(fromstring(made[path]).itertext()), path


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<p>Без адресов.</p>", "<p>Без адресов.</p>"),
        ('<a href="https://a.example/б">x</a>', '<a href="https://a.example/б">x</a>'),
        ('<a href="/site/tags/">x</a>', '<a href="https://news.example/site/tags/">x</a>'),
        ('<a href="plan.pdf">x</a>', '<a href="https://news.example/site/news/1/plan.pdf">x</a>'),
        ("<a href='#n'>x</a>", "<a href='https://news.example/site/news/1/#n'>x</a>"),
        ('<a class="x" href="/site/?a&amp;b">', '<a class="x" href="https://news.example/site/?a&amp;b">'),
        ('<code>&lt;a href="/x"&gt;</code>', '<code>&lt;a href="/x"&gt;</code>'),
        ('<p>3 < 5 href="/x"</p>', '<p>3 < 5 href="/x"</p>'),
        ('<img src="/site/ё.jpg"/>', '<img src="https://news.example/site/%D1%91.jpg"/>'),
        (
            '<a href="https://город.рф/">x</a><a href="#n">y</a>',
            '<a href="https://город.рф/">x</a><a href="https://news.example/site/news/1/#n">y</a>',
        ),
        ('<a href="//cdn.example/x">x</a>', '<a href="https://cdn.example/x">x</a>'),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        (
            '<img srcset="/site/a.webp 480w, /site/b.webp 960w"/>',
            '<img srcset="https://news.example/site/a.webp 480w, https://news.example/site/b.webp 960w"/>',
        ),
    ],
)
def test_addresses_in_a_text_become_full(given: str, expected: str) -> None:
    assert expected == absolute_addresses(given, SITE, "/news/1/")


def test_the_lead_picture_is_not_shown_twice() -> None:
    assert VICTORY.image is not None
    body = f'<p><img src="/site{VICTORY.image.url}" alt=""></p>'

    assert 1 == html_of(VICTORY).count("<figcaption>")
    assert "<figcaption>" not in html_of(replace(VICTORY, body=body))


def test_a_release_without_a_picture_shows_its_card() -> None:
    item = fromstring(of_one(ROADS, "rss.xml"))[0].findall("item")[0]
    shown = item.findall(f"{MEDIA}content")

    assert ["https://news.example/site/news/2023/12/dorogi/card.png"] == [each.get("url") for each in shown]
    assert item.find("enclosure") is None


@pytest.mark.parametrize("path", ["rss.xml", "atom.xml"])
def test_a_feed_opened_in_a_browser_reads_as_a_page(path: str) -> None:
    data = sample()[path].decode()
    root = fromstring(data)
    heading = root.findall(f".//{XHTML}a[@class='feed-link']")[0]

    assert '<?xml-stylesheet type="text/css" href="/site/theme/feed.css"?>' == data.splitlines()[1]
    assert "https://news.example/site/news/2024/05/den-pobedy/" == heading.get("href")
    assert VICTORY.title == heading.text
    assert ["feed-help"] == [note.get("class") for note in root.iter(f"{XHTML}p")]
    assert "2024-05-09T10:00:00+08:00" == root.findall(f".//{XHTML}time")[0].get("datetime")


def test_yandex_gets_plain_texts_and_titles_without_a_full_stop() -> None:
    items = fromstring(sample()["yandex.xml"])[0].findall("item")

    assert ["message", "message"] == [item.findtext(f"{YANDEX}genre") for item in items]
    assert "Отремонтировано 12 км дорог" == items[1].findtext("title")
    assert text(items[0], f"{YANDEX}full-text").startswith("Шествие началось в 10:00.\n\nПодробности")
    for item in items:
        assert "<" not in text(item, f"{YANDEX}full-text")


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Итоги.", "Итоги"), ("Итоги…", "Итоги…"), ("Слово " * 50, ("Слово " * 33).strip())],
)
def test_yandex_wants_short_titles(title: str, expected: str) -> None:
    made = of_one(replace(ROADS, title=title), "yandex.xml")

    assert expected == fromstring(made)[0].findall("item")[0].findtext("title")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ('<p>В <a href="/news/">новости</a>.</p>', "В новости."),
        ('<p>а</p><figure><img src="a.jpg" alt="x"><figcaption>б</figcaption></figure><p>в</p>', "а\n\nв"),
        ("<ul><li>а</li><li>б</li></ul>", "— а\n— б"),
    ],
)
def test_yandex_texts_have_no_addresses_and_no_captions(given: str, expected: str) -> None:
    assert expected == yandex.plain(given)


def test_dzen_gets_only_what_it_knows() -> None:
    items = fromstring(sample()["dzen.xml"])[0].findall("item")
    used = {tag for item in items for tag in re.findall(r"<([a-z0-9]+)", text(item, CONTENT))}

    assert used <= set(dzen.ALLOWED)
    assert ["Культура", "format-article", "index"] == [each.text for each in items[0].findall("category")]
    assert ["news", "news"] == [item.findtext("contentType") for item in items]
    assert ["nonadult", "nonadult"] == [item.findtext(f"{MEDIA}rating") for item in items]
    wide_enough = items[0].findall("enclosure")
    assert ["160000"] == [each.get("length") for each in wide_enough]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<p><strong>а</strong> <em>б</em></p>", "<p><b>а</b> <i>б</i></p>"),
        ('<p class="x">а<br>б</p>', "<p>а б</p>"),
        ("<h5>а</h5>", "<h4>а</h4>"),
        ("<table><tr><td>а</td><td>б</td></tr></table>", "<p>а — б</p>"),
        ('<picture><source srcset="a.avif"><img src="a.jpg" loading="lazy"></picture>', '<img src="a.jpg"/>'),
        ('<figure><a href="a.jpg"><img src="a.jpg"></a></figure>', '<figure><img src="a.jpg"/></figure>'),
        ("<script>alert(1)</script><p>а</p>", "<p>а</p>"),
    ],
)
def test_dzen_html_is_simple(given: str, expected: str) -> None:
    assert expected == dzen.simple_html(given)


def test_an_item_is_composed_once_for_all_its_feeds() -> None:
    asked: list[str] = []
    at_desk = desk(LIBRARY)

    class Counting(Media, frozen=True):
        def size(self, picture: Picture) -> int:
            asked.append(picture.url)
            return 1

    feeds = Feeds(replace(at_desk, media=Counting(at_desk.media.root, at_desk.media.cache)))
    for output in (*feeds.of_site().outputs(), *_of_subjects(feeds, LIBRARY)):
        output.make()

    assert len(VICTORY.pictures) == len(asked)


def test_pages_offer_feeds_that_exist() -> None:
    offered = [*feed_links(SITE), *feed_links(CULTURE), *feed_links(PARADE)]

    assert {each.url.lstrip("/") for each in offered} <= set(sample())
    assert "Культура: RSS" == feed_links(CULTURE)[0].title


def test_the_directory_lists_every_feed() -> None:
    groups = all_feeds(LIBRARY, SITE)
    listed = [each.url.lstrip("/") for _, links in groups for each in links]

    assert [
        "Все пресс-релизы", "Рубрики", "Подразделения", "События", "Темы", "Исправления",
        "Экстренные сообщения", "Календарь", "Для агрегаторов",
    ] == [title for title, _ in groups]  # fmt: skip
    emergency = {"emergency/rss.xml", "emergency/atom.xml"}
    assert {*sample(), *emergency, "calendar.ics"} == set(listed)


def test_ids_do_not_depend_on_the_address() -> None:
    def id_of(site: Site) -> str:
        item: Item = compose(VICTORY, site, size_of)
        return item.id

    assert id_of(SITE) == id_of(replace(SITE, url="https://other.example"))


def text(element: Element, name: str) -> str:
    found = element.findtext(name)
    assert found is not None
    return found


def links(element: Element, relation: str) -> list[Element]:
    return [each for each in element.findall(f"{ATOM}link") if each.get("rel") == relation]


def link(element: Element, relation: str) -> Element:
    found = links(element, relation)
    assert 1 == len(found)
    return found[0]
