"""The commands of announcing: each prints what an editor wants to know and gives the exit status."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from newsroom.announcing import kit
from newsroom.announcing.desk import Material
from newsroom.announcing.posts import record_posts
from newsroom.content.types import Channel
from newsroom.problems import NewsroomError, Problem
from newsroom.publish.announce import doctor as examining
from newsroom.publish.announce import resolve as resolving
from newsroom.publish.announce import told
from newsroom.publish.announce.newsdesk import Newsdesk, Purpose, announcing, by_hand
from newsroom.publish.announce.plan import Plan, Task
from newsroom.publish.announce.plan import plan as planned
from newsroom.publish.announce.sending import Office, Result, is_red

LIVE = "ANNOUNCE_LIVE"


class Command(Struct, frozen=True, kw_only=True):
    """What was asked for, and everything to do it with."""

    options: argparse.Namespace
    material: Material
    office: Office

    @property
    def is_live(self) -> bool:
        """Whether anything may be sent."""
        is_meant = bool(self.options.send) and os.environ.get(LIVE) == "1"
        return is_meant and not self.material.site.rehearsal

    @property
    def channel(self) -> Channel | None:
        """The one channel that was named, if one was. Raises NewsroomError."""
        return self.material.channel(self.options.channel) if self.options.channel else None

    @property
    def narrowed(self) -> Office:
        """The office with no other channel than the one that was named."""
        channels = (self.channel,) if self.channel else self.office.desk.channels
        return replace(self.office, desk=replace(self.office.desk, channels=channels))


def plan(command: Command) -> int:
    """Show what a run would do; 0 whatever that is."""
    office = command.narrowed
    found = planned(office.desk, office.book.records, office.run.now())
    if command.options.release:
        found = _of_one(command, found)
    _say(told.planned(found, lambda task: _shown(office, task), is_live=False))
    _say(told.gone(office.desk.gone))
    _say(told.troubles(office.book.records.values(), _by_id(office.desk)))
    if command.options.kit:
        board = kit.write(command.material, office, command.options.kit, command.material.theme)
        print(f"Готовые тексты и доска «Ещё не размещено»: {board}")
    return 0


def send(command: Command) -> int:
    """Do what is due."""
    if not command.is_live:
        status = plan(command)
        if command.options.send:
            rehearsed = command.material.site.rehearsal
            why = "часы заданы вручную, уберите NEWSROOM_NOW" if rehearsed else f"нужна переменная {LIVE}=1"
            print(f"Ничего не отправлено: {why}.")
        return status
    office = command.narrowed
    return _finished(command, office.send())


def reconcile(command: Command) -> int:
    """Look up what was left open; nothing is sent."""
    return _finished(command, command.narrowed.reconcile())


def resolve(command: Command) -> int:
    """Write down what a human found."""
    options, office = command.options, command.office
    if not (options.release and options.channel and options.verdict):
        remedy = "inv announce resolve РЕЛИЗ КАНАЛ --verdict " + "|".join(resolving.VERDICTS)
        raise NewsroomError([Problem("resolve", 0, "не сказано, что с чем случилось", remedy)])
    place = options.release, options.channel
    release = command.material.known(options.release)
    if place not in office.book.records:
        command.material.channel(options.channel)
    record = resolving.resolve(office.book, place, release, options.verdict, options.url, office.run)
    print(told.resolved(record))
    _record_posts(command)
    return 0


def withdraw(command: Command) -> int:
    """Take down the posts of a release, whatever its page says."""
    options, office = command.options, replace(command.narrowed, served=lambda _: "")
    if not options.release:
        raise NewsroomError(
            [Problem("withdraw", 0, "не сказано, какой релиз", "inv announce withdraw РЕЛИЗ [КАНАЛ]")]
        )
    tasks = list(_withdrawals(office, options.release, office.run.now()))
    if not command.is_live:
        _say(
            told.planned(
                Plan(tasks=tuple(tasks), waiting=()), lambda task: _shown(office, task), is_live=False
            )
        )
        return 0
    untouched = [
        Result(channel=task.channel, release=options.release, why=why, is_fault=True)
        for task in tasks
        if (why := office.desk.pause(task.channel))
    ]
    return _finished(command, [*untouched, *(result for task in tasks for result in office.do(task))])


def doctor(command: Command) -> int:
    """Ask for every right; 1 where one is missing."""
    findings = list(examining.examine(command.narrowed, command.material.newest))
    _say(told.examined(findings))
    return int(any(finding.trouble for finding in findings))


def _withdrawals(office: Office, id: str, now: datetime) -> Iterable[Task]:
    """What there is to take down: posts that are out, and those whose withdrawal was cut off."""
    for channel in office.desk.channels:
        record = office.book.records.get((id, channel.id))
        if record and record.is_out and record.state != "withdrawn" and not record.is_leased(now):
            release = office.desk.releases[id]
            yield Task(action="withdraw", release=release, channel=channel, record=record)


def _of_one(command: Command, found: Plan) -> Plan:
    """The plan of one release, which is shown as it would look, however old it is."""
    office = command.narrowed
    known = {task.channel.id for task in found.tasks}
    records = office.book.records
    others = [
        Task(action="post", release=each.release, channel=each.channel, record=None)
        for each in found.waiting
        if each.channel.id not in known and (each.release.id, each.channel.id) not in records
    ]
    return Plan(tasks=(*found.tasks, *others), waiting=found.waiting)


def _shown(office: Office, task: Task) -> str:
    purpose: Purpose = "withdrawal" if task.action == "withdraw" else "post"
    network = office.network(announcing(task.channel).by)
    return told.post(task, office.worded(task.release, task.channel, purpose), network)


def _finished(command: Command, results: list[Result]) -> int:
    """Tell what came of a run; 1 where a human must look."""
    _say(told.results(results))
    book, desk = command.office.book, command.office.desk
    late = planned(desk, book.records, command.office.run.now()).waiting
    _say(told.waiting(each for each in late if each.record is None and not by_hand(each.channel)))
    _say(told.gone(desk.gone))
    _say(told.troubles(book.records.values(), _by_id(command.office.desk)))
    _record_posts(command)
    return int(is_red(results, book))


def _record_posts(command: Command) -> None:
    for file in record_posts(command.material.root, command.office.book.records.values()):
        print(f"{file}: адреса постов записаны, закоммитьте файл.")


def _by_id(desk: Newsdesk) -> dict[str, Channel]:
    return {channel.id: channel for channel in desk.channels}


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
