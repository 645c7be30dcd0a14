"""A content file read: a header checked, a body made HTML, faults told together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import starmap
from pathlib import Path, PurePosixPath
from typing import Any

from newsroom.build.cache import ContentCache
from newsroom.build.scan import digest_of
from newsroom.content import front_matter
from newsroom.content.addresses import address_of, bad_name, kind_of
from newsroom.content.file_texts import FileTexts, given_text
from newsroom.content.folder import Folder
from newsroom.content.foreign_passages import left_marks
from newsroom.content.front_matter import FrontMatter
from newsroom.content.header_marks import marks_in_header
from newsroom.content.links import Links, Text
from newsroom.content.markdown import Converter
from newsroom.content.schema import HEADERS, Header
from newsroom.content.types import Link
from newsroom.content.untold_recordings import MESSAGE, REMEDY, untold_recordings
from newsroom.content.validation import validate
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import Site

_NESTING = re.compile(r"<(/?)(?:blockquote|ul|ol|em|strong)\b")
_DEEPEST = 20


@dataclass(frozen=True)
class Source:
    """A content file read: what its header says, its body as HTML, and where things stand in it.

    A draft may be unfinished: what it lacks is in ``remarks``, and ``header`` is None where
    that lacks anything. ``addresses`` maps addresses as the body writes them to those of the site.
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
    remarks: tuple[Problem, ...] = ()

    @property
    def is_draft(self) -> bool:
        return self.kind == "releases" and self.front_matter.header.get("status") == "draft"


class Sources:
    """Reads content files of ``root``; the settings are those of ``site``."""

    def __init__(self, root: Path, site: Site, cache: ContentCache) -> None:
        self.root, self.site, self._cache = root, site, cache
        self._idle: list[Converter] = []
        """Markdown objects that read nothing just now: making one costs as much as a page."""

    def read(self, file: str) -> Source:
        """What a file says, named by its path from the root; raises NewsroomError with all its problems."""
        url = address_of(file)
        if not url:
            raise NewsroomError([bad_name(file)])
        data = front_matter.read_bytes(f"{self.root}/{file}", file)
        matter = front_matter.split(front_matter.decoded(data, file), file)
        folder = Folder(self.root, file, url.partition("#")[0])
        folder.touched[file] = digest_of(data)
        header, problems = _header(file, matter)
        problems += marks_in_header(matter, file)
        convert = partial(self._file_text, folder)
        folder.text_of = FileTexts(folder, self._cache, convert, getattr(header, "text_later", ""))
        text = Text(file, matter.body, matter.body_line)
        body, links = self._convert(text, folder)
        source = _source(file, url, header, matter, folder)
        if getattr(header, "status", "") == "withdrawn":
            return source  # its text is read for the files that it names, which must be seen nowhere
        transcript, more_links = self._transcript(header, matter, folder)
        problems += [*text.faults(), *folder.problems, *links.problems, *more_links.problems]
        if problems and not source.is_draft:
            raise NewsroomError(problems)
        return replace(
            source,
            remarks=tuple(problems),
            body=body,
            transcript=transcript,
            links=(*links.found, *more_links.found),
            addresses=links.addresses,
        )

    def _convert(self, text: Text, folder: Folder) -> tuple[str, Links]:
        links, is_too_deep = Links(text, folder, self.site), False
        # A link may lead to a file that has a text of its own, which is read meanwhile.
        converter = self._idle.pop() if self._idle else Converter(base=self.site.base)
        try:
            html = converter.convert(text.markdown, resolve_link=links.link, resolve_picture=links.picture)
            self._idle.append(converter)
        except RecursionError:
            html, is_too_deep = "", True
        if is_too_deep or _depth(html) > _DEEPEST:
            remedy = f"уберите лишние знаки > и *: больше {_DEEPEST} уровней не бывает"
            links.problems.append(Problem(text.file, text.first_line, "слишком глубокая вложенность", remedy))
        elif "{" in text.markdown:
            again = partial(converter.convert, resolve_link=_as_typed, resolve_picture=_no_picture)
            links.problems += starmap(text.fault_of_mark, left_marks(text.markdown, html, again))
        return html, links

    def _file_text(self, folder: Folder, text: Text) -> str:
        """HTML of the text of a file; what it names, and names in vain, is kept with its folder."""
        html, links = self._convert(text, folder)
        folder.links += links.found
        folder.problems += [*text.faults(), *links.problems]
        return html

    def _transcript(self, header: Header | None, matter: FrontMatter, folder: Folder) -> tuple[str, Links]:
        """What was said in a broadcast: HTML of the Markdown file that its header names."""
        name = getattr(header, "transcript", "")
        path = folder.find(name, matter.line(("transcript",)), "расшифровка") if name else None
        if path is None:
            return "", Links(Text(folder.file, ""), folder, self.site)
        file = path.relative_to(self.root).as_posix()
        with folder.named_in(file):
            text = Text(file, given_text(path, file, folder))
            html, links = self._convert(text, folder)
        links.problems += text.faults()
        return html, links


def _as_typed(address: str, _: str) -> str:
    return address


def _no_picture(*_: str) -> None:
    return None


def _depth(html: str) -> int:
    """How many quotations, lists and emphases stand inside one another."""
    depth = deepest = 0
    for tag in _NESTING.finditer(html):
        depth += -1 if tag[1] else 1
        deepest = max(deepest, depth)
    return deepest


def _header(file: str, matter: FrontMatter) -> tuple[Header | None, list[Problem]]:
    """What the header says, if all of it is sound, and what is wrong with it."""
    try:
        header: Header = validate(HEADERS[kind_of(file)], matter, file)
    except NewsroomError as error:
        return None, list(error.problems)
    untold = untold_recordings(header)
    return header, [Problem(file, matter.line(place), MESSAGE, REMEDY) for place in untold]


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
