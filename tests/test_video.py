"""Videos of releases: on sites that keep videos, and as files of our own."""

from __future__ import annotations

import json
from typing import Any

import pytest

from newsroom.content.video_hosts import HOSTS, host_of
from newsroom.settings import VIDEO_HOSTS
from tests.conftest import Built, TinySite

VK, RUTUBE, OK = (
    "https://vkvideo.ru/video_ext.php?oid=",
    "https://rutube.ru/play/embed/",
    "https://ok.ru/videoembed/",
)
ID = "0123456789abcdef" * 2
PLAYERS = {
    "https://vkvideo.ru/video-12_34": f"{VK}-12&id=34",
    "https://vk.com/video12_34?t=5s": f"{VK}12&id=34",
    "https://m.vk.com/video-12_34": f"{VK}-12&id=34",
    "https://vk.com/clip-12_34": f"{VK}-12&id=34",
    "https://vk.com/video/@bratsk?z=video-12_34%2Fclub12%2Fpl_-12_-2": f"{VK}-12&id=34",
    "https://vkvideo.ru/playlist/-12_1/video-12_34": f"{VK}-12&id=34",
    "https://vkvideo.ru/video_ext.php?oid=-12&id=34": "",
    "https://vk.com/wall-12_34": "",
    f"https://rutube.ru/video/{ID}/": RUTUBE + ID,
    f"https://rutube.ru/video/{ID}/?r=plwd": RUTUBE + ID,
    f"https://rutube.ru/shorts/{ID}/": RUTUBE + ID,
    "https://rutube.ru/channel/123/": "",
    "https://ok.ru/video/123456": f"{OK}123456",
    "https://www.ok.ru/live/123456": f"{OK}123456",
    "https://ok.ru/group/123456": "",
    "https://evil.example/https://ok.ru/video/1": "",
    "https://ok.ru.evil.example/video/1": "",
    "https://notvk.com/video-12_34": "",
    "https://evil.example/?u=vk.com/video-1_2": "",
    "ftp://ok.ru/video/1": "",
}
LATER = "Расшифровка готовится"
FILE = "{title: Каток, file: led.webm, captions: led.vtt, poster: led.jpg, alt: Лёд, author: А. Б.}"


@pytest.mark.parametrize("address", PLAYERS)
def test_the_player_of_a_video_follows_from_its_address(address: str) -> None:
    found = host_of(address, VIDEO_HOSTS)
    assert PLAYERS[address] == (found[1] if found else "")


def test_a_host_that_is_not_allowed_has_no_player() -> None:
    assert host_of("https://ok.ru/video/1", ("vk", "rutube")) is None


def test_every_host_can_be_named_in_the_settings() -> None:
    assert VIDEO_HOSTS == tuple(host.id for host in HOSTS)


@pytest.fixture
def filmed(site: TinySite) -> TinySite:
    site.write("releases/2024/05/led.webm", b"film")
    site.write("releases/2024/05/led.vtt", "WEBVTT\n")
    site.picture("releases/2024/05/led.jpg", (1600, 900))
    return site


def test_a_video_of_another_site_is_a_link_from_a_poster_of_our_own(filmed: TinySite) -> None:
    filmed.release(
        video="{title: Каток, address: 'https://vk.com/video-1_2', poster: led.jpg, alt: Лёд}",
        text_later=LATER,
    )
    built = filmed.build()
    page = built.page("/news/2024/05/katok/")
    link: Any
    (link,) = page.select(".video a.video__poster")
    assert ("https://vk.com/video-1_2", ["noopener"]) == (link["href"], link["rel"])
    assert f"{VK}-1&id=2" == link["data-player"]
    assert ("Лёд", "Смотреть на VK Видео") == (link.img["alt"], link.get_text(strip=True))
    assert link.img["src"].startswith("/news/2024/05/katok/led.")
    assert [] == page.select("iframe, video")
    assert page.select("script[src*='/video.']")


def test_a_video_of_an_unknown_site_is_a_link_and_nothing_more(site: TinySite) -> None:
    site.release(video="{title: Каток, address: 'https://www.video.example/1'}", text_later=LATER)
    (link,) = site.build().page("/news/2024/05/katok/").select(".video a")
    assert ("https://www.video.example/1", "КатокСмотреть на video.example") == (
        link["href"],
        link.get_text(strip=True),
    )
    assert not link.has_attr("data-player")


