"""What of a release's past must stay hidden: what was taken back, and what a correction hides.

It is looked for in all versions, those that nobody saw as well: what an editor once wanted hidden
stays so. In doubt less is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from newsroom.content.past import Correction, Draft


class Hidden(Struct, frozen=True):
    """The dates and the notes that a correction had which hid its difference at some time."""

    dates: frozenset[datetime]
    notes: frozenset[str]

    @classmethod
    def of(cls, drafts: Sequence[Draft]) -> Hidden:
        found = [each for draft in drafts for each in _corrections(draft) if each.hidden]
        return cls(frozenset(each.date for each in found), frozenset(each.note for each in found))

    def covers(self, correction: Correction) -> bool:
        """Whether the correction is one of those, with the flag or without, reworded or moved."""
        return correction.date in self.dates or correction.note in self.notes

    def __bool__(self) -> bool:
        return bool(self.dates)


def barrier(drafts: Sequence[Draft], hidden: Hidden) -> int:
    """The place of the oldest version that may be looked at; as many as there are if none may.

    Older ones lie behind a version that took the release back, stood at a foreign address, or was
    the first to say something of a correction that is hidden: that one itself has it mended.
    """
    ends = [place + 1 for place, each in enumerate(drafts) if each.is_taken_back or each.is_foreign]
    found, before = max(ends, default=0), frozenset[Correction]()
    for place, each in enumerate(drafts):
        if each.header:
            said = frozenset(own for own in each.header.corrections if hidden.covers(own))
            found, before = max(found, place if said - before else 0), said
    return found


def _corrections(draft: Draft) -> tuple[Correction, ...]:
    return draft.header.corrections if draft.header else ()
