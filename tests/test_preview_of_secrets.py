"""A preview shows what readers do not see yet, marked; it can never be published."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

import pelicanconf
from newsroom.build.edition import is_rehearsal
from tests.conftest import Built, TinySite


class Preview(TinySite):
    """A tiny site as `invoke serve` builds it."""

    def _pelican(self) -> Any:
        own = {**pelicanconf.NEWSROOM, "now": datetime.fromisoformat(self.now), "preview": True}
        self.settings["NEWSROOM"] = own
        return super()._pelican()


@pytest.fixture
def preview(site: TinySite) -> TinySite:
    return Preview(site.folder)


def mark(built: Built, url: str) -> str:
    found = built.page(url).select_one("article .preview-mark")
    return found.get_text().replace("\u00a0", " ") if found else ""


def test_a_draft_is_shown_with_its_mark_on_its_page_and_in_lists(preview: TinySite) -> None:
    preview.release("2024-05-09-katok", status="draft", tags="yarmarka")
    built = preview.build()
    assert "Черновик" == mark(built, "/news/2024/05/katok/")
    for url in ("/", "/news/", "/rubrics/gorod/", "/tags/yarmarka/", "/news/2024/05/"):
        assert "Черновик" in {found.get_text() for found in built.page(url).select(".preview-mark")}, url


def test_a_release_that_waits_says_for_what_hour(preview: TinySite) -> None:
    preview.release("2024-07-01-tayna")
    assert "Эмбарго до 1 июля 2024 г., 10:00" == mark(preview.build(), "/news/2024/07/tayna/")


def test_a_published_release_has_no_mark_and_every_page_says_that_it_is_a_preview(preview: TinySite) -> None:
    preview.release("2024-05-09-katok")
    built = preview.build()
    assert [] == built.page("/news/2024/05/katok/").select(".preview-mark, .preview-notice")
    assert [] != built.page("/news/2024/05/katok/").select(".preview-bar")


UNFINISHED: dict[str, tuple[dict[str, str | None], str]] = {
    "no rubric": ({"rubric": None}, "нет поля «rubric»"),
    "an empty summary": ({"summary": ""}, "поле «summary» пустое"),
    "a gallery without its pictures": (
        {"gallery": "{pictures: [net.jpg: Лёд]}"},
        "нет файла «net.jpg»",
    ),
    "a rubric nobody knows": ({"rubric": "net"}, "рубрики «net» нет"),
    "a tag nobody knows": ({"tags": "[zima, net]"}, "темы «net» нет"),
    "a date of another month": ({"date": "2024-06-01"}, "дата и имя файла из разных месяцев"),
    "a date that is none": ({"date": "завтра"}, "дата не читается"),
    "a picture that is not there": ({"image": "{src: net.jpg, alt: Вид}"}, "нет файла «net.jpg»"),
    "no rubric and a picture that is not there": (
        {"rubric": None, "image": "{src: net.jpg, alt: Вид}"},
        "нет файла «net.jpg»",
    ),
    "nothing but a title": (
        dict.fromkeys(("date", "rubric", "department", "summary")),
        "нет поля «summary»",
    ),
    "no title": ({"title": None}, "нет поля «title»"),
    "an unknown field": ({"zzz": "1"}, "неизвестное поле «zzz»"),
}


@pytest.mark.parametrize("name", UNFINISHED)
def test_an_unfinished_draft_is_shown_with_what_it_lacks(preview: TinySite, name: str) -> None:
    header, lack = UNFINISHED[name]
    preview.release("2024-05-09-katok", "Лёд готов.\n", **{"status": "draft", **header})
    built = preview.build()
    assert 0 == built.status, built.said
    notice = built.page("/news/2024/05/katok/").select_one(".preview-notice")
    assert [True] == [lack in item.get_text() for item in notice.select("li") if lack in item.get_text()][:1]


def test_a_missing_picture_in_the_text_of_a_draft_is_told_beside_it(preview: TinySite) -> None:
    preview.release("2024-05-09-katok", "Лёд.\n\n![Вид](net.jpg)\n", status="draft")
    page = preview.build().page("/news/2024/05/katok/")
    assert "строка 11: нет файла «net.jpg»" in page.select_one(".preview-notice li").get_text()


def test_a_finished_draft_lacks_nothing(preview: TinySite) -> None:
    preview.release("2024-05-09-katok", status="draft")
    assert [] == preview.build().page("/news/2024/05/katok/").select(".preview-notice li")


def test_a_draft_that_becomes_a_release_loses_its_mark(preview: TinySite) -> None:
    preview.release("2024-05-09-katok", status="draft")
    assert 0 == preview.build().status
    preview.release("2024-05-09-katok")
    built = preview.build()
    for url in ("/", "/news/2024/05/katok/"):
        assert [] == built.page(url).select(".preview-mark")


def test_a_link_to_a_draft_works_in_a_preview(preview: TinySite) -> None:
    preview.release("2024-05-09-katok", "[Скоро](2024-05-10-potom.md)\n")
    preview.release("2024-05-10-potom", status="draft")
    assert 0 == preview.build().status


def test_a_dead_link_of_a_draft_does_not_stop_the_preview(preview: TinySite) -> None:
    preview.release("2024-05-09-katok", "[Скоро](2024-05-10-potom.md)\n", status="draft")
    assert 0 == preview.build().status


def test_a_preview_is_marked_as_no_site_to_deploy(preview: TinySite) -> None:
    preview.release("2024-05-09-katok")
    assert is_rehearsal(preview.build().output)


def test_a_public_build_has_neither_marks_nor_the_word_of_a_preview(site: TinySite) -> None:
    site.release("2024-05-09-katok")
    site.release("2024-05-10-potom", status="draft")
    built = site.build()
    assert not built.has("/news/2024/05/potom/")
    assert [] == [
        path for path in built.files() if path.endswith(".html") and "preview-" in built.text(f"/{path}")
    ]


def test_a_preview_draws_no_cards_and_makes_no_tables(preview: TinySite) -> None:
    preview.release("2024-05-09-katok")
    built = preview.build()
    assert [] == [path for path in built.files() if path.endswith(("card.png", ".csv"))]
