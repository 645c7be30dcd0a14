"""The calendar: its golden bytes and what a calendar program makes of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar
from icalendar import Event as Entry

from newsroom.content.library import Library
from newsroom.content.types import EventDate
from newsroom.pages import calendar_file
from tests.sample_library import LIBRARY, MARATHON, PARADE, SITE, at, check_golden, replace
from tests.sample_library import library as library_of


def made(library: Library = LIBRARY) -> bytes:
    (file,) = calendar_file.files(library, SITE)
    assert "calendar.ics" == file.path
    return file.data


def entries(library: Library = LIBRARY) -> dict[str, Entry]:
    calendar = Calendar.from_ical(made(library))
    return {str(entry["uid"]): entry for entry in calendar.events}


def test_the_calendar_is_these_bytes() -> None:
    check_golden("calendar.ics", made())


def test_lines_end_with_crlf_and_are_at_most_75_bytes() -> None:
    lines = made().split(b"\r\n")

    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75


def test_the_calendar_tells_its_name_and_how_often_to_ask() -> None:
    calendar = Calendar.from_ical(made())

    assert "Пресс-служба Города: события и эфиры" == str(calendar["x-wr-calname"])
    assert "PT12H" == calendar.get("refresh-interval").to_ical().decode()


def test_days_of_an_event_end_before_the_day_after() -> None:
    entry = entries()["event-den-pobedy-2023-05@news.example"]

    assert date(2023, 5, 8) == entry.DTSTART
    assert date(2023, 5, 10) == entry.DTEND
    assert "Площадь Ленина" == str(entry["location"])


def test_a_broadcast_has_its_moment_in_utc() -> None:
    entry = entries()["broadcast-telemarafon@news.example"]

    assert datetime(2024, 5, 20, 11, tzinfo=UTC) == entry.DTSTART
    assert datetime(2024, 5, 20, 12, 30, tzinfo=UTC) == entry.DTEND
    assert "https://news.example/site/broadcasts/telemarafon/" == str(entry["url"])


def test_a_broadcast_of_unknown_length_has_no_end() -> None:
    library = library_of(broadcasts=(replace(MARATHON, duration_minutes=0),))

    assert "dtend" not in entries(library)["broadcast-telemarafon@news.example"]


@pytest.mark.parametrize(("state", "expected"), [("announced", 0), ("live", 1), ("recorded", 2)])
def test_each_state_of_a_broadcast_is_a_new_revision_of_one_entry(state: str, expected: int) -> None:
    library = library_of(broadcasts=(replace(MARATHON, state=state),))

    assert expected == entries(library)["broadcast-telemarafon@news.example"]["sequence"]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2024-06-09"], {"2024-06": "2024-06-09"}),
        (["2024-06-16"], {"2024-06": "2024-06-16"}),
        (["2024-06-09", "2024-05-09"], {"2024-06": "2024-06-09", "2024-05": "2024-05-09"}),
        (["2024-06-09", "2023-06-09"], {"2024-06": "2024-06-09", "2023-06": "2023-06-09"}),
        (["2024-06-09", "2024-06-02"], {"2024-06-09": "2024-06-09", "2024-06-02": "2024-06-02"}),
    ],
    ids=["one", "a moved day", "another month", "another year", "the same month"],
)
def test_no_entry_becomes_another_date(days: list[str], expected: dict[str, str]) -> None:
    dates = [EventDate(start=date.fromisoformat(day), end=date.fromisoformat(day)) for day in days]
    found = entries(library_of(events=(replace(PARADE, dates=tuple(dates)),)))

    told = {uid: entry.DTSTART.isoformat() for uid, entry in found.items()}
    assert {f"event-den-pobedy-{when}@news.example": day for when, day in expected.items()} == told


def test_a_broadcast_of_which_only_the_day_is_known_is_a_day() -> None:
    library = library_of(broadcasts=(replace(MARATHON, start=at(2024, 5, 20)),))

    assert b"DTSTART;VALUE=DATE:20240520\r\n" in made(library)
    assert b"DTEND" not in made(library)
    assert b"DTSTAMP:20240520T000000Z\r\n" in made(library)


def test_a_conventional_date_is_told() -> None:
    told = {uid for uid, entry in entries().items() if "Дата условная" in str(entry.get("description", ""))}

    assert {"event-sad-2023-06@news.example", "broadcast-otchet@news.example"} == told


def test_a_later_build_gives_the_same_bytes() -> None:
    (later,) = calendar_file.files(LIBRARY, replace(SITE, now=at(2024, 5, 11)))

    assert made() == later.data
