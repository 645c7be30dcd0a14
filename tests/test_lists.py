"""Lists of releases: rubrics, tags, departments, periods, events, the home page."""

from __future__ import annotations

import pytest

import pelicanconf
from newsroom.pages.pagination import paginate
from tests.conftest import Built, TinySite


def titles(built: Built, url: str) -> list[str]:
    return [
        title.get_text(strip=True) for title in built.page(url).select(".release-list h2, .release-list h3")
    ]


def numbered(count: int) -> tuple[int, ...]:
    """Stand-ins for releases, the newest first: pages are cut by position alone."""
    return tuple(range(count, 0, -1))


PAGES = {
    0: [(1, 0)],
    1: [(1, 1)],
    5: [(1, 5)],
    9: [(1, 9)],
    10: [(2, 5), (1, 5)],
    14: [(2, 9), (1, 5)],
    15: [(3, 5), (2, 5), (1, 5)],
}


@pytest.mark.parametrize(("count", "expected"), PAGES.items())
def test_pages_are_cut_from_the_oldest_release(count: int, expected: list[tuple[int, int]]) -> None:
    releases = numbered(count)
    pages = list(paginate("/news/", releases, 5))
    assert expected == [(page.number, len(page.items)) for page in pages]
    assert releases == tuple(release for page in pages for release in page.items)


def test_a_new_release_changes_no_closed_page() -> None:
    def closed(count: int) -> dict[int, object]:
        releases = numbered(count)
        return {page.number: page.items for page in paginate("/news/", releases, 5) if not page.newest}

    for count in range(60):
        before, after = closed(count), closed(count + 1)
        assert before == {number: after[number] for number in before}


def test_pages_of_a_list_are_chained() -> None:
    releases = numbered(17)
    newest, middle, oldest = paginate("/tags/zima/", releases, 5)
    assert ("", "/tags/zima/page/2/") == (newest.newer_url, newest.older_url)
    assert ("/tags/zima/", "/tags/zima/page/1/") == (middle.newer_url, middle.older_url)
    assert ("/tags/zima/page/2/", "") == (oldest.newer_url, oldest.older_url)
    assert (3, 17, 0, 0) == (newest.count, newest.total, oldest.count, oldest.total)


def test_a_long_list_is_published_page_by_page(site: TinySite) -> None:
    for day in range(1, 42):
        site.release(f"2024-{3 + day // 30:02}-{day % 30 + 1:02}-r{day}", title=f"Релиз {day}")
    built = site.build()
    assert ("Релиз 41", 21) == ((found := titles(built, "/news/"))[0].replace("\u00a0", " "), len(found))
    assert 20 == len(titles(built, "/news/page/1/"))
    assert built.page("/news/page/1/").find("a", href="/news/")
    assert not built.has("/news/page/2/")


