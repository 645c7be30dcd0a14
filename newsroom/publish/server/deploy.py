"""One deploy onto a server: what changed is sent, entered beside what is served, switched to, read back."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from newsroom.build.edition import FILE_NAME
from newsroom.content.plurals import plural
from newsroom.publish import readback
from newsroom.publish.faults import refuse_faults
from newsroom.publish.git import DeployError
from newsroom.publish.listing import Change, Listing, of_folder
from newsroom.publish.output_lock import no_build_of
from newsroom.publish.readback import Misread
from newsroom.publish.server import editions, twins
from newsroom.publish.server.editions import Event
from newsroom.publish.server.inspection import Found, inspect, served_listing
from newsroom.publish.server.parcel import fill
from newsroom.publish.server.shell import Shell
from newsroom.publish.signature import sign

Clock = Callable[[], datetime]
Asking = Callable[[Sequence[str], Collection[str]], list[Misread]]
"""Reads back some paths, and that removed ones are gone; what readers get otherwise."""
_SENT = re.compile(rb"Total bytes sent: ([\d.,]+)")
THEME = "theme/"


class Outcome(Struct, frozen=True, kw_only=True):
    """What a deploy came to: the edition, what was sent of it, what was read back and found wrong."""

    edition: str
    happened: Literal["published", "unchanged", "rolled-back", "refused"]
    written: int = 0
    removed: int = 0
    sent: int = 0
    linked: int = 0
    read: int = 0
    misread: tuple[Misread, ...] = ()
    untouched: tuple[str, ...] = ()
    """What is wrong, where nothing of it was sent: it lay there so before."""
    found: Found = Found()
    """What lay on the server otherwise than its edition says, and was mended."""
    stuck: tuple[str, ...] = ()
    """Old editions that the server would not remove."""
    nginx_changed: bool = False


class Deploy(Struct, frozen=True, kw_only=True):
    """What a deploy works with. ``asking`` reads the site back; ``clock`` tells the moment of an edition.

    A site that has a public key ``must_sign`` its editions, but in an emergency.
    """

    shell: Shell
    output: Path
    url: str
    cache: Path
    asking: Callable[[Listing], Asking]
    keep: int = 5
    whole: bool = False
    sample: int = readback.SAMPLE
    must_sign: bool = True
    clock: Clock = lambda: datetime.now(UTC)

    def run(self) -> Outcome:
        """Publish the output. Raises NewsroomError with every fault of it, and DeployError where the server
        does not do its part; then what was served is served still."""
        editions.refuse_strangers(self.shell)
        with self.shell.locked():
            return self.publish()

    def publish(self) -> Outcome:
        """As ``run``, for those who hold the lock of the server already."""
        outcome = self._once(None if self.whole else Found())
        if not outcome.untouched:
            return outcome
        harmed = {*outcome.found.harmed, *outcome.untouched}
        return self._once(Found(tuple(sorted(harmed)), outcome.found.strange))

    def _once(self, found: Found | None) -> Outcome:
        """Publish, and mend what was ``found``; None: look for it at all that lies there."""
        before = editions.current(self.shell)
        with tempfile.TemporaryDirectory(prefix="newsroom-parcel-", dir=_near(self.cache)) as folder:
            with no_build_of(self.output):
                sign(self.output, must=self.must_sign)
                there = served_listing(self.shell, self.output)
                now = of_folder(self.output)
                if found is None:
                    found = inspect(self.shell, there, now, self.output, self.cache) if before else Found()
                change = _with(Change.between(there, now), found, now)
                refuse_faults(self.output, self.url, change, is_first=not there)
                if not change:
                    editions.discard(self.shell)  # what a deploy left that was cut
                    return self._unchanged(before, now)
                paths = fill(Path(folder), self.output, change.written, now, self.cache)
                index = (self.output / FILE_NAME).read_bytes()
            name = editions.name_of(index, self.clock(), editions.kept(self.shell))
            sent = self._send(Path(folder), change, paths, now, name)
        return replace(self._serve(name, before, change, now, index, sent), found=found)

    def _unchanged(self, edition: str, now: Listing) -> Outcome:
        """Nothing is to be sent; it is read back where that was asked for, or was cut or failed before."""
        unchanged = Outcome(edition=edition, happened="unchanged", linked=len(now))
        if not self.whole and editions.outcomes(self.shell).get(edition) in editions.SOUND:
            return unchanged
        paths = sorted(readback.told(now, readback.redirected(self.output)))
        misread = tuple(self.asking(now)(paths, ()))
        happened: Literal["published", "refused"] = "refused" if misread else "published"
        editions.write_down(self.shell, Event(moment=self._moment, edition=edition, happened=happened))
        wrong = sorted(each.path for each in misread) if all(each.answered for each in misread) else ()
        return replace(unchanged, happened=happened, read=len(paths), misread=misread, untouched=tuple(wrong))

    def _send(self, parcel: Path, change: Change, paths: Sequence[str], now: Listing, name: str) -> int:
        """Make the edition on the server, beside what is served; gives how many bytes it took."""
        gone = [*change.written, *change.removed]
        gone += [twin for path in gone for twin in twins.names(path)]
        try:
            editions.begin(self.shell, gone)
            told = self.shell.rsync(parcel, "incoming")
            digests = {path: now[path] for path in paths if path in now}
            if wrong := editions.compare(self.shell, "incoming", digests):
                raise DeployError(f"на сервер пришло не то, что отправлено: {', '.join(wrong[:5])}")
            editions.enter(self.shell, name)
        except DeployError:
            editions.discard(self.shell)
            raise
        found = _SENT.search(told)
        return int(re.sub(rb"\D", b"", found[1])) if found else 0

    def _serve(
        self, name: str, before: str, change: Change, now: Listing, index: bytes, sent: int
    ) -> Outcome:
        editions.switch(self.shell, name)
        readable = readback.told(now, readback.redirected(self.output))
        paths = readback.chosen(change.written, readable, name, self.sample)
        # Sheets of the edition before are served still, for pages that are open (nginx.conf).
        gone = [path for path in change.removed if not path.startswith(THEME)]
        misread = tuple(self.asking(now)(paths, gone))
        # What was not answered is not harmed: sending it again would mend nothing.
        wrong = {each.path for each in misread} if all(each.answered for each in misread) else set()
        happened: Literal["published", "rolled-back", "refused"] = "published"
        if misread:
            happened = "rolled-back" if before else "refused"
            if before:
                editions.switch(self.shell, before)
        counts: dict[str, Any] = {
            "written": len(change.written),
            "removed": len(change.removed),
            "sent": sent,
        }
        event = Event(
            moment=self._moment, edition=name, happened=happened, **editions.told_of(index), **counts
        )
        editions.write_down(self.shell, event)
        stuck = editions.prune(self.shell, self.keep)
        return Outcome(
            edition=name,
            happened=happened,
            linked=len(now) - len(change.written),
            read=len(paths),
            misread=misread,
            untouched=() if wrong.intersection(change.written) else tuple(sorted(wrong)),
            stuck=tuple(stuck),
            nginx_changed=any(
                path.startswith("nginx/") or path == "redirects.map" for path in change.written
            ),
            **counts,
        )

    @property
    def _moment(self) -> str:
        return self.clock().astimezone(UTC).isoformat(timespec="seconds")


def asking(
    url: str,
    waits: Sequence[float] = (0, 2, 10, 30),
    sleep: Callable[[float], None] = time.sleep,
    tell: Callable[[str], None] = lambda _: None,
) -> Callable[[Listing], Asking]:
    """Reads the site back at an address; what is not right yet is asked for again after some seconds each.

    Each time ``tell`` is told how much is asked for.
    """

    def of(listing: Listing) -> Asking:
        def ask(paths: Sequence[str], removed: Collection[str]) -> list[Misread]:
            found: list[Misread] = []
            for wait in waits:
                sleep(wait)
                tell(f"Читаем обратно: {url}, {plural(len(paths), 'файл', 'файла', 'файлов')}…")
                found = readback.misread(url, listing, paths, removed=removed)
                wrong = {each.path for each in found}
                if not found:
                    break
                if not all(each.answered for each in found):
                    continue
                paths, removed = [path for path in paths if path in wrong], wrong.intersection(removed)
            return found

        return ask

    return of


def rollback(shell: Shell, clock: Clock, name: str = "") -> tuple[str, str]:
    """Serve a former edition again, the one before by default; gives what was served and what is.

    Raises DeployError where there is none.
    """
    with shell.locked():
        before, kept = editions.current(shell), editions.kept(shell)
        rejected = {each for each, came in editions.outcomes(shell).items() if came not in editions.SOUND}
        same = before.rpartition("-")[2]
        older = [
            each
            for each in kept
            if each < before and each not in rejected and each.rpartition("-")[2] != same
        ]
        target = name or (older[-1] if older else "")
        if target not in kept:
            why = f"выпуска «{name}» на сервере нет" if name else "выпуска старше этого на сервере нет"
            raise DeployError(f"{why}; есть: {', '.join(kept) or 'ни одного'}")
        if target != before:
            editions.switch(shell, target)
            moment = clock().astimezone(UTC).isoformat(timespec="seconds")
            editions.write_down(shell, Event(moment=moment, edition=target, happened="restored"))
    return before, target


def _with(change: Change, found: Found, now: Listing) -> Change:
    """The change, what is to be sent again, and what is to go."""
    again = now.keys() & set(found.harmed)
    return Change(tuple(sorted({*change.written, *again})), tuple(sorted({*change.removed, *found.strange})))


def _near(cache: Path) -> Path:
    """Files are linked into a parcel where it lies on the file system of the output."""
    cache.mkdir(parents=True, exist_ok=True)
    return cache
