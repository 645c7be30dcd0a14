"""A Word document (.docx) as HTML with its pictures, read by mammoth; what is none is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsroom.importing.word_before import prepared
from newsroom.problems import NewsroomError, Problem

STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Figure'] => p.caption:fresh
p[style-name='Illustration'] => p.caption:fresh
p[style-name='List Bullet 2'] => ul|ol > li > ul > li:fresh
p[style-name='List Bullet 3'] => ul|ol > li > ul|ol > li > ul > li:fresh
p[style-name='List Number 2'] => ul|ol > li > ol > li:fresh
p[style-name='List Number 3'] => ul|ol > li > ul|ol > li > ol > li:fresh
"""
"""What mammoth does not know by itself: paragraph styles of Word and of LibreOffice."""

PICTURE = "word-picture:"
"""Before the number of a picture, in the place of its address."""

LARGEST = 300 * 2**20
"""Bytes of a document unpacked, its pictures with it; more is no press release."""
_LARGEST_PART = 30 * 2**20
_SAVE_AS = (
    "откройте файл в Word или LibreOffice и сохраните: «Файл» → «Сохранить как» → «Документ Word (.docx)»"
)
_OTHERS = {
    ".doc": "это старый формат Word",
    ".odt": "это документ LibreOffice",
    ".rtf": "это текст RTF",
    ".pdf": "это PDF: из него текст выходит строками, а не абзацами",
    ".pages": "это документ Pages",
    ".txt": "это простой текст: вставьте его в черновик сами",
}
_OLE = b"\xd0\xcf\x11\xe0"
"""How a file begins that is an old Word document, or a new one under a password."""


@dataclass(frozen=True)
class WordDocument:
    """``pictures`` are bytes by number; ``warnings`` are mammoth's own words; ``parts`` the XML by name.

    Hidden text is in none of them.
    """

    html: str
    pictures: dict[int, bytes] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    parts: dict[str, bytes] = field(default_factory=dict)
    had_hidden: bool = False


def read_word(path: Path) -> WordDocument:
    """The document in a file; raises NewsroomError where it is no .docx that can be read."""
    data = _checked(path)
    pictures: dict[int, bytes] = {}

    def keep(image: Any) -> dict[str, str]:
        number = len(pictures)
        try:
            with image.open() as stream:
                pictures[number] = stream.read()
        except Exception:  # a picture that is not in the file
            pictures[number] = b""
        return {"src": f"{PICTURE}{number}"}

    try:
        import mammoth

        data, had_hidden = prepared(data)
        made = mammoth.convert_to_html(
            io.BytesIO(data), style_map=STYLES, include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(keep),
        )  # fmt: skip
        parts = dict(_parts(data))
    except Exception:  # mammoth says nothing of what it meets in a damaged document
        raise _refused(path, "документ повреждён и не читается", _SAVE_AS) from None
    warnings = tuple(message.message for message in made.messages)
    return WordDocument(made.value, pictures, warnings, parts, had_hidden)


def _checked(path: Path) -> bytes:
    """The bytes of a document that is safe to be unpacked."""
    suffix = path.suffix.lower()
    if suffix in _OTHERS:
        raise _refused(path, _OTHERS[suffix], _SAVE_AS)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"файл не открывается: {error.strerror}", "проверьте имя и папку") from None
    if data.startswith(_OLE):
        message = "документ закрыт паролем, или это старый .doc под новым именем"
        raise _refused(path, message, f"снимите пароль; {_SAVE_AS}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise _refused(path, "это не документ Word (.docx)", _SAVE_AS) from None
    if "word/document.xml" not in {entry.filename for entry in entries}:
        raise _refused(path, "внутри файла нет документа Word", _SAVE_AS)
    if sum(entry.file_size for entry in entries) > LARGEST or any(_is_too_large(entry) for entry in entries):
        raise _refused(
            path, "документ слишком велик", "оставьте в нём один релиз, картинки положите отдельно"
        )
    return data


def _is_too_large(entry: zipfile.ZipInfo) -> bool:
    """Text of that size is no release, but a file made to fill the memory."""
    return entry.filename.endswith((".xml", ".rels")) and entry.file_size > _LARGEST_PART


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            if entry.filename.startswith("word/") and entry.filename.count("/") == 1:
                yield entry.filename, archive.read(entry)
            elif entry.filename.startswith("word/embeddings/"):
                yield entry.filename, b""


def _refused(path: Path, message: str, remedy: str) -> NewsroomError:
    return NewsroomError([Problem(path.name, 0, message, remedy)])
