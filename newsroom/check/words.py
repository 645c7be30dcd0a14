"""The words of a text: where each stands, and whether it opens a sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LETTER = r"[^\W_][\u0301\u0306\u0308\u00ad]*"
"""A letter or a digit; a stress, what stands above «й» and «ё», a soft hyphen may follow it."""
_MARKED_WORD = re.compile(rf"(?:{_LETTER})+(?:[-\u2011](?:{_LETTER})+)*")
_MARKS = re.compile("[\u0301\u0306\u0308\u00ad\u2011]")
_UNSEEN = re.compile("[\u0301\u00ad]")
_MAY_BE_AN_ADDRESS = re.compile(r"[@#]|://|\w\w\.[^\W_A-ZА-ЯЁ]")
_BETWEEN_BLANKS = re.compile(r"\S+")
_ADDRESS = re.compile(r".*(?:@|://).*|\W*#\w+\W*|.*\w\w\.[^\W_A-ZА-ЯЁ].*")
"""Addresses, names of mailboxes, hosts and files, marks of networks (#Братск); «и.о.» is none."""
_OPENS = re.compile(r"(?:^|[.!?…|\n]|[\d)\]]\.?)[»”\"')\]]*\s*[*_>#|]*\s*$|[«„“\"'(\[*_]$")
MOST_REMEMBERED = 100_000
"""Pieces that a sieve remembers: all that are frequent in ten years of releases, in some ten megabytes."""

_BEHIND = 12
"""Characters before a word in which the end of a sentence is looked for."""


class Word(NamedTuple):
    """A word as it is read: ``start`` and ``end`` are its place in the text."""

    text: str
    start: int
    end: int


class Wording(Struct, frozen=True, dict=True):
    """A text that a reader sees in one piece, with its words; ``line`` is that of its beginning."""

    line: int
    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in their order; what is joined by hyphens is one word."""
        if not _MARKS.search(self.text):
            return tuple(Word(found[0], *found.span()) for found in _WORD.finditer(self._prose))
        return tuple(_bare(found) for found in _MARKED_WORD.finditer(self._prose))

    @cached_property
    def parts(self) -> tuple[Word, ...]:
        """The words, where what hyphens join are words of their own."""
        return tuple(part for word in self.words for part in _parts(word))

    @cached_property
    def folded_parts(self) -> frozenset[str]:
        """How the parts are written, in small letters with «е» for «ё»."""
        return frozenset(folded(part.text) for part in self.parts)

    @cached_property
    def pieces(self) -> frozenset[str]:
        """What stands between blanks: no word is in two of them."""
        return frozenset(self.text.split())

    @cached_property
    def _prose(self) -> str:
        """The text with spaces for addresses."""
        if _MAY_BE_AN_ADDRESS.search(self.text):
            return _BETWEEN_BLANKS.sub(_without_address, self.text)
        return self.text

    def may_open(self, word: Word) -> bool:
        """Whether a sentence or a title may begin with a word, so that its capital tells nothing."""
        return bool(_OPENS.search(self.text[max(0, word.start - _BEHIND) : word.start]))

    def is_quoted(self, word: Word) -> bool:
        """Whether a quotation mark stands right before it."""
        return self.text[max(0, word.start - 1) : word.start] in ("«", "„", "“", '"')


class Sieve:
    """Keeps back the pieces of texts that a rule has something to look for in; ``is_idle`` tells the others.

    A text of which all pieces were seen before costs next to nothing.
    """

    def __init__(self, is_idle: Callable[[Wording], bool]) -> None:
        self._is_idle = is_idle
        self._idle: set[str] = set()

    def holds(self, text: Wording) -> bool:
        """Whether any piece of a text is worth a look."""
        new = text.pieces - self._idle
        idle = {piece for piece in new if self._is_idle(Wording(0, piece))}
        if len(self._idle) < MOST_REMEMBERED:
            self._idle |= idle
        return len(idle) < len(new)


def folded(word: str) -> str:
    """As words are compared: small letters, «е» for «ё»."""
    return word.lower().replace("ё", "е")


def _bare(found: re.Match[str]) -> Word:
    text = _UNSEEN.sub("", found[0]).replace("\u2011", "-")
    return Word(unicodedata.normalize("NFC", text), *found.span())


def _parts(word: Word) -> Iterator[Word]:
    start = word.start
    for part in word.text.split("-"):
        yield Word(part, start, start + len(part))
        start += len(part) + 1


def _without_address(found: re.Match[str]) -> str:
    return " " * len(found[0]) if _ADDRESS.fullmatch(found[0]) else found[0]
