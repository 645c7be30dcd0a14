"""PDF files for tests: with a few lines of text, or with the picture of a text, as a scanner makes them."""

from __future__ import annotations

import io

from PIL import Image

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


def plain(*lines: str) -> bytes:
    """A PDF of one page; its face knows Latin letters only."""
    return document([list(lines) or ["Plain words of a page"]])


def scan(pages: int = 1) -> bytes:
    """Pages that are pictures."""
    sheets = [Image.new("RGB", (300, 400), (240, 240, 230 - number)) for number in range(pages)]
    target = io.BytesIO()
    sheets[0].save(target, "PDF", save_all=True, append_images=sheets[1:])
    return target.getvalue()
