"""Our settings are checked before anything is read."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from newsroom.problems import NewsroomError
from newsroom.settings import read_site

NOW = datetime(2024, 5, 9, 12, tzinfo=ZoneInfo("Asia/Irkutsk"))
GOOD = {"name": "Пресс-служба", "city": "Город", "now": NOW}

BAD = {
    "unknown key": (
        {"NEWSROOM": {**GOOD, "per_pages": 5}, "SITEURL": "https://news.example"},
        "pelicanconf.py: неизвестная настройка NEWSROOM: «per_pages» — может быть, «per_page»?",
    ),
    "missing key": (
        {"NEWSROOM": {"name": "П", "now": NOW}, "SITEURL": "https://news.example"},
        "pelicanconf.py: в NEWSROOM нет «city» — добавьте эту настройку",
    ),
    "no address": (
        {"NEWSROOM": GOOD, "SITEURL": "news.example"},
        "pelicanconf.py: SITEURL не адрес: «news.example» — укажите полный адрес сайта: https://…",
    ),
    "a clock without a zone": (
        {"NEWSROOM": {**GOOD, "now": NOW.replace(tzinfo=None)}, "SITEURL": "https://news.example"},
        (
            "pelicanconf.py: у часов сборки (now) нет зоны — "
            "задайте время с зоной, например 2024-05-09T10:00+08:00"
        ),
    ),
    "a clock that is no time": (
        {"NEWSROOM": {**GOOD, "now": "завтра"}, "SITEURL": "https://news.example"},
        (
            "pelicanconf.py: часы сборки (now, NEWSROOM_NOW) не читаются: «завтра» — "
            "задайте время с зоной, например 2024-05-09T10:00+08:00"
        ),
    ),
    "a list of nothing": (
        {"NEWSROOM": {**GOOD, "per_page": 0}, "SITEURL": "https://news.example"},
        "pelicanconf.py: «per_page» не число больше нуля — напишите его цифрами",
    ),
    "an unknown site of videos": (
        {"NEWSROOM": {**GOOD, "video_hosts": ("vk", "rutub")}, "SITEURL": "https://news.example"},
        "pelicanconf.py: в video_hosts неизвестное «rutub» — может быть, «rutube»?",
    ),
    "an unknown zone": (
        {"NEWSROOM": {**GOOD, "zone": "Asia/Bratsk"}, "SITEURL": "https://news.example"},
        "pelicanconf.py: нет такой зоны: «Asia/Bratsk» — возьмите имя из базы IANA, например Asia/Irkutsk",
    ),
}


@pytest.mark.parametrize(("settings", "expected"), BAD.values(), ids=BAD)
def test_a_fault_in_the_settings_is_told(settings: dict[str, object], expected: str) -> None:
    with pytest.raises(NewsroomError) as caught:
        read_site(settings)
    assert [expected] == [str(problem) for problem in caught.value.problems]


def test_addresses_are_made_for_a_site_under_a_path() -> None:
    site = read_site({"NEWSROOM": GOOD, "SITEURL": "https://pages.example/newsroom/"})
    assert "/newsroom/news/" == site.href("/news/")
    assert "https://pages.example/newsroom/news/" == site.absolute("/news/")
    assert "https://vk.com/x" == site.href("https://vk.com/x")


def test_a_copy_under_another_address_makes_its_own_links() -> None:
    site = read_site({"NEWSROOM": GOOD, "SITEURL": "https://pages.example/newsroom"})
    assert "/newsroom/" == site.href("/")

    moved = replace(site, url="https://news.example", zone="Asia/Irkutsk")

    assert ("/", "Asia/Irkutsk") == (moved.href("/"), moved.tz.key)
