"""What differs between two texts, as a reader can see it: paragraph beside paragraph, word by word.

Texts of any length are compared in bounded time: where too much would have to be tried, one
passage is told to stand in the place of another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, TypeVar

from msgspec import Struct

T = TypeVar("T", bound=Hashable)
Kind = Literal["same", "added", "deleted", "omitted"]
Opcode = tuple[str, int, int, int, int]
"""(what, from, to) of the first sequence, (from, to) of the second, as difflib has it."""

LONGEST_CONTEXT = 160
"""Characters of an unchanged paragraph that is still shown beside a changed one."""
_WORDS_AROUND = 12
"""Words shown on each side of a change where many more did not change."""
_LONG = 3 * _WORDS_AROUND
_TRIALS = 300_000
"""Pairs of equal words or paragraphs to be weighed in one comparison: some tenths of a second."""
_SQUARE = 400
"""Pairs of paragraphs to look for likeness in."""
_ALIKE = 0.4
"""Share of common words from which on a paragraph is another one edited."""
_SLIGHT = 2
"""Letters that two changes may have between them and still be read as one."""
_TOKEN = re.compile(r"(https?://[^\s()<>]+|\w+(?:[-:.,/@]\w+)*|[^\w\s])(\s*)")


class Run(Struct, frozen=True):
    """Words in a row; «omitted» ones are unchanged and too many to be shown."""

    kind: Kind
    text: str = ""


class Paragraph(Struct, frozen=True):
    """A paragraph that was changed, or shown beside one: its runs. Without any: so many did not change."""

    runs: tuple[Run, ...] = ()
    unchanged: int = 0


def difference(before: str, after: str) -> tuple[Paragraph, ...]:
    """The paragraphs of both texts, unchanged ones folded; () where nothing differs."""
    if before == after:
        return ()
    return tuple(_folded(list(_paragraphs(_lines(before), _lines(after)))))


def _lines(text: str) -> list[str]:
    """Paragraphs and items of lists."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    for what, start, end, start_after, end_after in _opcodes(before, after):
        if what == "equal":
            yield from (Paragraph((Run("same", line),)) for line in after[start_after:end_after])
        else:
            yield from _replaced(before[start:end], after[start_after:end_after])


