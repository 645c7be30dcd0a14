"""The list of corrections: its pages, its feeds, and what a build does for them."""

from __future__ import annotations

from typing import NoReturn

from newsroom.content.years import Year
from newsroom.pages import corrections
from tests.conftest import Built, TinySite
from tests.sample_library import LIBRARY, desk, replace
from tests.writing import changes

FIRST = ("2023-12-30 10:00", "Уточнено время")
SECOND = ("2024-05-10 09:30", "Уточнено место")


def notes(built: Built, url: str) -> list[str]:
    return [each.get_text() for each in built.page(url).select(".correction-list__note")]


def corrected(site: TinySite) -> None:
    site.release("2023-12-29-yarmarka", title="Ярмарка", changes=changes(FIRST, SECOND))
    site.release("2024-05-09-katok", changes=changes(("2024-05-11 10:00", "Исправлена фамилия")))


def test_corrections_are_listed_newest_first_and_by_years(site: TinySite) -> None:
    corrected(site)
    built = site.build()
    assert ["Исправлена фамилия", SECOND[1], FIRST[1]] == notes(built, "/corrections/")
    assert ["Исправлена фамилия", SECOND[1]] == notes(built, "/corrections/2024/")
    assert [FIRST[1]] == notes(built, "/corrections/2023/")
    page = built.page("/corrections/")
    assert ["/corrections/2024/", "/corrections/2023/"] == [
        each["href"] for each in page.select(".year-links a")
    ]
    assert page.find("a", href="/news/2023/12/yarmarka/")
    assert page.find("link", rel="alternate", href="/corrections/atom.xml")
    assert built.page("/feeds/").find("a", href="/corrections/rss.xml")
    assert built.page("/").select_one("footer a[href='/corrections/']")


def test_a_correction_is_an_entry_with_an_id_of_its_own(site: TinySite) -> None:
    twice = ("2024-05-10 09:30", "И ещё раз")
    site.release(changes=changes(("2024-05-09 12:00", "Раньше"), SECOND, twice))
    for name in ("rss.xml", "atom.xml"):
        feed = site.build().feed(f"/corrections/{name}")
        assert [
            ("tag:news.example,2023:correction/2024-05-09-katok/2024-05-10-0930-2", twice[1]),
            ("tag:news.example,2023:correction/2024-05-09-katok/2024-05-10-0930", SECOND[1]),
            ("tag:news.example,2023:correction/2024-05-09-katok/2024-05-09-1200", "Раньше"),
        ] == [(entry.id, entry.summary.replace("\u00a0", " ")) for entry in feed.entries]
        assert {"https://news.example/news/2024/05/katok/"} == {entry.link for entry in feed.entries}


def test_without_corrections_there_is_a_page_and_an_empty_feed(site: TinySite) -> None:
    site.release()
    built = site.build()
    assert "Исправлений пока нет" in built.page("/corrections/").main.get_text()
    assert [] == built.feed("/corrections/atom.xml").entries


def test_a_correction_waits_for_its_hour_and_leaves_with_its_release(site: TinySite) -> None:
    site.release(changes=changes(("2024-06-02 10:00", "Уточнено завтра")))
    assert [] == notes(site.build(), "/corrections/")
    site.now = "2024-06-02T10:00:00+08:00"
    assert ["Уточнено завтра"] == notes(site.build(), "/corrections/")
    site.release(
        changes=changes(("2024-06-02 10:00", "Уточнено завтра")), status="withdrawn", withdrawal_reason="Так"
    )
    built = site.build()
    assert [] == notes(built, "/corrections/")
    assert not built.has("/corrections/2024/")


def test_no_year_is_opened_to_see_that_the_list_is_as_it_was() -> None:
    def opened() -> NoReturn:
        raise AssertionError("a year was opened")

    known = desk(LIBRARY)
    closed = [Year(year.name, year.outline, opened) for year in LIBRARY.years]
    there = replace(known, library=replace(LIBRARY, years=tuple(closed)))
    expected, found = (list(corrections.sections(each, "feed.css")) for each in (known, there))
    assert ["corrections", "corrections/2024"] == [section.key for section in found]
    assert [section.fingerprint for section in expected] == [section.fingerprint for section in found]
