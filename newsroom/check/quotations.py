"""The rule of quotation marks: each has its other one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule

_QUOTE = re.compile('[«»„“”"]')
_ANGLES, _PAWS, _STRAIGHT = re.compile("[«»]"), re.compile("[„“”]"), re.compile('"')

_NO_NAME = re.compile(r",|(?<=\w{4})\.\s|[!?…]\s|\s[—–-]\s")
"""What stands in speech, and in no name: a comma, the end of a sentence, a dash."""
_AUTHOR_SPEAKS = re.compile(r"[,.!?…]\s*[—–-]\s")

Text = tuple[int, str]
"""The line that a text begins in, and the text."""


class _Within(NamedTuple):
    """A pair of marks within another one: where each « stands, and where the » ends."""

    outer: int
    inner: int
    end: int


@rule(
    "error",
    "Кавычка без пары — почти всегда потерянное слово или конец чужой речи: непонятно, где кончаются "
    "слова мэра и начинаются слова редакции. Программа ставит ёлочки по парам и без пары ошибётся.",
)
def quotation_open(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """«, », „, ” or " that has no other one in its text; a quotation may go on through several paragraphs.

    Of two « one » may close both («ООО «Уют»), as is done in names and at the end of speech.
    """
    if not _QUOTE.search(manuscript.text):
        return
    pieces = [[text] for text in (*manuscript.header_texts, *manuscript.picture_texts())]
    for texts in (*pieces, manuscript.passages):
        yield from _unpaired_angles(manuscript, texts)
        yield from _unpaired_paws(manuscript, texts)
    for line, text in manuscript.running_texts():
        yield from _odd_straight(manuscript, line, text)


def _unpaired_angles(manuscript: Manuscript, texts: Iterable[Text]) -> Iterator[Found]:
    """The first « that nothing closes before the texts end, and each » that nothing opened."""
    waiting: tuple[int, str, int] | None = None
    for line, text in texts:
        opened: list[int] = []
        pairs: list[_Within] = []
        for mark in _ANGLES.finditer(text):
            if mark[0] == "«":
                opened.append(mark.start())
            elif opened:
                inner = opened.pop()
                pairs += [_Within(opened[-1], inner, mark.end())] if opened else []
            elif waiting:
                waiting = None
            else:
                yield _unopened(manuscript, line, text, mark)
        left = [start for start in opened if not _is_closed_within(text, start, pairs)]
        waiting = waiting or ((line, text, left[-1]) if left else None)
    if waiting:
        yield _unclosed(manuscript, *waiting, "»")


def _is_closed_within(text: str, outer: int, pairs: Sequence[_Within]) -> bool:
    """Whether the » of a pair within closes what begins at ``outer`` too.

    It may in a name («Дом быта «Уют»), and in speech that the author's words follow («Рад, что выиграл
    «Уют», — сказал он), but not where they stand between: «Рад, — сказал директор ООО «Уют».
    """
    for pair in pairs:
        if pair.outer != outer:
            continue
        between = text[outer + 1 : pair.inner]
        if not _NO_NAME.search(between):
            return True
        if not _AUTHOR_SPEAKS.search(between) and _AUTHOR_SPEAKS.match(text, pair.end):
            return True
    return False


def _unpaired_paws(manuscript: Manuscript, texts: Iterable[Text]) -> Iterator[Found]:
    """The same of „…“ and “…”, one in the other's place too; ” after a digit may be inches."""
    waiting: tuple[int, str, int] | None = None
    for line, text in texts:
        for mark in _PAWS.finditer(text):
            if waiting and mark[0] != "„":
                waiting = None
            elif mark[0] != "”":
                waiting = waiting or (line, text, mark.start())
            elif not text[: mark.start()][-1:].isdigit():
                yield _unopened(manuscript, line, text, mark)
    if waiting:
        line, text, start = waiting
        yield _unclosed(manuscript, line, text, start, "“" if text[start] == "„" else "”")


def _unopened(manuscript: Manuscript, line: int, text: str, mark: re.Match[str]) -> Found:
    opening = {"»": "«", "”": "“"}[mark[0]]
    message = f"кавычка {mark[0]} закрыта, а не открыта"
    return manuscript.found(
        line, text, mark.start(), message, f"поставьте {opening}, где начинаются эти слова"
    )


def _unclosed(manuscript: Manuscript, line: int, text: str, start: int, closing: str) -> Found:
    message = f"кавычка {text[start]} открыта и нигде не закрыта"
    return manuscript.found(line, text, start, message, f"поставьте {closing}, где кончаются эти слова")


def _odd_straight(manuscript: Manuscript, line: int, text: str) -> Iterator[Found]:
    """A straight mark without another one; after a digit one may be inches, or close «Школа № 1"»."""
    may_be_open, may_be_closed, last = False, True, 0
    for mark in _STRAIGHT.finditer(text):
        if text[: mark.start()][-1:].isdigit():
            may_be_closed = may_be_closed or may_be_open
        else:
            may_be_open, may_be_closed, last = may_be_closed, may_be_open, mark.start()
    if not may_be_closed:
        message = 'кавычка " без пары: их здесь нечётное число'
        yield manuscript.found(line, text, last, message, "найдите, где потеряна вторая")


RULES = (quotation_open,)
