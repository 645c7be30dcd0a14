"""The same look at what changed alone, where the last edition had no fault.

What was sound in it still is, unless something it leads to went: so the links of changed
releases are followed, those of others only where they led to a page that is gone, or to
a place in a page that may be gone from it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from msgspec import Struct

from newsroom.build.journal import Journal
from newsroom.content.chapters import Chapter
from newsroom.content.types import Link
from newsroom.content.years import Year
from newsroom.pages import plan
from newsroom.pages.checking import Checking
from newsroom.problems import Problem


class CheckingChanges(Struct, frozen=True, dict=True):
    """``last`` is the journal of the edition without fault, ``known`` the chapters of the last build."""

    checking: Checking
    last: Journal
    known: Mapping[str, Chapter]

    def problems(self) -> list[Problem]:
        """Every clash, dead link and broken promise that was not there before."""
        clashes = self.checking.clashes() if self._may_clash() else ()
        return [*clashes, *self.checking.dead(self._links()), *self.checking.broken(self._promised())]

    def _promised(self) -> Iterable[str]:
        """Promised addresses that the last edition need not have answered, or this one need not."""
        lock = self.checking.lock
        if lock.digest != self.last.lock:
            return lock.lines
        return sorted(plan.addresses(self._new_and_gone[1]))

    def _may_clash(self) -> bool:
        """Whether a new path is another one's too, or a folder where a file stands."""
        new = {path.lower() for path in self._new_and_gone[0]}
        if not new:
            return False
        text = "\n".join(filter(None, self._listed.values())).lower()
        paths = [*text.split("\n"), *plan.OWN_PATHS]
        taken = set(paths)
        return (
            len(taken) < len(paths)
            or any(parent in taken for path in new for parent in plan.parents(path))
            or any(f"\n{path}/" in f"\n{text}" for path in new)
        )

    @cached_property
    def _listed(self) -> dict[str, str]:
        """The paths of each section, a line each."""
        return {section.key: self.checking.listed_of(section) for section in self.checking.sections}

    @cached_property
    def _new_and_gone(self) -> tuple[set[str], set[str]]:
        """The paths that came to a section, and those that left one, be it for another."""
        now, before = self._listed, {key: section.listed for key, section in self.last.sections.items()}
        new: set[str] = set()
        gone: set[str] = set()
        for key in now.keys() | before.keys():
            if now.get(key) != before.get(key):
                # Counted, for a section may come to have one path twice.
                here, there = (Counter(filter(None, some.get(key, "").split("\n"))) for some in (now, before))
                new |= (here - there).keys()
                gone |= there.keys() - here.keys()
        return new, gone

    def _links(self) -> Iterator[Link]:
        library = self.checking.library
        for entry in library.entries:
            yield from entry.links
        gone = plan.addresses(self._new_and_gone[1])
        changed = [year for year in library.years if self.last.years.get(year.name) != year.outline.digest]
        less = {thing.url for thing in library.others()}
        less.update(url for year in changed for url in year.by_url)
        for year in library.years:
            if not gone.isdisjoint(year.outline.targets) or not less.isdisjoint(year.outline.anchored):
                yield from _links_of(year)
            elif year in changed:
                before = self._known_links(year)
                yield from (link for link in _links_of(year) if link not in before)

    def _known_links(self, year: Year) -> set[Link]:
        """The links that were in this year's part of the last edition, as far as that is known."""
        chapter = self.known.get(year.name)
        if chapter is None or chapter.outline.digest != self.last.years.get(year.name):
            return set()
        return {link for entry in chapter.entries for link in entry.links}


def _links_of(year: Year) -> list[Link]:
    return [link for entry in year.published for link in entry.links]
