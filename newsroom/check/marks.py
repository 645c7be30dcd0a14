"""A Markdown body taken apart for the rules: its words where they stand, its headings, pictures and links.

The Markdown is that of ``newsroom.content.markdown``: no code blocks, raw HTML is text that the
reader sees. What is not prose becomes spaces, so that every word keeps its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from newsroom.content.figures import caption_and_author
from newsroom.content.foreign_passages import AFTER_WORDS, LAST_LINE


class HeadingMark(Struct, frozen=True):
    """A heading as it is typed: ``level`` is the number of its «#»."""

    line: int
    level: int
    text: str


class PictureMark(Struct, frozen=True):
    """A picture: ``src`` as it is typed, what is to be seen on it, and what stands under it."""

    line: int
    src: str
    alt: str
    caption: str = ""
    author: str = ""


class LinkMark(Struct, frozen=True):
    """A link: its words, "" for a bare «<https://…>», and its address as it is typed."""

    line: int
    text: str
    target: str


class Marks(Struct, frozen=True):
    """What is in a body; ``prose`` has its lines, each as long as it was.

    ``own_prose`` is without the passages that are marked as of another language.
    """

    prose: tuple[str, ...]
    own_prose: tuple[str, ...]
    headings: tuple[HeadingMark, ...]
    pictures: tuple[PictureMark, ...]
    links: tuple[LinkMark, ...]


_BLOCK = re.compile(r"(?:[ \t]*\S[^\n]*(?:\n|\Z))+")
_CODE = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_WORDS = r"\[(?P<words>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
_BEFORE = (r"(?<!\\)!", r"(?<!\\)")
# The address may have blanks and brackets in it; its title, quotes.
_PLACE = (
    r"\(\s*(?:<(?P<bracketed>[^<>\n]*)>|(?P<bare>(?:[^()\"'\\]|\\.|\([^()]*\))*?))"
    r"(?:\s*(?P<quote>[\"'])(?P<title>.{0,1000}?)(?P=quote)\s*)?\)"
)
_NAME = r"(?:\s?\[(?P<name>[^\[\]]*)\])?"
_PICTURE, _LINK = (re.compile(f"{mark}{_WORDS}{_PLACE}", re.DOTALL) for mark in _BEFORE)
_FOREIGN = re.compile(f"(?<![!\\\\]){_WORDS}(?P<mark>{AFTER_WORDS.pattern})", re.DOTALL)
_NAMED_PICTURE, _NAMED_LINK = (re.compile(f"{mark}{_WORDS}{_NAME}", re.DOTALL) for mark in _BEFORE)
_REFERENCE = re.compile(
    r"^ {0,3}\[(?P<name>[^\[\]\n]*)\]: *(?:\n *)?(?P<target>\S+) *(?:\n *)?"
    r"(?:(?P<quote>[\"'])(?P<title>[^\n]*)(?P=quote) *|\((?P<bracketed>[^\n]*)\) *)?$",
    re.MULTILINE,
)
_BARE_LINK = re.compile(r"<((?:https?|ftp)://[^<>\s]*|(?:mailto:)?[^<>\s!:]+@[^@<>\s:]+)>", re.IGNORECASE)
_SPACE = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#x0*a0);", re.IGNORECASE)
_EMPHASIS = re.compile(r"\\(?=[\\`*_{}\[\]()>#+.!|-])|\*+|(?<!\w)_+|_+(?!\w)")
_HEADING = re.compile(r"^(?:> ?)*(#{1,6})([^\n]*?)#*$", re.MULTILINE)
_UNDERLINED = re.compile(r"\A([^\n]*)\n(?:(=+)|-+) *(?:\n|\Z)")
_HEAD = re.compile(
    r"^(?=[ \t>#*+\-\d])[ \t]*(?:>[ \t]?)*(?:#{1,6}|(?:[-*+]|\d{1,9}\.)(?=[ \t]))?", re.MULTILINE
)
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_RULED = re.compile(r"^(?=[^\n]*[-=|_*])[-=|:_*> \t]+$", re.MULTILINE)
_MARKED = re.compile(r"[`\[<&*_\\]")


def read_marks(body: str, first_line: int = 1) -> Marks:
    """What is in a body whose first line is ``first_line`` of its file."""
    taking = _Taking(body)
    prose = _BLOCK.sub(
        lambda block: taking.block(block, first_line + body.count("\n", 0, block.start())), body
    )
    return Marks(
        prose=tuple(prose.split("\n")),
        own_prose=tuple(_without(taking.foreign, prose).split("\n")),
        headings=tuple(taking.headings),
        pictures=tuple(taking.pictures),
        links=tuple(taking.links),
    )


