"""Each PDF and each recording that the site gives out has its text beside it, or the build says so."""

from __future__ import annotations

import re
import shutil

import pytest

from tests.conftest import ROOT, TinySite
from tests.pdf_files import document, plain, scan

FILE = "releases/2024/05/2024-05-09-katok.md"
FOLDER = "releases/2024/05"
URL = "/news/2024/05/katok/"
ATTACHED = "[{{file: {}, title: Порядок}}]"


def test_the_text_of_a_pdf_stands_on_a_page_of_its_own(site: TinySite) -> None:
    site.release(attachments=ATTACHED.format("order.pdf"))
    site.write(f"{FOLDER}/order.pdf", document([["First <b>line</b>", "goes on."], [], ["Last page"]]))
    built = site.build()
    assert 0 == built.status, built.said
    link = built.page(URL).find("a", href=f"{URL}order-text/")
    assert "Текст: Порядок" == link.get_text()
    page = built.page(f"{URL}order-text/")
    assert "Порядок" == page.find("h1").get_text()
    words = page.find(class_="prose")
    assert ["Страница 1 из 3", "Страница 2 из 3", "Страница 3 из 3"] == [
        heading.get_text().replace("\u00a0", " ") for heading in words.find_all("h2")
    ]
    expected = ["First <b>line</b> goes on.", "На этой странице нет текста.", "Last page"]
    assert expected == [paragraph.get_text() for paragraph in words.find_all("p")]
    assert page.find("a", href=f"{URL}order.pdf")
    assert page.find("a", href=URL)


TYPED = {
    "skan.pdf": ("skan.transcript.md", '## Пункт\n\nСказано "да".\n', "<h2"),
    "rech.mp3": ("rech.txt", "Сказано «да».\nИ ещё.\n", "Сказано «да».<br>\nИ ещё."),
    "film.mp4": ("film.transcript.md", 'Сказано "да".\n', "<p>Сказано «да».</p>"),
}


def test_a_text_typed_for_a_file_lies_beside_it_under_its_name(site: TinySite) -> None:
    site.release(attachments="[" + ", ".join(f"{{file: {name}, title: {name}}}" for name in TYPED) + "]")
    for name, (beside, typed, _) in TYPED.items():
        site.write(f"{FOLDER}/{name}", scan() if name.endswith(".pdf") else b"synthetic")
        site.write(f"{FOLDER}/{beside}", typed)
    built = site.build()
    assert 0 == built.status, built.said
    for name, (_, _, expected) in TYPED.items():
        text = f"{URL}{name.partition('.')[0]}-text/"
        assert expected in built.text(text)
        assert "Сказано «да»." in built.text(text)
        told = "Текст" if name.endswith(".pdf") else "Расшифровка"
        assert f"{told}: {name}" == built.page(URL).find("a", href=text).get_text()


MUTE = {
    "skan.pdf": (scan(), "в файле «skan.pdf» есть страницы без текста: это снимок бумаги"),
    "pustoy.pdf": (document([[]]), "в файле «pustoy.pdf» есть страницы без текста: это снимок бумаги"),
    "rech.mp3": (b"synthetic", "у записи «rech.mp3» нет расшифровки: её не услышит тот, кто не слышит"),
    "film.mp4": (b"synthetic", "у записи «film.mp4» нет расшифровки: её не услышит тот, кто не слышит"),
    "ne.pdf": (b"synthetic", "файл «ne.pdf»: файл PDF испорчен или это не PDF"),
}


def test_a_file_without_a_text_stops_the_build_wherever_it_is_named(site: TinySite) -> None:
    site.release(attachments=ATTACHED.format("skan.pdf"))
    site.write(f"{FOLDER}/skan.pdf", scan())
    for name, (data, _) in MUTE.items():
        site.write(f"pages/{name}", data)
    links = "\n".join(f"[Порядок]({name})" for name in MUTE)
    site.write("pages/poryadki.md", f"---\ntitle: Порядки\n---\n{links}\n")
    told = [message for _, message in MUTE.values()]
    expected = [f"pages/poryadki.md:{line}: {message}" for line, message in enumerate(told, 4)]
    problems = [problem.partition(" — ")[0] for problem in site.build().problems()]
    assert [*expected, f"{FILE}:7: {told[0]}"] == problems


