"""A ZIP of ours is the same bytes each time, and every unpacker opens it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from newsroom.build.stored_zip import members, stored_size, stored_zip

MOMENT = datetime(2024, 5, 9, 10, 30, 15, tzinfo=ZoneInfo("Asia/Irkutsk"))
NAMES = st.text("abc-/.", min_size=1, max_size=20)


@given(st.dictionaries(NAMES, st.binary(max_size=300), max_size=5))
def test_what_went_in_comes_out_and_its_size_is_known_before(files: dict[str, bytes]) -> None:
    data = stored_zip(files.items(), MOMENT)
    assert [*files.values()] == [*members(data)]
    assert len(data) == stored_size((name, len(content)) for name, content in files.items())


def test_it_is_dated_by_the_clock_of_its_moment_and_says_nothing_of_the_machine() -> None:
    archive = zipfile.ZipFile(io.BytesIO(stored_zip([("reliz/foto.txt", b"1")], MOMENT)))
    assert archive.testzip() is None
    (entry,) = archive.infolist()
    assert ((2024, 5, 9, 10, 30, 14), 3, zipfile.ZIP_STORED) == (
        entry.date_time,
        entry.create_system,
        entry.compress_type,
    )


def test_a_year_that_zip_cannot_tell_is_its_first() -> None:
    archive = zipfile.ZipFile(
        io.BytesIO(stored_zip([("a", b"")], datetime(1955, 12, 12, tzinfo=MOMENT.tzinfo)))
    )
    assert (1980, 1, 1, 0, 0, 0) == archive.infolist()[0].date_time
