"""Dates in Russian, in the words of Unicode's CLDR and never by the system's locale.

Every function takes a date or a datetime. A datetime is told as its own zone has
it; with ``zone`` it is first carried into that zone. CLDR's own «long» pattern puts
a narrow space before «г.», which many faces lack, so the patterns are spelt out here.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import TypeVar

Moment = TypeVar("Moment", bound=date)

NBSP = "\u00a0"

# Twenty-four words in place of Babel, which takes a tenth of a second to load;
# the tests compare them with Babel's.
_MONTHS = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_OF_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip


def day(moment: date, zone: tzinfo | None = None) -> str:
    """«9 мая 2024 г.»."""
    there = _moved(moment, zone)
    return f"{there.day}{NBSP}{of_month(there)}"


def of_month(moment: date) -> str:
    """«мая 2024 г.»: what follows the number of a day."""
    return f"{_OF_MONTHS[moment.month - 1]} {moment.year}{NBSP}г."


def daytime(moment: datetime, zone: tzinfo | None = None) -> str:
    """«9 мая 2024 г., 10:00»."""
    there = _moved(moment, zone)
    return f"{day(there)}, {there.hour:02}:{there.minute:02}"


def month_year(moment: date, zone: tzinfo | None = None) -> str:
    """«май 2024»."""
    there = _moved(moment, zone)
    return f"{_MONTHS[there.month - 1]} {there.year}"


def month_name(moment: date, zone: tzinfo | None = None) -> str:
    """«Май»."""
    return _MONTHS[_moved(moment, zone).month - 1].capitalize()


def period(start: date, end: date) -> str:
    """Days from ``start`` to ``end``, both included: «9–11 мая 2024 г.», «30 июня — 2 июля 2024 г.»."""
    first, last = day(start), day(end)
    if first == last:
        return last
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{last}"
    beginning = _day_month(start) if start.year == end.year else first
    return f"{beginning}{NBSP}— {last}"


def iso(moment: date, zone: tzinfo | None = None) -> str:
    """ISO 8601: «2024-05-09» or, to the second, «2024-05-09T10:00:00+08:00»."""
    if isinstance(moment, datetime):
        moved = _moved(moment, zone)
        return _iso(moved, moved.tzinfo, moved.fold)  # equal moments need not be written the same
    return moment.isoformat()


@lru_cache(2000)
def _iso(moment: datetime, _: tzinfo | None, __: int) -> str:
    """A list names each of its moments, and a release stands in a dozen lists."""
    return moment.isoformat(timespec="seconds")


def rfc822(moment: datetime, zone: tzinfo | None = None) -> str:
    """«Thu, 09 May 2024 10:00:00 +0800» as RSS 2.0 wants it (RFC 822 with the year of RFC 2822).

    Raises ValueError for a moment without a zone: a reader would take it for UTC.
    """
    from email.utils import format_datetime

    there = _moved(moment, zone)
    if there.tzinfo is None:
        raise ValueError(f"у времени {moment} нет часового пояса")
    return format_datetime(there)


def _day_month(moment: date) -> str:
    return f"{moment.day}{NBSP}{_OF_MONTHS[moment.month - 1]}"


def _moved(moment: Moment, zone: tzinfo | None) -> Moment:
    return moment.astimezone(zone) if zone and isinstance(moment, datetime) and moment.tzinfo else moment