def test_a_text_that_comes_later_is_promised_to_readers(site: TinySite) -> None:
    promise = "расшифровка будет до 20 мая 2024 года"
    site.release(attachments=ATTACHED.format("rech.mp3"), text_later=promise)
    site.write(f"{FOLDER}/rech.mp3", b"synthetic")
    built = site.build()
    assert 0 == built.status, built.said
    documents = built.page(URL).select_one(".attachment-list:not(.press-package)")
    assert promise in documents.get_text().replace("\u00a0", " ")


def test_a_text_that_appears_goes_or_changes_is_noticed(site: TinySite) -> None:
    site.release(attachments=ATTACHED.format("order.pdf"))
    site.write(f"{FOLDER}/order.pdf", plain("Own words"))
    assert "Own words" in site.build().text(f"{URL}order-text/")
    for typed in ("Words of a scan", "Other words"):
        site.write(f"{FOLDER}/order.transcript.md", typed)
        assert typed in site.build().text(f"{URL}order-text/")
    site.remove(f"{FOLDER}/order.transcript.md")
    assert "Own words" in site.build().text(f"{URL}order-text/")


def test_texts_of_files_on_other_pages_are_found_there(site: TinySite) -> None:
    site.write("pages/order.pdf", plain("Words of the order"))
    site.write("pages/poryadki.md", "---\ntitle: Порядки\n---\n[Порядок](order.pdf)\n")
    built = site.build()
    assert built.page("/poryadki/").find("a", href="/poryadki/order-text/")
    assert "Words of the order" in built.text("/poryadki/order-text/")


def test_a_sitemap_has_the_text_of_a_file_beside_its_page(site: TinySite) -> None:
    site.release(attachments=ATTACHED.format("order.pdf"))
    withdrawn = {"status": "withdrawn", "withdrawal_reason": "Ошибка"}
    site.release("2024-05-11-otozvan", attachments=ATTACHED.format("gone.pdf"), **withdrawn)
    for name in ("order.pdf", "gone.pdf"):
        site.write(f"{FOLDER}/{name}", plain("Words of the order"))
    site.write("pages/order.pdf", plain("Words of the order"))
    site.write("pages/poryadki.md", "---\ntitle: Порядки\n---\n[Порядок](order.pdf)\n")
    built = site.build()
    host = "<loc>https://news.example"
    releases, pages = (built.text(f"/sitemaps/{name}.xml") for name in ("releases-2024", "pages"))
    assert [f"{host}{URL}</loc>", f"{host}{URL}order-text/</loc>"] == re.findall("<loc>.*</loc>", releases)
    assert f"{host}/poryadki/order-text/</loc>" in pages
    assert "gone" not in releases + pages


def test_a_text_may_name_its_own_file_and_what_it_names_in_vain_is_told_in_it(site: TinySite) -> None:
    site.release(attachments=ATTACHED.format("skan.pdf"))
    site.write(f"{FOLDER}/skan.pdf", scan())
    site.write(f"{FOLDER}/skan.transcript.md", "[Он сам](skan.pdf)\n\n[Нет](/net/)\n\n[План](plan.txt)\n")
    assert [
        f"{FOLDER}/skan.transcript.md:5: нет файла «plan.txt» (вложение)",
    ] == [problem.partition(" — ")[0] for problem in site.build().problems()]
    site.write(f"{FOLDER}/plan.txt", "План")
    (problem,) = site.build().problems()
    assert problem.startswith(f"{FOLDER}/skan.transcript.md:3: ссылка никуда не ведёт: /net/")


def test_a_text_of_nothing_is_told(site: TinySite) -> None:
    site.release()
    site.write(f"{FOLDER}/nichya.transcript.md", "Слова.\n")
    (problem,) = site.build().problems()
    assert problem.startswith(f"{FOLDER}/nichya.transcript.md: расшифровка ничья — ")


