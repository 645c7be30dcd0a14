"""The text of a file that not everybody can read or hear: of a PDF, of a recording.

A PDF mostly has its own; where it is a scan, and for every recording, somebody types it into a file of
the same name beside it: «skan.pdf» and «skan.transcript.md» or «skan.txt» (WCAG 2.2, 1.1.1 and 1.2.1).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from newsroom.build.cache import ContentCache
from newsroom.build.pdf import PdfError
from newsroom.content import front_matter
from newsroom.content.attached import Attachment, FileText
from newsroom.content.folder import Folder
from newsroom.content.links import Text
from newsroom.content.rejoining import typed_html
from newsroom.content.strays import TRANSCRIPT
from newsroom.content.values import says_something

PDF = "PDF"
GIVEN = (TRANSCRIPT, ".txt")
"""Endings of the files with a text that somebody typed, the first that is there wins."""

Convert = Callable[[Text], str]
"""Makes HTML of a Markdown text."""


class FileTexts:
    """Finds the texts of the files beside one content file, and notes problems of those that have none.

    ``later`` is what its header tells readers where a text is still being written.
    """

    def __init__(self, folder: Folder, cache: ContentCache, convert: Convert, later: str) -> None:
        self._folder, self._cache, self._convert, self._later = folder, cache, convert, later
        self._given: dict[str, str] = {}

    def __call__(self, path: Path, file: Attachment, line: int) -> Attachment:
        """The file with the address of its text, which is put among the texts of the folder."""
        if file.kind != PDF and not is_recording(file.media_type):
            return file
        beside = self._beside(path)
        if beside or (file.kind == PDF and self._has_words(path, file, line)):
            file = replace(file, text_url=f"{file.url.rpartition('.')[0]}-text/")
            html = self._html(beside) if beside else None
            self._keep(FileText(url=file.text_url, file=file, html=html), line)
            return file
        if not self._later and not self._folder.has_problem_at(line):
            self._folder.fault(line, *_missing(path, file))
        return replace(file, text_later=self._later)

    def _keep(self, text: FileText, line: int) -> None:
        """Puts a text among those of the folder; two files of one text are a problem."""
        other = self._folder.texts.setdefault(text.url, text).file
        if other.source == text.file.source:
            self._folder.texts[text.url] = text
            return
        if self._folder.has_problem_at(line):  # of two files of one address, perhaps
            return
        names = " и ".join(f"«{file.source.rpartition('/')[2]}»" for file in (other, text.file))
        message = f"у файлов {names} одна страница с текстом: {text.url}"
        self._folder.fault(line, message, "переименуйте один из них")

    def _beside(self, path: Path) -> Path | None:
        """The file with the text that somebody typed."""
        for ending in GIVEN:
            typed = path.with_name(path.stem + ending)
            if typed.is_file():
                return typed
            self._folder.missed.add(self._folder.from_root(typed))
        return None

    def _html(self, typed: Path) -> str:
        """What is made of it, once: a text may name the very file that it tells of."""
        name = self._folder.from_root(typed)
        if name not in self._given:
            self._given[name] = ""
            self._folder.touched.setdefault(name, b"")
            with self._folder.named_in(name):
                text = given_text(typed, name, self._folder)
                is_markdown = name.endswith(TRANSCRIPT)
                self._given[name] = self._convert(Text(name, text)) if is_markdown else typed_html(text)
        return self._given[name]

    def _has_words(self, path: Path, file: Attachment, line: int) -> bool:
        """Whether a PDF has its text in itself, on every page that looks like one."""
        from newsroom.build.pdf_text import pdf_text

        try:
            text = pdf_text(path, file.digest, self._cache)
        except PdfError as error:
            if not self._later:
                self._folder.fault(line, f"файл «{path.name}»: {error}", "сохраните PDF заново, без пароля")
            return False
        is_album = self._folder.file.startswith("issues/")
        return text.is_whole or (is_album and text.has_words)


def given_text(path: Path, file: str, folder: Folder) -> str:
    """What somebody typed for those who do not hear or see; a file without a word is a problem of its own."""
    text = front_matter.read_text(path, file)
    if not says_something(text):
        remedy = "впишите текст; если он ещё готовится, уберите файл и скажите об этом в поле text_later"
        folder.fault(0, f"файл «{path.name}» пуст", remedy)
    return text


def is_recording(media_type: str) -> bool:
    """Whether a file of this type is only heard or watched."""
    return media_type.startswith(("audio/", "video/"))


def _missing(path: Path, file: Attachment) -> tuple[str, str]:
    name = f"{path.stem}{TRANSCRIPT}"
    or_later = "если текст ещё готовится, скажите об этом читателю в поле text_later"
    if file.kind == PDF:
        message = f"в файле «{path.name}» есть страницы без текста: это снимок бумаги"
        remedy = f"сохраните PDF из программы, где его набрали, или положите рядом его текст, «{name}»"
    else:
        message = f"у записи «{path.name}» нет расшифровки: её не услышит тот, кто не слышит"
        remedy = f"положите рядом текст того, что в ней говорят, «{name}»"
    return message, f"{remedy}; {or_later}"
