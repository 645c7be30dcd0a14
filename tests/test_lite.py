"""The light page: one answer of at most 14 KB, whatever the releases are."""

from __future__ import annotations

import pytest

from newsroom.pages.lite import LARGEST
from tests import notices
from tests.conftest import Built, TinySite


def write(site: TinySite, count: int, **header: str) -> None:
    for number in range(1, count + 1):
        site.release(f"2024-04-{number:02}-reliz-{number}", **{"title": f"Релиз {number}", **header})


def links(built: Built) -> list[str]:
    return [str(link["href"]) for link in built.page("/lite/").select("main a")]


def test_the_newest_come_first_and_ten_of_them_with_their_summaries(site: TinySite) -> None:
    write(site, 25)
    built = site.build()
    page = built.page("/lite/")
    assert [f"Релиз {number}" for number in range(25, 15, -1)] == [each.text for each in page.select("h3")]
    assert 20 == len(links(built))
    assert 10 == page.text.count("Каток открыт для\u00a0всех.")


def test_the_light_page_asks_for_nothing(site: TinySite) -> None:
    site.picture("releases/2024/05/katok.jpg")
    site.release(image="{src: katok.jpg, alt: Каток}")
    page = site.build().page("/lite/")
    assert [] == page.select(
        "script, style, img, picture, video, audio, iframe, [style], link[rel=stylesheet]"
    )
    assert {"canonical": "https://news.example/lite/", "icon": "data:,"} == {
        link["rel"][0]: link["href"] for link in page.select("link")
    }


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Название " * 12, "Слово " * 60),
        ("Название " * 27, "Слово " * 800),
        ("«&" * 125, "<>" * 900),
        ("Коротко", "Слово " * 500),
    ],
    ids=["long", "very long", "signs", "long summaries"],
)
def test_whatever_the_releases_are_the_page_leaves_room_for_an_emergency(
    site: TinySite, title: str, summary: str
) -> None:
    write(site, 28, title=f"'{title.strip()}'", summary=f"'{summary.strip()}'")
    built = site.build()
    assert 0 == built.status, built.said
    assert len(built.text("/lite/").encode()) < LARGEST - 2048
    assert len(links(built)) >= 8


def test_a_release_below_the_newest_leaves_the_light_page_as_it_is(site: TinySite) -> None:
    write(site, 22)
    before = site.build().text("/lite/")
    site.release("2024-03-01-davno", title="Давно")
    assert before == site.build().text("/lite/")


def test_emergency_notices_stand_before_all_news(site: TinySite) -> None:
    site.release()
    text = site.build().text("/lite/")
    start, end = text.index("<!--emergency-->"), text.index("<!--/emergency-->")
    assert text.index("<main>") < start < end < text.index("Город открыл каток")


NOTICES = {
    "long": "Очень длинное учебное сообщение о ветре " * 4,
    "signs": "«&<" * 53 + "&",
}


@pytest.mark.parametrize("count", [3, 4, 20])
@pytest.mark.parametrize("headline", NOTICES.values(), ids=NOTICES)
def test_however_many_notices_there_are_the_page_is_one_answer(
    site: TinySite, headline: str, count: int
) -> None:
    """The gravest are named, the others counted."""
    write(site, 28, title=f"'{('«&' * 125)}'", summary=f"'{('Слово ' * 60).strip()}'")
    ids = [f"2024-06-01-{'x' * 60}-{number:02}" for number in range(count)]
    many = [notices.notice(id, headline=headline.strip(), severity="низкая") for id in ids]
    many[1]["severity"] = "чрезвычайная"
    site.write("emergency.yaml", notices.file(*many))
    built = site.build()
    assert 0 == built.status, built.said
    assert len(built.text("/lite/").encode()) <= LARGEST
    links = built.page("/lite/").select("main > section a")
    named = [str(link["href"]) for link in links if "#" in str(link["href"])]
    assert 3 == len(named)
    assert f"/emergency/#{ids[1]}" == named[0]
    more = {3: [], 4: ["И ещё 1 сообщение"], 20: ["И ещё 17 сообщений"]}[count]
    assert more == [link.text.replace("\u00a0", " ") for link in links if link["href"] == "/emergency/"]


def test_the_light_page_is_offered_at_the_foot_of_every_page(site: TinySite) -> None:
    site.release()
    built = site.build()
    for url in ("/", "/news/", "/news/2024/05/katok/", "/404.html"):
        assert built.page(url).select_one('footer a[href="/lite/"]')


def test_nothing_of_what_waits_for_its_hour_is_on_the_light_page(site: TinySite) -> None:
    site.release()
    site.release("2024-06-02-zavtra", title="Завтрашнее")
    assert "Завтрашнее" not in site.build().text("/lite/")
