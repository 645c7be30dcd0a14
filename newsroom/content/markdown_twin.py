"""The Markdown version of a body: as the editor wrote it, with addresses that work anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

_COMMENT = re.compile(r"^ {0,3}\[//\]:.*\n?", re.MULTILINE)
_ADDRESS = re.compile(r"(\]\(\s*|^ {0,3}\[[^\]\n]+\]:\s*)(?:<([^<>\n]+)>|([^\s<>()]+))", re.MULTILINE)


def markdown_twin(source: str, addresses: Mapping[str, str]) -> str:
    """``source`` with each address it names replaced by its full one.

    ``addresses`` maps what the editor wrote («plan.pdf», «2024-05-10-yarmarka.md»)
    to full addresses; others stay as they are. Notes that editors hide from the
    page as «[//]: # (…)» are left out.
    """
    text = _COMMENT.sub("", source)
    text = _ADDRESS.sub(lambda found: found[1] + _full(found, addresses), text)
    return text.strip() + "\n"


def _full(found: re.Match[str], addresses: Mapping[str, str]) -> str:
    written = found[2] or found[3]
    address = addresses.get(written, written)
    return f"<{address}>" if " " in address else address