def test_a_video_file_plays_by_itself_with_its_captions(filmed: TinySite) -> None:
    filmed.release(video=FILE)
    filmed.write("releases/2024/05/led.transcript.md", "Голос: лёд готов.\n")
    built = filmed.build()
    page = built.page("/news/2024/05/katok/")
    video = page.video
    assert ("none", True) == (video["preload"], video.has_attr("controls"))
    assert (
        "/news/2024/05/katok/led.webm"
        == video.source["src"]
        == page.select_one(".video figcaption a")["href"]
    )
    assert ("captions", "ru", "/news/2024/05/katok/led.vtt") == tuple(
        video.track[name] for name in ("kind", "srclang", "src")
    )
    assert built.has(str(video["poster"]))
    assert page.select_one(".video a[href='/news/2024/05/katok/led-text/']")
    assert b"film" == built.files()["news/2024/05/katok/led.webm"]
    assert [] == page.select("script[src*='/video.']")


def test_feeds_texts_and_search_engines_are_told_of_a_video(filmed: TinySite) -> None:
    filmed.release(video=FILE)
    filmed.write("releases/2024/05/led.transcript.md", "Голос: лёд готов.\n")
    park = "{title: 'Парк «А&Б»', address: 'https://ok.ru/video/7'}"
    filmed.release("2024-05-10-park", video=park, text_later=LATER)
    built = filmed.build()
    park, rink = (entry.content[0].value for entry in built.feed("/rss.xml").entries)
    assert '<p>Видео: <a href="https://ok.ru/video/7">Парк «А&amp;Б»</a> (OK Видео)</p>' in park
    assert 'href="https://news.example/news/2024/05/katok/led.webm"' in rink
    items = json.loads(built.text("/feed.json"))["items"]
    assert ["https://ok.ru/video/7" in item["content_html"] for item in items] == [True, False]
    assert "Видео: Каток — https://news.example/news/2024/05/katok/led.webm" in built.text(
        "/news/2024/05/katok/index.txt"
    )
    assert {
        "embedUrl": f"{OK}7", "url": "https://ok.ru/video/7", "thumbnailUrl": ["https://news.example/card.png"],
        "name": "Парк «А&Б»",
    }.items() <= _video_object(built, "/news/2024/05/park/").items()  # fmt: skip
    file = _video_object(built, "/news/2024/05/katok/")
    assert "https://news.example/news/2024/05/katok/led.webm" == file["contentUrl"]
    assert "embedUrl" not in file


def _video_object(built: Built, url: str) -> dict[str, object]:
    texts = (script.get_text() for script in built.page(url).find_all("script", type="application/ld+json"))
    (found,) = (data["video"] for data in map(json.loads, texts) if data["@type"] == "NewsArticle")
    return dict(found)


@pytest.mark.parametrize(
    ("video", "told"),
    [
        ("{title: Каток}", "у видео нет ни адреса, ни файла"),
        ("{title: Каток, address: 'https://ok.ru/video/7', file: led.webm}", "у видео и адрес, и файл"),
        ("{title: Каток, file: led.webm, poster: led.jpg}", "заставка и её описание бывают только вместе"),
        ("{title: Каток, file: led.webm, alt: Лёд}", "заставка и её описание бывают только вместе"),
        ("{title: Каток, address: 'https://ok.ru/video/7', captions: led.vtt}", "субтитры бывают"),
        ("{title: Каток, file: led.webm, poster: led.jpg, alt: —}", "поле «alt» ничего не говорит"),
        ("{title: Каток, file: led.webm}", "у записи «led.webm» нет расшифровки"),
        ("{title: Каток, file: led.jpg}", "«led.jpg» здесь не годится"),
        ("{title: Каток, file: led.webm, captions: led.webm}", "«led.webm» здесь не годится"),
        ("{title: Каток, file: net.webm}", "нет файла «net.webm»"),
        ("{title: Каток, address: 'javascript:alert(1)'}", "это не адрес в интернете"),
        ("{address: 'https://ok.ru/video/7'}", "нет поля «title»"),
    ],
)  # fmt: skip
def test_a_video_that_cannot_be_shown_stops_the_build(filmed: TinySite, video: str, told: str) -> None:
    filmed.release(video=video)
    built = filmed.build()
    assert 1 == built.status
    assert told in "\n".join(built.problems())
