"""A version of a release as far as it can be read: the past may have been anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from msgspec import Struct

from newsroom.content import front_matter, values
from newsroom.content.fields import FaultsError
from newsroom.problems import NewsroomError

UNKNOWN_DATE = datetime(1, 1, 1)

_SPEAKS_OF_HIDING = re.compile(
    rb"^[ \t]*status[ \t]*:.*withdrawn|\bdifference\b", re.MULTILINE | re.IGNORECASE
)


class Correction(Struct, frozen=True):
    """A correction as the header has it; one that is ``hidden`` must not be looked behind."""

    date: datetime
    note: str
    hidden: bool

    def is_same(self, other: Correction) -> bool:
        return (self.date, self.note) == (other.date, other.note)


class Header(Struct, frozen=True):
    """What a version says of itself, whatever else its header may have been by the rules of its day."""

    title: str
    summary: str
    date: datetime
    status: str
    corrections: tuple[Correction, ...]

    def has(self, correction: Correction) -> bool:
        return any(own.is_same(correction) for own in self.corrections)


class Draft(Struct, frozen=True, kw_only=True):
    """A content that the file had; no header if it cannot be read.

    It came at a moment between ``earliest`` and ``latest`` (seconds since 1970). ``is_foreign`` is one
    that stood at an address which is none of this release; ``is_taken_back`` is what ended the release,
    or may have, for all that can be read of it.
    """

    text: str
    earliest: float
    latest: float
    header: Header | None = None
    body: str = ""
    is_foreign: bool = False
    is_taken_back: bool = False


def draft(data: bytes, earliest: float, latest: float, *, is_foreign: bool = False) -> Draft:
    """A version of these bytes, none for a file that was deleted."""
    text, header, body = _read(data)
    return Draft(
        text=text,
        earliest=earliest,
        latest=latest,
        header=header,
        body=body,
        is_foreign=is_foreign,
        is_taken_back=header.status == "withdrawn" if header else _may_hide(data),
    )


def _read(data: bytes) -> tuple[str, Header | None, str]:
    try:
        text = front_matter.decoded(data, "")
    except NewsroomError:
        return "", None, ""
    with suppress(NewsroomError, FaultsError):
        matter = front_matter.split(text, "")
        return text, _header(matter.header), matter.body
    return text, None, ""


def _may_hide(unreadable: bytes) -> bool:
    return not unreadable or bool(_SPEAKS_OF_HIDING.search(unreadable))


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
    """Those that can be read, and those that hide something, read or not."""
    for each in given:
        if isinstance(each, dict):
            hidden = _hides(each.get("difference"))
            try:
                yield Correction(values.moment(each.get("date")), values.text(each.get("note")), hidden)
            except FaultsError:
                if hidden:
                    yield Correction(UNKNOWN_DATE, str(each), hidden)


def _hides(given: Any) -> bool:
    """Whether a field ``difference`` forbids to look, or may have been meant to."""
    try:
        return not values.flag(given or "true")
    except FaultsError:
        return True
