"""Of all the material what announcing needs: its channels, and the releases that may concern them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from pelican.settings import read_settings

from newsroom.content.catalogue import Entry
from newsroom.content.library import Library
from newsroom.content.types import Channel, Release, Term
from newsroom.pages.package import packaged
from newsroom.problems import NewsroomError, Problem
from newsroom.publish.announce.newsdesk import Newsdesk, announcing
from newsroom.publish.ledger.record import INTENTS, Record
from newsroom.settings import Site, read_site

REMEMBERED = timedelta(days=7)
"""How long the board shows a release that went nowhere, after it was fresh."""


class Material(Struct, frozen=True, kw_only=True, dict=True):
    """The material at this hour."""

    root: Path
    theme: Path
    cache: Path
    site: Site
    library: Library
    now: datetime

    @cached_property
    def channels(self) -> tuple[Channel, ...]:
        """Those that releases are announced in."""
        return tuple(channel for channel in self.library.channels if channel.announce)

    @property
    def tags(self) -> Mapping[str, Term]:
        return {tag.id: tag for tag in self.library.tags}

    @cached_property
    def packaged(self) -> frozenset[str]:
        """The ids of the releases that have a ZIP for the media on the site."""
        return packaged(self.library, self.site)

    @property
    def newest(self) -> Release | None:
        """The last release that is published."""
        entries = self.library.releases
        return self.library.release(entries[0]) if entries else None

    def release(self, id: str) -> Release:
        """A release, published or withdrawn; raises NewsroomError where there is none."""
        entry = self._entry(id)
        if entry is None:
            remedy = "проверьте имя: это имя файла релиза без .md; черновики и отложенные не рассылают"
            raise NewsroomError([Problem(id, 0, "такого опубликованного релиза нет", remedy)])
        return self.library.release(entry)

    def known(self, id: str) -> Release | None:
        """A release, published or withdrawn, None where there is none."""
        entry = self._entry(id)
        return self.library.release(entry) if entry else None

    def channel(self, id: str) -> Channel:
        """A channel that is announced to; raises NewsroomError where there is none."""
        for channel in self.channels:
            if channel.id == id:
                return channel
        known = ", ".join(channel.id for channel in self.channels) or "таких пока нет"
        raise NewsroomError([Problem(id, 0, "такого канала рассылки нет", f"есть: {known}")])

    def desk(
        self, records: Mapping[tuple[str, str], Record], stopped: frozenset[str], only: str = ""
    ) -> Newsdesk:
        """What is to be announced, as the ledger knows it; of one release where ``only`` names it."""
        entries = {entry.id: entry for entry in (*self._fresh(), *self._open(records.values()))}
        if only:
            release = self.release(only)
            return Newsdesk(channels=self.channels, releases={only: release}, stopped=stopped)
        gone = {id for id, _ in records if self._entry(id) is None}
        return Newsdesk(
            channels=self.channels,
            releases={id: self.library.release(entry) for id, entry in entries.items()},
            gone=frozenset(gone),
            stopped=stopped,
        )

    def _entry(self, id: str) -> Entry | None:
        try:
            return self.library.by_id[id]
        except KeyError:
            return self._withdrawn.get(id)

    @cached_property
    def _withdrawn(self) -> Mapping[str, Entry]:
        return {entry.id: entry for entry in self.library.withdrawn}

    def _fresh(self) -> Iterator[Entry]:
        """Published releases that are not too old for some channel, and those that were not a week ago."""
        hours = max((announcing(channel).fresh_hours for channel in self.channels), default=0)
        oldest = (self.now - timedelta(hours=hours) - REMEMBERED).timestamp()
        for entry in self.library.releases:
            if entry.moment < oldest:
                return
            yield entry

    def _open(self, records: Iterable[Record]) -> Iterator[Entry]:
        """Those that the ledger is not done with, or that changed since it was."""
        withdrawn = self._withdrawn
        for record in records:
            entry = self._entry(record.release)
            if entry is None:
                continue
            is_done = record.state in {"done", "withdrawn"} and not INTENTS & {*record.parts.values()}
            changed = entry.revision > record.revision or (
                entry.id in withdrawn and record.state != "withdrawn"
            )
            if changed or not is_done:
                yield entry


def read_material(content: Path, output: str, settings_file: str) -> Material:
    """The material, through what the last build of ``output`` remembers; raises NewsroomError."""
    override = {"PATH": str(content)} | ({"OUTPUT_PATH": output} if output else {})
    settings = read_settings(settings_file, override=override)
    site = read_site(settings)
    generator = settings["PELICAN_CLASS"](settings).read()
    if generator.problems:
        raise NewsroomError(generator.problems)
    return Material(
        root=content,
        theme=Path(settings["THEME"]),
        cache=Path(settings["CACHE_PATH"]),
        site=site,
        library=generator.library,
        now=site.now.astimezone(site.tz),
    )
