"""Nothing leaves before its hour."""

from __future__ import annotations

from tests.conftest import Built, TinySite
from tests.pdf_files import plain

HOURS = (
    ("2024-05-31T23:59:59+08:00", False),
    ("2024-06-01T00:00:00+08:00", True),
    ("2024-05-31T16:00:00+00:00", True),
)


def traces(built: Built, *words: str) -> list[str]:
    """Files of the output that hold one of the words, in name or in bytes."""
    return [
        path
        for path, data in built.files().items()
        if any(word in path or word.encode() in data for word in words)
    ]


def test_a_release_appears_in_the_minute_of_its_date_in_the_newsrooms_zone(site: TinySite) -> None:
    site.release("2024-06-01-tayna", date="2024-06-01", title="Секрет раскрыт")
    for now, expected in HOURS:
        site.now = now
        assert expected == site.build().has("/news/2024/06/tayna/")


def test_an_embargoed_release_leaves_no_trace_anywhere(site: TinySite) -> None:
    site.release("2024-05-09-katok")
    site.release(
        "2024-07-01-tayna",
        title="Секретный заголовок",
        body="![Вид](shema.jpg)\n",
        tags="yarmarka",
        attachments="[{file: dogovor.pdf, title: Договор}]",
        image="{src: foto.jpg, alt: Фото}",
        event="den",
        gallery="{author: Скрытный, pictures: [sekretny-snimok.jpg: Вид]}",
        video="{title: Кино, file: kino.webm, captions: kino.vtt, poster: kadr.jpg, alt: Кадр}",
    )
    site.write("events/den.md", "---\ntitle: День города\n---\n")
    for number, name in enumerate(("shema.jpg", "foto.jpg", "sekretny-snimok.jpg", "kadr.jpg")):
        site.picture(f"releases/2024/07/{name}", (640 + number, 360))
    site.write("releases/2024/07/kino.webm", b"kino")
    site.write("releases/2024/07/kino.vtt", "WEBVTT\n")
    site.write("releases/2024/07/kino.transcript.md", "Голос за кадром.\n")
    site.write("releases/2024/07/dogovor.pdf", plain())
    built = site.build()
    assert 0 == built.status
    words = "tayna", "Секретный", "dogovor", "Договор", "shema", "foto.jpg", "snimok", "Скрытный", "yarmarka"
    assert [] == traces(built, *words, "kino", "kadr")
    assert not built.has("/events/den/photos/")


def test_a_draft_leaves_no_trace_anywhere(site: TinySite) -> None:
    site.release("2024-05-09-katok")
    site.release("2024-05-10-chernovik", title="Черновик релиза", tags="zima", status="draft")
    built = site.build()
    assert [] == traces(built, "chernovik", "Черновик релиза", "/tags/zima")


def test_a_link_to_what_is_not_published_yet_says_why(site: TinySite) -> None:
    site.release("2024-05-09-katok", body="[Скоро](../07/2024-07-01-tayna.md)\n\n[Ещё](2024-05-10-a.md)\n")
    site.release("2024-05-10-a", status="draft")
    site.release("2024-07-01-tayna", date="2024-07-01 10:00")
    assert [
        (
            "releases/2024/05/2024-05-09-katok.md:8: ссылка на /news/2024/07/tayna/, "
            "а релиз выйдет 1\u00a0июля 2024\u00a0г., 10:00"
        ),
        "releases/2024/05/2024-05-09-katok.md:10: ссылка на /news/2024/05/a/, а это черновик",
    ] == [problem.partition(" — ")[0] for problem in site.build().problems()]
