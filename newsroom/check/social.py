"""The rule of words that a release says in channels of its own choice."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule
from newsroom.content.announcing_schema import NAMES_OF_SEVERAL


@rule(
    "error",
    "Слова для соцсетей, названные для канала, которого нет, не увидит никто, а skip: true для такого канала "
    "ничего не остановит: релиз уйдёт туда, куда его решили не рассылать.",
)
def social_channel(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """A name in ``social`` that is of no channel, no network and no voice."""
    entries = manuscript.header.get("social")
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        named = entry.get("channels") if isinstance(entry, dict) else None
        for place, name in enumerate(_names(named)):
            known = (*circumstances.channels, *sorted(NAMES_OF_SEVERAL))
            if name not in known:
                line = manuscript.line(("social", number, "channels", place))
                yield Found(line, f"канала, сети или голоса «{name}» нет", _remedy(name, known))


def _names(named: object) -> list[str]:
    """As ``values.several`` takes them: one, several with commas, or a list."""
    given = named.split(",") if isinstance(named, str) else named
    names = given if isinstance(given, list) else []
    return [name.strip() for name in names if isinstance(name, str) and name.strip()]


def _remedy(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.5)
    if near:
        return f"может быть, «{near[0]}»?"
    return f"назовите файл из channels/ без .md или одно из: {', '.join(sorted(NAMES_OF_SEVERAL))}"


RULES = (social_channel,)
