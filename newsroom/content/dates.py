"""Dates in Russian, by the patterns of Unicode TR 35 and never by the system's locale.

Every function takes a date or a datetime. A datetime is told as its own zone has
it; with ``zone`` it is first carried into that zone. CLDR's own «long» pattern puts
a narrow space before «г.», which many faces lack, so the patterns are spelt out.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from email.utils import format_datetime
from functools import lru_cache

NBSP = "\u00a0"

_DAY = f"d{NBSP}MMMM y{NBSP}'г.'"
_DAY_MONTH = f"d{NBSP}MMMM"


def day(moment: date, zone: tzinfo | None = None) -> str:
    """«9 мая 2024 г.»."""
    return _formatted(_day_of(moment, zone), _DAY)


def daytime(moment: datetime, zone: tzinfo | None = None) -> str:
    """«9 мая 2024 г., 10:00»."""
    there = _moved(moment, zone)
    return f"{day(there)}, {there:%H:%M}"


def month_year(moment: date, zone: tzinfo | None = None) -> str:
    """«май 2024»."""
    return _formatted(_day_of(moment, zone), "LLLL y")


def month_name(moment: date, zone: tzinfo | None = None) -> str:
    """«Май»."""
    return _formatted(_day_of(moment, zone), "LLLL").capitalize()


def period(start: date, end: date) -> str:
    """Days from ``start`` to ``end``, both included: «9–11 мая 2024 г.», «30 июня — 2 июля 2024 г.»."""
    first, last = _day_of(start, None), _day_of(end, None)
    if first == last:
        return day(last)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    beginning = _formatted(first, _DAY_MONTH) if first.year == last.year else day(first)
    return f"{beginning}{NBSP}— {day(last)}"


def iso(moment: date, zone: tzinfo | None = None) -> str:
    """ISO 8601: «2024-05-09» or, to the second, «2024-05-09T10:00:00+08:00»."""
    if isinstance(moment, datetime):
        return _moved(moment, zone).isoformat(timespec="seconds")
    return moment.isoformat()


def rfc822(moment: datetime, zone: tzinfo | None = None) -> str:
    """«Thu, 09 May 2024 10:00:00 +0800» as RSS 2.0 wants it (RFC 822 with the year of RFC 2822).

    Raises ValueError for a moment without a zone: a reader would take it for UTC.
    """
    there = _moved(moment, zone)
    if there.tzinfo is None:
        raise ValueError(f"у времени {moment} нет часового пояса")
    return format_datetime(there)


def _moved(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment.astimezone(zone) if zone and moment.tzinfo else moment


def _day_of(moment: date, zone: tzinfo | None) -> date:
    return _moved(moment, zone).date() if isinstance(moment, datetime) else moment


@lru_cache(maxsize=8192)
def _formatted(on: date, pattern: str) -> str:
    # Babel takes a tenth of a second to load: only a build that shows a date pays for it.
    from babel.dates import format_date

    return format_date(on, pattern, locale="ru")
