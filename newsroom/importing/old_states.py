"""Whether an old site showed an entry to its readers: what it hid is nobody's to publish."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from newsroom.importing.moments import moment_of

_SHOWN = frozenset(
    ["publish", "published", "y", "yes", "1", "true", "on", "active", "да", "опубликовано", "опубликована",
     "опубликован", "активен", "активна", "активно"]
)  # fmt: skip
"""All that means «readers see it»; whatever else an export says does not."""
KINDS = frozenset({"", "post", "page"})
"""What of WordPress (``wp:post_type``) is a text with an address; attachments and menus are not."""


def unpublished(states: Iterable[str], zone: ZoneInfo) -> list[str]:
    """Those of an entry's states that do not say that it was published; the day on which it was says so."""
    return [
        state for state in states if state.strip().lower() not in _SHOWN and moment_of(state, zone) is None
    ]