def _replaced(before: Sequence[str], after: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs that took the place of others; those that are alike are one, edited."""
    place = place_after = 0
    for old, new in [*_pairs(before, after), (len(before), len(after))]:
        yield from (Paragraph((Run("deleted", line),)) for line in before[place:old])
        yield from (Paragraph((Run("added", line),)) for line in after[place_after:new])
        if old < len(before):
            yield Paragraph(tuple(_words(before[old], after[new])))
        place, place_after = old + 1, new + 1


def _pairs(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Places of paragraphs that are most alike, in the order of both texts."""
    if len(before) * len(after) > _SQUARE:
        return []
    words = [[Counter(line.split()) for line in lines] for lines in (before, after)]
    best: list[list[tuple[float, tuple[tuple[int, int], ...]]]] = [[(0.0, ())] * (len(after) + 1)]
    for old, counted in enumerate(words[0]):
        row: list[tuple[float, tuple[tuple[int, int], ...]]] = [(0.0, ())]
        for new, other in enumerate(words[1]):
            score, pairs = best[old][new]
            likeness = _likeness(counted, other)
            taken = (score + likeness, (*pairs, (old, new))) if likeness >= _ALIKE else (score, pairs)
            row.append(max(taken, best[old][new + 1], row[new], key=lambda each: each[0]))
        best.append(row)
    return list(best[-1][-1][1])


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that both have, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _words(before: str, after: str) -> Iterator[Run]:
    """The runs of an edited paragraph; spaces stand between changes and not in them."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    opcodes = _opcodes([word for word, _ in old], [word for word, _ in new])
    merged = _merged(opcodes, lambda start, end: sum(len(word) for word, _ in new[start:end]))
    for place, (what, start, end, start_after, end_after) in enumerate(merged):
        if place and _has_gap(old, start) + _has_gap(new, start_after):
            yield Run("same", " ")
        if what == "equal":
            yield from _shortened(new[start_after:end_after], place == 0, place == len(merged) - 1)
            continue
        if end > start:
            yield Run("deleted", _written(old[start:end]))
        if end > start and end_after > start_after:
            yield Run("same", " ")
        if end_after > start_after:
            yield Run("added", _written(new[start_after:end_after]))


def _has_gap(tokens: Sequence[tuple[str, str]], place: int) -> bool:
    return place > 0 and bool(tokens[place - 1][1])


def _written(tokens: Sequence[tuple[str, str]]) -> str:
    return "".join(word + space for word, space in tokens).strip()


def _merged(opcodes: Sequence[Opcode], letters: Callable[[int, int], int]) -> list[Opcode]:
    """Changes with next to nothing between them become one: it reads easier."""
    found: list[Opcode] = []
    for place, (what, start, end, start_after, end_after) in enumerate(opcodes):
        is_between = 0 < place < len(opcodes) - 1
        if what == "equal" and not (is_between and letters(start_after, end_after) <= _SLIGHT):
            found.append((what, start, end, start_after, end_after))
        elif found and found[-1][0] != "equal":
            found[-1] = ("replace", found[-1][1], end, found[-1][3], end_after)
        else:
            found.append(("replace", start, end, start_after, end_after))
    return found


def _shortened(tokens: Sequence[tuple[str, str]], is_first: bool, is_last: bool) -> Iterator[Run]:
    """Unchanged words: those that stand beside a change."""
    if len(tokens) <= _LONG:
        yield Run("same", _written(tokens))
        return
    if not is_first:
        yield Run("same", _written(tokens[:_WORDS_AROUND]) + " ")
    yield Run("omitted")
    if not is_last:
        yield Run("same", " " + _written(tokens[-_WORDS_AROUND:]))


def _folded(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Of unchanged paragraphs only short ones beside a change are shown, the others are counted."""
    place = 0
    for is_same, group in groupby(paragraphs, _is_same):
        some = list(group)
        if not is_same:
            yield from some
        else:
            has_before, has_after = place > 0, place + len(some) < len(paragraphs)
            yield from _counted(some, has_before=has_before, has_after=has_after)
        place += len(some)


def _counted(some: list[Paragraph], *, has_before: bool, has_after: bool) -> Iterator[Paragraph]:
    head = some[:1] if has_before and _is_short(some[0]) else []
    rest = some[len(head) :]
    tail = rest[-1:] if rest and has_after and _is_short(rest[-1]) else []
    yield from head
    if left := len(rest) - len(tail):
        yield Paragraph(unchanged=left)
    yield from tail


def _is_same(paragraph: Paragraph) -> bool:
    return all(run.kind == "same" for run in paragraph.runs)


def _is_short(paragraph: Paragraph) -> bool:
    return sum(len(run.text) for run in paragraph.runs) <= LONGEST_CONTEXT


def _opcodes(before: Sequence[T], after: Sequence[T]) -> list[Opcode]:
    """How to come from one sequence to the other; what both begin and end with is seen at once."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    found: list[Opcode] = [("equal", 0, start, 0, start)] if start else []
    found += [(what, a + start, b + start, c + start, d + start) for what, a, b, c, d in _tried(old, new)]
    if end:
        found.append(("equal", len(before) - end, len(before), len(after) - end, len(after)))
    return found


def _tried(before: Sequence[T], after: Sequence[T]) -> list[Opcode]:
    if not before and not after:
        return []
    one, other = Counter(before), Counter(after)
    if sum(count * other[each] for each, count in one.items()) > _TRIALS:
        return [("replace", 0, len(before), 0, len(after))]
    return list(SequenceMatcher(None, before, after, autojunk=False).get_opcodes())


def _common(one: Sequence[T], other: Sequence[T]) -> int:
    """How many both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))
