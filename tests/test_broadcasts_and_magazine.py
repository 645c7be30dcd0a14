"""Broadcasts from announcement to recording; numbers of the magazine."""

from __future__ import annotations

import pypdfium2
import pytest

import pelicanconf
from newsroom.content.magazine import _quoted
from tests.conftest import ROOT, Built, TinySite
from tests.json_ld import named_pictures
from tests.pdf_files import document

STATES = {
    "announced": ("Анонс", "", None),
    "live": ("В эфире", "https://video.example/1", "Смотреть эфир на video.example"),
    "recorded": ("Запись", "https://video.example/1", "Смотреть запись на video.example"),
}


@pytest.mark.parametrize(
    ("state", "label", "video", "button"), [(k, *v) for k, v in STATES.items()], ids=STATES
)
def test_a_broadcast_says_where_it_stands(
    site: TinySite, state: str, label: str, video: str, button: str | None
) -> None:
    address = f"video: {video}\ntext_later: Расшифровка готовится\n" if video else ""
    site.write(
        "broadcasts/efir.md",
        f"---\ntitle: Прямой эфир\nstart: 2024-06-03 18:00\nstate: {state}\n{address}---\n",
    )
    built = site.build()
    page = built.page("/broadcasts/efir/")
    assert label in page.find(class_="broadcast__facts").get_text()
    link = page.find("a", href=video) if video else None
    assert button == (link.find(class_="video__call").get_text(strip=True) if link else None)
    assert label in built.page("/broadcasts/").main.get_text()


def test_a_transcript_stands_under_the_recording(site: TinySite) -> None:
    header = "title: Эфир\nstart: 2024-05-03 18:00\nstate: recorded\ntranscript: efir.transcript.md"
    site.write("broadcasts/2024/efir.md", f"---\n{header}\n---\n")
    site.write("broadcasts/2024/efir.transcript.md", "Добрый *вечер*.\n")
    page = site.build().page("/broadcasts/efir/")
    assert "Добрый вечер." in page.find(class_="transcript").get_text()


def test_a_missing_transcript_is_told(site: TinySite) -> None:
    header = "title: Эфир\nstart: 2024-05-03 18:00\nstate: recorded\ntranscript: efir.transcript.md"
    site.write("broadcasts/efir.md", f"---\n{header}\n---\n")
    assert [
        (
            "broadcasts/efir.md:5: нет файла «efir.transcript.md» (расшифровка) — "
            "положите его рядом с текстом и проверьте имя"
        )
    ] == site.build().problems()


@pytest.fixture
def magazine(site: TinySite) -> TinySite:
    """A number of two pages."""
    site.write("issues/nomer.pdf", document([["First page"], ["Second page"]]))
    fields = [
        "title: «Пятилетка» № 3", "number: 3 (12)", "date: 2024-04-01", "pdf: nomer.pdf", "print_run: 1 000",
        "founder: Администрация", "editor: И. И. Иванов", "age: 12+", "releases: 2024-05-09-katok",
        "contents: [{title: О катке, page: 2}]",
    ]  # fmt: skip
    site.write("issues/nomer.md", "---\n" + "\n".join(fields) + "\n---\n")
    site.release()
    return site


def test_a_number_shows_cover_contents_imprint_and_its_releases(magazine: TinySite) -> None:
    page = magazine.build().page("/magazine/nomer/")
    text = page.main.get_text(" ", strip=True).replace("\u00a0", " ")
    for words in ("3 (12)", "1 000", "Администрация", "И. И. Иванов", "12+", "О катке", "2 страницы", "PDF"):
        assert words in text, words
    assert page.find("img", alt=lambda alt: alt and alt.startswith("Страница 1"))
    assert page.find("a", href="/magazine/nomer/nomer.pdf")
    assert page.find("a", href="/news/2024/05/katok/")


def test_its_pages_can_be_leafed_through(magazine: TinySite) -> None:
    built = magazine.build()
    assert built.page("/magazine/nomer/1/").find("a", href="/magazine/nomer/2/", rel="next")
    assert built.page("/magazine/nomer/2/").find("a", href="/magazine/nomer/1/", rel="prev")
    assert not built.has("/magazine/nomer/3/")


