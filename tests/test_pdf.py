"""The magazine's PDF as the site reads it."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from newsroom.build import pdf
from newsroom.build.pdf import PdfError, PdfFacts

LINE_HEIGHT = 20


def objects_with_cross_references(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these numbered objects, the first of them the catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
    return data + head + table + tail % (len(objects) + 1, trailer, len(data))


def page_of_lines(lines: list[str], size: tuple[int, int]) -> bytes:
    """Drawing commands: each line of text on its own, then a black square in the upper left corner."""
    text = "".join(
        f"1 0 0 1 20 {size[1] - LINE_HEIGHT * (n + 4)} Tm ({line}) Tj " for n, line in enumerate(lines)
    )
    body = f"BT /F 14 Tf {text} ET 0 {size[1] - 10} 10 10 re f".encode("latin-1")
    return b"<</Length %d>>stream\n%s\nendstream" % (len(body), body)


def document(pages: list[list[str]], size: tuple[int, int] = (300, 400), trailer: bytes = b"") -> bytes:
    """A PDF with these lines on its pages, ``size`` in points."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, lines in enumerate(pages):
        page = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
        )
        objects += [page % (*size, 5 + 2 * number), page_of_lines(lines, size)]
    return objects_with_cross_references(objects, trailer)


@pytest.fixture
def magazine(tmp_path: Path) -> Path:
    path = tmp_path / "magazine.pdf"
    path.write_bytes(document([["First page", "second line"], ["Other page"]]))
    return path


def test_facts_are_pages_size_and_digest(magazine: Path) -> None:
    data = magazine.read_bytes()
    expected = PdfFacts(pages=2, size=len(data), digest=hashlib.sha256(data).hexdigest())
    assert expected == pdf.facts(magazine)


@pytest.mark.parametrize("size", [(300, 400), (421, 595), (595, 842), (612, 792)])
@pytest.mark.parametrize("width", [100, 480, 1601])
def test_a_page_is_drawn_at_the_width_asked_for(tmp_path: Path, size: tuple[int, int], width: int) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(document([["text"]], size))
    image = Image.open(io.BytesIO(pdf.render_page(path, 0, width)))
    assert ("RGB", width) == (image.mode, image.width)
    assert abs(image.height - width * size[1] / size[0]) <= 1


def test_a_page_is_drawn_on_white(magazine: Path) -> None:
    image = Image.open(io.BytesIO(pdf.render_page(magazine, 0, 600)))
    assert [(0, 0, 0), (255, 255, 255)] == [image.getpixel(place) for place in ((5, 5), (300, 700))]


def test_a_page_is_drawn_the_same_twice_and_without_metadata(magazine: Path) -> None:
    drawn = [pdf.render_page(magazine, 0, 300) for _ in range(2)]
    assert drawn[0] == drawn[1]
    assert {} == Image.open(io.BytesIO(drawn[0])).info


def test_each_page_has_its_own_text_in_lines(magazine: Path) -> None:
    texts = [pdf.page_text(magazine, index) for index in (0, 1)]
    assert ["First page\nsecond line", "Other page"] == texts


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["the maga-", "zine of"], "the magazine of"),
        (["Orenburg-", "Ural line"], "Orenburg-Ural line"),
        (["well-known here"], "well-known here"),
        (["a dash -", "stands alone"], "a dash -\nstands alone"),
        (["", "alone"], "alone"),
        ([], ""),
    ],
)
def test_words_divided_at_the_end_of_a_line_are_whole(
    tmp_path: Path, lines: list[str], expected: str
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(document([lines]))
    assert expected == pdf.page_text(path, 0)


ENCRYPTED = (
    b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"12" * 32 + b">/U<" + b"34" * 32 + b">>>"
    b"/ID[<" + b"56" * 16 + b"><" + b"56" * 16 + b">]"
)  # fmt: skip


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "испорчен или это не PDF"),
        ("это письмо".encode(), "испорчен или это не PDF"),
        (document([["text"]])[:60], "испорчен или это не PDF"),
        (document([]), "испорчен или это не PDF"),
        (document([["text"]], trailer=ENCRYPTED), "закрыт паролем"),
    ],
)
def test_what_is_no_readable_pdf_is_told_of(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    with pytest.raises(PdfError, match=message):
        pdf.facts(path)


def test_a_missing_file_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(PdfError, match="не читается"):
        pdf.facts(tmp_path / "a.pdf")


@pytest.mark.parametrize("index", [-1, 2])
def test_a_page_that_is_not_there_is_told_of(magazine: Path, index: int) -> None:
    with pytest.raises(PdfError, match=f"нет страницы {index + 1}: в нём их 2"):
        pdf.render_page(magazine, index, 100)


def test_a_key_names_all_that_the_bytes_depend_on() -> None:
    keys = {pdf.render_key(digest, index, width) for digest in "ab" for index in (0, 1) for width in (1, 2)}
    assert 8 == len(keys)
