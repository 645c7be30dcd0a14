"""Sitemaps, robots.txt and security.txt."""

from __future__ import annotations

from datetime import date, datetime
from xml.etree.ElementTree import fromstring

import pytest

from newsroom.content.library import Library
from newsroom.pages import sitemap, well_known
from newsroom.pages.periods import Periods
from newsroom.settings import Site
from tests.sample_library import LIBRARY, OTHERS, ROADS, SITE, VICTORY, at, check_golden, desk, files, replace
from tests.sample_library import library as library_of

LOC = f"{{{sitemap.SITEMAP}}}loc"
NEWS = f"{{{sitemap.NEWS}}}news"


def made(library: Library = LIBRARY, site: Site = SITE) -> dict[str, bytes]:
    return files(sitemap.sections(desk(library, site), Periods.of(library)))


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


def test_every_page_but_releases_is_in_one_of_the_other_parts() -> None:
    parts = {path: addresses(data) for path, data in made().items() if "releases" not in path}
    pages = [address.removeprefix("https://news.example/site") for address in parts["sitemaps/pages.xml"]]
    lists = [address.removeprefix("https://news.example/site") for address in parts["sitemaps/lists.xml"]]
    archive = parts["sitemaps/archive-2024.xml"]

    assert {"/", "/tags/", "/events/den-pobedy/", "/magazine/pyatiletka-1/2/", "/data/"} < set(pages)
    assert [
        "/news/",
        "/rubrics/kultura/",
        "/rubrics/gorod/",
        "/tags/prazdnik/",
        "/departments/press/",
    ] == lists
    assert [
        f"https://news.example/site/news/{place}/" for place in ("2024", "2024/05", "2024/05/09")
    ] == archive


def test_withdrawn_releases_are_in_no_sitemap() -> None:
    assert all(b"otozvan" not in data for data in made().values())


def test_a_new_release_leaves_closed_years_as_they_were() -> None:
    older = library_of((ROADS,), **OTHERS)

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
        (library_of(), "https://news.example/site/"),
    ],
)
def test_a_news_sitemap_is_never_empty(library: Library, expected: str) -> None:
    quiet = made(library, replace(SITE, now=at(2025, 1, 1)))["news-sitemap.xml"]

    assert [expected] == addresses(quiet)


def test_what_xml_cannot_hold_may_stand_in_any_name() -> None:
    site = replace(SITE, name="Имя\x0b")
    library = library_of([replace(VICTORY, title="Имя\x00\ufffe")], **OTHERS)
    (entry,) = fromstring(made(library, site)["news-sitemap.xml"]).iter(NEWS)

    assert "Имя" == entry.findtext(f"{{{sitemap.NEWS}}}title")
    assert "Имя" == entry.findtext(f"{{{sitemap.NEWS}}}publication/{{{sitemap.NEWS}}}name")


def test_robots_may_read_everything_and_find_the_sitemaps() -> None:
    made = {file.path: file.data.decode() for file in well_known.files(SITE)}

    assert (
        "User-agent: *\nAllow: /\n\n"
        "Sitemap: https://news.example/site/sitemap.xml\n"
        "Sitemap: https://news.example/site/news-sitemap.xml\n"
    ) == made["robots.txt"]
    assert "Contact: mailto:security@news.example\n" in made[".well-known/security.txt"]
    assert "Expires: 2025-01-01T00:00:00Z\n" in made[".well-known/security.txt"]


def test_without_a_contact_there_is_no_security_txt() -> None:
    made = well_known.files(replace(SITE, security_contact=""))

    assert ["robots.txt"] == [file.path for file in made]


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
