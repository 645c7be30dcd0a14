"""How to go back: before an object is changed or deleted, its version is copied within the storage."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from newsroom.publish.git import DeployError
from newsroom.publish.storage.bucket import OWN, Bucket, Headers
from newsroom.publish.storage.order import staged

FOLDER = f"{OWN}previous/"
PRIVATE = Headers("application/json", "no-store")


class Undo(Struct, frozen=True, kw_only=True):
    """What an edition did to the one before: ``before`` and ``after`` are their ids.

    ``added`` are paths that were not there, ``changed`` and ``removed`` those whose former version is kept.
    """

    before: str
    after: str
    moment: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"{FOLDER}{self.before}.json"

    def kept(self, path: str) -> str:
        """Where the former version of a path is kept."""
        return f"{FOLDER}{self.before}/{path}"


def prepare(bucket: Bucket, undo: Undo, cut: Undo | None) -> Undo:
    """Keep the former versions; of a deploy that was ``cut`` those are kept already that it may have changed.

    Gives what is written down, before anything is changed.
    """
    known = {*cut.changed, *cut.removed} if cut else set()
    fresh = [path for path in (*undo.changed, *undo.removed) if path not in known]
    found = bucket.each(lambda path: bucket.copy(path, undo.kept(path)), fresh)
    lost = [path for path, was_there in zip(fresh, found, strict=True) if not was_there]
    if lost:
        raise DeployError(
            f"в хранилище нет файлов, которые называет его выпуск: {', '.join(sorted(lost)[:5])}"
        )
    whole = replace(
        undo,
        added=_both(undo.added, cut.added if cut else ()),
        changed=_both(undo.changed, cut.changed if cut else ()),
        removed=_both(undo.removed, cut.removed if cut else ()),
    )
    bucket.put(whole.path, msgspec.json.encode(whole), PRIVATE)
    return whole


def _both(some: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({*some, *others}))


def read(bucket: Bucket, before: str) -> Undo | None:
    """What was written down of the edition that came after one; None where nothing was."""
    data = bucket.get(f"{FOLDER}{before}.json")
    return msgspec.json.decode(data, type=Undo) if data else None


def all_of(bucket: Bucket) -> list[Undo]:
    """All that is written down, oldest first."""
    records = [path for path, _ in bucket.listed(FOLDER) if path.endswith(".json") and path.count("/") == 2]
    found = (bucket.get(path) for path in records)
    return sorted(
        (msgspec.json.decode(data, type=Undo) for data in found if data), key=lambda each: each.moment
    )


def step_to(bucket: Bucket, present: str) -> Undo | None:
    """The step that led to an edition, by its id."""
    return next((each for each in reversed(all_of(bucket)) if each.after == present), None)


def go_back(bucket: Bucket, undo: Undo) -> None:
    """Put the former versions back, ``edition.json`` last; it may be done again where it was cut."""
    there = {*undo.changed, *undo.added}
    for _, paths in staged([*undo.removed, *undo.changed], there):
        bucket.each(lambda path: bucket.copy(undo.kept(path), path), paths)
    bucket.delete(undo.added)
    forget(bucket, undo)


def forget(bucket: Bucket, undo: Undo) -> None:
    """Let go of what is kept for one step back."""
    bucket.delete([undo.path])
    bucket.delete([path for path, _ in bucket.listed(f"{FOLDER}{undo.before}/")])


def prune(bucket: Bucket, keep: int) -> None:
    """Let go of all but the last steps back."""
    for undo in all_of(bucket)[: -keep or None]:
        forget(bucket, undo)
