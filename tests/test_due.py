"""`inv next` knows when the next release is due, and a schedule whether any hour has come."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from newsroom.due import NOTHING, has_come, hours, told
from tests.conftest import ROOT, TinySite
from tests.test_embargo_references import number

IRKUTSK = ZoneInfo("Asia/Irkutsk")


def at(moment: str) -> datetime:
    """A moment of Irkutsk, whatever zone it is told in."""
    return datetime.fromisoformat(moment).astimezone(IRKUTSK)


def waiting(site: TinySite) -> str:
    generator = site._pelican().read()
    now = at(site.now)
    return told(sorted(hours(generator.gathered.archive, generator.library, now)), now).replace("\u00a0", " ")


def test_the_next_release_is_told_with_its_hour_and_how_long_it_waits(site: TinySite) -> None:
    site.now = "2024-06-01T09:30:00+08:00"
    site.release("2024-05-09-katok")
    site.release("2024-06-01-segodnya", date="2024-06-01 12:00", title="Сегодня")
    site.release("2024-06-03-potom", date="2024-06-03", title="Потом")
    site.release("2024-06-02-chernovik", status="draft")
    assert [
        "Следующим выйдет: 1 июня 2024 г., 12:00 — Сегодня (releases/2024/06/2024-06-01-segodnya.md)",
        "  через 2 часа 30 минут",
        "Потом: 3 июня 2024 г. — Потом (releases/2024/06/2024-06-03-potom.md)",
    ] == waiting(site).splitlines()


def test_a_number_of_the_magazine_is_due_at_the_midnight_of_its_day(site: TinySite) -> None:
    header = "title: Журнал\nnumber: '7'\ndate: 2024-06-03\npdf: nomer.pdf\n"
    number(site.write("issues/nomer.md", f"---\n{header}---\n").with_suffix(".pdf"))
    assert "3 июня 2024 г. — Журнал (issues/nomer.md)\n  через 1 день 12 часов" in waiting(site)


def test_a_correction_that_waits_is_told_too(site: TinySite) -> None:
    site.release("2024-05-09-katok", changes="[{date: 2024-06-02 09:00, note: Уточнено}]")
    assert (
        "2 июня 2024 г., 09:00 — исправление: Город открыл каток (releases/2024/05/2024-05-09-katok.md)"
        in (waiting(site))
    )


def test_nothing_waits(site: TinySite) -> None:
    assert "Ничто не ждёт своего часа." == waiting(site)


HOURS = {
    "a minute before": ("2024-06-30T22:00+08:00", "2024-06-30T22:59+08:00", False),
    "in the minute": ("2024-06-30T22:59+08:00", "2024-06-30T23:00+08:00", True),
    "in the minute, told in UTC": ("2024-06-30T14:59+00:00", "2024-06-30T15:00+00:00", True),
    "it was published in that minute": ("2024-06-30T23:00+08:00", "2024-06-30T23:15+08:00", False),
    "a correction": ("2024-06-30T05:00+08:00", "2024-06-30T06:15+08:00", True),
    "midnight of the newsroom": ("2024-06-30T23:50+08:00", "2024-07-01T00:05+08:00", True),
    "midnight of UTC, when nothing happens here": ("2024-07-01T23:50+00:00", "2024-07-02T00:05+00:00", False),
    "a schedule that slept for a week": ("2024-06-01T00:00+08:00", "2024-06-08T00:00+08:00", True),
}


@pytest.mark.parametrize("name", HOURS)
def test_a_schedule_builds_when_an_hour_has_come(site: TinySite, name: str) -> None:
    since, now, expected = HOURS[name]
    site.now = now
    site.release("2024-06-30-vecher", date="2024-06-30 23:00")
    site.release("2024-06-01-davno", changes="[{date: 2024-06-30 06:00, note: Уточнено}]")
    archive = site._pelican().read().gathered.archive
    assert expected == has_come(archive, at(since), at(now))


def due(site: TinySite, *options: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "newsroom.due", str(site.content), *options]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, encoding="utf-8")
    return done.returncode, done.stdout + done.stderr


def test_the_command_tells_a_schedule_by_its_status_and_names_nothing(site: TinySite) -> None:
    site.release("2024-05-09-katok")
    now = datetime.now(IRKUTSK)
    for since, expected in (("2024-05-09T09:59+08:00", 0), (now.isoformat(), NOTHING)):
        status, said = due(site, "--since", since)
        assert (expected, False) == (status, "каток" in said.lower())


def test_material_with_a_fault_is_left_to_the_build_to_tell_of(site: TinySite) -> None:
    site.release("2024-05-09-katok", rubric="net")
    status, said = due(site, "--since", datetime.now(IRKUTSK).isoformat())
    assert (0, True) == (status, "«net» нет в списке" in said)