def test_recorded_broadcasts_close_their_pages_from_the_oldest(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pelicanconf.NEWSROOM, "per_page", 2)
    for day, state in enumerate((*["recorded"] * 5, "announced", "live"), 1):
        header = f"title: Эфир {day}\nstart: 2024-05-0{day} 18:00\nstate: {state}"
        site.write(f"broadcasts/e{day}.md", f"---\n{header}\n---\n")
    built = site.build()
    newest, closed = "/broadcasts/", "/broadcasts/page/1/"
    assert ["e7", "e6", "e5", "e4", "e3"] == linked(built, newest)
    assert ["e2", "e1"] == linked(built, closed)
    assert not built.has("/broadcasts/page/2/")
    assert "Эфиры, страница 1" in built.page(closed).title.get_text().replace("\u00a0", " ")
    assert built.page(closed).select_one(f".breadcrumbs a[href='{newest}']")


def test_the_archive_of_the_magazine_closes_its_pages_from_the_oldest(
    magazine: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pelicanconf.NEWSROOM, "per_page", 1)
    magazine.write(
        "issues/vtoroy.md", "---\ntitle: Второй\nnumber: 4\ndate: 2024-05-01\npdf: nomer.pdf\n---\n"
    )
    built = magazine.build()
    assert ["vtoroy"] == linked(built, "/magazine/")
    assert ["nomer"] == linked(built, "/magazine/page/1/")
    assert built.page("/magazine/").find("a", href="/magazine/page/1/")


def linked(built: Built, url: str) -> list[str]:
    """Ids of what a list page lists, in its order."""
    links = built.page(url).main.select("h2 a, h3 a")
    return [link["href"].strip("/").rpartition("/")[2] for link in links]


def test_every_picture_that_json_ld_names_is_published(magazine: TinySite) -> None:
    for name in ("broadcasts/kadr.jpg", "events/salyut.jpg", "releases/2024/05/katok.jpg"):
        magazine.picture(name)
    magazine.release(image="{src: katok.jpg, alt: Каток}")
    magazine.release("2024-05-10-bez-kartinki")
    header = "start: 2024-05-03 18:00\nstate: recorded\nvideo: https://video.example/1\ntext_later: Скоро"
    magazine.write(
        "broadcasts/s.md", f"---\ntitle: Эфир\n{header}\nimage: {{src: kadr.jpg, alt: Зал}}\n---\n"
    )
    magazine.write("broadcasts/bez.md", f"---\ntitle: Эфир\n{header}\n---\n")
    event = "title: Салют\ndates: [{start: 2024-05-09}]\nimage: {src: salyut.jpg, alt: Салют}"
    magazine.write("events/salyut.md", f"---\n{event}\n---\n")
    built = magazine.build()
    assert 0 == built.status, built.said
    named = {kind: set(pictures) for kind, pictures in named_pictures(built).items()}
    assert {"NewsArticle", "PublicationIssue", "Event", "BroadcastEvent"} == named.keys()
    assert {"https://news.example/card.png"} < named["BroadcastEvent"]
    found = {address.removeprefix("https://news.example/") for kind in named.values() for address in kind}
    assert set() == found - built.files().keys()


def test_the_committed_magazine_says_that_it_is_a_demonstration() -> None:
    (path,) = (ROOT / "content/issues").rglob("*.pdf")
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in document]
    assert [] == [number for number, text in enumerate(texts, 1) if "емонстрационный макет" not in text]
    document.close()


def test_a_link_within_a_transcript_leads_to_its_own_heading(site: TinySite) -> None:
    header = "title: Эфир\nstart: 2024-05-03 18:00\nstate: recorded\ntranscript: efir.transcript.md"
    site.write("broadcasts/efir.md", f"---\n{header}\n---\n")
    site.write("broadcasts/efir.transcript.md", "[К вопросам](#voprosy)\n\n## Вопросы\n\nБыли.\n")
    assert 0 == site.build().status


def test_channels_that_nobody_reads_yet_can_be_shown(site: TinySite) -> None:
    header = "title: Сеть\nnetwork: MAX\nowner: Город\nstatus: active"
    site.write("channels/max.md", f"---\n{header}\n---\n")
    site.write("data/audience.csv", "date,channel,subscribers,posts,views\n2024-05-01,max,0,,\n")
    assert "на 1 мая 2024" in site.build().text("/channels/").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("«Братская пятилетка»", "«Братская пятилетка»"),
        ('"Братская пятилетка"', "«Братская пятилетка»"),
        ("Наш город", "«Наш город»"),
        ("«Братская пятилетка» № 2", "«„Братская пятилетка“ № 2»"),
        ("«Утро» и «Вечер»", "«„Утро“ и „Вечер“»"),
    ],
)
def test_a_title_stands_in_quotation_marks_once(title: str, expected: str) -> None:
    assert expected == _quoted(title).replace("\u00a0", " ")
