"""``python -m newsroom.announcing CONTENT plan``: announce what is published, after a deploy.

plan       show every post as it will look; send nothing (the default)
send       do it, with --send and ANNOUNCE_LIVE=1; look up first what an ended run left open
reconcile  only look up what was left open
resolve    write down what a human found: RELEASE CHANNEL --verdict posted
withdraw   take down the posts of a release: RELEASE [CHANNEL]
doctor     ask for every right and every secret, post nothing
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from uuid import uuid4

import httpx

from newsroom.announcing import commands
from newsroom.announcing.commands import Command
from newsroom.announcing.desk import Material, read_material
from newsroom.announcing.worded import wording
from newsroom.content.types import Channel
from newsroom.problems import NewsroomError, Problem
from newsroom.publish.announce.newsdesk import Run, announcing
from newsroom.publish.announce.plan import BY_HUMAN
from newsroom.publish.announce.resolve import Verdict
from newsroom.publish.announce.sending import Office
from newsroom.publish.announce.served import asking
from newsroom.publish.ledger import book as ledger
from newsroom.publish.ledger.book import Book, LedgerError, Unreachable
from newsroom.publish.networks.network import Access
from newsroom.publish.networks.registry import network
from newsroom.publish.networks.secrets import Secrets

PAUSED = "ANNOUNCE_PAUSED"
"""The variable that stops channels without a commit: their ids with commas, or «all»."""
_SITE_ANSWERS = 15.0
"""Seconds in which the site must answer."""
COMMANDS: Mapping[str, Callable[[Command], int]] = {
    "plan": commands.plan,
    "send": commands.send,
    "reconcile": commands.reconcile,
    "resolve": commands.resolve,
    "withdraw": commands.withdraw,
    "doctor": commands.doctor,
}


LOOKING = frozenset({"plan", "send", "doctor"})
"""Commands that write nothing into the ledger; «send» is one until it is told to really send."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line; 1 where a human is asked for, or where something could not be done."""
    options = _options(arguments)
    secrets = Secrets(os.environ)
    try:
        _check_words(options)
        material = read_material(options.content, options.output, options.settings)
        with _office(options, material, secrets) as office:
            return COMMANDS[options.command](Command(options=options, material=material, office=office))
    except (NewsroomError, LedgerError) as error:
        print(secrets.hide(str(error)), file=sys.stderr)
        return 1


@contextmanager
def _office(options: argparse.Namespace, material: Material, secrets: Secrets) -> Iterator[Office]:
    # The material of another hour is looked at with the clock of that hour.
    now = (lambda: material.now) if material.site.rehearsal else (lambda: datetime.now(UTC))
    run = Run(name=_name(options.command), now=now, sleep=time.sleep)
    resolves = options.command == "resolve"  # whose release may be in the ledger alone
    stopped = frozenset(part.strip() for part in os.environ.get(PAUSED, "").split(",") if part.strip())
    with (
        _ledger(options, material, run) as book,
        httpx.Client(timeout=_SITE_ANSWERS, follow_redirects=True) as client,
    ):
        yield Office(
            desk=material.desk(book.records, stopped, only="" if resolves else options.release),
            book=book,
            network=network,
            access=lambda channel: _access(channel, material, secrets, run),
            worded=wording(material, network),
            served=asking(material.site, client),
            secrets=secrets,
            run=run,
        )


@contextmanager
def _ledger(options: argparse.Namespace, material: Material, run: Run) -> Iterator[Book]:
    """The ledger; commands that only look go on without it, and say so. Raises LedgerError."""
    try:
        opened = ledger.opened(
            Path.cwd(),
            remote=options.remote,
            branch=options.branch,
            cache=material.cache / "announce",
            sleep=run.sleep,
        )
        book = opened.__enter__()
    except LedgerError as error:
        if options.command not in LOOKING or options.send:
            raise
        print(f"Показано так, будто ещё ничего не размещено: {error}\n", file=sys.stderr)
        yield Unreachable(error)
        return
    with ExitStack() as stack:
        stack.push(opened)
        yield book


def _access(channel: Channel, material: Material, secrets: Secrets, run: Run) -> Access:
    return Access(
        channel=channel.id,
        title=channel.title,
        announcing=announcing(channel),
        secret=secrets.of(channel.id),
        site=material.site.url,
        now=run.now,
    )


def _name(command: str) -> str:
    """The name of a run in the ledger: when it began, and what no other has."""
    begin = BY_HUMAN if command == "resolve" else ""
    return f"{begin}{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{uuid4().hex[:8]}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m newsroom.announcing", description=__doc__)
    parser.add_argument("content", type=Path, help="folder of the material")
    parser.add_argument("command", nargs="?", default="plan", help=", ".join(COMMANDS))
    parser.add_argument("release", nargs="?", default="", help="id of a release: this one alone")
    parser.add_argument("channel", nargs="?", default="", help="id of a channel: this one alone")
    parser.add_argument("--send", action="store_true", help="really send; ANNOUNCE_LIVE=1 is needed too")
    parser.add_argument("--verdict", default="", help=f"what a human found: {', '.join(get_args(Verdict))}")
    parser.add_argument("--url", default="", help="address of the post that a human found (resolve)")
    parser.add_argument("--kit", type=Path, help="folder for the pages with ready texts (plan)")
    parser.add_argument("--settings", default="pelicanconf.py", help="settings of the site")
    parser.add_argument("--output", default="", help="folder of the site, whose build remembers the material")
    parser.add_argument("--remote", default="origin", help="repository of the ledger")
    parser.add_argument("--branch", default=ledger.BRANCH, help="branch of the ledger")
    return parser.parse_args(arguments)


def _check_words(options: argparse.Namespace) -> None:
    """Refuse a command and a verdict that there are not; argparse would do it in English."""
    for told, known in ((options.command, tuple(COMMANDS)), (options.verdict, ("", *get_args(Verdict)))):
        if told not in known:
            remedy = f"есть: {', '.join(word for word in known if word)}"
            raise NewsroomError([Problem("announce", 0, f"нет такого слова: {told}", remedy)])


if __name__ == "__main__":
    raise SystemExit(main())
