"""Dates as pages and feeds show them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel.dates import format_date

from newsroom.content.dates import day, daytime, iso, month_name, month_year, of_month, period, rfc822

IRKUTSK = ZoneInfo("Asia/Irkutsk")
VICTORY_DAY = datetime(2024, 5, 9, 10, 0, tzinfo=IRKUTSK)
NEW_YEAR_IN_IRKUTSK = datetime(2023, 12, 31, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize("moment", [date(2024, 5, 9), VICTORY_DAY])
def test_a_day_has_no_break_spaces_after_its_number_and_before_its_g(moment: date) -> None:
    assert "9\u00a0мая 2024\u00a0г." == day(moment)


def test_a_day_is_counted_in_the_zone_given() -> None:
    assert "31\u00a0декабря 2023\u00a0г." == day(NEW_YEAR_IN_IRKUTSK)
    assert "1\u00a0января 2024\u00a0г." == day(NEW_YEAR_IN_IRKUTSK, IRKUTSK)


def test_the_time_follows_a_comma() -> None:
    assert "9\u00a0мая 2024\u00a0г., 10:00" == daytime(VICTORY_DAY)
    assert "1\u00a0января 2024\u00a0г., 00:30" == daytime(NEW_YEAR_IN_IRKUTSK, IRKUTSK)


def test_a_month_stands_in_the_nominative() -> None:
    assert "май 2024" == month_year(VICTORY_DAY)
    assert "Август" == month_name(date(2024, 8, 1))
    assert "январь 2024" == month_year(NEW_YEAR_IN_IRKUTSK, IRKUTSK)
    assert "Январь" == month_name(NEW_YEAR_IN_IRKUTSK, IRKUTSK)


@pytest.mark.parametrize("month", range(1, 13))
def test_the_words_are_those_of_unicode(month: int) -> None:
    on = date(987 + month, month, month)

    assert format_date(on, "d\u00a0MMMM y\u00a0'г.'", locale="ru") == day(on)
    assert format_date(on, "MMMM y\u00a0'г.'", locale="ru") == of_month(on)
    assert format_date(on, "LLLL y", locale="ru") == month_year(on)
    assert format_date(on, "LLLL", locale="ru").capitalize() == month_name(on)


PERIODS = [
    (date(2024, 5, 9), date(2024, 5, 9), "9\u00a0мая 2024\u00a0г."),
    (date(2024, 5, 9), date(2024, 5, 11), "9–11\u00a0мая 2024\u00a0г."),
    (date(2024, 6, 30), date(2024, 7, 2), "30\u00a0июня\u00a0— 2\u00a0июля 2024\u00a0г."),
    (
        date(2023, 12, 31),
        date(2024, 1, 2),
        "31\u00a0декабря 2023\u00a0г.\u00a0— 2\u00a0января 2024\u00a0г.",
    ),
]


@pytest.mark.parametrize(("start", "end", "expected"), PERIODS)
def test_a_period_names_a_common_month_and_year_once(start: date, end: date, expected: str) -> None:
    assert expected == period(start, end)


def test_machines_get_iso_8601() -> None:
    assert "2024-05-09" == iso(date(2024, 5, 9))
    assert "2024-05-09T10:00:00+08:00" == iso(VICTORY_DAY)
    assert "2024-05-09T02:00:00+00:00" == iso(VICTORY_DAY, UTC)


def test_rss_gets_an_english_date_with_its_offset() -> None:
    assert "Thu, 09 May 2024 10:00:00 +0800" == rfc822(VICTORY_DAY)


def test_rss_refuses_a_moment_without_a_zone() -> None:
    with pytest.raises(ValueError, match="нет часового пояса"):
        rfc822(VICTORY_DAY.replace(tzinfo=None))
