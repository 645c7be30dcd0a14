"""The versions of a release that its readers have seen, as far as they tell what a correction changed.

A version counts as seen if it was published and due before the next one took its place. Whatever
else the history of the file holds (drafts, texts under embargo, what could not be read) is never
looked at again: ``docs/decisions/0020-differences-from-git.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from itertools import pairwise
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from newsroom.content import front_matter, values
from newsroom.content.fields import FaultsError
from newsroom.content.types import Version
from newsroom.content.typography import typograph
from newsroom.problems import NewsroomError
from newsroom.settings import Site

PlainText = Callable[[str], str]
"""The plain text of a body in Markdown."""

Noted = tuple[datetime, str]
"""What a correction is known by in all versions: its date and its note."""


class Correction(Struct, frozen=True):
    """A correction as the header has it; one that is ``hidden`` must not be looked behind."""

    noted: Noted
    hidden: bool


class Header(Struct, frozen=True):
    """What a version says of itself, whatever else its header may have been by the rules of its day."""

    title: str
    summary: str
    date: datetime
    status: str
    corrections: tuple[Correction, ...]

    def has(self, correction: Correction) -> bool:
        return any(own.noted == correction.noted for own in self.corrections)


class Draft(Struct, frozen=True):
    """A content that the file had from a moment on (seconds since 1970); no header if it cannot be read."""

    text: str
    written: float
    header: Header | None = None
    body: str = ""


def draft(data: bytes, written: float) -> Draft:
    """A version as far as it can be read: the past may have been anything."""
    try:
        text = front_matter.decoded(data, "")
    except NewsroomError:
        return Draft("", written)
    with suppress(NewsroomError, FaultsError):
        matter = front_matter.split(text, "")
        return Draft(text, written, _header(matter.header), matter.body)
    return Draft(text, written)


def in_order(past: Iterable[Draft], present: Draft) -> tuple[list[Draft], bool]:
    """The past up to where it first held what it holds now, each version once; whether it ever did.

    So what is committed later changes nothing in what is known already.
    """
    found: list[Draft] = []
    for each in past:
        if not found or found[-1].text != each.text or not each.text:
            found.append(each)
        if each.text == present.text:
            return found, True
    return [*found, present], False


def seen(drafts: Sequence[Draft], site: Site) -> list[Draft]:
    """Those that readers saw; the last is the one they see, or will when its hour comes."""
    before = [first for first, then in pairwise(drafts) if _was_public(first, then.written, site)]
    return [*before, drafts[-1]]


def compared(drafts: Sequence[Draft], plain: PlainText) -> tuple[Version, ...]:
    """What is to be compared, oldest first, of versions that were all seen; () for nothing.

    Each but the first has the numbers of the corrections that first stood in it, counted in the order
    of their dates. Nothing older than a hidden correction is among them.
    """
    header = drafts[-1].header
    assert header
    corrections = sorted(header.corrections, key=lambda each: each.noted[0])
    firsts = [next(_holding(drafts, each)) for each in corrections]
    start = max((next(_holding(drafts, each)) for each in _hidden(drafts, corrections)), default=0)
    numbers: dict[int, list[int]] = {}
    for number, first in enumerate(firsts):
        if first > start:
            numbers.setdefault(first, []).append(number)
    found = [_version(drafts[start], plain)] if numbers else []
    for place in sorted(numbers):
        version = _version(drafts[place], plain)
        if version != replace(found[-1], corrections=()):
            found.append(replace(version, corrections=tuple(numbers[place])))
    return tuple(found) if len(found) > 1 else ()


def _hidden(drafts: Iterable[Draft], present: Sequence[Correction]) -> Iterator[Correction]:
    """What must not be looked behind: a correction that was taken out of the header hides what it hid."""
    yield from (each for each in present if each.hidden)
    told = {each.noted for each in present}
    before = (each for draft in drafts if draft.header for each in draft.header.corrections)
    yield from (each for each in before if each.hidden and each.noted not in told)


def _holding(drafts: Sequence[Draft], correction: Correction) -> Iterator[int]:
    return (place for place, each in enumerate(drafts) if each.header and each.header.has(correction))


def _was_public(draft: Draft, until: float, site: Site) -> bool:
    header = draft.header
    if header is None or header.status != "published":
        return False
    return max(draft.written, header.date.replace(tzinfo=site.tz).timestamp()) < until


def _version(draft: Draft, plain: PlainText) -> Version:
    assert draft.header
    title, summary = (_in_one_line(typograph(text)) for text in (draft.header.title, draft.header.summary))
    return Version(title=title, summary=summary, text=plain(draft.body))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _header(given: dict[str, Any]) -> Header:
    """Raises FaultsError."""
    corrections = given.get("changes")
    return Header(
        title=values.line(given.get("title", "")),
        summary=values.line(given.get("summary", "")),
        date=values.moment(given.get("date")),
        status=values.line(given.get("status", "")) or "published",
        corrections=tuple(_corrections(corrections if isinstance(corrections, list) else [])),
    )


def _corrections(given: Iterable[Any]) -> Iterator[Correction]:
    """Those that can be read."""
    for each in given:
        if isinstance(each, dict):
            with suppress(FaultsError):
                noted = values.moment(each.get("date")), values.text(each.get("note"))
                yield Correction(noted, hidden=not values.flag(each.get("difference") or "true"))
