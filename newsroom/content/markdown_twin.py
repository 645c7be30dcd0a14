"""The Markdown version of a body: as the editor wrote it, with addresses that work anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

_COMMENT = re.compile(r"^ {0,3}\[//\]:.*\n?", re.MULTILINE)
_ADDRESS = re.compile(r"(\]\(\s*<?|^ {0,3}\[[^\]\n]+\]:\s*<?)([^\s<>()]+)", re.MULTILINE)


def markdown_twin(source: str, addresses: Mapping[str, str]) -> str:
    """``source`` with each address it names replaced by its full one.

    ``addresses`` maps what the editor wrote («plan.pdf», «2024-05-10-yarmarka.md»)
    to full addresses; others stay as they are. Notes that editors hide from the
    page as «[//]: # (…)» are left out.
    """
    text = _COMMENT.sub("", source)
    text = _ADDRESS.sub(lambda match: match[1] + addresses.get(match[2], match[2]), text)
    return text.strip() + "\n"