class _Taking:
    """Goes through the blocks of a body and keeps what it takes out of them."""

    def __init__(self, body: str) -> None:
        self.headings: list[HeadingMark] = []
        self.pictures: list[PictureMark] = []
        self.links: list[LinkMark] = []
        self.foreign: list[tuple[int, int]] = []
        """Where in the body foreign passages begin and end."""
        references = _REFERENCE.finditer(body) if "]:" in body else ()
        self._targets = {found["name"].strip().lower(): found for found in references}
        self._first_line, self._place_in_body = 1, 0

    def block(self, found: re.Match[str], first_line: int) -> str:
        """The prose of a block that begins in that line of the file."""
        text = found[0]
        self._first_line, self._place_in_body = first_line, found.start()
        self.headings += self._headings(text)
        if "{" in text:
            text = self._foreign_block(text)
        if _MARKED.search(text):
            text = self._inline(text)
        return _HEAD.sub(_blank, _RULED.sub(_blank, text))

    def _inline(self, text: str) -> str:
        pictures, links = len(self.pictures), len(self.links)
        text = _CODE.sub(_blank, text)
        if "]{" in text:
            text = _FOREIGN.sub(self._foreign_words, text)
        if self._targets:
            text = _REFERENCE.sub(_blank, text)
        for pattern in (_PICTURE, _NAMED_PICTURE):
            text = pattern.sub(self._picture, text)
        text = _BARE_LINK.sub(self._bare_link, text)
        for pattern in (_LINK, _NAMED_LINK):
            text = pattern.sub(self._link, text)
        self.pictures[pictures:] = sorted(self.pictures[pictures:], key=lambda mark: mark.line)
        self.links[links:] = sorted(self.links[links:], key=lambda mark: mark.line)
        return _EMPHASIS.sub(_blank, _SPACE.sub(_blank, text))

    def _foreign_block(self, text: str) -> str:
        if not (told := LAST_LINE.search(_QUOTED.sub(_blank, text))):
            return text
        self.foreign.append((self._place_in_body, self._place_in_body + told.start()))
        return text[: told.start()] + _blanked(text[told.start() :])

    def _foreign_words(self, found: re.Match[str]) -> str:
        start, end = (self._place_in_body + place for place in found.span("words"))
        self.foreign.append((start, end))
        return f" {found['words']} {_blanked(found['mark'])}"

    def _picture(self, found: re.Match[str]) -> str:
        if (place := self._place(found)) is None:
            return found[0]
        target, title = place
        caption, author = caption_and_author(title)
        self.pictures.append(PictureMark(self._line(found), target, found["words"].strip(), caption, author))
        return _blank(found)

    def _link(self, found: re.Match[str]) -> str:
        """The words of a link are prose, its address and title are not."""
        if (place := self._place(found)) is None:
            return found[0]
        self.links.append(LinkMark(self._line(found), found["words"].strip(), place[0]))
        return f" {found['words']}{_blanked(found[0][1 + len(found['words']) :])}"

    def _bare_link(self, found: re.Match[str]) -> str:
        self.links.append(LinkMark(self._line(found), "", found[1]))
        return _blank(found)

    def _place(self, found: re.Match[str]) -> tuple[str, str] | None:
        """Address and title; None for brackets that lead nowhere."""
        if "bare" in found.re.groupindex:
            return (found["bracketed"] or found["bare"] or "").strip(), _in_one_line(found["title"])
        reference = self._targets.get(_in_one_line(found["name"] or found["words"]).lower())
        if reference is None:
            return None
        title = reference["title"] or reference["bracketed"]
        return reference["target"].lstrip("<").rstrip(">"), _in_one_line(title)

    def _line(self, found: re.Match[str]) -> int:
        return self._first_line + found.string.count("\n", 0, found.start())

    def _headings(self, text: str) -> Iterator[HeadingMark]:
        underlined = _UNDERLINED.match(text)
        if underlined:
            yield HeadingMark(self._first_line, 1 if underlined[2] else 2, underlined[1].strip())
        if "#" in text:
            for found in _HEADING.finditer(text):
                yield HeadingMark(self._line(found), len(found[1]), found[2].strip())


def _in_one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _blank(found: re.Match[str]) -> str:
    return _blanked(found[0])


def _without(places: Iterable[tuple[int, int]], text: str) -> str:
    for start, end in places:
        text = text[:start] + _blanked(text[start:end]) + text[end:]
    return text


def _blanked(text: str) -> str:
    """Spaces for every character but the ends of lines."""
    return "\n".join(" " * len(line) for line in text.split("\n"))
