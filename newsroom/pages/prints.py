"""What a page of a release is made from beside its record: the titles of all it names, the hour.

The catalogue's fingerprints are of records, which name terms by ids; here the terms join.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsroom.build.fingerprint import fingerprint
from newsroom.content.catalogue import Entry
from newsroom.content.library import Library


@dataclass(frozen=True)
class Prints:
    """``terms`` are the fingerprints of what is shown of departments, tags and events, by type and id;
    ``now`` is in seconds since 1970."""

    terms: Mapping[tuple[str, str], bytes]
    now: int

    def of(self, entry: Entry) -> bytes:
        """The fingerprint of everything that an entry's release is when it is opened."""
        return self.of_all([entry])

    def of_all(self, entries: Iterable[Entry]) -> bytes:
        """The same of several releases at once, in their order."""
        parts: list[bytes] = []
        named: set[tuple[str, str]] = set()
        for entry in entries:
            parts += entry.card, entry.digest
            named.add(("department", entry.department))
            named.update([("tag", id) for id in entry.tags])
            if entry.events:
                named.update([("event", id) for id in entry.events])
            if entry.changes:
                parts.append(b"%d" % sum(moment <= self.now for moment in entry.changes))
        terms = [self.terms[name] for name in sorted(named)]
        return fingerprint(b"".join(parts), b"".join(terms))


def prints(library: Library, now: int) -> Prints:
    """The prints of a library at ``now``."""
    terms: dict[tuple[str, str], bytes] = {}
    for tag in library.tags:
        terms["tag", tag.id] = fingerprint(tag.title, tag.url)
    for department in library.departments:
        shown = department.title, department.url, department.contact
        terms["department", department.id] = fingerprint(*shown)
    for event in library.events:
        terms["event", event.id] = fingerprint(event.title, event.url)
    return Prints(terms, now)
