"""What was published when; and how the edition before comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime

from newsroom.build.edition import FILE_NAME
from newsroom.publish.git import DeployError
from newsroom.publish.storage import undo as going_back
from newsroom.publish.storage.bucket import OWN, Bucket
from newsroom.publish.storage.undo import PRIVATE

RECORD = f"{OWN}editions.jsonl"
ID = 16
"""Digits of the digest of ``edition.json`` by which an edition is named."""


def append(bucket: Bucket, event: dict[str, object]) -> None:
    """Write a line at the end of the record."""
    lines = bucket.get(RECORD) or b""
    bucket.put(RECORD, lines + json.dumps(event, ensure_ascii=False).encode() + b"\n", PRIVATE)


def rollback(bucket: Bucket, clock: Callable[[], datetime]) -> tuple[str, str]:
    """Put back what the last edition took the place of; gives the ids of both. Raises DeployError."""
    index = bucket.get(FILE_NAME)
    present = hashlib.sha256(index).hexdigest()[:ID] if index else ""
    step = going_back.step_to(bucket, present)
    if step is None:
        raise DeployError("прежнего выпуска в хранилище нет: возвращаться не к чему")
    going_back.go_back(bucket, step)
    moment = clock().astimezone(UTC).isoformat(timespec="seconds")
    append(bucket, {"moment": moment, "edition": step.before, "happened": "rolled-back"})
    return present, step.before
