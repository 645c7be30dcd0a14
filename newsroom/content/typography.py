"""Russian typography of a plain text: quotation marks, dashes, no-break spaces.

Doing it twice changes nothing more. Addresses, e-mails, file names and phones are never touched.

There are no no-break hyphens: few faces have U+2011, and a search for «12-а» would miss it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import TYPE_CHECKING

from newsroom.content.quotes import set_quotes

if TYPE_CHECKING:
    from newsroom.content.typography_rules import Rule

NBSP = "\u00a0"
OPAQUE = "\ufffc"
"""Object replacement character: stands for what no rule may see, such as code inside a line."""

LINE_END = "\x1e\n"
"""Before each of the lines that are set at once: to the rules the end of one and the start of another."""


def typograph(text: str) -> str:
    """The text of a title or a summary as a Russian printer would set it."""
    return typeset([[text]])[0][0] if text else ""


def typeset(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """Lines of text, each in the pieces that emphasis and links make of it and set as if it were one.

    A line has one piece at least. All lines of a text at once cost little more than one.
    """
    # Late: its expressions take long to compile, and most builds set no text.
    from newsroom.content.typography_rules import RULES, protected

    text = _Text(lines)
    text.hide(protected(text.text))
    # Marks stay as many as they were, so that no piece changes its length.
    text.text = set_quotes(text.text, LINE_END)
    for rule in RULES:
        if any(map(text.text.__contains__, rule.triggers)):
            text.substitute(rule)
    text.show_hidden()
    return text.lines()


class _Text:
    """A text that remembers how many pieces its lines are made of, and where in a line one ends."""

    def __init__(self, lines: Sequence[Sequence[str]]) -> None:
        self.text = LINE_END + LINE_END.join(["".join(line) for line in lines])
        self._counts = list(map(len, lines))
        self._hidden: list[str] = []
        self._ends = list(_ends_inside(lines))

    def hide(self, places: Iterable[tuple[int, int]]) -> None:
        """Puts ``OPAQUE`` for each character there, which must come out as it went in."""
        parts, done = list[str](), 0
        for start, end in places:
            parts += [self.text[done:start], OPAQUE * (end - start)]
            self._hidden.append(self.text[start:end])
            done = end
        if parts:
            self.text = "".join([*parts, self.text[done:]])

    def show_hidden(self) -> None:
        if self._hidden:
            between = self.text.split(OPAQUE)
            letters = ["", *"".join(self._hidden)]
            self.text = "".join(chain.from_iterable(zip(letters, between, strict=True)))

    def substitute(self, rule: Rule) -> None:
        if rule.keeps_length or not self._ends:
            self.text = rule.pattern.sub(rule.replacement, self.text)
            return
        changes: list[tuple[int, int]] = []

        def noted(found: re.Match[str]) -> str:
            new = rule.replacement if isinstance(rule.replacement, str) else rule.replacement(found)
            changes.append((found.end(), len(new) - len(found[0])))
            return new

        self.text = rule.pattern.sub(noted, self.text)
        shift = 0
        for place, change in changes:
            self._move_ends(place + shift, change)
            shift += change

    def _move_ends(self, place: int, change: int) -> None:
        """What ended at ``place`` has become longer by ``change``, or shorter."""
        self._ends = [end + change if end >= place else min(end, place + change) for end in self._ends]

    def lines(self) -> list[list[str]]:
        """The lines in their pieces."""
        bare = self.text.removeprefix(LINE_END)
        texts = [bare] if len(self._counts) == 1 else bare.split(LINE_END)[: len(self._counts)]
        lines, start, ends = list[list[str]](), len(LINE_END), iter(self._ends)
        for text, count in zip(texts, self._counts, strict=True):
            if count == 1:
                lines.append([text])
            else:
                cuts = [0, *[end - start for end in islice(ends, count - 1)], len(text)]
                lines.append([text[begin:end] for begin, end in pairwise(cuts)])
            start += len(text) + len(LINE_END)
        return lines


def _ends_inside(lines: Iterable[Sequence[str]]) -> Iterator[int]:
    """Where the pieces of the joined lines end, except the last one of each line."""
    place = 0
    for line in lines:
        place += len(LINE_END)
        for piece in line[:-1]:
            place += len(piece)
            yield place
        place += len(line[-1])
