"""A withdrawn release is a notice with the reason at its address, and nothing of it is anywhere else."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from newsroom.publish.output_check import check_output
from tests.conftest import Built, TinySite
from tests.pdf_files import plain
from tests.test_incremental import assert_as_clean
from tests.writing import Repository, changes

ID = "2024-05-09-katok"
FILE = f"releases/2024/05/{ID}.md"
URL = "/news/2024/05/katok/"
FOLDER = URL.strip("/")
NOTICE = f"{FOLDER}/index.html"
ALIASES = ("staryy-katok/index.html", "old/12.html")

TEXTS = (
    "Тайный анонс", "Тайное тело", "Тайное правило", "Тайная подпись", "Тайный автор", "Тайное вложение",
    "Тайное имя", "Тайная правка", "Тайный прежний текст", "Тайный снимок", "Тайная надпись", "424242",
    "3953-424242",
)  # fmt: skip
"""All that the release says beside its title; no other file may hold any of it."""
NAMES = (
    "tayna-glavnaya", "tayna-vnutri", "tayna-galereya", "tayna-plan", "tayna-film", "tayna-zastavka",
)  # fmt: skip
WITHDRAWN = {"status": "withdrawn", "withdrawal_reason": "Событие отменено"}


def full(site: TinySite, body: str = "Тайное тело.", **header: str) -> None:
    """A release with everything a release can have."""
    text = f"{body}\n\n## Тайное правило\n\n![Вид](tayna-vnutri.png)\n"
    fields = {
        "title": "Открыт каток",
        "summary": "Тайный анонс.",
        "rubric": "sport",
        "department": "lds",
        "tags": "[zima]",
        "event": "den",
        "image": "{src: tayna-glavnaya.jpg, alt: Вид, caption: Тайная подпись, author: Тайный автор}",
        "gallery": "{caption: Тайная надпись, pictures: [tayna-galereya.jpg: Тайный снимок]}",
        "figure": "{value: '424242', label: раз}",
        "attachments": "[{file: tayna-plan.pdf, title: Тайное вложение}]",
        "video": "{title: Тайное видео, file: tayna-film.webm, captions: tayna-film.vtt, "
        "poster: tayna-zastavka.jpg, alt: Тайный вид}",
        "contact": "{name: Тайное имя, phone: '3953-424242'}",
        "aliases": "[/staryy-katok/, /old/12.html]",
        "featured": "true",
    }
    site.release(ID, text, **fields | header)


@pytest.fixture
def around(site: TinySite) -> TinySite:
    """What stands around the release: neighbours, what it names, and a broadcast that names it."""
    site.write("departments/lds.md", "---\ntitle: Ледовый дворец\n---\n")
    site.write("events/den.md", "---\ntitle: День города\ndates: [{start: 2024-06-12}]\n---\n")
    broadcast = "title: Эфир\nstart: 2024-05-10 18:00\nstate: announced\n"
    site.write("broadcasts/2024/efir.md", f"---\n{broadcast}releases: [{ID}]\n---\n")
    site.release("2024-05-08-ran")
    site.release("2024-05-10-pozzhe", tags="[zima]", event="den")
    site.write("releases/2024/05/tayna-plan.pdf", plain("tayna"))
    site.write("releases/2024/05/tayna-film.webm", b"tayna")
    site.write("releases/2024/05/tayna-film.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nТайная речь.\n")
    site.write("releases/2024/05/tayna-film.transcript.md", "Тайная речь.\n")
    colours = {
        "glavnaya.jpg": (200, 30, 30),
        "vnutri.png": (30, 200, 30),
        "galereya.jpg": (200, 30, 200),
        "zastavka.jpg": (30, 30, 200),
    }
    for name, colour in ((f"tayna-{name}", colour) for name, colour in colours.items()):
        site.write(f"releases/2024/05/{name}", picture(colour))
    return site


def picture(colour: tuple[int, int, int]) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 360), colour).save(buffer, "PNG" if colour[1] > 100 else "JPEG")
    return buffer.getvalue()


def assert_no_trace(built: Built, before: dict[str, bytes]) -> None:
    """Nothing of the release is left, and of its files none, under whatever name.

    ``before`` is an edition with it: whatever stood beside its page must be in no file.
    """
    files = built.files()
    beside = {data for path, data in before.items() if path.startswith(f"{FOLDER}/") and path != NOTICE}
    assert 10 < len(beside)
    assert [] == [path for path, data in files.items() if data in beside]
    assert [] == [
        (path, word)
        for path, data in files.items()
        for word in (*TEXTS, *NAMES)
        if word.encode() in data.replace("\u00a0".encode(), b" ") or word in path
    ]
    assert [NOTICE] == [path for path in files if path.startswith(f"{FOLDER}/")]
    titled = [path for path, data in files.items() if "Открыт каток".encode() in data]
    assert [NOTICE] == titled
    named = [path for path, data in files.items() if URL.encode() in data]
    assert {NOTICE, *ALIASES, "redirects.map"} == set(named)
    page = built.page(URL)
    assert "Событие отменено" in page.main.get_text()
    assert "noindex" == page.find("meta", attrs={"name": "robots"})["content"]
    assert not built.has("/rubrics/sport/")


def test_withdrawn_before_it_was_ever_built_it_leaves_no_trace(around: TinySite) -> None:
    full(around)
    before = around.build().files()
    fresh = TinySite(around.folder / "fresh")
    fresh.folder.mkdir()
    around.content.rename(fresh.content)
    full(fresh, **WITHDRAWN)
    assert_no_trace(fresh.build(), before)


def test_withdrawn_after_it_was_published_it_takes_all_with_it(around: TinySite) -> None:
    full(around)
    before = around.build().files()
    full(around, **WITHDRAWN)
    assert_no_trace(assert_as_clean(around), before)
    full(around)
    assert before.keys() == assert_as_clean(around).files().keys()


def test_withdrawn_after_it_was_corrected_it_takes_its_differences_with_it(tmp_path: Path) -> None:
    repository = Repository.at(tmp_path)
    noted = changes(("2024-05-10 09:30", "Тайная правка"))
    repository.release("2024-05-09 09:00", "Тайный прежний текст.\n", title="Открыт каток")
    repository.release("2024-05-10 09:30", "Тайное тело.\n", title="Открыт каток", changes=noted)
    built = repository.built()
    assert built.has(f"{URL}changes/")
    assert "Тайный" in built.text(f"{URL}changes/")
    repository.release("2024-05-11 10:00", "Тайное тело.\n", title="Открыт каток", changes=noted, **WITHDRAWN)
    files = repository.built_as_clean().files()
    assert [] == [path for path, data in files.items() for word in TEXTS if word.encode() in data]
    assert [NOTICE] == [path for path in files if path.startswith(f"{FOLDER}/")]


def test_links_to_a_withdrawn_release_and_its_former_addresses_still_lead_to_it(around: TinySite) -> None:
    around.release("2024-05-10-pozzhe", f"[Каток](2024-05-09-katok.md) и [место]({URL}#taynoe-pravilo).\n")
    full(around)
    assert 0 == around.build().status
    full(around, **WITHDRAWN)
    built = assert_as_clean(around)
    assert [URL, f"{URL}#taynoe-pravilo"] == [
        link["href"] for link in built.page("/news/2024/05/pozzhe/").select(".article__body a")
    ]
    for alias in ALIASES:
        assert built.page(f"/{alias}").find("meta", attrs={"http-equiv": "refresh"})["content"].endswith(URL)


@pytest.mark.parametrize("body", ["", "![Нет](такой.jpg) [нет](такого.md) [^1]\n\n[^1]: Сноска\n"])
def test_of_a_withdrawn_release_the_title_and_the_reason_are_enough(site: TinySite, body: str) -> None:
    header = "title: Открыт каток\nstatus: withdrawn\nwithdrawal_reason: Событие отменено\n"
    site.write(FILE, f"---\n{header}---\n{body}")
    site.release("2024-05-10-pozzhe")
    built = assert_as_clean(site)
    assert 0 == built.status, built.said
    assert "Событие отменено" in built.page(URL).main.get_text()
    assert "9 мая 2024" in built.page(URL).main.get_text().replace("\u00a0", " ")


def test_files_and_terms_that_a_withdrawn_release_names_may_be_gone(around: TinySite) -> None:
    full(around)
    assert 0 == around.build().status
    for name in ("tayna-glavnaya.jpg", "tayna-vnutri.png", "tayna-plan.pdf"):
        around.remove(f"releases/2024/05/{name}")
    around.remove("departments/lds.md")
    around.remove("events/den.md")
    around.release("2024-05-10-pozzhe")
    around.write("rubrics.yaml", "gorod: Город\n")
    full(around, **WITHDRAWN)
    assert 0 == assert_as_clean(around).status


def test_a_published_release_still_needs_all_that_it_needed(site: TinySite) -> None:
    site.write(FILE, "---\ntitle: Открыт каток\nwithdrawal_reason: Так\n---\n")
    missing = {problem.partition("нет поля «")[2].partition("»")[0] for problem in site.build().problems()}
    assert {"date", "rubric", "department", "summary"} == missing


def test_a_release_withdrawn_before_its_hour_waits_for_it(site: TinySite) -> None:
    site.release("2024-07-01-tayna", title="Тайна", **WITHDRAWN)
    files = site.build().files()
    assert [] == [path for path, data in files.items() if "tayna" in path or "Тайна".encode() in data]


def test_what_it_names_is_known_so_that_the_last_look_may_search_for_it(around: TinySite) -> None:
    full(around, **WITHDRAWN)
    (entry,) = around._pelican().read().library.withdrawn
    pictures = {"tayna-glavnaya.jpg", "tayna-vnutri.png", "tayna-zastavka.jpg", "tayna-galereya.jpg"}
    texts = {"tayna-plan.txt", "tayna-plan.transcript.md", "tayna-film.transcript.md"}
    named = {*pictures, *texts, "tayna-plan.pdf", "tayna-film.webm", "tayna-film.vtt", f"{ID}.md"}
    assert named == {Path(state.path).name for state in entry.files}
    assert {f"{URL}{name}" for name in pictures} == set(entry.pictures)
    assert (("zima",), "sport") == (entry.tags, entry.rubric)


def test_no_record_has_a_word_of_a_withdrawn_release(around: TinySite) -> None:
    full(around, **WITHDRAWN)
    assert 0 == around.build().status
    kept = list((around.folder / "cache").rglob("*.records"))
    assert kept
    data = {path: path.read_bytes() for path in kept}
    assert [] == [path for path, some in data.items() for word in TEXTS if word.encode() in some]


def test_a_site_with_a_withdrawn_release_can_be_deployed(around: TinySite) -> None:
    full(around, **WITHDRAWN)
    assert [] == check_output(around.build().output)
