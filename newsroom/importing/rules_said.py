"""What the rules of the newsroom say of texts that have just come over: only what would stop a release."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import manuscript_of
from newsroom.check.rules import RULES


def said_by_rules(content: Path, texts: Mapping[str, str]) -> dict[str, list[str]]:
    """By file, in Russian, what ``invoke check`` will call an error; ``texts`` are whole files by path.

    A draft is looked at as if it were to go out.
    """
    circumstances = Circumstances(content)
    strict = [each for each in RULES if each.severity == "error"]
    said: dict[str, list[str]] = {}
    for file, text in texts.items():
        manuscript = manuscript_of(text, file)
        found = [
            f"{each.name}, строка {found.line}: {found.message} — {found.remedy}"
            for each in strict
            for found in each.look(manuscript, circumstances)
        ]
        if found:
            said[file] = found
    return said