def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two items on a closed page, from two to three on the newest."""
    monkeypatch.setitem(pelicanconf.NEWSROOM, "per_page", 2)


def month_of_five(site: TinySite) -> None:
    for number, day in enumerate((1, 2, 2, 2, 2), 1):
        site.release(f"2024-05-{day:02}-r{number}", title=f"Релиз {number}")


@pytest.mark.parametrize(
    ("url", "newest", "closed", "name"),
    [
        ("/news/2024/05/", ["Релиз 5", "Релиз 4", "Релиз 3"], ["Релиз 2", "Релиз 1"], "май 2024"),
        ("/news/2024/05/02/", ["Релиз 5", "Релиз 4"], ["Релиз 3", "Релиз 2"], "2 мая 2024 г."),
    ],
)
def test_archives_close_their_pages_from_the_oldest(
    site: TinySite, monkeypatch: pytest.MonkeyPatch, url: str, newest: list[str], closed: list[str], name: str
) -> None:
    short_pages(monkeypatch)
    month_of_five(site)
    built = site.build()
    page = built.page(f"{url}page/1/")
    crumbs = [link.get_text(strip=True).replace("\u00a0", " ") for link in page.select(".breadcrumbs a")]
    assert newest == [title.replace("\u00a0", " ") for title in titles(built, url)]
    assert closed == [title.replace("\u00a0", " ") for title in titles(built, f"{url}page/1/")]
    assert (False, name) == (built.has(f"{url}page/2/"), crumbs[-1])
    assert "страница 1" in page.title.get_text().replace("\u00a0", " ")
    assert page.find("a", href=url, rel="prev")
    assert built.page(url).find("a", href=f"{url}page/1/", rel="next")


def test_the_calendar_stands_on_the_newest_page_of_a_month(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    short_pages(monkeypatch)
    month_of_five(site)
    built = site.build()
    assert (1, 0) == tuple(
        len(built.page(url).select(".calendar")) for url in ("/news/2024/05/", "/news/2024/05/page/1/")
    )


def test_a_new_release_or_month_changes_no_closed_page_of_an_archive(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    short_pages(monkeypatch)
    month_of_five(site)
    site.release("2024-05-02-r6")
    site.release("2024-05-02-r7")
    closed = ("/news/2024/05/page/1/", "/news/2024/05/02/page/1/")
    built = site.build()
    before = [built.text(url) for url in closed]
    site.release("2024-04-30-ranshe")
    site.release("2024-05-31-pozzhe")
    site.release("2024-05-02-r8", tags="zima")
    site.release("2024-05-02-r9")
    site.release("2024-06-01-iyun")
    after = site.build()
    assert after.has("/news/2024/05/page/3/")
    assert before == [after.text(url) for url in closed]


def test_a_list_whose_address_holds_the_word_page_is_led_back_to(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    short_pages(monkeypatch)
    site.write("tags.yaml", "homepage: Главная страница\n")
    for day, name in enumerate(("page", "dva", "tri", "chetyre", "pyat"), 1):
        site.release(f"2024-05-0{day}-{name}", tags="homepage")
    built = site.build()
    assert 0 == built.status
    assert built.page("/tags/homepage/page/1/").select_one(".breadcrumbs a[href='/tags/homepage/']")
    assert built.has("/news/2024/05/page/index.txt")


def test_each_list_holds_its_own_releases_newest_first(site: TinySite) -> None:
    site.release("2024-05-01-raz", title="Раз", rubric="gorod", tags="zima")
    site.release("2024-05-02-dva", title="Два", rubric="sport", tags="[zima, yarmarka]")
    site.release("2024-05-03-tri", title="Три", rubric="gorod", tags="yarmarka")
    built = site.build()
    expected = {
        "/news/": ["Три", "Два", "Раз"],
        "/rubrics/gorod/": ["Три", "Раз"],
        "/rubrics/sport/": ["Два"],
        "/tags/zima/": ["Два", "Раз"],
        "/tags/yarmarka/": ["Три", "Два"],
        "/departments/press/": ["Три", "Два", "Раз"],
        "/news/2024/05/": ["Три", "Два", "Раз"],
        "/news/2024/05/02/": ["Два"],
    }
    assert expected == {url: titles(built, url) for url in expected}


def test_terms_that_nothing_uses_have_no_page(site: TinySite) -> None:
    site.release(tags="zima")
    built = site.build()
    assert (True, False) == (built.has("/tags/zima/"), built.has("/tags/yarmarka/"))
    assert (True, False) == (built.has("/rubrics/gorod/"), built.has("/rubrics/sport/"))


def test_the_index_of_tags_is_in_the_order_of_the_alphabet(site: TinySite) -> None:
    site.release(tags="[zima, yarmarka, den-pobedy]")
    page = site.build().page("/tags/")
    links = [
        link.get_text(strip=True).replace("\u00a0", " ") for link in page.main.select("a[href^='/tags/']")
    ]
    assert ["День Победы", "Зима", "Ярмарка"] == links


def test_the_calendar_of_a_month_links_the_days_with_releases(site: TinySite) -> None:
    site.release("2024-02-29-raz")
    site.release("2024-02-01-dva")
    page = site.build().page("/news/2024/02/")
    days = [link["href"] for link in page.select(".calendar a")]
    assert ["/news/2024/02/01/", "/news/2024/02/29/"] == days
    assert 5 == len(page.select(".calendar tbody tr"))


def test_a_year_lists_its_months_with_counts(site: TinySite) -> None:
    site.release("2024-02-01-raz")
    site.release("2024-05-01-dva")
    site.release("2024-05-02-tri")
    site.release("2023-05-02-davno")
    text = site.build().page("/news/2024/").main.get_text(" ", strip=True).replace(" ", "\u00a0")
    assert "2\u00a0релиза" in text
    assert "1\u00a0релиз" in text
    assert "3\u00a0релиза" in text


def test_an_event_gathers_its_coverage_by_year(site: TinySite) -> None:
    site.write(
        "events/den-pobedy.md", "---\ntitle: День Победы\ndates:\n  - start: 2024-05-09\n---\nПраздник.\n"
    )
    for year in (2022, 2023, 2024):
        site.release(f"{year}-05-09-den", title=f"Праздник {year}", event="den-pobedy")
    built = site.build()
    page = built.page("/events/den-pobedy/")
    headings = [heading.get_text(strip=True) for heading in page.main.find_all("h2")]
    assert ["2024", "2023", "2022"] == [text for text in headings if text.isdigit()]
    assert 3 == len(built.feed("/events/den-pobedy/rss.xml").entries)


def test_an_event_of_several_belongs_to_each(site: TinySite) -> None:
    site.write("events/a.md", "---\ntitle: Первое\n---\n")
    site.write("events/b.md", "---\ntitle: Второе\n---\n")
    site.release(event="[a, b]")
    built = site.build()
    assert built.page("/events/a/").find("a", href="/news/2024/05/katok/")
    assert built.page("/events/b/").find("a", href="/news/2024/05/katok/")


def test_the_home_page_leads_with_the_featured_release(site: TinySite) -> None:
    site.release("2024-05-01-glavnoe", title="Главное", featured="true")
    for day in range(2, 9):
        site.release(f"2024-05-0{day}-r{day}", title=f"Релиз {day}")
    page = site.build().page("/")
    assert "Главное" == page.main.find(["h2", "h3"]).get_text(strip=True)


def test_a_featured_release_leads_only_among_the_newest(site: TinySite) -> None:
    site.release("2014-05-01-davno", title="Давно", featured="true")
    for day in range(1, 20):
        site.release(f"2024-05-{day:02}-r{day}", title=f"Релиз {day}")
    leading = site.build().page("/").main.find(["h2", "h3"]).get_text(strip=True)
    site.release("2024-05-20-r20", title="Релиз 20")
    assert ("Давно", "Релиз 20") == (
        leading, site.build().page("/").main.find(["h2", "h3"]).get_text(strip=True).replace("\u00a0", " ")
    )  # fmt: skip


def test_the_home_page_tells_what_comes_next(site: TinySite) -> None:
    dates = "[{start: 2023-06-12}, {start: 2024-06-12}, {start: 2025-06-12}]"
    site.write("events/den.md", f"---\ntitle: День города\ndates: {dates}\n---\n")
    site.write(
        "broadcasts/efir.md", "---\ntitle: Прямой эфир\nstart: 2024-06-03 18:00\nstate: announced\n---\n"
    )
    site.release()
    agenda = site.build().page("/").find(class_="agenda")
    assert ["Прямой эфир", "День города", "День города"] == [
        link.get_text(strip=True).replace("\u00a0", " ") for link in agenda.find_all("a")
    ]


def test_an_empty_newsroom_is_still_a_site(site: TinySite) -> None:
    built = site.build()
    assert (0, True, True) == (built.status, built.has("/"), built.has("/news/"))
