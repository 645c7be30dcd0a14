"""What a page of a release is made from beside its record: the titles of all it names, the hour.

The catalogue's fingerprints are of records, which name terms by ids; here the terms join.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from newsroom.build.fingerprint import fingerprint
from newsroom.content.catalogue import Entry
from newsroom.content.library import Library
from newsroom.content.outline import DEPARTMENT, EVENT, TAG


class Prints(Struct, frozen=True):
    """``terms`` are the fingerprints of what is shown of departments, tags and events, by type and id;
    ``now`` is in seconds since 1970."""

    terms: Mapping[tuple[str, str], bytes]
    now: int

    def of(self, entry: Entry) -> bytes:
        """The fingerprint of everything that an entry's release is when it is opened."""
        return self.of_all([entry])

    def of_all(self, entries: Sequence[Entry]) -> bytes:
        """The same of several releases at once, in their order."""
        records = [entry.whole for entry in entries]
        made = [sum(moment <= self.now for moment in entry.changes) for entry in entries if entry.changes]
        return fingerprint(b"".join(records), made, self._named(entries))

    def _named(self, entries: Sequence[Entry]) -> list[bytes]:
        """The fingerprints of all terms that the entries name between them."""
        departments = {entry.department for entry in entries} - {""}
        tags = set().union(*[entry.tags for entry in entries])
        events = set().union(*[entry.events for entry in entries if entry.events])
        return self.of_names({DEPARTMENT: sorted(departments), TAG: sorted(tags), EVENT: sorted(events)})

    def of_names(self, names: Mapping[str, Iterable[str]]) -> list[bytes]:
        """The fingerprints of terms by kind and id; rubrics are part of the program's."""
        return [self.terms[kind, id] for kind in (DEPARTMENT, TAG, EVENT) for id in names[kind]]


def prints(library: Library, now: int) -> Prints:
    """The prints of a library at ``now``."""
    terms: dict[tuple[str, str], bytes] = {}
    for tag in library.tags:
        terms[TAG, tag.id] = fingerprint(tag.title, tag.url)
    for department in library.departments:
        shown = department.title, department.url, department.contact
        terms[DEPARTMENT, department.id] = fingerprint(*shown)
    for event in library.events:
        terms[EVENT, event.id] = fingerprint(event.title, event.url)
    return Prints(terms, now)
