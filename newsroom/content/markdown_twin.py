"""The Markdown version of a body: as the editor wrote it, with addresses that work anywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping

from newsroom.content.foreign_passages import without_language_marks

_COMMENT = re.compile(r"^ {0,3}\[(?://\]:.*|[^\]\n]+\]:[ \t]*(?:#|<>)(?:[ \t].*)?$)\n?", re.MULTILINE)
_AWKWARD = re.compile(r"[\s()<>]")
_WRITTEN = r"(?:<([^<>\n]+)>|([^\s<>()]+))"
_IN_TEXT = re.compile(rf"(\]\(\s*){_WRITTEN}")
_ANYWHERE = re.compile(rf"(\]\(\s*|^ {{0,3}}\[[^\]\n]+\]:\s*){_WRITTEN}", re.MULTILINE)


def markdown_twin(source: str, addresses: Mapping[str, str]) -> str:
    """``source`` with each address it names replaced by its full one.

    ``addresses`` maps what the editor wrote («plan.pdf», «2024-05-10-yarmarka.md»)
    to full addresses; others stay as they are. Notes that editors hide from the
    page as «[//]: # (…)» or «[note]: # (…)» are left out, and so are our marks of languages.
    """
    text = _COMMENT.sub("", source) if "]:" in source else source
    if "{" in text:
        text = without_language_marks(text)
    if awkward := sorted(filter(_AWKWARD.search, addresses), key=len, reverse=True):
        # Markdown takes «foto 1.jpg» and «plan (1).pdf» as they are; the patterns below do not.
        written = "|".join(map(re.escape, awkward))
        these = re.compile(rf"(\]\(\s*)({written})(?=\)|\s)")
        text = these.sub(lambda found: found[1] + addresses[found[2]], text)
    # Looking for references at the head of every line costs more than all the rest.
    pattern = _ANYWHERE if "]:" in text else _IN_TEXT
    text = pattern.sub(lambda found: found[1] + _full(found, addresses), text)
    return text.strip() + "\n"


def _full(found: re.Match[str], addresses: Mapping[str, str]) -> str:
    written = found[2] or found[3]
    address = addresses.get(written, written)
    return f"<{address}>" if " " in address else address
