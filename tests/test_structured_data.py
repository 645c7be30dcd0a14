"""schema.org objects: the fields each type requires, and JSON that is safe in a page."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from newsroom.content.plain_text import word_count
from newsroom.pages import structured_data as data
from tests.sample_library import ISSUE, MARATHON, PARADE, REPORT, ROADS, SITE, VICTORY, at, replace

CRUMBS = (("Главная", "/"), ("Культура", "/rubrics/kultura/"))
OBJECTS = {
    "release": data.news_article(VICTORY, SITE),
    "release without a picture": data.news_article(ROADS, SITE),
    "organization": data.organization(SITE),
    "site": data.web_site(SITE),
    "magazine": data.periodical(SITE, [ISSUE]),
    "issue": data.publication_issue(ISSUE, SITE),
    "event": data.event_data(PARADE, PARADE.dates[0], SITE),
    "announced broadcast": data.broadcast_event(MARATHON, SITE),
    "recorded broadcast": data.broadcast_event(REPORT, SITE),
    "breadcrumbs": data.breadcrumbs(CRUMBS, "День", "/day/", SITE),
    "list": data.collection_page(
        "Культура", "О культуре", "/rubrics/kultura/", [VICTORY.card, ROADS.card], SITE
    ),
}
REQUIRED = {
    "NewsArticle": {
        "headline", "image", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage",
        "articleSection", "inLanguage",
    },
    "GovernmentOrganization": {"@id", "name", "url"},
    "Organization": {"name", "url"},
    "WebSite": {"@id"},
    "WebPage": {"@id"},
    "Periodical": {"@id", "name", "url"},
    "PublicationIssue": {"@id", "url", "issueNumber", "datePublished"},
    "MediaObject": {"contentUrl", "encodingFormat"},
    "Event": {"name", "startDate", "endDate", "location", "eventStatus", "organizer"},
    "Place": {"name", "address"},
    "PostalAddress": {"addressLocality", "addressCountry"},
    "BroadcastEvent": {"name", "isLiveBroadcast", "startDate", "endDate", "location"},
    "VirtualLocation": {"url"},
    "VideoObject": {"name", "thumbnailUrl", "uploadDate"},
    "BreadcrumbList": {"itemListElement"},
    "ItemList": {"itemListElement"},
    "ListItem": {"position"},
    "CollectionPage": {"name", "url", "mainEntity"},
    "CorrectionComment": {"text", "datePublished"},
    "ImageObject": {"url", "width", "height"},
    "City": {"name"},
    "Thing": {"name", "url"},
}  # fmt: skip
TOP_TYPES = {
    "NewsArticle", "GovernmentOrganization", "WebSite", "Periodical", "PublicationIssue", "Event",
    "BroadcastEvent", "BreadcrumbList", "CollectionPage",
}  # fmt: skip


def typed(value: Any) -> Iterator[dict[str, Any]]:
    """Every object with a type, however deep."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inner in value.values():
            yield from typed(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from typed(inner)


@pytest.mark.parametrize("name", OBJECTS)
def test_every_object_has_the_fields_its_type_requires(name: str) -> None:
    for found in typed(OBJECTS[name]):
        assert REQUIRED[found["@type"]] <= found.keys()
        assert all(value not in ("", [], {}, None) for value in found.values())


def test_every_type_is_made() -> None:
    assert TOP_TYPES == {str(made["@type"]) for made in OBJECTS.values()}
    assert all("https://schema.org" == made["@context"] for made in OBJECTS.values())


def test_an_article_tells_its_corrections() -> None:
    article = OBJECTS["release"]

    assert "2024-05-10T09:30:00+08:00" == article["dateModified"]
    assert ["Уточнено число участников."] == [each["text"] for each in article["correction"]]
    assert "correction" not in OBJECTS["release without a picture"]


def test_an_article_without_a_picture_shows_its_card() -> None:
    images = OBJECTS["release without a picture"]["image"]

    assert ["https://news.example/site/news/2023/12/dorogi/card.png"] == images


def test_a_recorded_broadcast_carries_its_video() -> None:
    assert "VideoObject" == OBJECTS["recorded broadcast"]["recordedIn"]["@type"]
    assert "recordedIn" not in OBJECTS["announced broadcast"]


def test_a_video_tells_what_is_said_in_it_without_markup() -> None:
    said = '<h2>Дороги</h2>\n<p>Добрый <em>вечер</em> &amp; <a href="/site/news/">новости</a>.</p>'
    video = data.broadcast_event(replace(REPORT, transcript=said), SITE)["recordedIn"]

    expected = "Дороги\n\nДобрый вечер & новости (https://news.example/site/news/)."
    assert expected == video["transcript"]


def test_a_video_without_a_picture_shows_the_card_of_the_site() -> None:
    video = data.broadcast_event(replace(REPORT, image=None), SITE)["recordedIn"]

    assert REQUIRED["VideoObject"] <= video.keys()
    assert ["https://news.example/site/card.png"] == video["thumbnailUrl"]


def test_a_broadcast_of_which_only_the_day_is_known_has_no_hour() -> None:
    made = data.broadcast_event(replace(REPORT, start=at(2023, 12, 20)), SITE)

    assert ("2023-12-20", "2023-12-20") == (made["startDate"], made["recordedIn"]["uploadDate"])
    assert "endDate" not in made


def test_a_number_of_the_magazine_shows_a_size_of_its_cover_that_is_published() -> None:
    image = OBJECTS["issue"]["image"]

    assert "https://news.example/site/magazine/pyatiletka-1/cover.01234567.960.jpg" == image


def test_an_event_without_a_place_is_in_the_city() -> None:
    made = data.event_data(replace(PARADE, place=""), PARADE.dates[0], SITE)

    assert "Город" == made["location"]["name"]


def test_breadcrumbs_end_with_the_page() -> None:
    steps = OBJECTS["breadcrumbs"]["itemListElement"]

    named = [(step["position"], step["name"]) for step in steps]

    assert [(1, "Главная"), (2, "Культура"), (3, "День")] == named
    assert "https://news.example/site/day/" == steps[-1]["item"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("", 0),
        ("Прошло 5 дней — ура!", 4),
        ("Пост (/news/2024/), сайт (https://a.example/б).", 2),
        ("а\n\n[Фото: салют над городом]\n\n— б | в", 3),
    ],
)
def test_words_are_counted_without_addresses(given: str, expected: int) -> None:
    assert expected == word_count(given)


def test_json_in_a_page_cannot_end_its_script() -> None:
    given = {"name": "</script><!-- & \u2028 «ё»"}
    made = data.json_ld(given)

    assert not set("<>&\u2028") & set(made)
    assert "«ё»" in made
    assert given == json.loads(made)
