"""Phrases by which a text is known again, wherever it is printed and whatever markup it gets there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape, unescape

from newsroom.content.typography import typograph

WINDOW = 6
"""Words in a phrase: a text of twice as many, cut anywhere, has a whole one in it."""
_FEWEST = 3
"""Words of three letters that a phrase must have: «9 мая 2024 г.» stands on every page."""
_SHORTEST = 20
_TELLING_TITLE = 4

_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*(?:[,;:]?[ \u00a0\u202f][^\W_]+(?:-[^\W_]+)*)*")
_NAME = re.compile(r"[А-ЯЁA-Z][а-яёa-z]{2,}(?:[ \u00a0][А-ЯЁA-Z][а-яёa-z]{2,}){1,2}")
"""A surname with a name: known by itself, however short the line."""
_WORD = re.compile(r"[^ \u00a0\u202f]+")
_LONG_WORD = re.compile(r"[^\W\d_]{3}")
_EMPHASIS = re.compile(r"[*_`]+")
_MARKS = str.maketrans("«»„“”—–", '"' * 5 + "--")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


def phrases(lines: Iterable[str]) -> Iterator[str]:
    """Phrases of lines of Markdown, as they are typed and as they are set."""
    for line in lines:
        typed = _EMPHASIS.sub("", line)
        for text in {typed, typograph(typed)}:
            for words in _WORDS.findall(text):
                yield from _windows(words)
            yield from _NAME.findall(text)


def title_phrases(title: str) -> Iterator[str]:
    """A title as it is typed and as it is set, whole, if it has enough words to be no title of a list:
    «Май 2024 года» and «Журнал «Братская пятилетка»» are put together by the program too."""
    yield from phrases([title])
    if sum(bool(_LONG_WORD.search(word)) for word in title.split()) >= _TELLING_TITLE:
        for text in (title, typograph(title)):
            yield from (text, escape(text, quote=False), escape(text), text.replace('"', '\\"'))


def plain(text: str) -> str:
    """A text to look for phrases in: one line, without emphasis, with marks and spaces of one kind."""
    return _SPACES.sub(" ", _EMPHASIS.sub("", unescape(text).translate(_MARKS)))


def _windows(words: str) -> Iterator[str]:
    """Pieces of six words, one after another, and the last six; spaces stay as they are."""
    places = [(match.start(), match.end()) for match in _WORD.finditer(words)]
    starts = {*range(0, len(places) - WINDOW + 1, WINDOW), max(0, len(places) - WINDOW)}
    for start in sorted(starts):
        window = places[start : start + WINDOW]
        phrase = words[window[0][0] : window[-1][1]]
        if len(phrase) >= _SHORTEST and _is_telling(phrase):
            yield phrase


def _is_telling(phrase: str) -> bool:
    return sum(bool(_LONG_WORD.match(word)) for word in _WORD.findall(phrase)) >= _FEWEST
