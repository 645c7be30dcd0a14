"""The rules of ``newsroom/check/`` that an editor may allow a file to break, by the header field ``allow``.

Their names stand here, since a build refuses an unknown one and knows nothing of the rules themselves;
a test keeps them equal with the rules. Rules that keep a law are not among them.
"""

from __future__ import annotations

from typing import Any

from newsroom.content.fields import Each, Kind, refused
from newsroom.content.values import several

ALLOWABLE = (
    "heading-skipped", "list-runs-on", "summary-long", "quotation-open", "mixed-letters", "doubled-word",
    "spelling", "foreign-word", "language-unmarked",
    "official-title", "alt", "picture-small", "picture-large", "link-text", "bare-address", "private-phone",
    "private-email", "correction-shown", "text-later", "social-channel",
)  # fmt: skip


def allowance(value: Any) -> tuple[str, ...]:
    """Names of rules: one, or several with commas, stand for a list."""
    return _NAMES(list(several(value)))


def _name(value: Any) -> str:
    if value not in ALLOWABLE:
        import difflib

        near = difflib.get_close_matches(value, ALLOWABLE, n=1)
        remedy = (
            f"может быть, «{near[0]}»?" if near else "имена правил — в docs/rules.md; закон обойти нельзя"
        )
        raise refused(f"правила «{value}» нет среди тех, что можно обойти", remedy)
    return str(value)


_NAMES: Kind[tuple[str, ...]] = Each(_name)
