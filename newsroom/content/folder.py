"""The folder of one content file: the pictures and attachments that lie beside it."""

from __future__ import annotations

import posixpath
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from newsroom.build.media_types import ENDINGS
from newsroom.build.pictures import PictureError, clean_original, measure, widths_for
from newsroom.build.scan import content_digest
from newsroom.content.attached import Attachment, FileText, Picture
from newsroom.content.slugs import slug
from newsroom.content.types import Link
from newsroom.content.typography import typograph
from newsroom.problems import Problem

MEDIA_TYPES = {
    ending: ENDINGS[ending]
    for ending in (
        ".csv", ".doc", ".docx", ".gif", ".jpeg", ".jpg", ".mp3", ".mp4", ".odp", ".ods", ".odt", ".pdf",
        ".png", ".ppt", ".pptx", ".rtf", ".txt", ".vtt", ".webm", ".webp", ".xls", ".xlsx", ".zip",
    )
}  # fmt: skip
"""What may lie beside a release to be downloaded, with its media type; nothing here runs in a browser."""

FindText = Callable[[Path, Attachment, int], Attachment]
"""(path, file, line) -> the file with the address of its text."""

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif"})

_BESIDE = "положите его рядом с текстом и проверьте имя"


class Folder:
    """Finds what a content file names, and keeps the problems of what it does not find.

    ``file`` is the content file's path from ``root``, the content folder;
    ``url`` its address, under which everything beside it is served. ``touched`` are the
    digests of all files that were found, by paths from ``root``, b"" for one not read.
    """

    def __init__(self, root: Path, file: str, url: str) -> None:
        self.root, self.file, self.url = root, file, url
        self.pictures: dict[str, Picture] = {}
        self.attachments: dict[str, Attachment] = {}
        self.problems: list[Problem] = []
        self.touched: dict[str, bytes] = {}
        self.missed: set[str] = set()
        """Files that would count if they were there."""
        self.texts: dict[str, FileText] = {}
        self.links: list[Link] = []
        """Those of the texts of files."""
        self.text_of: FindText | None = None
        self._sources: dict[str, Path] = {}
        self._told_in = file

    @contextmanager
    def named_in(self, file: str) -> Iterator[None]:
        """Within it problems are of what another text names: the transcript of a broadcast."""
        before, self._told_in = self._told_in, file
        try:
            yield
        finally:
            self._told_in = before

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The attachments that are not published as pictures."""
        return tuple(entry for url, entry in self.attachments.items() if url not in self.pictures)

    def find(self, name: str, line: int, what: str) -> Path | None:
        """The file ``name`` beside the content file; notes a problem where there is none."""
        folder = (self.root / self.file).parent
        path = _composed(folder / name)
        if _leaves(folder, path):
            self.fault(line, f"{what} «{name}» лежит не рядом с текстом", "положите файл в ту же папку")
            return None
        if not _is_file(path):
            self.fault(line, f"нет файла «{name}» ({what})", self._nearest(path) or _BESIDE)
            return None
        self.touched.setdefault(self.from_root(path), b"")
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
            self.fault(line, f"картинка «{name}»: {error}", "сохраните её заново как JPEG или PNG")
            return None
        url, source = self._url(path, line), self.from_root(path)
        self.touched[source] = measured.content
        picture = Picture(
            source=source,
            digest=measured.digest,
            url=url,
            width=measured.width,
            height=measured.height,
            widths=widths_for(measured.width),
            alt=typograph(alt),
            caption=typograph(caption),
            author=typograph(author),
        )
        if not (known := self.pictures.get(url)) or not known.alt:  # a link to it may have come first
            self.pictures[url] = picture
        return picture

    def attachment(self, name: str, line: int, *, title: str = "") -> Attachment | None:
        """The file ``name`` as something to download; notes a problem if it is missing."""
        path = self.find(name, line, "вложение")
        if path is None:
            return None
        kind = path.suffix.lower()
        if kind not in MEDIA_TYPES:
            allowed = ", ".join(sorted(MEDIA_TYPES))
            self.fault(line, f"файл «{name}» нельзя выложить: вид «{kind}»", f"можно: {allowed}")
            return None
        size = self._published_size(path, line)
        if size is None:
            return None
        attachment = Attachment(
            source=self.from_root(path),
            url=self._url(path, line),
            title=typograph(title or path.name),
            kind=kind.lstrip(".").upper(),
            media_type=MEDIA_TYPES[kind],
            size=size,
            digest=content_digest(path).hex(),
        )
        if self.text_of:
            attachment = self.text_of(path, attachment, line)
        self.attachments[attachment.url] = attachment
        return attachment

    def _published_size(self, path: Path, line: int) -> int | None:
        """Bytes of a file as it will be served: a picture is published without its metadata."""
        if path.suffix.lower() not in PICTURES:
            return path.stat().st_size
        if self.picture(path.relative_to((self.root / self.file).parent).as_posix(), line) is None:
            return None
        try:
            return len(clean_original(path))
        except PictureError as error:
            self.fault(line, f"картинка «{path.name}»: {error}", "сохраните её заново как JPEG или PNG")
            return None

    def _url(self, path: Path, line: int) -> str:
        """The address of a file beside the text; two files of one address are a problem."""
        url = self.url + _file_name(path)
        other = self._sources.setdefault(url, path)
        if other != path:
            message = f"у файлов «{other.name}» и «{path.name}» один адрес на сайте: {url}"
            self.fault(line, message, "переименуйте один из них")
        return url

    def from_root(self, path: Path) -> str:
        """The path of a file from the content folder, with «/»; «..» in it goes."""
        return posixpath.normpath(path.relative_to(self.root).as_posix())

    def has_problem_at(self, line: int) -> bool:
        """Whether something is wrong in that line already."""
        return any((problem.file, problem.line) == (self._told_in, line) for problem in self.problems)

    def fault(self, line: int, message: str, remedy: str) -> None:
        """Notes what is wrong in a line of the text that is read just now."""
        self.problems.append(Problem(self._told_in, line, message, remedy))

    def _nearest(self, path: Path) -> str:
        import difflib

        try:
            names = sorted(entry.name for entry in path.parent.iterdir() if entry.suffix != ".md")
        except OSError:
            return ""
        by_plain = {unicodedata.normalize("NFC", entry).lower(): entry for entry in names}
        plain = unicodedata.normalize("NFC", path.name).lower()
        near = difflib.get_close_matches(plain, by_plain, n=1)
        return f"может быть, «{by_plain[near[0]]}»?" if near else ""


def _composed(path: Path) -> Path:
    """The file of that name, its letters composed or not: a Mac writes «й» as two characters."""
    if _is_file(path):
        return path
    name = unicodedata.normalize("NFC", path.name)
    try:
        entries = sorted(path.parent.glob("*"))
    except OSError:  # a folder that none can have: its name is too long
        return path
    return next((entry for entry in entries if unicodedata.normalize("NFC", entry.name) == name), path)


def _leaves(folder: Path, path: Path) -> bool:
    """Whether a path leads out of the folder, by «..» or by a symbolic link."""
    try:
        if path.parent == folder and path.name != ".." and not path.is_symlink():
            return False
        return not path.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _file_name(path: Path) -> str:
    """A name safe in an address: transliterated stem, lower-case ending."""
    stem = PurePosixPath(path.name).stem
    try:
        return slug(stem) + path.suffix.lower()
    except ValueError:
        return "file" + path.suffix.lower()
