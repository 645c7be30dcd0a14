"""``python -m newsroom.due CONTENT``: what waits for its hour, and whether any hour has come.

For people it names what waits. With ``--since`` it is for a schedule, whose log anybody may
read: it names nothing, and tells by its exit status whether there is something to publish.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct
from pelican.settings import read_settings

from newsroom.content.archive import Archive
from newsroom.content.catalogue import Entry
from newsroom.content.dates import day, daytime
from newsroom.content.library import Library
from newsroom.content.notices import FILE
from newsroom.content.plurals import plural
from newsroom.problems import NewsroomError
from newsroom.settings import read_site

NOTHING = 3
"""Exit status: no hour has come. Others than this and 0 are of a command that failed."""


class Hour(Struct, frozen=True, order=True):
    """A moment of the newsroom's zone at which the site changes by itself, and what comes then."""

    moment: datetime
    file: str
    what: str


def hours(archive: Archive, library: Library, now: datetime) -> Iterator[Hour]:
    """What waits at ``now``: releases, numbers, corrections and notices; ``library`` opens them."""
    for entry in archive.waiting(now):
        moment = datetime.fromtimestamp(entry.moment, now.tzinfo)
        yield Hour(moment, entry.file, library.card(entry).title)
    for chapter in archive.years:
        if max(chapter.outline.changes, default=0) > now.timestamp():
            yield from _corrections(chapter.entries, library, now)
    for issue in archive.issues:
        if issue.date > now.date():
            midnight = datetime(issue.date.year, issue.date.month, issue.date.day, tzinfo=now.tzinfo)
            yield Hour(midnight, issue.source, issue.title)
    yield from (hour for hour in _notices(archive) if hour.moment > now)


def _notices(archive: Archive) -> Iterator[Hour]:
    for notice in archive.notices:
        yield Hour(notice.effective, FILE, f"экстренное сообщение: {notice.headline}")
        yield Hour(notice.expires, FILE, f"конец экстренного сообщения: {notice.headline}")


def _corrections(entries: Iterable[Entry], library: Library, now: datetime) -> Iterator[Hour]:
    for entry in entries:
        for moment in entry.changes:
            if moment > now.timestamp() and entry.moment <= now.timestamp():
                when = datetime.fromtimestamp(moment, now.tzinfo)
                yield Hour(when, entry.file, f"исправление: {library.card(entry).title}")


def has_come(archive: Archive, since: datetime, now: datetime) -> bool:
    """Whether anything is to be published at ``now`` that was not at ``since``, both of the newsroom's zone.

    A release, a correction or a notice whose hour came between them, or passed; and every midnight, for
    the day is in the calendar, in the list of what is ahead and in the dates of the magazine.
    """
    if since.date() != now.date():
        return True
    start, end = since.timestamp(), now.timestamp()
    moments = (moment for chapter in archive.years for moment in chapter.outline.changes)
    fresh = (chapter for chapter in archive.years if chapter.outline.newest > start)
    releases = (entry.moment for chapter in fresh for entry in chapter.entries)
    notices = (each.timestamp() for notice in archive.notices for each in (notice.effective, notice.expires))
    return any(start < moment <= end for moment in (*moments, *releases, *notices))


def told(waiting: Sequence[Hour], now: datetime) -> str:
    """What waits, the next first, as people read it."""
    if not waiting:
        return "Ничто не ждёт своего часа."
    first, *others = waiting
    lines = [f"Следующим выйдет: {_line(first)}", f"  через {_left(first.moment - now)}"]
    return "\n".join([*lines, *(f"Потом: {_line(hour)}" for hour in others)])


def _line(hour: Hour) -> str:
    when = daytime(hour.moment) if hour.moment.hour or hour.moment.minute else day(hour.moment)
    return f"{when} — {hour.what} ({hour.file})"


def _left(left: timedelta) -> str:
    minutes = -(-int(left.total_seconds()) // 60)
    days, minutes = divmod(minutes, 24 * 60)
    parts = [(days, "день", "дня", "дней"), (minutes // 60, "час", "часа", "часов")]
    parts.append((minutes % 60, "минуту", "минуты", "минут"))
    return " ".join([plural(*part) for part in parts if part[0]])


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; with ``--since``: 0 if an hour has come, 3 if none has."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.due", description=__doc__)
    parser.add_argument("content", type=Path, help="folder of the material")
    parser.add_argument(
        "--since", type=datetime.fromisoformat, help="moment of the last publication, with zone"
    )
    parser.add_argument("--settings", default="pelicanconf.py", help="settings of the site")
    options = parser.parse_args(arguments)
    if options.since and options.since.tzinfo is None:
        parser.error("--since needs a zone: 2024-05-09T10:00+08:00")
    settings = read_settings(options.settings, override={"PATH": str(options.content)})
    try:
        site = read_site(settings)
        generator = settings["PELICAN_CLASS"](settings).read()
    except NewsroomError as error:
        print(error, file=sys.stderr)
        return 0 if options.since else error.exitcode  # a build will tell what is wrong
    now, archive = site.now.astimezone(site.tz), generator.gathered.archive
    if options.since:
        return 0 if has_come(archive, options.since.astimezone(site.tz), now) else NOTHING
    print(told(sorted(hours(archive, generator.library, now)), now))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
