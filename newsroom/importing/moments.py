"""Dates as old sites and feeds write them, made moments of the newsroom's zone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_MONTHS = {
    **dict(
        zip(
            ["янв", "фев", "мар", "апр", "мая", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"],
            range(1, 13),
            strict=True,
        )
    ),
    **dict(
        zip(
            ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
            range(1, 13),
            strict=True,
        )
    ),
    "май": 5,
}
"""By the first three letters."""
_TIME = r"(?:[\s,T]*(?:в\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?)?"
_AFTER_YEAR = r"\s*(?:г\.?|года)?"
_FORMS = (
    re.compile(rf"(?P<year>\d{{4}})[-./](?P<month>\d{{1,2}})[-./](?P<day>\d{{1,2}}){_TIME}"),
    re.compile(
        rf"(?P<day>\d{{1,2}})[-./](?P<month>\d{{1,2}})[-./](?P<year>\d{{4}}|\d{{2}}){_AFTER_YEAR}{_TIME}"
    ),
    re.compile(
        rf"(?P<day>\d{{1,2}})\s+(?P<name>[а-яёa-z]{{3,9}})\.?,?\s+(?P<year>\d{{4}}){_AFTER_YEAR}{_TIME}"
    ),
    re.compile(rf"(?P<name>[a-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}}){_TIME}"),
)
_SECONDS = re.compile(r"[1-9]\d{8,9}")
_EARLIEST = 1990
"""No city had a site before."""


def moment_of(written: str, zone: ZoneInfo) -> datetime | None:
    """The moment in the zone, to the minute and naive as headers have it; None where it cannot be told.

    «2019-05-09T10:00:00Z», «Thu, 09 May 2019 10:00:00 +0800», «09.05.2019 10:00», «9 мая 2019 г.»
    and seconds since 1970 are read; a day without an hour begins at midnight.
    """
    text = " ".join(written.replace("\u00a0", " ").split())
    found = next(filter(None, (way(text) for way in _WAYS)), None)
    if found is None:
        return None
    local = found.astimezone(zone) if found.tzinfo else found
    return local.replace(second=0, microsecond=0, tzinfo=None) if local.year >= _EARLIEST else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if re.match(r"\d{4}-\d{2}-\d{2}(?:$|[T ])", text) else None
    except ValueError:
        return None


def _of_mail(text: str) -> datetime | None:
    try:
        return (
            parsedate_to_datetime(text)
            if re.search(r"\d{2}:\d{2}:\d{2} (?:[+-]\d{4}|[A-Z]{1,4})", text)
            else None
        )
    except (ValueError, TypeError):
        return None


def _seconds(text: str) -> datetime | None:
    return datetime.fromtimestamp(int(text), UTC) if _SECONDS.fullmatch(text) else None


def _by_form(text: str) -> datetime | None:
    return next(_by_forms(text.lower()), None)


def _by_forms(text: str) -> Iterator[datetime]:
    for form in _FORMS:
        match = form.fullmatch(text)
        month = _month(match) if match else 0
        if match and month:
            year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
            try:
                yield datetime(
                    year, month, int(match["day"]), int(match["hour"] or 0), int(match["minute"] or 0)
                )
            except ValueError:
                continue


def _month(match: re.Match[str]) -> int:
    parts = match.groupdict()
    return _MONTHS.get(parts["name"][:3], 0) if "name" in parts else int(parts["month"])


_WAYS: tuple[Callable[[str], datetime | None], ...] = (_iso, _of_mail, _seconds, _by_form)
