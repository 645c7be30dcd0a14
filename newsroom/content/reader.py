"""Pelican's reader of our files: a header checked, a body made HTML, faults told together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from pelican.readers import BaseReader

from newsroom.content import front_matter
from newsroom.content.addresses import address_of, bad_name, kind_of
from newsroom.content.folder import PICTURES, Folder
from newsroom.content.front_matter import FrontMatter
from newsroom.content.markdown import Converter, find_line
from newsroom.content.safe_addresses import is_safe_address
from newsroom.content.schema import HEADERS, Header
from newsroom.content.types import Link, Picture
from newsroom.content.validation import validate
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import read_site

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True)
class Source:
    """A content file read: what its header says, its body as HTML, and where things stand in it.

    ``header`` is None for a draft, which may be unfinished. ``addresses`` maps
    addresses as the body writes them to those of the site.
    """

    file: str
    kind: str
    id: str
    url: str
    header: Any
    front_matter: FrontMatter
    folder: Folder
    body: str = ""
    transcript: str = ""
    links: tuple[Link, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)


class SourceReader(BaseReader):
    """Reads every ``.md`` file of the content folder; raises NewsroomError with all its problems."""

    enabled = True
    file_extensions = ["md"]  # noqa: RUF012 - Pelican wants a list on the class

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__(settings)
        self.root = Path(settings["PATH"])
        self.base = read_site(settings).base
        self._converter: Converter | None = None

    @property
    def converter(self) -> Converter:
        """One Markdown object for all files: making it costs as much as a page."""
        if self._converter is None:
            self._converter = Converter(base=self.base)
        return self._converter

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """HTML and metadata; all of ours is in ``metadata["source"]``, a Source."""
        file = Path(source_path).relative_to(self.root).as_posix()
        url = address_of(file)
        if not url:
            raise NewsroomError([bad_name(file)])
        matter = front_matter.split(front_matter.read_text(Path(source_path), file), file)
        folder = Folder(self.root, file, url.partition("#")[0])
        if matter.header.get("status") == "draft" and kind_of(file) == "releases":
            return "", {"source": _source(file, url, None, matter, folder)}
        problems: list[Problem] = []
        header: Header | None = None
        try:
            header = validate(HEADERS[kind_of(file)], matter, file)
        except NewsroomError as error:
            problems += error.problems
        links = _Links(file, matter, folder, self.base)
        body = self._convert(matter.body, links)
        transcript = self._transcript(header, links)
        problems += folder.problems + links.problems
        if problems:
            raise NewsroomError(problems)
        source = _source(file, url, header, matter, folder)
        source = replace(
            source,
            body=body,
            transcript=transcript,
            links=tuple(links.found),
            addresses=links.addresses,
        )
        return body, {"source": source}

    def _convert(self, markdown: str, links: _Links) -> str:
        return self.converter.convert(markdown, resolve_link=links.link, resolve_picture=links.picture)

    def _transcript(self, header: Header | None, links: _Links) -> str:
        """What was said in a broadcast: HTML of the Markdown file that its header names."""
        name = getattr(header, "transcript", "")
        if not name:
            return ""
        path = links.folder.find(name, links.matter.line(("transcript",)), "расшифровка")
        if path is None:
            return ""
        return self._convert(front_matter.read_text(path, path.relative_to(self.root).as_posix()), links)


def _source(file: str, url: str, header: Header | None, matter: FrontMatter, folder: Folder) -> Source:
    return Source(
        file=file,
        kind=kind_of(file),
        id=PurePosixPath(file).stem,
        url=url,
        header=header,
        front_matter=matter,
        folder=folder,
    )


class _Links:
    """Turns the addresses an editor writes in a body into addresses of the site."""

    def __init__(self, file: str, matter: FrontMatter, folder: Folder, base: str) -> None:
        self.file, self.matter, self.folder, self.base = file, matter, folder, base
        self.found: list[Link] = []
        self.problems: list[Problem] = []
        self.addresses: dict[str, str] = {}

    def link(self, address: str, hint: str = "") -> str:
        """Address for ``href``: of a page, of a file beside the text, or what was given."""
        resolved = self._resolved(address, hint)
        self.addresses[address] = resolved
        return resolved

    def _resolved(self, address: str, hint: str) -> str:
        line = self._line(hint or address)
        if not is_safe_address(address) or address.startswith("//"):
            remedy = "оставьте http://, https://, mailto: или tel:"
            self.problems.append(Problem(self.file, line, f"адрес «{address}» не годится для ссылки", remedy))
            return "#"
        if not address or address.startswith("#") or _SCHEME.match(address):
            return address
        path, mark, fragment = address.partition("#")
        if path.startswith("/"):
            self.found.append(Link(line=line, target=path))
            return self.base + address
        if path.endswith(".md"):
            target = self._target(unquote(path), line)
            return self.base + target + ("" if "#" in target else mark + fragment)
        attachment = self.folder.attachment(unquote(path), line)
        return self.base + attachment.url if attachment else "#"

    def picture(self, address: str, alt: str, title: str) -> Picture | None:
        """The picture of ``![alt](address "Подпись | Автор")``; notes a problem without it."""
        line = self._line(address)
        if _SCHEME.match(address) or address.startswith(("/", "//")):
            message = f"картинка «{address}» лежит не рядом с текстом"
            self.problems.append(Problem(self.file, line, message, "сохраните её в папку релиза"))
            return None
        if not alt.strip():
            remedy = "напишите в квадратных скобках, что на картинке: ![описание](файл)"
            self.problems.append(Problem(self.file, line, f"у картинки «{address}» нет описания", remedy))
        if PurePosixPath(address).suffix.lower() not in PICTURES:
            remedy = "сохраните её как JPEG, PNG, WebP или GIF"
            self.problems.append(Problem(self.file, line, f"«{address}» не картинка", remedy))
            return None
        caption, _, author = title.rpartition("|")
        if not caption:
            caption, author = author, ""
        picture = self.folder.picture(
            unquote(address), line, alt=alt, caption=caption.strip(), author=author.strip()
        )
        if picture:
            self.addresses[address] = self.base + picture.url
        return picture

    def _target(self, path: str, line: int) -> str:
        """The address of another content file, named by its path from this one."""
        import posixpath

        file = posixpath.normpath(posixpath.join(posixpath.dirname(self.file), path))
        target = "" if file.startswith("..") else address_of(file)
        if not target or not (self.folder.root / file).is_file():
            remedy = "проверьте имя файла и путь к нему от этого текста"
            self.problems.append(Problem(self.file, line, f"ссылка на «{path}», а такого файла нет", remedy))
            return "#"
        self.found.append(Link(line=line, target=target.partition("#")[0]))
        return target

    def _line(self, needle: str) -> int:
        return self.matter.body_line + find_line(self.matter.body, needle) - 1
