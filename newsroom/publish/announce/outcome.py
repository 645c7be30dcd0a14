"""What came of an attempt, and what the ledger says after it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct

from newsroom.content.plurals import plural
from newsroom.publish.announce.newsdesk import Run
from newsroom.publish.ledger.record import Action, Record, State
from newsroom.publish.networks.network import (
    NotSentError,
    RefusedError,
    Remote,
    SendingError,
    UnableError,
    UncertainError,
)

Kind = Literal["done", "not sent", "refused", "uncertain", "unable"]
INTENT: Mapping[Action, State] = {"post": "intent", "edit": "edit-intent", "withdraw": "withdraw-intent"}
GIVE_UP = 12
"""Attempts at an edit in a row that did nothing, after which a human is asked."""
_SUCCESS: Mapping[Action, State] = {"post": "done", "edit": "done", "withdraw": "withdrawn"}


class Outcome(Struct, frozen=True, kw_only=True):
    """What came of one attempt; ``wait`` is in seconds, ``stops`` where the channel takes nothing more."""

    kind: Kind
    remote: Remote = Remote()
    why: str = ""
    wait: float = 0
    stops: bool = False


def of_error(error: SendingError, *, is_repeatable: bool) -> Outcome:
    """What an error means; of what may be repeated nothing is uncertain."""
    why = str(error)
    if isinstance(error, RefusedError):
        return Outcome(kind="refused", why=why, stops=error.whole_channel)
    if isinstance(error, UnableError):
        return Outcome(kind="unable", why=why)
    if isinstance(error, NotSentError):
        return Outcome(kind="not sent", why=why, wait=error.wait)
    assert isinstance(error, UncertainError), type(error)
    return Outcome(kind="not sent" if is_repeatable else "uncertain", why=why)


class After(Struct, frozen=True, kw_only=True):
    """What the ledger says after attempts at what was ``claimed``; ``payload`` and ``revision`` were sent."""

    claimed: Record
    action: Action
    run: Run
    revision: int
    payload: str

    def one(self, outcome: Outcome) -> Record:
        """After the one attempt at a post that is for all."""
        now, remote = self.run.now(), self.claimed.remote
        fields: dict[str, object] = {
            "lease_until": None,
            "not_before": _later(now, outcome.wait),
            "error": outcome.why,
        }
        if outcome.kind != "done":
            return self.claimed.turned(self._failure(outcome.kind), now, self.run.name, **fields)
        fields |= self._what_was_sent(now)
        fields["remote"] = remote if self.action == "withdraw" else outcome.remote
        return self.claimed.turned(_SUCCESS[self.action], now, self.run.name, **fields)

    def parts(self, outcomes: Mapping[str, Outcome]) -> Record:
        """After attempts at some of several receivers: each has a state, the record that of them all.

        Where the whole channel was refused it was not because of the receiver: who did not get it is
        sent to again. What was sent is known by the ids of the first, which are the same for all.
        """
        now = self.run.now()
        parts = {**self.claimed.parts, **{key: _of_part(outcome) for key, outcome in outcomes.items()}}
        sent = [outcome.remote for outcome in outcomes.values() if outcome.kind == "done"]
        state = of_all(parts, self.action)
        fields: dict[str, object] = {
            "parts": parts,
            "lease_until": None,
            "not_before": _later(now, max(outcome.wait for outcome in outcomes.values())),
            "error": _told(parts, outcomes),
            "remote": next(iter(sent), self.claimed.remote),
        }
        if "retry" not in parts.values():
            fields |= self._what_was_sent(now)
            if self.claimed.aimed not in {0, self.revision}:  # some have the words of an earlier revision
                fields |= {"revision": self.claimed.aimed, "payload_sha256": ""}
        return self.claimed.turned(state, now, self.run.name, **fields)

    def _failure(self, kind: Kind) -> State:
        if (self.action, kind) == ("edit", "not sent") and self.claimed.attempts >= GIVE_UP:
            return "manual"
        return _FAILURES[self.action, kind]

    def _what_was_sent(self, now: datetime) -> dict[str, object]:
        return {"revision": self.revision, "payload_sha256": self.payload, "done_at": now}


_FAILURES: Mapping[tuple[Action, Kind], State] = {
    ("post", "not sent"): "retry",
    ("post", "refused"): "dead",
    ("post", "uncertain"): "uncertain",
    ("post", "unable"): "manual",
    # The post stands as it did; its raised revision makes the edit due again, the intent the withdrawal.
    ("edit", "not sent"): "done",
    ("withdraw", "not sent"): "withdraw-intent",
    ("edit", "refused"): "manual",
    ("edit", "unable"): "manual",
    ("edit", "uncertain"): "uncertain",
    ("withdraw", "refused"): "manual",
    ("withdraw", "unable"): "manual",
    ("withdraw", "uncertain"): "uncertain",
}


_PARTS: Mapping[Kind, State] = {
    "done": "done",
    "not sent": "retry",
    "refused": "dead",
    "unable": "dead",
    "uncertain": "uncertain",
}


def _of_part(outcome: Outcome) -> State:
    return "retry" if outcome.stops else _PARTS[outcome.kind]


def of_all(parts: Mapping[str, State], action: Action) -> State:
    """The state of a record whose receivers have those states."""
    states = set(parts.values())
    if "retry" in states:
        return "retry" if action == "post" else INTENT[action]
    if "uncertain" in states:
        return "uncertain"
    return "dead" if states == {"dead"} else _SUCCESS[action]


def _told(parts: Mapping[str, State], outcomes: Mapping[str, Outcome]) -> str:
    """What an editor reads of receivers: how many have it, how many do not and why, without naming them."""
    counts = {
        state: sum(each == state for each in parts.values()) for state in ("dead", "uncertain", "retry")
    }
    words = {"dead": "отказ", "uncertain": "неизвестно", "retry": "ещё не ушло"}
    failed = [f"{words[state]}: {count}" for state, count in counts.items() if count]
    whys = sorted({outcome.why for outcome in outcomes.values() if outcome.why})
    of = plural(len(parts), "получателя", "получателей", "получателей")
    return f"из {of} — {', '.join(failed)}{'; ' if whys else ''}{'; '.join(whys)}" if failed else ""


def _later(now: datetime, seconds: float) -> datetime | None:
    return now + timedelta(seconds=seconds) if seconds else None
