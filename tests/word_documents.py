"""Word documents for tests, made by python-docx; what it cannot make is put in as XML. Wholly synthetic."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.shared import Inches
from PIL import Image

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_WORDS = f'<w:r {W}><w:t xml:space="preserve">{{}}</w:t></w:r>'


def picture(kind: str = "PNG", colour: tuple[int, int, int] = (12, 60, 80)) -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (640, 400), colour).save(data, kind)
    data.seek(0)
    return data


def saved(document: Any, path: Path) -> Path:
    document.save(str(path))
    return path


def letter(path: Path) -> Path:
    """A press release as it comes by mail: a letterhead, a title, a lead, and all that a release may have."""
    document = Document()
    document.add_paragraph("ПРЕСС-РЕЛИЗ", style="Subtitle")
    document.add_heading("Каток на площади открыт: вход свободный", 0)
    lead = document.add_paragraph("Каток открыт ")
    lead.add_run("для всех").bold = True
    lead.add_run(" и работает до ").italic = False
    lead.add_run("22:00").italic = True
    lead.add_run(". Площадь льда 1 200 м")
    lead.add_run("2").font.superscript = True
    document.add_heading("Где и когда", 1)
    for words, style in (
        ("Площадь", "List Bullet"),
        ("правый вход", "List Bullet 2"),
        ("Стадион", "List Bullet"),
    ):
        document.add_paragraph(words, style=style)
    document.add_heading("Расписание", 2)
    table = document.add_table(2, 2)
    for cell, words in zip(
        (table.cell(0, 0), table.cell(0, 1), table.cell(1, 0), table.cell(1, 1)),
        ("День", "Час", "Пн", "10|11"),
        strict=True,
    ):
        cell.text = words
    document.add_paragraph("Приходите со своими коньками.", style="Quote")
    for words in ("Войти.", "Переобуться."):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("2024. Год_семьи *начался*, см. [план] & <прочее>.")
    link(document.add_paragraph("Подробности — "), "https://city.example/katok", "на сайте города")
    document.add_picture(picture(), Inches(3))
    document.add_paragraph("Первый день на льду", style="Caption")
    return saved(document, path)


def link(paragraph: Any, address: str, words: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    id = paragraph.part.relate_to(address, kind, is_external=True)
    relation = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    insert(paragraph, f'<w:hyperlink {W} {relation} r:id="{id}">{_WORDS.format(words)}</w:hyperlink>')


def insert(paragraph: Any, xml: str) -> None:
    paragraph._p.append(parse_xml(xml))


def described(document: Any, words: str) -> None:
    """Gives the last picture its description."""
    tag = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    list(document.element.iter(tag))[-1].set("descr", words)


VML_NAMES = 'xmlns:v="urn:schemas-microsoft-com:vml"'
OFFICE = "urn:schemas-microsoft-com:office:office"
OPEN = "http://schemas.openxmlformats.org"
_INNER = f"<w:txbxContent><w:p>{_WORDS.format('В рамке')}</w:p></w:txbxContent>"
BOX = f"<v:shape {VML_NAMES}><v:textbox>{_INNER}</v:textbox></v:shape>"
UNUSUAL = {
    "правки": f'<w:del {W} w:id="1" w:author="a"><w:r><w:delText>удалено</w:delText></w:r></w:del>',
    "формула": f'<m:oMath xmlns:m="{OPEN}/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>',
    "объект": f'<w:r {W}><w:object><o:OLEObject xmlns:o="{OFFICE}"/></w:object></w:r>',
    "из рамки": f"<w:r {W}><w:pict>{BOX}</w:pict></w:r>",
    "фигура": f"<w:r {W}><w:pict><v:rect {VML_NAMES}/></w:pict></w:r>",
    "диаграмма": f'<w:r {W}><w:drawing><c:chart xmlns:c="{OPEN}/drawingml/2006/chart"/></w:drawing></w:r>',
    "значок": f'<w:r {W}><w:sym w:font="Особый" w:char="F0FC"/></w:r>',
}
"""What a release cannot keep, as XML, by a word of what is told of it."""
