"""The files of feeds: of the whole site, and of each rubric, department, event and tag."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from newsroom.build.fingerprint import fingerprint
from newsroom.build.section import Output, Section
from newsroom.content.catalogue import Entry, updated
from newsroom.content.years import Entries
from newsroom.pages import announcing, atom, dzen, json_feed, rss, yandex
from newsroom.pages.desk import Desk
from newsroom.pages.feed_items import Item, compose
from newsroom.pages.feed_links import Subject
from newsroom.pages.feed_xml import Selection, first_day

_AT_HAND = 1000
"""Items kept for the next feed they stand in."""


class Feeds:
    """Makes feeds; an item is composed once for all the feeds and formats that ask for it soon."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.stylesheet = desk.site.href(desk.assets.url("feed.css"))
        self._item = lru_cache(_AT_HAND)(self._composed)
        self._rss = lru_cache(_AT_HAND)(lambda file: rss.item(self._item(file)))
        self._atom = lru_cache(_AT_HAND)(lambda file: atom.item(self._item(file)))
        self._entries: dict[str, Entry] = {}

    def of_site(self) -> Section:
        """The feeds of everything, and those that aggregators ask for."""
        newest = self._newest(self.desk.library.releases)
        shown = self.prints(self.desk.library.releases)
        # Of these alone: a hub is told of each of their entries, and nobody waits for it in vain.
        hubs = announcing.hubs(self.desk.library.channels)
        return self.desk.press.section(
            "feeds", lambda: self._site_outputs(newest, hubs), shown, hubs, weight=5
        )

    def of(self, kind: str, subject: Subject, entries: Entries) -> Iterator[Output]:
        """RSS and Atom of a subject; none without releases. ``kind`` stands in the feed's permanent id."""
        if not entries:
            return
        site = self.desk.site
        description = getattr(subject, "description", "") or getattr(subject, "summary", "")
        title = f"{subject.title} — {site.name}"
        yield from self._pair(
            self._newest(entries),
            id=f"{kind}/{subject.id}",
            url=subject.url,
            title=title,
            description=description or title,
        )

    def prints(self, entries: Entries) -> bytes:
        """What the feeds of these releases depend on."""
        return fingerprint(self.desk.yearbooks.newest(entries, self.desk.site.feed_items), self.stylesheet)

    def _newest(self, entries: Entries) -> Sequence[Entry]:
        return entries[: self.desk.site.feed_items]

    def _site_outputs(self, newest: Sequence[Entry], hubs: tuple[str, ...]) -> Iterator[Output]:
        site, press = self.desk.site, self.desk.press
        words = {
            "id": "all",
            "url": "/",
            "title": site.name,
            "description": site.description or site.subtitle or site.name,
        }
        yield from self._pair(newest, hubs, **words)
        items = {"items": self.desk.prints.of_all(newest)}
        selection, with_hubs = self._selection(newest, words), self._selection(newest, words, hubs)
        if "json_feed" in site.extras:
            shown = {**items, "words": hubs}
            yield press.file("feed.json", lambda: self._json_feed(newest, with_hubs), shown)
        if "aggregators" in site.extras:
            yield press.file("yandex.xml", lambda: self._yandex(newest, selection), items)
            yield press.file("dzen.xml", lambda: self._dzen(newest, selection), items)

    def _pair(self, newest: Sequence[Entry], hubs: tuple[str, ...] = (), **words: str) -> Iterator[Output]:
        press, folder = self.desk.press, words["url"].lstrip("/")
        told = sorted(words.items()), self.stylesheet, hubs
        inputs = {"items": self.desk.prints.of_all(newest), "words": told}
        selection = self._selection(newest, words, hubs)
        yield press.file(f"{folder}rss.xml", lambda: self._as_rss(newest, selection), inputs)
        yield press.file(f"{folder}atom.xml", lambda: self._as_atom(newest, selection), inputs)

    def _selection(
        self, newest: Sequence[Entry], words: dict[str, str], hubs: tuple[str, ...] = ()
    ) -> Selection:
        last = max((updated(entry, self.desk.prints.now) for entry in newest), default=None)
        site = self.desk.site
        when = first_day(site) if last is None else datetime.fromtimestamp(last, UTC).astimezone(site.tz)
        return Selection(**words, updated=when, hubs=hubs)

    def _as_rss(self, newest: Sequence[Entry], selection: Selection) -> bytes:
        return rss.feed(selection, map(self._rss, self._files(newest)), self.desk.site, self.stylesheet)

    def _as_atom(self, newest: Sequence[Entry], selection: Selection) -> bytes:
        return atom.feed(selection, map(self._atom, self._files(newest)), self.desk.site, self.stylesheet)

    def _json_feed(self, newest: Sequence[Entry], selection: Selection) -> bytes:
        items = map(json_feed.item, map(self._item, self._files(newest)))
        return json_feed.feed(selection, items, self.desk.site)

    def _yandex(self, newest: Sequence[Entry], selection: Selection) -> bytes:
        items = (yandex.item(self._item(file), self.desk.site) for file in self._files(newest))
        return yandex.feed(selection, items, self.desk.site)

    def _dzen(self, newest: Sequence[Entry], selection: Selection) -> bytes:
        items = map(dzen.item, map(self._item, self._files(newest[: dzen.LONGEST_FEED])))
        return dzen.feed(selection, items, self.desk.site)

    def _files(self, entries: Iterable[Entry]) -> Iterator[str]:
        """Names of entries' files, by which items are kept."""
        for entry in entries:
            self._entries[entry.file] = entry
            yield entry.file

    def _composed(self, file: str) -> Item:
        return compose(self.desk.library.release(self._entries[file]), self.desk.site, self.desk.media.size)
