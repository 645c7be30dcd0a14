"""One deploy at a time: an object that tells, every few seconds, that somebody is at work.

Storages have no locks that end with their owner. So whoever holds this one says again and again that he
lives, and one that has been silent for long enough is dead: its deploy was cut, and the next takes over.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from newsroom.publish.git import DeployError
from newsroom.publish.storage.bucket import OWN, Bucket
from newsroom.publish.storage.undo import PRIVATE

LOCK = f"{OWN}lock.json"
SILENCE = 60.0
"""Seconds after which a silent deploy is dead."""
_BEATS = 4
"""Signs of life within that time."""


@contextmanager
def locked(
    bucket: Bucket,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
    silence: float = SILENCE,
) -> Iterator[None]:
    """Within it no other deploy writes. Raises DeployError where one lives."""
    if not bucket.claim(LOCK, _sign(clock)):
        _outlive(bucket, clock, sleep, silence)
        bucket.put(LOCK, _sign(clock), PRIVATE)
    done = threading.Event()
    beating = threading.Thread(target=_beat, args=(bucket, clock, silence / _BEATS, done), daemon=True)
    beating.start()
    try:
        yield
    finally:
        done.set()
        beating.join()
        bucket.delete([LOCK])


def _outlive(
    bucket: Bucket, clock: Callable[[], datetime], sleep: Callable[[float], None], silence: float
) -> None:
    """Wait until the other deploy has been silent for long enough; DeployError where it speaks."""
    first = bucket.get(LOCK)
    while first is not None and clock() - _heard(first) < timedelta(seconds=silence):
        sleep(silence / _BEATS)
        if bucket.get(LOCK) not in {first, None}:
            raise DeployError("сюда сейчас публикует другой deploy: дождитесь его")
        if bucket.get(LOCK) is None:
            return


def _beat(bucket: Bucket, clock: Callable[[], datetime], pause: float, done: threading.Event) -> None:
    while not done.wait(pause):
        with suppress(DeployError):  # the next sign may come through
            bucket.put(LOCK, _sign(clock), PRIVATE)


def _sign(clock: Callable[[], datetime]) -> bytes:
    return json.dumps({"alive": clock().isoformat()}).encode()


def _heard(sign: bytes) -> datetime:
    return datetime.fromisoformat(json.loads(sign)["alive"])
