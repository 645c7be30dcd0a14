"""A run: every channel by itself and side by side, so that none waits for another or falls with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from newsroom.content.announcing import NetworkName
from newsroom.content.types import Channel, Release
from newsroom.problems import NewsroomError
from newsroom.publish.announce.deliver import Delivered, Delivery
from newsroom.publish.announce.newsdesk import Newsdesk, Run, Worded, announcing, by_hand
from newsroom.publish.announce.plan import TOO_LATE, Plan, Task, is_stale, plan
from newsroom.publish.announce.reconcile import Reconciling, is_open
from newsroom.publish.announce.served import Served
from newsroom.publish.ledger.book import Book, LedgerError
from newsroom.publish.ledger.record import Record, State
from newsroom.publish.networks.network import Access, Announcement, Line, Network, SendingError
from newsroom.publish.networks.secrets import Secrets, variable

PATIENCE = 60.0
"""Seconds that a network may ask to wait within a run; for longer the release is left to the next one."""
_ASKS = 3
"""How many times within a run."""


class Result(Struct, frozen=True, kw_only=True):
    """What came of one release in one channel: the record as it is now, or why nothing was done."""

    channel: Channel
    release: str
    record: Record | None = None
    why: str = ""
    is_fault: bool = False


class Office(Struct, frozen=True, kw_only=True):
    """Everything a run works with."""

    desk: Newsdesk
    book: Book
    network: Callable[[NetworkName], Network]
    access: Callable[[Channel], Access]
    worded: Worded
    served: Served
    secrets: Secrets
    run: Run

    def send(self) -> list[Result]:
        """Look up what is open, then do what is due, in all channels that are not paused."""
        return self._in_channels(self._send)

    def reconcile(self) -> list[Result]:
        """Only look up what is open."""
        return self._in_channels(self._reconcile)

    def do(self, task: Task) -> list[Result]:
        """Do one task, whatever the plan says."""
        return self._in_channels(lambda channel, line: self._tasks(channel, line, [task]), task.channel)

    def _in_channels(
        self, work: Callable[[Channel, Line], Iterator[Result]], only: Channel | None = None
    ) -> list[Result]:
        channels = [
            channel
            for channel in self.desk.channels
            if not by_hand(channel) and not self.desk.pause(channel) and only in {None, channel}
        ]
        with ThreadPoolExecutor(max_workers=max(len(channels), 1)) as pool:
            parts = [pool.submit(self._safely, work, channel) for channel in channels]
            return [result for part in parts for result in part.result()]

    def _safely(self, work: Callable[[Channel, Line], Iterator[Result]], channel: Channel) -> list[Result]:
        """All that came of the work in a channel, be it a fault that nobody thought of."""
        found: list[Result] = []
        if missing := missing_secrets(self.network(announcing(channel).by), channel, self.secrets):
            return [Result(channel=channel, release="", why=f"нет переменных: {missing}", is_fault=True)]
        try:
            with self.network(announcing(channel).by).open(self.access(channel)) as line:
                found.extend(work(channel, line))
        except (LedgerError, SendingError) as error:
            found.append(Result(channel=channel, release="", why=str(error), is_fault=True))
        except Exception as error:
            why = self.secrets.hide(f"{type(error).__name__}: {error}")
            found.append(Result(channel=channel, release="", why=f"сбой программы: {why}", is_fault=True))
        return found

    def _send(self, channel: Channel, line: Line) -> Iterator[Result]:
        yield from self._reconcile(channel, line)
        yield from self._tasks(channel, line, self._plan(channel).tasks)
        yield from self._reconcile(channel, line)

    def _plan(self, channel: Channel) -> Plan:
        return plan(replace(self.desk, channels=(channel,)), self.book.records, self.run.now())

    def _tasks(self, channel: Channel, line: Line, tasks: tuple[Task, ...] | list[Task]) -> Iterator[Result]:
        network = self.network(announcing(channel).by)
        delivery = Delivery(network=network, line=line, book=self.book, worded=self.worded, run=self.run)
        result = partial(Result, channel=channel)
        is_first = True
        for task in tasks:
            if why := self.served(task.release):
                yield result(release=task.release.id, why=why)
                continue
            if not is_first:
                self.run.sleep(network.limits.pause)
            is_first = False
            try:
                delivered = self._patiently(delivery, task)
            except (LedgerError, SendingError):
                raise
            except Exception as error:  # of this release; the others go on
                why = str(error) if isinstance(error, NewsroomError) else f"сбой программы: {error!r}"
                yield result(release=task.release.id, why=self.secrets.hide(why), is_fault=True)
                continue
            why = "его изменил другой запуск" if delivered.overtaken else ""
            yield result(release=task.release.id, record=delivered.record, why=why)
            if delivered.stops:
                yield result(release="", why="канал больше ничего не принимает", is_fault=True)
                return

    def _patiently(self, delivery: Delivery, task: Task) -> Delivered:
        """Deliver; where the network asks to wait a little, wait and do so again."""
        delivered = delivery.deliver(task)
        for _ in range(_ASKS):
            record = delivered.record
            is_left = record is not None and (record.state == "retry" or "retry" in record.parts.values())
            if not is_left or delivered.stops or not 0 < delivered.wait <= PATIENCE:
                break
            self.run.sleep(delivered.wait)
            delivered = delivery.deliver(replace(task, record=record))
        return delivered

    def _reconcile(self, channel: Channel, line: Line) -> Iterator[Result]:
        network = self.network(announcing(channel).by)
        reconciling = Reconciling(network=network, line=line, book=self.book, run=self.run)
        for (id, name), record in sorted(self.book.records.items()):
            release = self.desk.releases.get(id)
            if name != channel.id or release is None:
                continue
            try:
                if is_open(record, self.run.now()):
                    after = reconciling.look(record, self._known_by(release, channel))
                    yield Result(channel=channel, release=id, record=after)
                elif ended := self._ended(release, channel, record):
                    yield Result(channel=channel, release=id, record=ended)
            except NewsroomError as error:
                yield Result(channel=channel, release=id, why=str(error), is_fault=True)

    def _ended(self, release: Release, channel: Channel, record: Record) -> Record | None:
        """The record of what never went, once it is too late for it or nobody wants it any more."""
        now, name = self.run.now(), self.run.name
        if record.state != "retry":
            return None
        if record.is_out and is_stale(release, channel, record, now):
            ended = self._left_behind(record)
        elif record.is_out:
            return None
        elif release.status == "withdrawn":
            ended = record.turned("withdrawn", now, name, error="отозван раньше, чем ушёл")
        elif is_stale(release, channel, record, now):
            ended = record.turned("dead", now, name, error=TOO_LATE)
        else:
            return None
        return ended if self.book.put(record, ended) else None

    def _left_behind(self, record: Record) -> Record:
        """Of many receivers those who did not get it in time will not."""
        parts = {key: "dead" if state == "retry" else state for key, state in record.parts.items()}
        state: State = "uncertain" if "uncertain" in parts.values() else "done"
        why = f"не ушло вовремя: {list(record.parts.values()).count('retry')} из {len(parts)}"
        return record.turned(state, self.run.now(), self.run.name, parts=parts, error=why)

    def _known_by(self, release: Release, channel: Channel) -> Announcement:
        """The announcement by which a post is known again."""
        return self.worded(release, channel, "withdrawal" if release.status == "withdrawn" else "post")


def missing_secrets(network: Network, channel: Channel, secrets: Secrets) -> str:
    """The variables that the channel needs and the environment lacks, with commas."""
    secret = secrets.of(channel.id)
    return ", ".join(variable(channel.id, end) for end in network.secrets if not secret(end))


def is_red(results: list[Result], book: Book) -> bool:
    """Whether the run must end as failed: a human is asked for, in whatever run that came to be."""
    troubles = {"uncertain", "dead"}
    return any(result.is_fault for result in results) or any(
        record.state in troubles or "uncertain" in record.parts.values() for record in book.records.values()
    )
