"""``python -m newsroom.announcing.audience snapshot CONTENT``: how many people read, as networks tell it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from msgspec.structs import replace
from pelican.settings import read_settings

from newsroom.content.amount import Amount
from newsroom.content.audience import COLUMNS, FILE, NUMBERS, Count, as_lines, read_audience
from newsroom.content.data_table import mark_of
from newsroom.content.types import Channel
from newsroom.problems import NewsroomError
from newsroom.publish.networks.network import Access, SendingError
from newsroom.publish.networks.reach import Reach, reach
from newsroom.publish.networks.secrets import Secrets
from newsroom.settings import Site, read_site

Ask = Callable[[Access, datetime], Reach]


def snapshot(
    channels: Iterable[Channel], site: Site, secrets: Secrets, ask: Ask = reach
) -> tuple[list[Count], list[str]]:
    """What is known today of every channel that releases go to, and why of others nothing is, in Russian."""
    counts, untold = [], []
    now = site.now.astimezone(site.tz)
    for channel in channels:
        announcing = channel.announce
        if announcing is None or channel.status != "active":
            continue
        if announcing.paused:
            untold.append(f"{channel.id}: канал стоит — {announcing.paused}")
            continue
        access = Access(
            channel=channel.id,
            title=channel.title,
            announcing=announcing,
            secret=secrets.of(channel.id),
            site=site.url,
            now=lambda: site.now,
        )
        try:
            found = ask(access, datetime(now.year, 1, 1, tzinfo=site.tz))
        except SendingError as error:
            untold.append(secrets.hide(f"{channel.id}: {error}"))
            continue
        counts.append(_count(channel.id, now.date(), found))
    return counts, untold


def _count(channel: str, day: date, found: Reach) -> Count:
    def amount(value: int | None) -> Amount | None:
        return None if value is None else Amount(value)

    return Count(
        date=day,
        channel=channel,
        subscribers=amount(found.subscribers),
        posts=amount(found.posts),
        views=amount(found.views),
    )


def write_down(root: Path, counts: Sequence[Count]) -> None:
    """Append the counts to the file; of the same channel and day they are put into the former line.

    What a network did not say there stays: somebody may have written it by hand.
    """
    file = root / FILE
    text = file.read_text("utf-8-sig") if file.is_file() else ",".join(COLUMNS) + "\n"
    former = {(count.date, count.channel): count for count in read_audience(root).counts}
    anew = [_joined(former.get((count.date, count.channel)), count) for count in counts]
    stale = {former[key].line for count in counts if (key := (count.date, count.channel)) in former}
    lines = [line for number, line in enumerate(text.splitlines(keepends=True), 1) if number not in stale]
    kept = "".join(lines)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.new")
    new.write_text(
        kept + "\n" * (not kept.endswith("\n")) + as_lines(anew, mark_of(lines[0])), "utf-8", newline="\n"
    )
    new.replace(file)


def _joined(former: Count | None, count: Count) -> Count:
    if former is None:
        return count
    known = {name: getattr(count, name) or getattr(former, name) for name in NUMBERS}
    return replace(count, **known)


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: 0 when every channel that is not paused was counted."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.announcing.audience", description=__doc__)
    parser.add_argument("command", choices=("snapshot",))
    parser.add_argument("content", type=Path, help="folder of the material")
    parser.add_argument("--settings", default="pelicanconf.py", help="settings of the site")
    options = parser.parse_args(arguments)
    settings = read_settings(options.settings, override={"PATH": str(options.content)})
    try:
        site = read_site(settings)
        generator = settings["PELICAN_CLASS"](settings).read()
        counts, untold = snapshot(generator.library.channels, site, Secrets(os.environ))
        if counts:
            write_down(options.content, counts)
    except NewsroomError as error:
        print(error, file=sys.stderr)
        return error.exitcode
    for count in counts:
        told = (f"{name} {getattr(count, name) or '—'}" for name in NUMBERS)
        print(f"{count.channel}: {', '.join(told)}")
    print(f"Записано в {FILE}: {len(counts)}")
    for line in untold:
        print(line, file=sys.stderr)
    return int(any("канал стоит" not in line for line in untold))


if __name__ == "__main__":
    raise SystemExit(main())
