"""What names an embargoed release, and what it names, keeps its secret."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Built, TinySite
from tests.pdf_files import plain

SECRET = "2024-07-01-tayna"
WORDS = ("tayna", "Секретный", "Тайный", "drugoy-adres", "7654321", "dogovor", "Договор", "yarmarka")


@pytest.fixture
def newsroom(site: TinySite) -> TinySite:
    """A release of July that is named by, and names, all that a release can, and shares a picture."""
    site.release("2024-05-09-katok", image="{src: obshchiy.jpg, alt: Каток}")
    site.release(
        SECRET,
        title="Секретный заголовок",
        summary="Тайный лид.",
        body="Тайный текст.\n\n![Вид](obshchiy.jpg)\n",
        tags="yarmarka",
        event="den",
        image="{src: obshchiy.jpg, alt: Тайный снимок}",
        attachments="[{file: dogovor.pdf, title: Договор}]",
        aliases="[/news/2024/06/drugoy-adres/, /old/drugoy-adres.html]",
        contact="{name: Тайный собеседник, phone: '7654321'}",
    )
    for folder in ("05", "07"):
        site.picture(f"releases/2024/{folder}/obshchiy.jpg")
    site.write("releases/2024/07/dogovor.pdf", plain())
    site.write("events/den.md", "---\ntitle: День города\ndates: [{start: 2024-07-01}]\n---\n")
    header = f"title: Эфир\nstart: 2024-05-03 18:00\nstate: recorded\nreleases: [2024-05-09-katok, {SECRET}]"
    site.write("broadcasts/efir.md", f"---\n{header}\n---\n")
    header = f"title: Номер\nnumber: 1\ndate: 2024-05-01\npdf: nomer.pdf\nreleases: [{SECRET}]"
    site.write("issues/nomer.md", f"---\n{header}\n---\n")
    number(site.content / "issues/nomer.pdf")
    return site


def number(path: Path) -> None:
    path.write_bytes(plain())


def traces(built: Built) -> list[str]:
    return [
        f"{path}: {word}"
        for path, data in built.files().items()
        for word in WORDS
        if word in path or word.encode() in data
    ]


def test_an_embargoed_release_is_told_by_nothing_that_names_it(newsroom: TinySite) -> None:
    built = newsroom.build()
    assert 0 == built.status, built.said
    assert [] == traces(built)
    for url in ("/events/den/", "/broadcasts/efir/", "/magazine/nomer/"):
        assert built.has(url)


def test_a_picture_shared_with_a_published_release_is_served_beside_that_one_only(site: TinySite) -> None:
    site.now = "2024-05-20T12:00:00+08:00"
    site.picture("releases/2024/05/obshchiy.jpg")
    site.release("2024-05-09-katok", image="{src: obshchiy.jpg, alt: Каток}")
    alone = site.build().files()
    site.release("2024-05-31-tayna", image="{src: obshchiy.jpg, alt: Тайный снимок}")
    beside = site.build()
    assert (0, []) == (beside.status, traces(beside))
    assert {"news/2024/05/katok"} == {
        path.rpartition("/")[0] for path in beside.files() if "obshchiy" in path
    }
    assert alone == beside.files()


def test_the_build_says_nothing_of_an_embargoed_release(newsroom: TinySite) -> None:
    said = newsroom.build().said
    assert "1 релиз," in said.replace("\u00a0", " ")
    assert [] == [word for word in WORDS if word in said]


def test_when_its_hour_has_come_all_that_names_it_shows_it(newsroom: TinySite) -> None:
    newsroom.now = "2024-07-01T10:00:00+08:00"
    built = newsroom.build()
    for url in ("/events/den/", "/broadcasts/efir/", "/magazine/nomer/", "/tags/yarmarka/"):
        assert built.page(url).find("a", href="/news/2024/07/tayna/"), url
    assert built.has("/old/drugoy-adres.html")
    assert "7654321" in built.text("/news/2024/07/tayna/")


def test_an_embargoed_address_is_not_offered_for_a_mistyped_one(newsroom: TinySite) -> None:
    newsroom.release("2024-05-10-ssylka", "[Где](/news/2024/07/tayny/)\n")
    (problem,) = newsroom.build().problems()
    assert "ссылка никуда не ведёт: /news/2024/07/tayny/" in problem
    assert "tayna" not in problem
