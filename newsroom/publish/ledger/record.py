"""A line of the ledger: what is known of one release in one channel.

```
            ┌────────────── surely not sent ──────────────┐
            ▼                                             │
 nothing → intent ── the network took it ──► done ──► edit-intent ──► done
   retry ──┘  │                               └─────► withdraw-intent ──► withdrawn
              ├── turned away for good ────► dead          (a human resolves)
              └── nobody knows ────────────► uncertain     (looked up, else a human resolves)
```

An intent is written down before anything is sent, and says until when whoever wrote it may still be
at work (``lease_until``); an intent whose time is over is as good as «uncertain».
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newsroom.publish.networks.network import Remote

State = Literal[
    "intent",
    "done",
    "edit-intent",
    "withdraw-intent",
    "withdrawn",
    "retry",
    "uncertain",
    "dead",
    "manual",
]
Action = Literal["post", "edit", "withdraw"]
INTENTS: frozenset[State] = frozenset({"intent", "edit-intent", "withdraw-intent"})
OPEN: frozenset[State] = INTENTS | {"uncertain", "dead", "manual"}
"""States that are nobody's end: somebody is at work, or a human must be."""
SCHEMA = 1


class Turn(Struct, frozen=True, kw_only=True):
    """A state that a record was in, since when, by which run, and why."""

    at: datetime
    state: State
    run: str
    note: str = ""


class Record(Struct, frozen=True, kw_only=True):
    """One release in one channel; moments are aware.

    ``payload_sha256`` stands for what was sent or is to be sent, of ``revision``; ``parts`` has the state
    of each receiver by its key, where a channel is several of them (letters); ``not_before`` is when the
    network lets one ask again. ``action`` is what was tried last; ``aimed`` the revision that receivers of
    letters began to get, of whom some may be left.
    """

    schema: int = SCHEMA
    release: str
    channel: str
    state: State
    revision: int
    payload_sha256: str
    idem: str
    remote: Remote = Remote()
    run: str = ""
    intent_at: datetime | None = None
    lease_until: datetime | None = None
    not_before: datetime | None = None
    done_at: datetime | None = None
    attempts: int = 0
    error: str = ""
    parts: Mapping[str, State] = {}
    action: Action = "post"
    aimed: int = 0
    history: tuple[Turn, ...] = ()

    @property
    def is_left(self) -> bool:
        """Whether what was begun is to be gone on with: nobody is at work, and it may be repeated."""
        return self.state in INTENTS and self.lease_until is None

    @property
    def is_out(self) -> bool:
        """Whether readers may have it: a post is known, or a receiver has the letter."""
        return bool(self.remote.ids or self.remote.url) or "done" in self.parts.values()

    @property
    def place(self) -> tuple[str, str]:
        return self.release, self.channel

    def is_leased(self, now: datetime) -> bool:
        """Whether whoever wrote the intent may still be at work."""
        return self.state in INTENTS and self.lease_until is not None and now < self.lease_until

    def turned(self, state: State, now: datetime, run: str, **fields: object) -> Record:
        """The record in its next state; ``error`` is none unless it is given."""
        note = str(fields.get("error", ""))
        turn = Turn(at=now, state=state, run=run, note=note)
        changed = {"error": "", "run": run} | fields
        return replace(self, state=state, history=(*self.history, turn), **changed)


def key_of(release: str, channel: str) -> str:
    """What stands for every attempt to put that release into that channel."""
    return hashlib.sha256(f"{release}|{channel}".encode()).hexdigest()[:32]


def path_of(release: str, channel: str) -> str:
    """Where the record stands on the branch: «2024/05/2024-05-09-den-pobedy/vk-administratsiya.json»."""
    return f"{release[:4]}/{release[5:7]}/{release}/{channel}.json"


def to_bytes(record: Record) -> bytes:
    """The bytes of a record: a value a line, so that what changed is seen at once."""
    return msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n"


_decode = msgspec.json.Decoder(Record).decode


def from_bytes(data: bytes, path: str) -> Record:
    """The record that ``to_bytes`` wrote. Raises ValueError where it is none, or not of that path."""
    record = _decode(data)
    if record.schema != SCHEMA or path_of(*record.place) != path:
        raise ValueError(path)
    return record
