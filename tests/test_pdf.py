"""The magazine's PDF as the site reads it."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from PIL import Image

from newsroom.build import pdf
from newsroom.build.pdf import PdfError, PdfFacts
from tests.pdf_files import document


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
