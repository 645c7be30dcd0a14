"""What a release has to say, as a text that may end in some places and in no others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from newsroom.content.plain_text import NO_WORDS, sentence_ends
from newsroom.publish.wording.pairs import Pairs

BREAK = "\n\n"
"""What stands between paragraphs."""

_SPACES = re.compile(r"(?<=\S)[^\S\n]+")
_BEFORE_BREAKS = re.compile(r"[^\S\n]+(?=\n|\Z)")
_ADDRESSES = re.compile(rf"\s?(?:{NO_WORDS.pattern})")
_RULE = "* * *"
_CELLS = " | "
_ITEM = re.compile(r"(?:— |> |\d{1,3}[.)] )")
_CONTINUED = re.compile(r"(?:— |>|\d{1,3}[.)] |\s)")
_FINISHED = re.compile(r"[.!?…][»“”\")\]]*$")
_UNCUT = re.compile(r"(?:\d|№|§|(?:^|\s)[«(]?[^\W\d_]{1,3}|[^\W\d_]{1,4}\.|://\S*)$")
_TAIL = re.compile(r"[\s,;:.!?…(—–-]+$")


class Passages(Struct, frozen=True, kw_only=True):
    """Paragraphs with blank lines between them; ``stops`` are where the text may end, ascending.

    The last one is its end; ``essential`` is the one that ends what must be said before all else.
    """

    text: str
    stops: tuple[int, ...]
    essential: int

    def until(self, stop: int) -> tuple[str, ...]:
        """The paragraphs of the text that ends there."""
        return tuple(self.text[:stop].split(BREAK)) if stop else ()


def passages(lead: str, body: str) -> Passages:
    """What a lead and a body say together; without a lead the first thing that the body says is essential."""
    first, rest = tidy(lead), tidy(body)
    if first and _is_same(rest.partition(BREAK)[0], first):
        rest = rest.partition(BREAK)[2]
    text = BREAK.join(filter(None, (first, rest)))
    start = len(text) - len(rest)
    later = tuple(start + stop for stop in _stops(rest))
    stops = (*_stops(first), *later)
    return Passages(text=text, stops=stops, essential=len(first) or min(later, default=0))


def tidy(text: str) -> str:
    """The text with ordinary spaces and without soft hyphens; at most one blank line anywhere."""
    lines = _BEFORE_BREAKS.sub("", text.replace("\u00ad", ""))
    return re.sub(r"\n{3,}", BREAK, _SPACES.sub(" ", lines)).strip()


def word_ends(text: str) -> list[int]:
    """Where a text may break off between words, to be followed by «…»; ascending, without its end.

    Never in a quotation or brackets, after an abbreviation, a number, an address, or a word so short
    that it belongs to the next one.
    """
    if "\n" in text:
        return []
    pairs = Pairs(text)
    ends = (_TAIL.sub("", text[: space.start()]) for space in re.finditer(r"\s", text))
    return sorted({len(head) for head in ends if head and _may_break_off(text, len(head), pairs)})


def _may_break_off(text: str, end: int, pairs: Pairs) -> bool:
    following = text[end : end + 1]
    head = text[:end] + ("." if following == "." else "")
    return not pairs.is_open(end) and not _UNCUT.search(head)


def _is_same(one: str, other: str) -> bool:
    return one.rstrip(". ").casefold() == other.rstrip(". ").casefold()


def words_alone(text: str, *, tables: bool = False) -> str:
    """The plain text of a page without descriptions of pictures, rules, and addresses after links.

    Without ``tables`` it ends where the first one begins, for what follows leans on it; a heading or a
    sentence with «:» that only announces the table goes with it.
    """
    kept: list[str] = []
    for block in filter(None, tidy(text).split(BREAK)):
        words = _ADDRESSES.sub("", block).strip()
        if not tables and _is_table(words):
            _drop_announcement(kept)
            break
        if words and words != _RULE:
            kept.append(words)
    return BREAK.join(kept)


def _is_table(block: str) -> bool:
    return _CELLS in block.partition("\n")[0]


def _drop_announcement(kept: list[str]) -> None:
    """Take away headings, and a sentence that ends in «:», from the end of what is kept."""
    while kept and not _is_whole(kept[-1]) and not _FINISHED.search(kept[-1]):
        last = kept.pop()
        end = max(sentence_ends(last), default=0)
        if end:
            kept.append(last[:end])


def _stops(text: str) -> Iterator[int]:
    """The ends of sentences and of whole paragraphs, where no quotation is open; then the end of the text."""
    pairs, start = Pairs(text), 0
    blocks: Sequence[str] = text.split(BREAK) if text else ()
    for block in blocks:
        end = start + len(block)
        for stop in _block_stops(block, start):
            if stop < len(text) and not pairs.is_open(stop):
                yield stop
        start = end + len(BREAK)
    if text:
        yield len(text)


def _block_stops(block: str, start: int) -> Iterator[int]:
    is_whole = _is_whole(block)
    if not is_whole:
        yield from (start + end for end in sentence_ends(block))
    if is_whole or _FINISHED.search(block):
        yield start + len(block)


def _is_whole(block: str) -> bool:
    """Whether it is a list, a table or a block quotation: taken as a whole or not at all."""
    first, *others = block.split("\n")
    if first.startswith("> ") or _is_table(block):
        return True
    return bool(others and _ITEM.match(first) and all(_CONTINUED.match(line) for line in others))
