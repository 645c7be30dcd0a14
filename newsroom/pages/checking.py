"""The last look before an edition goes out: no address is taken twice or dies, no link leads nowhere."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct, field

from newsroom.build.section import Section
from newsroom.content.address_lock import AddressLock
from newsroom.content.library import Library
from newsroom.content.types import Link
from newsroom.pages import plan
from newsroom.pages.promises import Promises
from newsroom.problems import Problem

ListedOf = Callable[[Section], str]
"""The paths of a section's outputs, a line each."""


def listed(section: Section) -> str:
    """The paths of a section, found by listing its outputs, or what stands for them."""
    return section.instead or "\n".join([output.path for output in section.outputs()])


class Checking(Struct, frozen=True, kw_only=True, dict=True):
    """What is to be published, and what is known not to be.

    ``uncertain`` are addresses of files with problems of their own, ``waiting`` those that
    are not published yet, with the reason; ``lock`` are those promised for ever. ``public``
    looks at what may be named to everybody: logs are read, and the address nearest to a
    mistyped one may be under embargo.
    """

    library: Library
    sections: Sequence[Section]
    listed_of: ListedOf = listed
    uncertain: frozenset[str] = frozenset()
    waiting: Mapping[str, str] = field(default_factory=dict)
    lock: AddressLock = AddressLock()
    public: Checking | None = None

    def problems(self) -> list[Problem]:
        """Every clash, every dead link and every broken promise."""
        return [*self.clashes(), *self._dead_links(), *self.broken(self.lock.lines)]

    @cached_property
    def _paths(self) -> list[str]:
        return [path for section in self.sections for path in self.listed_of(section).split("\n") if path]

    @cached_property
    def _addresses(self) -> set[str]:
        return plan.addresses(self._paths)

    @cached_property
    def _main_addresses(self) -> plan.Landmarks:
        return plan.Landmarks(self.library)

    def clashes(self) -> Iterator[Problem]:
        """Addresses taken twice. Who clashes is found slowly, but only where anybody does."""
        paths = [*(path.lower() for path in self._paths), *plan.OWN_PATHS]
        taken = set(paths)
        folders = {path.rpartition("/")[0] for path in paths}
        folders |= {parent for folder in folders for parent in plan.parents(folder)}
        if len(taken) < len(paths) or taken & folders:
            outputs = (output for section in self.sections for output in section.outputs())
            yield from plan.clashes(plan.claims(outputs))

    def _dead_links(self) -> Iterator[Problem]:
        links = (link for entry in (*self.library.releases, *self.library.entries) for link in entry.links)
        return self.dead(links)

    def dead(self, links: Iterable[Link]) -> Iterator[Problem]:
        """Those that lead nowhere."""
        return plan.dead_links(
            links,
            self.library,
            self._is_known,
            self._nearest,
            uncertain=self.uncertain,
            waiting=self.waiting,
        )

    def broken(self, addresses: Iterable[str]) -> Iterator[Problem]:
        """Those of the addresses that were promised and are no more."""
        promises = Promises(
            lock=self.lock,
            library=self.library,
            kept=self._is_answered,
            uncertain=self.uncertain,
            waiting=self.waiting,
        )
        return promises.broken(addresses)

    def _is_answered(self, address: str) -> bool:
        """A list that has lost its last release is one again as soon as it has another."""
        terms = (*self.library.rubrics, *self.library.tags)
        return address in self._addresses or any(address == term.url for term in terms)

    def _is_known(self, address: str) -> bool:
        return address in self._main_addresses or address in self._addresses

    def _nearest(self, address: str) -> str:
        public = self.public or self
        near = difflib.get_close_matches(address, sorted(public._addresses), n=1, cutoff=0.8)
        return near[0] if near else ""
