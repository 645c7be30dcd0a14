"""What is to be done with each release in each channel, and why nothing is done with the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from newsroom.content.types import Channel, Release
from newsroom.publish.announce.newsdesk import Newsdesk, announcing, by_hand
from newsroom.publish.ledger.record import Action, Record
from newsroom.publish.wording.words import social_for

Records = Mapping[tuple[str, str], Record]
"""Those of the ledger by release and channel."""
DAY = timedelta(days=1)
BY_HUMAN = "resolve-"
"""How the names of runs begin in which a human says what is to be done."""
TOO_LATE = "не ушёл, пока был свежим"


class Task(Struct, frozen=True, kw_only=True):
    """Something to be done; ``record`` is what the ledger has, None before a first post."""

    action: Action
    release: Release
    channel: Channel
    record: Record | None


class Waiting(Struct, frozen=True, kw_only=True):
    """A release that is not in a channel, or not as it should be there, and why, in Russian.

    ``by_human`` where nothing will happen by itself.
    """

    release: Release
    channel: Channel
    why: str
    by_human: bool = False
    record: Record | None = None


class Because(Struct, frozen=True):
    """Why nothing is done, in Russian."""

    why: str


class Plan(Struct, frozen=True, kw_only=True):
    """Tasks in the order they are to be done, the oldest release first, and what waits."""

    tasks: tuple[Task, ...]
    waiting: tuple[Waiting, ...]

    def of(self, channel: Channel) -> list[Task]:
        return [task for task in self.tasks if task.channel is channel]


def plan(desk: Newsdesk, records: Records, now: datetime) -> Plan:
    """The plan for this moment; ``records`` are those of the ledger by release and channel."""
    tasks: list[Task] = []
    waiting: list[Waiting] = []
    releases = sorted(desk.releases.values(), key=lambda release: (release.date, release.id))
    for channel in desk.channels:
        room = _Room(channel, records, now)
        for release in releases:
            due = _due(release, channel, records, desk, now)
            due = room.checked(due) if isinstance(due, Task) else due
            if isinstance(due, Task):
                tasks.append(due)
            elif due:
                waiting.append(due)
    return Plan(tasks=tuple(tasks), waiting=tuple(waiting))


def skips(release: Release, channel: Channel) -> bool:
    """Whether the release says that it is not for this channel."""
    social = social_for(release, channel.id, announcing(channel))
    return social is not None and social.skip


def is_fresh(release: Release, channel: Channel, now: datetime) -> bool:
    """Whether it is not too late to post it there."""
    return now - release.date <= timedelta(hours=announcing(channel).fresh_hours)


def is_stale(release: Release, channel: Channel, record: Record, now: datetime) -> bool:
    """Whether what should be sent again is too late by now; what a human asks for is fresh from then on."""
    asked = record.history[-1].at if record.run.startswith(BY_HUMAN) and record.history else release.date
    return now - max(asked, release.date) > timedelta(hours=announcing(channel).fresh_hours)


def _is_renamed(release: Release, channel: Channel, desk: Newsdesk, records: Records) -> bool:
    """Whether it was announced there while its file had another name, which its former addresses tell."""
    former = {f"/news/{id[:4]}/{id[5:7]}/{id[11:]}/": id for id in desk.gone}
    return any((former.get(address, ""), channel.id) in records for address in release.aliases)


def _due(
    release: Release, channel: Channel, records: Records, desk: Newsdesk, now: datetime
) -> Task | Waiting | None:
    """What is due if there is room for it."""
    record = records.get((release.id, channel.id))

    def waits(why: str, *, by_human: bool = False) -> Waiting:
        return Waiting(release=release, channel=channel, why=why, by_human=by_human, record=record)

    due = _by_record(release, channel, record, now) if record else _first(release, channel, now)
    if due == "post" and not record and _is_renamed(release, channel, desk, records):
        due = Because("размещён под прежним именем файла")
    if isinstance(due, Because):
        return waits(due.why, by_human=bool(record and record.state in {"uncertain", "dead", "manual"}))
    if due is None:
        return None
    if by_hand(channel):
        return waits("размещает человек", by_human=True)
    if pause := desk.pause(channel):
        return waits(f"канал остановлен: {pause}")
    if record and record.not_before and now < record.not_before:
        return waits(f"сеть просит подождать до {record.not_before:%H:%M}")
    return Task(action=due, release=release, channel=channel, record=record)


def _first(release: Release, channel: Channel, now: datetime) -> Action | Because | None:
    """What is to be done where the ledger has nothing; a reason is why nothing is."""
    wants = announcing(channel).wants(release.rubric.id, release.department.id)
    if release.status != "published" or not wants or skips(release, channel):
        return None
    if not is_fresh(release, channel, now):
        return Because(f"вышел больше {announcing(channel).fresh_hours} ч назад, сам уже не уйдёт")
    return "post"


def _by_record(release: Release, channel: Channel, record: Record, now: datetime) -> Action | Because | None:
    if record.is_leased(now):
        return Because("им занят другой запуск")
    if record.state == "done":
        return _after(release, record)
    if record.state == "retry":
        return _again(release, channel, record, now)
    if record.is_left:
        return _left(release, record)
    if record.state == "withdrawn" and release.status == "published" and record.action == "withdraw":
        return Because("пост убран; разместить снова: inv announce resolve … --verdict not-posted")
    return Because(_REASONS[record.state]) if record.state in _REASONS else None


def _after(release: Release, record: Record) -> Action | None:
    """What is to be done with a post."""
    if release.status == "withdrawn":
        return "withdraw"
    return "edit" if release.revision > record.revision else None


def _again(release: Release, channel: Channel, record: Record, now: datetime) -> Action | Because | None:
    if release.status == "withdrawn":
        return "withdraw" if record.is_out else None
    told = announcing(channel)
    is_asked = record.run.startswith(BY_HUMAN)
    if not is_asked and (skips(release, channel) or not told.wants(release.rubric.id, release.department.id)):
        return Because("не ушёл, а теперь сюда и не нужен")
    return Because(TOO_LATE) if is_stale(release, channel, record, now) else "post"


def _left(release: Release, record: Record) -> Action:
    """What goes on: a withdrawal before all else."""
    return "withdraw" if release.status == "withdrawn" else record.action


_REASONS = {
    "intent": "прошлый запуск оборвался: надо сверить",
    "edit-intent": "прошлый запуск оборвался при правке: надо сверить",
    "withdraw-intent": "прошлый запуск оборвался при отзыве: надо сверить",
    "uncertain": "неизвестно, вышел ли пост",
    "dead": "сеть отказала",
    "manual": "доделывает человек",
}


class _Room:
    """How much more a channel takes in this run and on this day."""

    def __init__(self, channel: Channel, records: Records, now: datetime) -> None:
        told = announcing(channel)
        tried = (
            turn.at for record in _of(channel, records) for turn in record.history if turn.state == "intent"
        )
        today = sum(now - moment < DAY for moment in tried)
        self._run, self._day = told.per_run, told.per_day and max(told.per_day - today, 0)
        self._has_days = bool(told.per_day)

    def checked(self, task: Task) -> Task | Waiting:
        """The task if there is room for it; corrections and withdrawals always find some."""
        if task.action != "post":
            return task
        if not self._run or (self._has_days and not self._day):
            why = "в этом запуске места больше нет" if not self._run else "за сутки больше нельзя"
            return Waiting(release=task.release, channel=task.channel, why=why, record=task.record)
        self._run -= 1
        self._day -= self._has_days
        return task


def _of(channel: Channel, records: Records) -> Iterator[Record]:
    return (record for (_, id), record in records.items() if id == channel.id)
