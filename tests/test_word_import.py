"""A letter from Word becomes a draft: nothing is lost in silence, nothing is written by halves."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from invoke import Collection, ParseError, Parser

import tasks
from newsroom.content.front_matter import split
from newsroom.importing import found_pictures, word
from newsroom.importing.word_draft import WordDraft, main, write_word_draft
from newsroom.problems import NewsroomError
from tests.conftest import TinySite
from tests.importing_desk import html_of
from tests.word_documents import UNUSUAL, W, described, insert, letter, link, picture, saved

ROOT = Path(__file__).parent.parent
NOW = datetime(2024, 5, 9, 10, 5, tzinfo=UTC)
BODY = """\
Каток открыт **для всех** и работает до *22:00*. Площадь льда 1 200 м²

## Где и когда

- Площадь
    - правый вход
- Стадион

### Расписание

| День | Час |
|---|---|
| Пн | 10\\|11 |

> Приходите со своими коньками.

1. Войти.
2. Переобуться.

2024\\. Год_семьи \\*начался\\*, см. \\[план\\] & &lt;прочее>.

Подробности — [на сайте города](https://city.example/katok)

![](katok-na-ploschadi-otkryt-vkhod-svobodny.png "Первый день на льду")
"""


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def text_of(draft: WordDraft) -> str:
    return draft.path.read_text("utf-8").split("\n---\n\n", 1)[1]


def made(tmp_path: Path, document: object, title: str = "") -> WordDraft:
    return write_word_draft(
        tmp_path / "content", saved(document, tmp_path / "Письмо_о_катке.docx"), NOW, title
    )


def test_a_letter_becomes_a_draft_that_an_editor_would_have_written(tmp_path: Path) -> None:
    draft = write_word_draft(tmp_path, letter(tmp_path / "letter.docx"), NOW)
    assert "2024-05-09-katok-na-ploschadi-otkryt-vkhod-svobodny.md" == draft.path.name
    assert BODY == text_of(draft)
    header = split(draft.path.read_text("utf-8"), "draft.md").header
    assert "Каток на площади открыт: вход свободный" == header["title"]
    assert "Каток открыт для всех и работает до 22:00. Площадь льда 1 200 м²" == header["summary"]
    assert "draft" == header["status"]
    assert ("строка бланка «ПРЕСС-РЕЛИЗ» не вошла",) == draft.remarks
    assert picture().getvalue() == (draft.path.parent / draft.pictures[0]).read_bytes()


def test_when_what_is_open_is_filled_in_the_page_shows_the_letter(site: TinySite, tmp_path: Path) -> None:
    draft = write_word_draft(site.content, letter(tmp_path / "letter.docx"), NOW)
    text = draft.path.read_text("utf-8")
    open_fields = {
        "rubric:\n": "rubric: gorod\n",
        "status: draft": "status: published",
        "![](": "![Дети на льду](",
    }
    file = draft.path.relative_to(site.content).as_posix()
    assert 0 == site.build().status
    draft.path.write_text(text.replace("rubric:\n", "rubric: gorod\n").replace("status: draft", ""), "utf-8")
    (problem,) = site.build().problems()
    assert problem.startswith(f"{file}:")
    assert "нет описания" in problem
    for asked, answer in open_fields.items():
        text = text.replace(asked, answer)
    draft.path.write_text(text, "utf-8")
    built = site.build()
    assert 0 == built.status
    body = built.page("/news/2024/05/katok-na-ploschadi-otkryt-vkhod-svobodny/")
    assert "Площадь правый вход Стадион" == " ".join(body.select_one("main ul:has(ul)").get_text(" ").split())
    assert ["Где и\xa0когда", "Расписание"] == [
        head.get_text() for head in body.select("h2[id^=gde], h3[id^=rasp]")
    ]
    assert "10|11" == body.select_one("tbody tr td:last-child").get_text()
    assert "Дети на\xa0льду" == body.select_one("figure img")["alt"]
    assert "Первый день на\xa0льду" == body.select_one("figcaption").get_text()
    assert "https://city.example/katok" == body.select_one("a[rel=noopener]")["href"]


@pytest.mark.parametrize(
    ("kind", "given", "expected", "rest"),
    [
        ("heading", "", "Первый заголовок", "Текст."),
        ("bold", "", "Жирная строка без точки", "Текст."),
        ("none", "", "Письмо о катке", "Текст."),
        ("heading", "Свой заголовок", "Свой заголовок", "## Первый заголовок\n\nТекст."),
        ("heading", "ПЕРВЫЙ заголовок", "ПЕРВЫЙ заголовок", "Текст."),
    ],
)
def test_the_title_is_the_given_one_the_first_heading_the_first_bold_line_or_the_files_name(
    tmp_path: Path, kind: str, given: str, expected: str, rest: str
) -> None:
    document = Document()
    if kind == "heading":
        document.add_heading("Первый заголовок", 1)
    elif kind == "bold":
        document.add_paragraph().add_run("Жирная строка без точки").bold = True
    document.add_paragraph("Текст.")
    draft = made(tmp_path, document, given)
    assert expected == split(draft.path.read_text("utf-8"), "").header["title"]
    assert rest == text_of(draft).strip()


@pytest.mark.parametrize("told", UNUSUAL)
def test_what_a_release_cannot_keep_is_told(tmp_path: Path, told: str) -> None:
    document = Document()
    insert(document.add_paragraph("Слова остались."), UNUSUAL[told])
    draft = made(tmp_path, document)
    (remark,) = draft.remarks
    assert told in remark
    assert "Слова остались." in text_of(draft)
    assert ("В рамке" in text_of(draft)) == (told == "из рамки")
    assert "удалено" not in text_of(draft)


def test_comments_headers_and_links_into_nowhere_are_told(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Слова ")
    document.add_comment(paragraph.runs, text="Проверить", author="Редактор")
    link(paragraph, "file:///C:/plan.doc", "в плане")
    link(paragraph, "www.city.example/a", "на сайте")
    document.sections[0].header.paragraphs[0].text = "Бланк администрации"
    remarks = made(tmp_path, document).remarks
    for told in ("1\u00a0примечание", "«Бланк администрации»", "file:///C:/plan.doc"):
        assert 1 == sum(told in remark for remark in remarks)
    assert 3 == len(remarks)


def test_pictures_are_saved_as_browsers_show_them_and_described_by_people_only(tmp_path: Path) -> None:
    document = Document()
    for kind, words in (
        ("JPEG", "Дети на льду"),
        ("BMP", "Изображение выглядит как лёд. Описание создано автоматически"),
        ("PNG", "IMG_0001.png"),
    ):
        document.add_picture(picture(kind, (len(words), 2, 3)))
        described(document, words)
    draft = made(tmp_path, document, "Каток")
    assert ["katok.jpg", "katok.png", "katok-2.png"] == list(draft.pictures)
    assert "![Дети на льду](katok.jpg)\n\n![](katok.png)\n\n![](katok-2.png)\n" == text_of(draft)
    assert () == draft.remarks


def test_a_picture_that_no_browser_shows_is_told_and_not_written(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Текст.")
    document.add_picture(picture())
    path = saved(document, tmp_path / "letter.docx")
    _replace(path, "word/media/image1.png", b"\xd7\xcd\xc6\x9a a metafile")
    draft = write_word_draft(tmp_path / "content", path, NOW, "Каток")
    assert ((),) == (draft.pictures,)
    (remark,) = draft.remarks
    assert "картинка № 1 не вошла" in remark


def test_hidden_text_stays_hidden_and_is_told(tmp_path: Path) -> None:
    document = Document()
    paragraph = document.add_paragraph("Каток открыт")
    paragraph.add_run(" (не публиковать)").font.hidden = True
    paragraph.add_run(" для всех.").font.hidden = False
    style = document.styles.add_style("Для себя", 1)
    style.font.hidden = True
    document.add_paragraph("Тоже не публиковать", style=style)
    row = document.add_table(2, 1).rows[1]
    row.cells[0].text = "Скрытая строка"
    row._tr.get_or_add_trPr().append(parse_xml(f"<w:hidden {W}/>"))
    draft = made(tmp_path, document, "Каток")
    assert "Каток открыт для всех." == text_of(draft).split("\n")[0]
    for words in ("публиковать", "Скрытая"):
        assert words not in draft.path.read_text("utf-8")
    assert ("в документе был скрытый текст: он не вошёл",) == draft.remarks


def test_a_numbered_list_goes_on_after_another_block(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Войти.", style="List Number")
    document.add_paragraph("Переобуться.", style="List Number")
    document.add_paragraph("Потом:")
    document.add_paragraph("Кататься.", style="List Number")
    draft = made(tmp_path, document, "Каток")
    assert "1. Войти.\n2. Переобуться.\n\nПотом:\n\n3. Кататься.\n" == text_of(draft)
    assert '<ol start="3">' in html_of(text_of(draft))
    assert () == draft.remarks


def test_a_bold_headline_of_two_lines_is_the_title(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph().add_run("В городе открыли\nновый каток").bold = True
    document.add_paragraph("Текст.")
    draft = made(tmp_path, document)
    assert "В городе открыли новый каток" == split(draft.path.read_text("utf-8"), "").header["title"]
    assert "Текст.\n" == text_of(draft)


def test_a_picture_of_too_many_pixels_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_pictures, "MAX_PIXELS", 640 * 400 - 1)
    document = Document()
    document.add_picture(picture())
    (remark,) = made(tmp_path, document, "Каток").remarks
    assert "картинка № 1 не вошла: больше" in remark


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_document_with_a_name_of_half_signs_is_read(tmp_path: Path) -> None:
    path = letter(tmp_path / "letter.docx").rename(tmp_path / os.fsdecode(b"\xcf\xe8\xf1.docx"))
    document = Document()
    document.add_paragraph("Текст.")
    saved(document, path)
    with pytest.raises(NewsroomError, match="заголовок"):
        write_word_draft(tmp_path / "content", path, NOW)
    assert write_word_draft(tmp_path / "content", path, NOW, "Каток").path.is_file()


def test_footnotes_become_notes_at_the_end(tmp_path: Path) -> None:
    path = saved(_with_footnote_mark(), tmp_path / "letter.docx")
    note = '<w:footnote w:id="2"><w:p><w:r><w:t>По данным стадиона.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {W}>{note}</w:footnotes>"
    _replace(path, "word/footnotes.xml", notes.encode())
    draft = write_word_draft(tmp_path / "content", path, NOW, "Каток")
    assert "Пришло 500 человек¹.\n\n## Примечания\n\n1. По данным стадиона.\n" == text_of(draft)
    (remark,) = draft.remarks
    assert "сносок" in remark


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = letter(tmp_path / "letter.docx")
    first, second = (write_word_draft(tmp_path, path, NOW) for _ in range(2))
    assert "2024-05-09-katok-na-ploschadi-otkryt-vkhod-svobodny-2.md" == second.path.name
    assert set(first.pictures).isdisjoint(second.pictures)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a.doc", "старый формат"),
        ("a.odt", "LibreOffice"),
        ("a.pdf", "PDF"),
        ("a.rtf", "RTF"),
        ("a.txt", "простой текст"),
    ],
)
def test_other_documents_are_refused_with_a_way_to_save_them(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / name).write_bytes(b"anything")
    with pytest.raises(NewsroomError, match=rf"{name}: .*{told}.*сохраните.*\.docx"):
        write_word_draft(tmp_path / "content", tmp_path / name, NOW)


def _zip(**parts: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), part)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "это не документ Word"),
        (b"PK\x03\x04 and no more", "это не документ Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "закрыт паролем"),
        (_zip(a_txt=b"x"), "нет документа Word"),
        (_zip(word__document_xml=b"<w:document"), "повреждён"),
        (_zip(word__document_xml=b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "повреждён"),
        (_zip(word__document_xml=bytes(31 * 2**20)), "слишком велик"),
    ],
)
def test_a_damaged_locked_or_bloated_document_is_refused_and_nothing_is_written(
    tmp_path: Path, data: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(data)
    assert 1 == main([str(tmp_path / "content"), str(path)])
    said = capsys.readouterr()
    assert told in said.err
    assert "Traceback" not in said.err
    assert {"letter.docx"} == files(tmp_path)


def test_a_document_whose_pieces_are_torn_is_refused_or_read_but_never_by_halves(tmp_path: Path) -> None:
    whole = letter(tmp_path / "letter.docx").read_bytes()
    for cut in range(0, len(whole), len(whole) // 6):
        (tmp_path / "torn.docx").write_bytes(whole[:cut] + bytes(50) + whole[cut + 50 :])
        content = tmp_path / f"content{cut}"
        try:
            draft = write_word_draft(content, tmp_path / "torn.docx", NOW)
        except NewsroomError:
            assert not content.exists()
        else:
            assert files(draft.path.parent) == {draft.path.name, *draft.pictures}


def test_a_full_disk_leaves_no_half_of_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = letter(tmp_path / "letter.docx")
    really_open = Path.open

    def without_room(self: Path, *arguments: str, **options: str) -> object:
        if self.suffix == ".md" and arguments[:1] == ("xb",):
            raise OSError(28, "No space left on device", str(self))
        return really_open(self, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", without_room)
    with pytest.raises(NewsroomError, match="не записано"):
        write_word_draft(tmp_path / "content", path, NOW)
    assert set() == files(tmp_path / "content")


@pytest.mark.slow
def test_the_command_makes_a_draft_of_a_letter(tmp_path: Path) -> None:
    content = tmp_path / "content"
    document = letter(tmp_path / "letter.docx")
    invoke = [sys.executable, "-m", "invoke", "--search-root", str(ROOT), "new"]
    refused = subprocess.run(
        [*invoke, "--from", document.name, "--content", str(content)],
        check=False, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert "нет такой папки" in refused.stderr
    content.mkdir()
    made = subprocess.run(
        [*invoke, "--from", document.name, "--content", str(content)],
        check=True, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    (file,) = (file for file in files(content) if file.endswith(".md"))
    assert file in made.stdout.replace(os.sep, "/")
    assert file.endswith("-katok-na-ploschadi-otkryt-vkhod-svobodny.md")


@pytest.mark.parametrize(
    ("given", "title", "document"),
    [
        (["Заголовок"], "Заголовок", ""),
        (["Заголовок", "--from", "a.docx"], "Заголовок", "a.docx"),
        (["--from", "a.docx"], "", "a.docx"),
        (["--title", "Заголовок", "-f", "a.docx"], "Заголовок", "a.docx"),
    ],
)
def test_a_headline_may_be_left_out_where_a_document_has_one(
    given: list[str], title: str, document: str
) -> None:
    (task,) = _parser().parse_argv(["new", *given])
    assert (title, document) == (task.args["title"].value, task.args["from_"].value)


def _parser() -> Parser:
    """As invoke makes it; of a copy, since a task forgets what its options mean when it has told it."""
    return Parser(contexts=Collection(deepcopy(tasks.new)).to_contexts())


def test_without_a_document_the_headline_is_asked_for() -> None:
    with pytest.raises(ParseError, match="title"):
        _parser().parse_argv(["new"])


def test_a_document_that_unpacks_without_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word, "LARGEST", 1000)
    with pytest.raises(NewsroomError, match="слишком велик"):
        write_word_draft(tmp_path, letter(tmp_path / "letter.docx"), NOW)


def _with_footnote_mark() -> object:
    document = Document()
    paragraph = document.add_paragraph("Пришло 500 человек")
    insert(paragraph, f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>')
    paragraph.add_run(".")
    return document


def _replace(path: Path, name: str, data: bytes) -> None:
    """Puts another part into a document; a part that was not there is related to it."""
    with zipfile.ZipFile(path) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    if name not in parts:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
        relation = (
            f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode()
        )
        relations = "word/_rels/document.xml.rels"
        parts[relations] = parts[relations].replace(b"</Relationships>", relation)
    parts[name] = data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, part in parts.items():
            archive.writestr(entry, part)
