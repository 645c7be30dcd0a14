"""Sitemaps, robots.txt and security.txt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from xml.etree.ElementTree import fromstring

import pytest

from newsroom.content.library import Library
from newsroom.pages import sitemap, well_known
from newsroom.pages.document import Document, Head
from newsroom.settings import Site
from tests.sample_library import LIBRARY, ROADS, SITE, VICTORY, at, check_golden

LOC = f"{{{sitemap.SITEMAP}}}loc"
NEWS = f"{{{sitemap.NEWS}}}news"
PAGES = [
    Document(head=Head(url="/", title="Главная"), template="index.html"),
    Document(head=Head(url=VICTORY.url, title=VICTORY.title), template="article.html"),
    Document(head=Head(url="/404.html", title="Нет", listed=False), template="404.html"),
    Document(head=Head(url="/tags/", title="Темы"), template="tags.html"),
]


def made(library: Library = LIBRARY, site: Site = SITE) -> dict[str, bytes]:
    return {file.path: file.data for file in sitemap.files(library, site, PAGES)}


def addresses(data: bytes) -> list[str]:
    return [element.text or "" for element in fromstring(data).iter(LOC)]


@pytest.mark.parametrize(
    "path", ["sitemap.xml", "sitemaps/releases-2024.xml", "sitemaps/pages.xml", "news-sitemap.xml"]
)
def test_sitemaps_are_these_bytes(path: str) -> None:
    check_golden(path, made()[path])


def test_the_index_names_every_part() -> None:
    parts = [path for path in made() if path.startswith("sitemaps/")]

    assert [f"https://news.example/site/{path}" for path in parts] == addresses(made()["sitemap.xml"])


def test_pages_are_all_that_is_listed_and_no_release() -> None:
    assert ["https://news.example/site/", "https://news.example/site/tags/"] == addresses(
        made()["sitemaps/pages.xml"]
    )


def test_withdrawn_releases_are_in_no_sitemap() -> None:
    assert all(b"otozvan" not in data for data in made().values())


def test_a_new_release_leaves_closed_years_as_they_were() -> None:
    older = replace(LIBRARY, releases=(ROADS,))

    assert made(older)["sitemaps/releases-2023.xml"] == made()["sitemaps/releases-2023.xml"]


def test_a_file_holds_no_more_than_is_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LARGEST", 1)

    assert {"sitemaps/pages.xml", "sitemaps/pages-2.xml"} <= set(made())


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(2024, 5, 10, 12), [VICTORY.title]),
        (at(2024, 5, 11, 10), [VICTORY.title]),
        (at(2024, 5, 11, 10, 1), []),
    ],
)
def test_news_are_two_days_old_at_most(now: datetime, expected: list[str]) -> None:
    news = fromstring(made(site=replace(SITE, now=now))["news-sitemap.xml"]).iter(NEWS)

    assert expected == [entry.findtext(f"{{{sitemap.NEWS}}}title") for entry in news]


@pytest.mark.parametrize(
    ("library", "expected"),
    [
        (LIBRARY, "https://news.example/site/news/2024/05/den-pobedy/"),
        (Library(), "https://news.example/site/"),
    ],
)
def test_a_news_sitemap_is_never_empty(library: Library, expected: str) -> None:
    quiet = made(library, replace(SITE, now=at(2025, 1, 1)))["news-sitemap.xml"]

    assert [expected] == addresses(quiet)


def test_what_xml_cannot_hold_may_stand_in_any_name() -> None:
    site = replace(SITE, name="Имя\x0b")
    library = replace(LIBRARY, releases=(replace(VICTORY, title="Имя\x00\ufffe"),))
    (entry,) = fromstring(made(library, site)["news-sitemap.xml"]).iter(NEWS)

    assert "Имя" == entry.findtext(f"{{{sitemap.NEWS}}}title")
    assert "Имя" == entry.findtext(f"{{{sitemap.NEWS}}}publication/{{{sitemap.NEWS}}}name")


def test_robots_may_read_everything_and_find_the_sitemaps() -> None:
    files = {file.path: file.data.decode() for file in well_known.files(SITE)}

    assert (
        "User-agent: *\nAllow: /\n\n"
        "Sitemap: https://news.example/site/sitemap.xml\n"
        "Sitemap: https://news.example/site/news-sitemap.xml\n"
    ) == files["robots.txt"]
    assert "Contact: mailto:security@news.example\n" in files[".well-known/security.txt"]
    assert "Expires: 2025-01-01T00:00:00Z\n" in files[".well-known/security.txt"]


def test_without_a_contact_there_is_no_security_txt() -> None:
    files = well_known.files(replace(SITE, security_contact=""))

    assert ["robots.txt"] == [file.path for file in files]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2024, 1, 1), date(2024, 10, 1)),
        (date(2024, 3, 31), date(2024, 10, 1)),
        (date(2024, 4, 1), date(2025, 1, 1)),
        (date(2024, 12, 31), date(2025, 7, 1)),
    ],
)
def test_security_txt_expires_within_a_year_and_changes_once_a_quarter(today: date, expected: date) -> None:
    assert expected == well_known.expires(today)