def test_a_text_without_a_word_is_told(site: TinySite) -> None:
    """One problem each, in the file that is empty, and none of a PDF that is said to be broken."""
    site.release(transcript="film.transcript.md", body="[Скан](skan.pdf) и [речь](rech.mp3)\n")
    site.write(f"{FOLDER}/skan.pdf", scan())
    site.write(f"{FOLDER}/rech.mp3", b"synthetic")
    empty = {"film.transcript.md": "\n", "rech.txt": "", "skan.transcript.md": "\n \n---\n"}
    for name, typed in empty.items():
        site.write(f"{FOLDER}/{name}", typed)
    problems = [problem.partition(" — ") for problem in site.build().problems()]
    assert [f"{FOLDER}/{name}: файл «{name}» пуст" for name in empty] == [told for told, _, _ in problems]
    assert all(remedy.startswith("впишите текст") for _, _, remedy in problems)


def test_two_files_do_not_share_one_text(site: TinySite) -> None:
    site.release(body="[Доклад](doklad.pdf)\n\n[Он же](doklad.pdf), [запись](doklad.mp3)\n")
    site.write(f"{FOLDER}/doklad.pdf", plain("Own words"))
    site.write(f"{FOLDER}/doklad.mp3", b"synthetic")
    site.write(f"{FOLDER}/doklad.transcript.md", "Сказано «да».\n")
    told = "у файлов «doklad.pdf» и «doklad.mp3» одна страница с текстом"
    expected = f"{FILE}:10: {told}: {URL}doklad-text/ — переименуйте один из них"
    assert [expected] == site.build().problems()


@pytest.mark.parametrize("header", [{"status": "draft"}, {"date": "2024-07-01 10:00"}])
def test_the_text_of_a_file_waits_with_its_release(site: TinySite, header: dict[str, str]) -> None:
    words = "Seven secret words of an unseen order"
    site.release()
    site.release("2024-07-01-tayna", attachments=ATTACHED.format("order.pdf"), **header)
    site.write("releases/2024/07/order.pdf", plain(words))
    built = site.build()
    assert 0 == built.status, built.said
    assert not [path for path, data in built.files().items() if words.encode() in data or "order" in path]


def test_the_text_of_a_waiting_pdf_is_searched_for_in_every_byte(site: TinySite) -> None:
    words = "Seven secret words of an unseen order"
    site.release("2024-07-01-tayna", attachments=ATTACHED.format("order.pdf"))
    site.write("releases/2024/07/order.pdf", plain(words))
    site.release(body=f"{words}\n")
    assert 0 == site.build().status  # what is published itself is no secret
    site.release()
    theme = site.folder / "theme"
    shutil.copytree(ROOT / "theme", theme)
    (theme / "static/js/leak.js").write_text(f"const leak = '{words}';\n")
    site.settings["THEME"] = str(theme)
    built = site.build()
    assert 1 == built.status
    assert "2024-07-01-tayna.md: его час ещё не пришёл, а на сайте его было бы видно" in built.said


EFIR = "title: Эфир\nstart: 2024-05-03 18:00\nstate: {}\nvideo: https://video.example/1"


def test_a_recording_elsewhere_needs_a_transcript_or_a_promise(site: TinySite) -> None:
    for state in ("announced", "live", "recorded"):
        site.write(f"broadcasts/{state}.md", f"---\n{EFIR.format(state)}\n---\n")
    later = "text_later: Расшифровка будет до 20 мая 2024 года"
    site.write("broadcasts/promised.md", f"---\n{EFIR.format('recorded')}\n{later}\n---\n")
    (problem,) = site.build().problems()
    assert problem.startswith("broadcasts/recorded.md:5: у записи нет расшифровки")
    site.write("broadcasts/recorded.transcript.md", "Добрый вечер.\n")
    told = f"{EFIR.format('recorded')}\ntranscript: recorded.transcript.md"
    site.write("broadcasts/recorded.md", f"---\n{told}\n---\n")
    built = site.build()
    assert 0 == built.status, built.said
    assert "Добрый вечер." in built.page("/broadcasts/recorded/").find(class_="transcript").get_text()
    assert "будет до 20 мая" in built.page("/broadcasts/promised/").get_text().replace("\u00a0", " ")


def test_a_release_can_have_a_transcript_of_its_video(site: TinySite) -> None:
    site.release(transcript="film.transcript.md", body="[К речи](#rech)\n")
    site.write(f"{FOLDER}/film.transcript.md", "## Речь\n\nЛёд готов, катайтесь.\n")
    built = site.build()
    assert 0 == built.status, built.said
    assert "Лёд готов, катайтесь." in built.page(URL).find(class_="transcript").get_text()
