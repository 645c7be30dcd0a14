"""A content file as the rules look at it: its header, its words, and where everything stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from msgspec import Struct

from newsroom.check.header_pictures import gallery_pictures, header_pictures
from newsroom.check.marks import HeadingMark, LinkMark, Marks, PictureMark, read_marks
from newsroom.check.words import Wording
from newsroom.content.addresses import kind_of
from newsroom.content.front_matter import FrontMatter, read_text, split
from newsroom.content.plain_yaml import Location
from newsroom.content.strays import TRANSCRIPT
from newsroom.problems import NewsroomError

SHOWN = frozenset(
    {"title", "summary", "alt", "caption", "note", "label", "place", "owner", "withdrawal_reason"}
)
"""Header fields, at any depth, whose words a reader sees; names of people are not among them."""

NOTICE = ("title", "status", "withdrawal_reason")
"""The header fields of a withdrawn release that its notice shows, and what makes it one."""

_BEGINS = re.compile(r"[ \t]*(?:>[ \t]?)*(?:#{1,6}|(?:[-*+]|\d{1,9}\.)[ \t]|\|)")
"""The head of a line that begins a passage of its own: a heading, an item of a list, a row of a table."""


class Found(NamedTuple):
    """What a rule found: the line, what is wrong, what to do; the column from 1, or 0 where none is named."""

    line: int
    message: str
    remedy: str
    column: int = 0


class Manuscript(Struct, frozen=True, dict=True, kw_only=True):
    """One content file. ``file`` is its path from the content folder, ``kind`` its type («releases»).

    Lines are those of the file, from 1. ``lines`` is the body as it is typed; ``prose`` the same
    lines with everything that is not prose made spaces, so that columns stay true.
    """

    file: str
    kind: str
    id: str
    front: FrontMatter
    text: str
    """The whole file: a rule that looks for something rare asks first whether it is there at all."""

    @property
    def folder(self) -> str:
        """The path of its folder from the content folder."""
        return self.file.rpartition("/")[0]

    @property
    def header(self) -> Mapping[str, Any]:
        """The header as it is typed: nested dicts, lists and strings."""
        return self.front.header

    @property
    def body_line(self) -> int:
        """The line that the body begins at."""
        return self.front.body_line

    @property
    def is_draft(self) -> bool:
        return self.kind == "releases" and self.header.get("status") == "draft"

    def line(self, location: Location) -> int:
        """The line of a header value (``("changes", 0, "note")``), or of the nearest thing that holds it."""
        return self.front.line(location)

    def found(self, line: int, text: str, start: int, message: str, remedy: str) -> Found:
        """What stands at ``start`` of a text that begins in ``line``: the line of that place, its column."""
        before = text.rfind("\n", 0, start) + 1
        row = text.count("\n", 0, start)
        typed = text[before:].partition("\n")[0]
        return Found(line + row, message, remedy, self.column(line + row, typed, start - before))

    def column(self, line: int, text: str, start: int) -> int:
        """The column, from 1, of what stands at ``start`` of a ``text`` of that line; 0 if unknown."""
        typed = self._source[line - 1] if 0 < line <= len(self._source) else ""
        if line >= self.body_line and text in self.prose[line - self.body_line : line - self.body_line + 1]:
            return start + 1
        place = typed.find(text) if text else -1
        return place + start + 1 if place >= 0 else 0

    @cached_property
    def lowered(self) -> str:
        """The whole file in lower case."""
        return self.text.lower()

    @cached_property
    def _source(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.front.body.split("\n"))

    @cached_property
    def _marks(self) -> Marks:
        return read_marks(self.front.body, self.body_line)

    @property
    def prose(self) -> tuple[str, ...]:
        return self._marks.prose

    @property
    def own_prose(self) -> tuple[str, ...]:
        """The prose without what is marked as of another language."""
        return self._marks.own_prose

    @property
    def headings(self) -> tuple[HeadingMark, ...]:
        return self._marks.headings

    @property
    def links(self) -> tuple[LinkMark, ...]:
        return self._marks.links

    @cached_property
    def pictures(self) -> tuple[PictureMark, ...]:
        """The pictures of the header, then those of the body."""
        return (*header_pictures(self.header, self.line), *self._marks.pictures)

    @cached_property
    def gallery(self) -> tuple[PictureMark, ...]:
        """The pictures of the gallery, which are among those of the header."""
        return tuple(gallery_pictures(self.header, self.line))

    def texts(self) -> Iterator[tuple[int, str]]:
        """Line and text of all that a reader will see: of the header, of pictures, of each line of prose."""
        yield from self.header_texts
        yield from self.picture_texts()
        for line, text in enumerate(self.prose, self.body_line):
            if text and not text.isspace():
                yield line, text

    @cached_property
    def header_texts(self) -> tuple[tuple[int, str], ...]:
        """Line and text of the header's fields that a reader will see."""
        named = tuple((self.line(location), text) for location, text in _shown(self.header, ()))
        told = tuple((picture.line, picture.alt) for picture in self.gallery if picture.alt)
        return named + tuple(each for each in told if each not in named)

    def running_texts(self) -> Iterator[tuple[int, str]]:
        """As ``texts``, but of the body whole passages: for what may go on in the next line."""
        yield from self.header_texts
        yield from self.picture_texts()
        yield from self.passages

    @cached_property
    def wordings(self) -> tuple[Wording, ...]:
        """The running texts with their words."""
        return tuple(Wording(line, text) for line, text in self.running_texts())

    @cached_property
    def own_wordings(self) -> tuple[Wording, ...]:
        """The running texts without what is marked as of another language."""
        if self.own_prose == self.prose:
            return self.wordings
        shown = (*self.header_texts, *self.picture_texts(), *self._passages(self.own_prose))
        return tuple(Wording(line, text) for line, text in shown)

    def picture_texts(self) -> Iterator[tuple[int, str]]:
        """Line and text of descriptions and captions in the body."""
        for picture in self._marks.pictures:
            yield from ((picture.line, text) for text in (picture.alt, picture.caption) if text)

    @cached_property
    def passages(self) -> tuple[tuple[int, str], ...]:
        """First line and prose of each paragraph, heading, item of a list and row of a table of the body.

        A passage may have several lines; what begins in one of them is in line
        ``first + passage.count("\\n", 0, start)``.
        """
        return tuple(self._passages(self.prose))

    def _passages(self, prose: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        found: list[tuple[int, list[str]]] = []
        is_open = False
        for line, (typed, words) in enumerate(zip(self.lines, prose, strict=True), self.body_line):
            begins = _BEGINS.match(typed)
            if not words or words.isspace():
                is_open = False
                continue
            if begins or not is_open:
                found.append((line, []))
            found[-1][1].append(words)
            is_open = not (begins and "#" in begins[0])
        return ((line, "\n".join(lines)) for line, lines in found)


def read_manuscript(root: Path, file: str) -> Manuscript | None:
    """The file of that path from the content folder; None where a build tells that it cannot be read."""
    try:
        return manuscript_of(read_text(root / file, file), file)
    except NewsroomError:
        return None


def manuscript_of(text: str, file: str) -> Manuscript:
    """The manuscript of a text; raises NewsroomError for a header that is none.

    A transcript of a broadcast has no header.
    """
    front = FrontMatter({}, text, 1) if file.endswith(TRANSCRIPT) else _published(split(text, file))
    return Manuscript(
        file=file,
        kind=kind_of(file),
        id=PurePosixPath(file).stem,
        front=front,
        text=text,
    )


def _published(front: FrontMatter) -> FrontMatter:
    """What of a file gets out: of a withdrawn release only what its notice shows."""
    if front.header.get("status") != "withdrawn":
        return front
    header = {name: front.header[name] for name in NOTICE if name in front.header}
    return FrontMatter(header, "", front.body_line, front.lines)


def _shown(value: Any, location: Location) -> Iterator[tuple[Location, str]]:
    """Every text of a header that a reader will see, with its place."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for name, part in parts:
        if isinstance(part, dict | list):
            yield from _shown(part, (*location, name))
        elif isinstance(part, str) and name in SHOWN:
            yield (*location, name), " ".join(part.split())
