"""Pelican's writer, writing to the stage: the site's folder changes only when all is done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from msgspec.structs import replace
from pelican.writers import Writer

from newsroom.build.edition import index_bytes, shard_path, walk
from newsroom.build.journal import Journal, MadeSection, read_journal, write_journal
from newsroom.build.memory import Memory
from newsroom.build.production import Producer, Production
from newsroom.build.section import Section
from newsroom.build.stage import Commit, Stage
from newsroom.build.workers import Tick
from newsroom.secrecy import Secrecy


class EditionWriter(Writer):
    """Makes one edition on ``stage``; ``commit`` makes it the site."""

    def __init__(
        self, stage: Stage, memory: Memory, settings: dict[str, Any] | None = None, *, rehearsal: bool = False
    ) -> None:
        self.stage, self.memory, self.rehearsal = stage, memory, rehearsal
        self.production = Production()
        self.secrecy: Secrecy | None = None
        """What no file of the edition may show; told by who knows the material."""
        self.edition = Journal()
        """What the journal says of the edition that is being made."""
        self.commit_name = ""
        """The commit that the edition is made of; told by who knows the material."""
        self.last = read_journal(memory)
        self.trusted = bool(self.last.edition) and self.last.edition == stage.edition_digest()
        super().__init__(str(stage.folder), settings=settings)

    def produce(self, sections: Sequence[Section], begin: Callable[[int], Tick]) -> Production:
        """Make what differs from the last edition; ``begin`` is told how many files that may be."""
        self.production = self._producer().produce(sections, begin)
        return self.production

    def commit(self) -> Commit:
        """Make the edition the site, and remember what it was made from; nothing where it is the last one.

        Raises NewsroomError where any byte of it must not be seen.
        """
        sections = self.production.sections
        shards = {key: section.shard for key, section in sections.items()}
        index = index_bytes(
            shards,
            self.production.files,
            self.production.releases,
            rehearsal=self.rehearsal,
            commit=self.commit_name,
        )
        digest = hashlib.sha256(index).hexdigest()
        if self.secrecy:
            self.secrecy.search(self.stage, self._going, self.last.edition if self.trusted else "")
            self.secrecy.remember(digest)
        if self.trusted and not self.production.is_news and digest == self.last.edition:
            self.stage.discard()
            return Commit(written=0, removed=0)
        commit = self.stage.commit(index, self._stale() if self.trusted else None, self._paths)
        with suppress(OSError):  # a full disk only costs the next build its speed
            write_journal(self.memory, replace(self.edition, edition=digest, sections=sections))
        return commit

    def _producer(self) -> Producer:
        return Producer(
            stage=self.stage, last=self.last.sections, trusted=self.trusted, segments=self.memory.outputs
        )

    def _going(self) -> set[str]:
        """Paths of files in the site's folder that will be there no more."""
        return self._stale() if self.trusted else set(walk(self.stage.output)) - self._paths()

    def _paths(self) -> set[str]:
        return _paths_of(self.production.sections)

    def _stale(self) -> set[str]:
        """Paths of the last edition that this one does not have."""
        before, now = self.last.sections, self.production.sections
        stale = {shard_path(key) for key in before.keys() - now.keys()}
        for key, section in before.items():
            if key not in now:
                stale.update(section.paths)
            elif section.listed != now[key].listed:
                stale.update(set(section.paths).difference(now[key].paths))
        return stale - self._paths() if stale else stale  # some may have gone to another section


def _paths_of(sections: dict[str, MadeSection]) -> set[str]:
    """The paths of sections, and of the edition's lists of them."""
    paths = {path for section in sections.values() for path in section.paths}
    return paths | {shard_path(key) for key in sections}
