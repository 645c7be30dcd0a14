"""What an ended run left open is looked up in the network, where that lets programs look.

What is found is done. What surely is not there, though time enough has passed for it to appear, may be
sent again. Where nobody can look it stays uncertain, for a human.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from newsroom.publish.announce.newsdesk import Run
from newsroom.publish.announce.outcome import of_all
from newsroom.publish.ledger.book import Book
from newsroom.publish.ledger.record import INTENTS, Record, State
from newsroom.publish.networks.network import (
    Announcement,
    Line,
    Network,
    Remote,
    SendingError,
    UnableError,
)

APPEARS = timedelta(minutes=10)
"""How long after an attempt a post may still appear on a wall."""
SKEW = timedelta(minutes=10)
"""By how much the network's clock may be behind ours."""


def is_open(record: Record, now: datetime) -> bool:
    """Whether an ended run left it so that somebody must look."""
    if record.state == "uncertain":
        return not record.parts  # whom a letter reached nobody can look up
    is_ended = record.state in INTENTS and not record.is_left and not record.is_leased(now)
    return is_ended and (not record.parts or bool(INTENTS & {*record.parts.values()}))


class Reconciling(Struct, frozen=True, kw_only=True):
    """Looks up what is open in the channel that ``line`` leads to."""

    network: Network
    line: Line
    book: Book
    run: Run

    def look(self, record: Record, announcement: Announcement) -> Record:
        """The record as the ledger has it after the look; the same where nothing was learnt.

        ``announcement`` is that of the release, by which a post is known. Raises LedgerError.
        """
        after = self._after(record, announcement)
        return after if after is not record and self.book.put(record, after) else record

    def _after(self, record: Record, announcement: Announcement) -> Record:
        now, name = self.run.now(), self.run.name
        if record.parts:
            return self._parts_after(record, now)
        if record.action != "post" and self._may_repeat:
            why = "оборвалось на полпути, будет повторено"
            state: State = "done" if record.action == "edit" else "withdraw-intent"
            return record.turned(state, now, name, lease_until=None, error=why)
        if record.action != "post":
            return self._unknown(record, now, "правка или отзыв могли пройти, а могли и нет")
        if self.network.repeats_are_harmless:
            return record.turned("retry", now, name, lease_until=None, error="оборвалось, будет повторено")
        return self._looked_up(record, announcement, now)

    @property
    def _may_repeat(self) -> bool:
        return self.network.edits_in_place or self.network.repeats_are_harmless

    def _looked_up(self, record: Record, announcement: Announcement, now: datetime) -> Record:
        since = (record.intent_at or now) - SKEW
        try:
            found = self.line.find(announcement, since)
        except UnableError:
            return self._unknown(record, now, "пост мог выйти, а мог и не выйти: посмотрите на странице")
        except SendingError as error:
            return self._unknown(record, now, f"не удалось посмотреть, вышел ли пост: {error}")
        if found:
            return self._found(record, found, now)
        if now - (record.intent_at or now) < APPEARS:
            return self._unknown(record, now, "поста пока не видно: он ещё может появиться")
        why = "поста на странице нет: будет отправлен снова"
        return record.turned("retry", now, self.run.name, lease_until=None, error=why)

    def _found(self, record: Record, found: Remote, now: datetime) -> Record:
        return record.turned("done", now, self.run.name, remote=found, done_at=now, lease_until=None)

    def _unknown(self, record: Record, now: datetime, why: str) -> Record:
        if record.state == "uncertain" and record.error == why:
            return record
        return record.turned("uncertain", now, self.run.name, lease_until=None, error=why)

    def _parts_after(self, record: Record, now: datetime) -> Record:
        """Of receivers those that were being sent to are uncertain; the others go on."""
        parts: dict[str, State] = {
            key: "uncertain" if state in INTENTS else state for key, state in record.parts.items()
        }
        if self.network.repeats_are_harmless:
            parts = {key: "retry" if state == "uncertain" else state for key, state in parts.items()}
        state = of_all(parts, record.action)
        count = sum(each == "uncertain" for each in parts.values())
        why = f"отправка оборвалась, неизвестно, дошло ли: {count} из {len(parts)}"
        return record.turned(state, now, self.run.name, parts=parts, lease_until=None, error=why)
