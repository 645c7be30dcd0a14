"""One release into one channel: the intent is written down, then it is sent once, then what came of it.

Whatever ends this half-way leaves an intent in the ledger, and nobody sends while there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from msgspec import Struct
from msgspec.structs import replace

from newsroom.publish.announce.newsdesk import Purpose, Run, Worded, payload_digest
from newsroom.publish.announce.outcome import INTENT, After, Outcome, of_error
from newsroom.publish.announce.plan import Task
from newsroom.publish.ledger.book import Book
from newsroom.publish.ledger.record import Action, Record, State, key_of
from newsroom.publish.networks.network import Announcement, Line, Network, SendingError

LEASE = timedelta(hours=3)
"""How long an intent is somebody's: longer than any run may last (.github/workflows: an hour)."""
SPARE = timedelta(minutes=5)
"""How long before the end of the lease nothing is sent any more."""
AT_ONCE = 10
"""Receivers whose intent is written down together: so many are uncertain after a crash at worst."""
_PURPOSES: Mapping[Action, Purpose] = {"post": "post", "edit": "correction", "withdraw": "withdrawal"}


class Delivered(Struct, frozen=True, kw_only=True):
    """What came of a task: the record that the ledger has now.

    ``overtaken`` where somebody else had changed it first; then nothing was sent.
    """

    task: Task
    record: Record | None
    overtaken: bool = False
    stops: bool = False
    wait: float = 0


class Delivery(Struct, frozen=True, kw_only=True):
    """Delivers into the channel that ``line`` leads to."""

    network: Network
    line: Line
    book: Book
    worded: Worded
    run: Run

    def deliver(self, task: Task) -> Delivered:
        """Do what the task says; raises LedgerError, and NewsroomError where it cannot be put into words."""
        announcement = self.worded(task.release, task.channel, _PURPOSES[task.action])
        if task.record and task.action == "edit" and not self._differs(announcement, task.record):
            return self._known(task, announcement)
        record, tried = task.record, dict[str, Outcome]()
        while batch := self._batch(record, task.action, tried):
            claimed = self._claimed(task, record, announcement, batch)
            if not self.book.put(record, claimed):
                return Delivered(task=task, record=record, overtaken=True)
            outcomes = {part: self._sent(task, announcement, part, claimed) for part in batch}
            record = self._settled(task.action, claimed, outcomes, announcement)
            if not self.book.put(claimed, record):
                return Delivered(task=task, record=record, overtaken=True)
            tried |= outcomes
            if any(outcome.stops for outcome in outcomes.values()):
                return Delivered(task=task, record=record, stops=True)
            if "retry" not in record.parts.values():
                break
        wait = max((outcome.wait for outcome in tried.values()), default=0)
        return Delivered(task=task, record=record, wait=wait)

    @staticmethod
    def _differs(announcement: Announcement, record: Record) -> bool:
        return payload_digest(announcement) != record.payload_sha256

    def _known(self, task: Task, announcement: Announcement) -> Delivered:
        """A raised revision that says the same words: the post stays as it is, and is of that revision."""
        assert task.record
        record = replace(task.record, revision=announcement.revision)
        if not self.book.put(task.record, record):
            return Delivered(task=task, record=task.record, overtaken=True)
        return Delivered(task=task, record=record)

    def _batch(self, record: Record | None, action: Action, tried: Mapping[str, Outcome]) -> tuple[str, ...]:
        """The receivers that are next: at a first post all there are, later those the record names."""
        if record is None or not record.parts:
            keys = self.line.parts()
        else:
            wanted: State = "done" if _begins(record, action) else "retry"
            keys = tuple(key for key, state in record.parts.items() if state == wanted)
        return tuple(key for key in keys if key not in tried)[:AT_ONCE]

    def _claimed(
        self, task: Task, record: Record | None, announcement: Announcement, batch: tuple[str, ...]
    ) -> Record:
        """The intent as the ledger is to have it before anything is sent."""
        now = self.run.now()
        fields: dict[str, object] = {
            "intent_at": now,
            "lease_until": now + LEASE,
            "parts": self._parts(record, task.action, batch),
        }
        if record is None:
            record = Record(
                release=announcement.release,
                channel=announcement.channel,
                state="retry",
                revision=announcement.revision,
                payload_sha256=payload_digest(announcement),
                idem=key_of(announcement.release, announcement.channel),
            )
        elif task.action == "post":
            fields |= {"revision": announcement.revision, "payload_sha256": payload_digest(announcement)}
        attempts = record.attempts if record.error else 0
        fields |= {"attempts": attempts + 1, "action": task.action}
        if not record.aimed or _begins(record, task.action):
            fields["aimed"] = announcement.revision
        return record.turned(INTENT[task.action], now, self.run.name, **fields)

    def _parts(self, record: Record | None, action: Action, batch: tuple[str, ...]) -> dict[str, State]:
        if batch == ("",):
            return {}
        known: dict[str, State] = dict(record.parts) if record else {}
        if not known:
            known = dict.fromkeys(self.line.parts(), "retry")
        elif record and _begins(record, action):  # who has the letter gets its correction or the notice
            after: dict[State, State] = {"done": "retry", "retry": "withdrawn"}
            known = {key: after.get(state, state) for key, state in known.items()}
        return known | dict.fromkeys(batch, INTENT[action])

    def _sent(self, task: Task, announcement: Announcement, part: str, claimed: Record) -> Outcome:
        if claimed.lease_until and self.run.now() > claimed.lease_until - SPARE:
            return Outcome(kind="not sent", why="запуск задержался: пост могли счесть брошенным")
        if task.action != "post" and not part and not self._is_known(claimed):
            return Outcome(kind="unable", why="этот пост записан человеком, программа его не найдёт")
        announcement = replace(announcement, part=part)
        try:
            if task.action == "post":
                return Outcome(kind="done", remote=self.line.post(announcement))
            if task.action == "edit":
                return Outcome(kind="done", remote=self.line.edit(announcement, claimed.remote))
            self.line.withdraw(announcement, claimed.remote)
            return Outcome(kind="done", remote=claimed.remote)
        except SendingError as error:
            return of_error(error, is_repeatable=self._is_repeatable(task.action))

    def _is_known(self, claimed: Record) -> bool:
        """Whether the network can be told which post is meant."""
        return bool(claimed.remote.ids) or self.network.repeats_are_harmless

    def _is_repeatable(self, action: Action) -> bool:
        return self.network.repeats_are_harmless or (action != "post" and self.network.edits_in_place)

    def _settled(
        self,
        action: Action,
        claimed: Record,
        outcomes: Mapping[str, Outcome],
        announcement: Announcement,
    ) -> Record:
        after = After(
            claimed=claimed,
            action=action,
            run=self.run,
            revision=announcement.revision,
            payload=payload_digest(announcement),
        )
        return after.parts(outcomes) if claimed.parts else after.one(outcomes[""])


def _begins(record: Record, action: Action) -> bool:
    """Whether an edit or a withdrawal of what is out begins, and does not go on."""
    if action == "withdraw":
        return record.state != "withdraw-intent"
    return action == "edit" and record.state == "done"
