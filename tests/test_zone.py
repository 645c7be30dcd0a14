"""The newsroom's hour is Irkutsk's: at midnight, at the ends of months, and when the zone itself changed."""

from __future__ import annotations

import pytest

from newsroom.build.edition import FILE_NAME
from tests.conftest import TinySite

HOURS = {
    "a second before midnight": ("2024-06-01 00:00", "2024-05-31T23:59:59+08:00", False),
    "midnight": ("2024-06-01 00:00", "2024-06-01T00:00:00+08:00", True),
    "the day alone is its midnight": ("2024-06-01", "2024-05-31T16:00:00+00:00", True),
    "a second before it in UTC": ("2024-06-01", "2024-05-31T15:59:59+00:00", False),
    "midnight of UTC is too early for eight in the morning": (
        "2024-06-01 08:01",
        "2024-06-01T00:00+00:00",
        False,
    ),
    "eight in the morning is midnight of UTC": ("2024-06-01 08:00", "2024-06-01T00:00:00+00:00", True),
    "the last minute of a month": ("2024-02-29 23:59", "2024-02-29T15:59:00+00:00", True),
    "the last minute of a year": ("2023-12-31 23:59", "2023-12-31T15:58:59+00:00", False),
    "the first minute of a year, still the old one in UTC": ("2024-01-01", "2023-12-31T16:00+00:00", True),
    "the same minute told from Kamchatka": ("2024-01-01", "2024-01-01T04:00+12:00", True),
}


@pytest.mark.parametrize("name", HOURS)
def test_a_release_comes_in_its_minute(site: TinySite, name: str) -> None:
    date, now, expected = HOURS[name]
    site.now = now
    site.release(f"{date[:10]}-novost", date=date)
    built = site.build()
    url = f"/news/{date[:4]}/{date[5:7]}/novost/"
    assert (0, expected) == (built.status, built.has(url))
    assert expected == any("novost" in path for path in built.files())
    assert expected == any(b"novost" in data for data in built.files().values())


@pytest.mark.parametrize("name", HOURS)
def test_an_hour_later_by_a_second_build_it_is_as_if_built_at_once(site: TinySite, name: str) -> None:
    """The build before its hour leaves nothing behind that the one after it could trip over."""
    date, now, _ = HOURS[name]
    site.now = now
    site.release("2023-05-09-davno")
    site.release(f"{date[:10]}-novost", date=date)
    site.build()
    site.now = "2024-12-01T12:00:00+08:00"
    later = site.build().files()
    fresh = TinySite(site.folder / "fresh", now=site.now)
    (site.folder / "fresh").mkdir()
    (site.folder / "fresh/content").symlink_to(site.content, target_is_directory=True)
    assert fresh.build().files() == later
    assert f"news/{date[:4]}/{date[5:7]}/novost/index.html" in later


PLACES = {
    "the first minute of a month is of that month": (
        "2024-06-01 00:00",
        "2024/06",
        "2024-06-01T00:00:00+08:00",
    ),
    "the last minute of a leap day": ("2024-02-29 23:59", "2024/02", "2024-02-29T23:59:00+08:00"),
    "the first minute of a year": ("2024-01-01 00:00", "2024/01", "2024-01-01T00:00:00+08:00"),
    "a summer when clocks stood an hour ahead": ("2010-07-01 00:30", "2010/07", "2010-07-01T00:30:00+09:00"),
    "the years of permanent summer time": ("2012-01-01 00:30", "2012/01", "2012-01-01T00:30:00+09:00"),
    "the hour that came twice, the first time": ("2014-10-26 01:30", "2014/10", "2014-10-26T01:30:00+09:00"),
    "the hour that never came": ("2011-03-27 02:30", "2011/03", "2011-03-27T03:30:00+09:00"),
}


@pytest.mark.parametrize("name", PLACES)
def test_a_release_stands_in_the_month_and_the_day_of_its_own_zone(site: TinySite, name: str) -> None:
    date, month, moment = PLACES[name]
    site.now = "2024-12-01T12:00:00+08:00"
    site.release(f"{date[:10]}-novost", date=date)
    built = site.build()
    for url in (f"/news/{month}/", f"/news/{month}/{date[8:10]}/"):
        assert "/novost/" in built.text(url)
    page = built.page(f"/news/{month}/novost/")
    assert moment == page.select_one("meta[property='article:published_time']")["content"]
    assert [moment] == [entry.published for entry in built.feed("/atom.xml").entries]


def test_the_hour_that_came_twice_is_sorted_before_what_followed(site: TinySite) -> None:
    site.now = "2024-12-01T12:00:00+08:00"
    for id, date in (("2014-10-26-a", "2014-10-26 01:59"), ("2014-10-26-b", "2014-10-26 02:00")):
        site.release(id, date=date)
    links = [entry.link for entry in site.build().feed("/rss.xml").entries]
    assert ["https://news.example/news/2014/10/b/", "https://news.example/news/2014/10/a/"] == links


def test_the_zone_of_the_machine_changes_nothing(site: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    site.now = "2024-06-01T00:30:00+08:00"
    for id in ("2024-05-31-vchera", "2024-06-01-segodnya"):
        site.release(id, date=f"{id[:10]} 00:00")
    editions = []
    for zone in ("UTC", "Asia/Kamchatka", "America/Los_Angeles"):
        with monkeypatch.context() as patch:
            patch.setenv("TZ", zone)
            time.tzset()
            editions.append((site.output.parent, site.build().files()[FILE_NAME]))
        site.output.rename(site.folder / f"before-{len(editions)}")
        (site.folder / "cache").rename(site.folder / f"cache-{len(editions)}")
    time.tzset()
    assert 1 == len(set(editions))


def test_a_correction_waits_for_its_minute_too(site: TinySite) -> None:
    site.release("2024-05-09-katok", changes="[{date: 2024-06-01 00:00, note: Уточнено время}]")
    for now, expected in (("2024-05-31T15:59:59+00:00", False), ("2024-05-31T16:00:00+00:00", True)):
        site.now = now
        assert expected == any("Уточнено время".encode() in data for data in site.build().files().values())
