"""The versions of a release that its readers have seen, as far as they tell what a correction changed.

A version counts as seen if it was published and due before the next one took its place. Whatever
else the history of the file holds (drafts, texts under embargo, what could not be read) is looked
at for what it hides, and never shown: ``docs/decisions/0020-differences-from-git.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise

from msgspec import Struct
from msgspec.structs import replace

from newsroom.content.hiding import Hidden, barrier
from newsroom.content.past import Correction, Draft
from newsroom.content.types import Version
from newsroom.content.typography import typograph
from newsroom.settings import Site

PlainText = Callable[[str], str]
"""The plain text of a body in Markdown."""


class Shown(Struct, frozen=True):
    """The versions that may be shown, oldest first; the last is the one that readers see, or will.

    ``gaps`` are the places of those which came after something that readers never saw.
    """

    drafts: tuple[Draft, ...]
    gaps: frozenset[int]
    hidden: Hidden


def shown(past: Sequence[Draft], present: Draft, site: Site) -> Shown:
    """What may be shown of the past."""
    drafts, later = _in_order(past, present)
    hidden = Hidden.of([*drafts, *later])
    first = min(barrier([*drafts, *later], hidden), len(drafts) - 1)
    seen = [first + place for place in _seen(drafts[first:], site)]
    gaps = frozenset(place for place, (before, then) in enumerate(pairwise(seen), 1) if then - before > 1)
    return Shown(tuple(drafts[place] for place in seen), gaps, hidden)


def is_committed(past: Sequence[Draft], present: Draft) -> bool:
    """Whether the file ever held in git what it holds now."""
    return any(_is_of(each, present) for each in past)


def compared(given: Shown, plain: PlainText) -> tuple[Version, ...]:
    """What is to be compared, oldest first; () for nothing.

    Each but the first has the numbers of the corrections that first stood in it, counted in the order
    of their dates.
    """
    header = given.drafts[-1].header
    assert header
    corrections = sorted(header.corrections, key=lambda each: each.date)
    numbers: dict[int, list[int]] = {}
    for number, each in enumerate(corrections):
        first = next(_holding(given.drafts, each))
        if first and not given.hidden.covers(each):
            numbers.setdefault(first, []).append(number)
    if not numbers:
        return ()
    start = _start(given, min(numbers))
    found = [_version(given.drafts[start], plain)]
    for place in sorted(numbers):
        version = _version(given.drafts[place], plain)
        if place > start and version != replace(found[-1], corrections=()):
            found.append(replace(version, corrections=tuple(numbers[place])))
    return tuple(found) if len(found) > 1 else ()


def _in_order(past: Sequence[Draft], present: Draft) -> tuple[list[Draft], Sequence[Draft]]:
    """The past up to where it first held what it holds now, each version once; and what came later.

    So what is committed later changes nothing in what is known already, unless it hides something.
    """
    found: list[Draft] = []
    for count, each in enumerate(past, 1):
        if not found or not each.text or not _is_of(found[-1], each):
            found.append(each)
        if _is_of(each, present):
            return found, past[count:]
    return [*found, present], ()


def _is_of(one: Draft, other: Draft) -> bool:
    return (one.text, one.is_foreign) == (other.text, other.is_foreign)


def _seen(drafts: Sequence[Draft], site: Site) -> list[int]:
    """The places of those that readers saw, and of the last one."""
    earliest = [each.earliest for each in drafts]
    replaced = [*accumulate(reversed(earliest[1:]), min)][::-1]
    return [
        *(place for place, until in enumerate(replaced) if _was_public(drafts[place], until, site)),
        len(drafts) - 1,
    ]


def _start(given: Shown, first: int) -> int:
    """What the first correction that may be shown is compared with.

    After a hidden one nothing is sure but what stood just before: what is hidden may have been taken
    out little by little, without a word.
    """
    if not given.hidden:
        return 0
    return first if first in given.gaps else first - 1


def _holding(drafts: Sequence[Draft], correction: Correction) -> Iterator[int]:
    return (place for place, each in enumerate(drafts) if each.header and each.header.has(correction))


def _was_public(draft: Draft, until: float, site: Site) -> bool:
    header = draft.header
    if header is None or header.status != "published":
        return False
    return max(draft.latest, header.date.replace(tzinfo=site.tz).timestamp()) < until


def _version(draft: Draft, plain: PlainText) -> Version:
    assert draft.header
    title, summary = (_in_one_line(typograph(text)) for text in (draft.header.title, draft.header.summary))
    return Version(title=title, summary=summary, text=plain(draft.body))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
