"""One deploy into a storage: what changed is written in an order that is safe for readers, and read back."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

from newsroom.build.edition import FILE_NAME, EditionError
from newsroom.build.headers_file import PATH as HEADERS_FILE
from newsroom.build.headers_file import Rule, headers_for, parsed
from newsroom.build.media_types import media_type
from newsroom.publish import readback
from newsroom.publish.faults import refuse_faults
from newsroom.publish.git import DeployError
from newsroom.publish.listing import Change, Listing, of_folder, of_place
from newsroom.publish.output_lock import no_build_of
from newsroom.publish.readback import Misread
from newsroom.publish.signature import sign
from newsroom.publish.storage import undo as going_back
from newsroom.publish.storage.bucket import OWN, Bucket, Headers
from newsroom.publish.storage.lock import SILENCE, locked
from newsroom.publish.storage.order import staged
from newsroom.publish.storage.record import ID, append
from newsroom.publish.storage.undo import PRIVATE, Undo

UNFINISHED = f"{OWN}unfinished.json"
_PLAIN = "application/octet-stream"
Happened = Literal["published", "unchanged", "rolled-back", "refused"]
Asking = Callable[[Listing, Sequence[str], Collection[str]], list[Misread]]


class Outcome(Struct, frozen=True, kw_only=True):
    """What a deploy came to; ``stages`` tell how many objects were written in each."""

    edition: str
    happened: Happened
    stages: tuple[tuple[str, int], ...] = ()
    sent: int = 0
    resumed: int = 0
    removed: int = 0
    read: int = 0
    misread: tuple[Misread, ...] = ()
    is_right_there: bool = True
    """Whether the storage has what was sent: what was misread, readers got from before it."""


class Deploy(Struct, frozen=True, kw_only=True):
    """What a deploy works with; ``asking`` reads back what readers get, beside what the storage has.

    A site that has a public key ``must_sign`` its editions, but in an emergency.
    """

    bucket: Bucket
    output: Path
    url: str
    base: str = ""
    asking: Asking | None = None
    keep: int = 5
    sample: int = readback.SAMPLE
    must_sign: bool = True
    silence: float = SILENCE
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def run(self) -> Outcome:
        """Publish the output. Raises NewsroomError with every fault of it.

        Raises DeployError where the storage does not do its part; then the next deploy goes on.
        """
        self._refuse_strangers()
        with self.locked():
            return self.publish()

    def locked(self) -> AbstractContextManager[None]:
        """Within it no other deploy writes. Raises DeployError where one lives."""
        return locked(self.bucket, self.clock, self.sleep, self.silence)

    def publish(self) -> Outcome:
        """As ``run``, for those who hold the lock of the storage already."""
        with no_build_of(self.output):
            sign(self.output, must=self.must_sign)
            return self._publish()

    def _publish(self) -> Outcome:
        now = of_folder(self.output)
        there, cut = self.there()
        before = there.get(FILE_NAME, "")[:ID]
        change = self._with_other_headers(Change.between(there, now), there, now)
        change = _with_the_cut(change, cut, now) if cut else change
        refuse_faults(self.output, self.url, change, is_first=not there)
        if not change:
            return Outcome(edition=now[FILE_NAME][:ID], happened="unchanged")
        known = dict(self.bucket.listed()) if self.bucket.get(UNFINISHED) is not None else {}
        if not there:  # a first deploy that was cut may have left what is of no edition
            leftover = {path for path in known if path not in now and not path.startswith(OWN)}
            change = Change(change.written, tuple(sorted(leftover)))
        self.bucket.put(UNFINISHED, b"{}", PRIVATE)
        step = self._prepare(before, change, there, now, cut) if before else None
        stages, sent, resumed = self._write(change, there, now, known)
        self.bucket.delete(change.removed)
        read, wrong, misread = self._read_back(change, now)
        if misread and step:
            going_back.go_back(self.bucket, step)
        happened: Happened = ("rolled-back" if step else "refused") if misread else "published"
        self.bucket.delete([UNFINISHED])
        outcome = Outcome(
            edition=now[FILE_NAME][:ID],
            happened=happened,
            stages=tuple(stages),
            sent=sent,
            resumed=resumed,
            removed=len(change.removed),
            read=read,
            misread=misread,
            is_right_there=not wrong,
        )
        self._write_down(outcome, sum(count for _, count in stages))
        going_back.prune(self.bucket, self.keep)
        return outcome

    def there(self) -> tuple[Listing, Undo | None]:
        """What the edition of the storage holds, and the step of a deploy that was cut after it.

        Such a deploy may have written other lists over those of the edition: it kept them.
        """
        index = self.bucket.get(FILE_NAME)
        if index is None:
            return {}, None
        present = hashlib.sha256(index).hexdigest()[:ID]
        cut = going_back.read(self.bucket, present)
        kept = {*cut.changed, *cut.removed} if cut else set()
        try:
            listing = of_place(
                lambda path: self.bucket.get(cut.kept(path) if cut and path in kept else path), self.output
            )
        except EditionError:
            step = going_back.step_to(self.bucket, present)
            if step is None:
                raise
            going_back.go_back(self.bucket, step)  # a rollback that was cut
            return self.there()
        return listing, cut

    def _prepare(self, before: str, change: Change, there: Listing, now: Listing, cut: Undo | None) -> Undo:
        changed = [path for path in change.written if path in there]
        added = [path for path in change.written if path not in there]
        step = Undo(
            before=before,
            after=now[FILE_NAME][:ID],
            moment=self._moment,
            added=tuple(added),
            changed=tuple(changed),
            removed=tuple(path for path in change.removed if path in there),
        )
        return going_back.prepare(self.bucket, step, cut)

    def _write(
        self, change: Change, there: Listing, now: Listing, known: dict[str, str]
    ) -> tuple[list[tuple[str, int]], int, int]:
        """Write all that changed, stage by stage; what a deploy that was cut has written is left as it is."""
        rules, stages, sizes = self._rules(), [], []

        def write(path: str) -> int:
            data = (self.output / path).read_bytes()
            if known.get(path) == hashlib.md5(data, usedforsecurity=False).hexdigest():
                return -1
            self.bucket.put(path, data, self._headers(rules, path), now[path])
            return len(data)

        for name, paths in staged(change.written, there):
            done = self.bucket.each(write, paths)
            stages.append((name, sum(size >= 0 for size in done)))
            sizes += done
        return stages, sum(size for size in sizes if size > 0), sizes.count(-1)

    def _read_back(self, change: Change, now: Listing) -> tuple[int, list[Misread], tuple[Misread, ...]]:
        """How many objects were read, what is wrong in the storage, and what readers get otherwise."""
        paths = readback.chosen(change.written, frozenset(now), now[FILE_NAME], self.sample)
        wrong = [each for each in self.bucket.each(lambda path: self._compared(path, now), paths) if each]
        misread = wrong
        if self.asking and not wrong:
            readable = readback.told(now, readback.redirected(self.output))
            shown = readback.chosen(change.written, readable, now[FILE_NAME], self.sample)
            misread = self.asking(now, shown, change.removed)
        return len(paths), wrong, tuple(sorted(misread))

    def _compared(self, path: str, now: Listing) -> Misread | None:
        data = self.bucket.get(path)
        if data is None:
            return Misread(path, "файла в хранилище нет")
        is_same = hashlib.sha256(data).hexdigest() == now[path]
        return None if is_same else Misread(path, "в хранилище другое содержимое")

    def _refuse_strangers(self) -> None:
        """Raise DeployError where the storage holds something else."""
        if self.bucket.get(FILE_NAME) is not None or self.bucket.get(UNFINISHED) is not None:
            return
        stranger = next((path for path, _ in self.bucket.listed() if not path.startswith(OWN)), "")
        if stranger:
            raise DeployError(f"в хранилище лежит не сайт: «{stranger}»; назовите другое или другой --prefix")

    def _with_other_headers(self, change: Change, there: Listing, now: Listing) -> Change:
        """The change, and what is the same but for what is sent with it."""
        if not there or there.get(HEADERS_FILE) == now.get(HEADERS_FILE):
            return change
        before, after = parsed((self.bucket.get(HEADERS_FILE) or b"").decode()), self._rules()
        same = now.keys() - set(change.written)
        others = {path for path in same if self._headers(before, path) != self._headers(after, path)}
        return Change(tuple(sorted({*change.written, *others})), change.removed)

    def _rules(self) -> list[Rule]:
        file = self.output / HEADERS_FILE
        return parsed(file.read_text("utf-8")) if file.is_file() else []

    def _headers(self, rules: Sequence[Rule], path: str) -> Headers:
        address = f"{self.base}/{path}"
        address = address.removesuffix("index.html") if address.endswith("/index.html") else address
        told = headers_for(rules, address)
        kind = told.get("Content-Type") or media_type(Path(path).suffix) or _PLAIN
        return Headers(kind, told.get("Cache-Control", ""))

    def _write_down(self, outcome: Outcome, written: int) -> None:
        found = json.loads((self.output / FILE_NAME).read_bytes())
        event = {
            "moment": self._moment,
            "edition": outcome.edition,
            "happened": outcome.happened,
            **{name: found[name] for name in ("commit", "files", "releases") if name in found},
            "written": written,
            "removed": outcome.removed,
        }
        append(self.bucket, event)

    @property
    def _moment(self) -> str:
        return self.clock().astimezone(UTC).isoformat(timespec="seconds")


def _with_the_cut(change: Change, cut: Undo, now: Listing) -> Change:
    """The change, and whatever a deploy that was cut may have done otherwise."""
    touched = (path for path in (*cut.changed, *cut.removed) if path in now)
    left = (path for path in cut.added if path not in now)
    return Change(tuple(sorted({*change.written, *touched})), tuple(sorted({*change.removed, *left})))
