"""Dates as old sites and feeds write them, made moments of the newsroom's zone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
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
_TIME = r"(?:[\s,T–—-]*(?:в\s*)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2}(?:[.,]\d+)?)?)?"
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
_SECONDS = re.compile(r"([1-9]\d{8,9})(?:\d{3})?")
_WEEKDAY = re.compile(
    r"(?:понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)[.,]?\s+",
    re.IGNORECASE,
)
_OF_MAIL = re.compile(r"\d{2}:\d{2}(?::\d{2})? ([+-]\d{4}|[A-Z]{1,5})$")
_HOURS = {"MSK": 3, "MSD": 4, "SAMT": 4, "YEKT": 5, "OMST": 6, "NOVT": 7, "KRAT": 7, "IRKT": 8, "YAKT": 9,
          "VLAT": 10, "MAGT": 11, "PETT": 12}  # fmt: skip
"""Hours before Greenwich of zones that mail does not know by name."""
_EARLIEST, _LATEST = 1990, 2099
"""No city had a site before; and what is dated later was never meant as a date."""
_CENTURY = 70
"""Two digits of a year from which on they are of the last century."""


def moment_of(written: str, zone: ZoneInfo) -> datetime | None:
    """The moment in the zone, to the minute and naive as headers have it; None where it cannot be told.

    «2019-05-09T10:00:00Z», «Thu, 09 May 2019 10:00:00 +0800», «09.05.2019 10:00», «9 мая 2019 г.»,
    seconds since 1970 and their thousandths are read; a weekday before them says nothing; a day
    without an hour begins at midnight.
    """
    text = " ".join(written.replace("\u00a0", " ").split())
    found = next(filter(None, (way(text) for way in _WAYS)), None)
    if found is None:
        return None
    try:
        local = found.astimezone(zone) if found.tzinfo else found
    except OverflowError:  # the first and the last day of all
        return None
    in_range = _EARLIEST <= local.year <= _LATEST
    return local.replace(second=0, microsecond=0, tzinfo=None) if in_range else None


def _iso(text: str) -> datetime | None:
    text = re.sub(r"(?<=:\d\d) (?=[+-]\d\d)", "", text)
    try:
        return datetime.fromisoformat(text) if re.match(r"\d{4}-\d{2}-\d{2}(?:$|[T ])", text) else None
    except ValueError:
        return None


def _of_mail(text: str) -> datetime | None:
    written = _OF_MAIL.search(text)
    try:
        found = parsedate_to_datetime(text) if written else None
    except (ValueError, TypeError, OverflowError):
        return None
    if not written or not found or found.tzinfo:
        return found
    # «-0000» is Greenwich, told by one who does not know his own zone (RFC 5322, 3.3).
    hours = 0 if written[1] == "-0000" else _HOURS.get(written[1])
    return None if hours is None else found.replace(tzinfo=timezone(timedelta(hours=hours)))


def _seconds(text: str) -> datetime | None:
    found = _SECONDS.fullmatch(text)
    return datetime.fromtimestamp(int(found[1]), UTC) if found else None


def _by_form(text: str) -> datetime | None:
    return next(_by_forms(_WEEKDAY.sub("", text, count=1).lower()), None)


def _by_forms(text: str) -> Iterator[datetime]:
    for form in _FORMS:
        match = form.fullmatch(text)
        month = _month(match) if match else 0
        if match and month:
            year = int(match["year"])
            if len(match["year"]) == 2:
                year += 1900 if year >= _CENTURY else 2000
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
