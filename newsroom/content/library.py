"""What may be published at one moment, with the lists that pages and feeds are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from newsroom.content.catalogue import Entry
from newsroom.content.notices import Notice
from newsroom.content.outline import DEPARTMENT, EVENT, RUBRIC, TAG
from newsroom.content.shelf import Shelf
from newsroom.content.types import (
    Broadcast,
    Card,
    Channel,
    Department,
    Event,
    Issue,
    Material,
    Page,
    Release,
    Rubric,
    Tag,
    Term,
    Version,
)
from newsroom.content.years import ById, Entries, Year, lists


class Library(Struct, frozen=True, kw_only=True, dict=True):
    """Everything that may be published at this hour, each list newest first.

    Releases are lines of the catalogue, to be opened one by one: ``card``, ``release``.
    Withdrawn ones are only in ``withdrawn``; drafts and embargoed ones are nowhere.
    The indexes are by the id of a term, an event, a release; a term that no published
    release uses is in none. ``entries`` are of everything else that is published, ``posts`` of the
    files of posts in networks by their months.
    """

    shelf: Shelf
    years: tuple[Year, ...] = ()
    rubrics: tuple[Rubric, ...] = ()
    tags: tuple[Tag, ...] = ()
    departments: tuple[Department, ...] = ()
    events: tuple[Event, ...] = ()
    broadcasts: tuple[Broadcast, ...] = ()
    issues: tuple[Issue, ...] = ()
    channels: tuple[Channel, ...] = ()
    pages: tuple[Page, ...] = ()
    notices: tuple[Notice, ...] = ()
    entries: tuple[Entry, ...] = ()
    posts: Mapping[str, Entry] = {}

    @cached_property
    def releases(self) -> Entries:
        return Entries([year for year in self.years if year.outline.published])

    @cached_property
    def withdrawn(self) -> list[Entry]:
        return [entry for year in self.years for entry in year.withdrawn]

    @cached_property
    def moved(self) -> list[Entry]:
        """Releases, published and withdrawn, and all else that had another address before."""
        years = [year for year in self.years if year.outline.moved]
        releases = [entry for year in years for entry in (*year.published, *year.withdrawn)]
        return [entry for entry in (*releases, *self.entries) if entry.aliases]

    @property
    def listed_terms(self) -> Iterator[tuple[str, Term]]:
        """Rubrics and tags that have a list, each with the file it stands in."""
        for file, terms, used in (
            ("rubrics.yaml", self.rubrics, self.by_rubric),
            ("tags.yaml", self.tags, self.by_tag),
        ):
            yield from ((file, term) for term in terms if term.id in used)

    @cached_property
    def by_rubric(self) -> Mapping[str, Entries]:
        return lists(self.years, RUBRIC)

    @cached_property
    def by_tag(self) -> Mapping[str, Entries]:
        return lists(self.years, TAG)

    @cached_property
    def by_department(self) -> Mapping[str, Entries]:
        return lists(self.years, DEPARTMENT)

    @cached_property
    def by_event(self) -> Mapping[str, Entries]:
        return lists(self.years, EVENT)

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        return ById(self.years)

    def at(self, address: str) -> Entry | None:
        """The published release at an address of the site («/news/2024/05/den-pobedy/»), if there is one."""
        year = self._by_name.get(address[6:10]) if address.startswith("/news/") else None
        return year.by_url.get(address) if year else None

    def year(self, name: str) -> Year:
        return self._by_name[name]

    def within(self, period: str) -> Sequence[Entry]:
        """The published releases of a month or a day («2024-05», «2024-05-09»), newest first."""
        return self.year(period[:4]).within(period)

    def withdrawn_within(self, month: str) -> Sequence[Entry]:
        return [entry for entry in self.year(month[:4]).withdrawn if entry.month == month]

    @cached_property
    def _by_name(self) -> Mapping[str, Year]:
        return {year.name: year for year in self.years}

    def card(self, entry: Entry) -> Card:
        """What lists show of a release."""
        return self.shelf.card(entry)

    def cards(self, entries: Iterable[Entry]) -> tuple[Card, ...]:
        """The cards of releases, in their order."""
        return tuple([self.shelf.card(entry) for entry in entries])

    def release(self, entry: Entry) -> Release:
        """A whole release."""
        return self.shelf.release(entry)

    def versions(self, entry: Entry) -> tuple[Version, ...]:
        """The versions of a release that can be compared, oldest first."""
        return self.shelf.versions(entry)

    def posts_of(self, entry: Entry) -> Mapping[str, str]:
        """Addresses of the posts of a release by the ids of channels."""
        month = self.posts.get(entry.month)
        return self.shelf.posts(month).get(entry.id, {}) if month else {}

    def others(self) -> Iterator[Material]:
        """Everything but releases whose body is published."""
        yield from self.events
        yield from self.broadcasts
        yield from self.issues
        yield from self.departments
        yield from self.channels
        yield from self.pages
