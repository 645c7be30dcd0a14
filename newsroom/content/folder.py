"""The folder of one content file: the pictures and attachments that lie beside it."""

from __future__ import annotations

import mimetypes
from pathlib import Path, PurePosixPath

from newsroom.build.pictures import PictureError, measure, widths_for
from newsroom.content.slugs import slug
from newsroom.content.types import Attachment, Picture
from newsroom.content.typography import typograph
from newsroom.problems import Problem

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})

_BESIDE = "положите его рядом с текстом и проверьте имя"


class Folder:
    """Finds what a content file names, and keeps the problems of what it does not find.

    ``file`` is the content file's path from ``root``, the content folder;
    ``url`` its address, under which everything beside it is served.
    """

    def __init__(self, root: Path, file: str, url: str) -> None:
        self.root, self.file, self.url = root, file, url
        self.pictures: dict[str, Picture] = {}
        self.attachments: dict[str, Attachment] = {}
        self.problems: list[Problem] = []

    def find(self, name: str, line: int, what: str) -> Path | None:
        """The file ``name`` beside the content file; notes a problem where there is none."""
        path = (self.root / self.file).parent / name
        if not path.resolve().is_relative_to(self.root.resolve()):
            self._fault(line, f"{what} «{name}» лежит вне папки материалов", _BESIDE)
            return None
        if not path.is_file():
            self._fault(line, f"нет файла «{name}» ({what})", self._nearest(path) or _BESIDE)
            return None
        return path

    def picture(
        self, name: str, line: int, *, alt: str = "", caption: str = "", author: str = ""
    ) -> Picture | None:
        """The picture ``name`` with its size; notes a problem if it is missing or broken."""
        path = self.find(name, line, "картинка")
        if path is None:
            return None
        try:
            measured = measure(path)
        except PictureError as error:
            self._fault(line, f"картинка «{name}»: {error}", "сохраните её заново как JPEG или PNG")
            return None
        picture = Picture(
            source=path,
            digest=measured.digest,
            url=self.url + _file_name(path),
            width=measured.width,
            height=measured.height,
            widths=widths_for(measured.width),
            alt=typograph(alt),
            caption=typograph(caption),
            author=typograph(author),
        )
        self.pictures[picture.url] = picture
        return picture

    def attachment(self, name: str, line: int, *, title: str = "") -> Attachment | None:
        """The file ``name`` as something to download; notes a problem if it is missing."""
        path = self.find(name, line, "вложение")
        if path is None:
            return None
        attachment = Attachment(
            source=path,
            url=self.url + _file_name(path),
            title=typograph(title or path.name),
            kind=path.suffix.lstrip(".").upper(),
            media_type=mimetypes.guess_type(path.name)[0] or "application/octet-stream",
            size=path.stat().st_size,
        )
        self.attachments[attachment.url] = attachment
        return attachment

    def _fault(self, line: int, message: str, remedy: str) -> None:
        self.problems.append(Problem(self.file, line, message, remedy))

    def _nearest(self, path: Path) -> str:
        import difflib

        if not path.parent.is_dir():
            return ""
        names = sorted(entry.name for entry in path.parent.iterdir() if entry.suffix != ".md")
        near = difflib.get_close_matches(path.name, names, n=1)
        return f"может быть, «{near[0]}»?" if near else ""


def _file_name(path: Path) -> str:
    """A name safe in an address: transliterated stem, lower-case ending."""
    stem = PurePosixPath(path.name).stem
    try:
        return slug(stem) + path.suffix.lower()
    except ValueError:
        return "file" + path.suffix.lower()
