"""The rule of officials: who holds which office, by the city's list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from newsroom.check.circumstances import Circumstances
from newsroom.check.lists import LISTS, OFFICIALS
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule
from newsroom.content import values
from newsroom.content.fields import FaultsError

LIST = f"content/{LISTS}/{OFFICIALS}"


@rule(
    "warning",
    "Названная не так должность обижает и человека, и тех, кто ищет его по должности. Кто какую занимает и "
    f"как она называется, сказано в `{LIST}`.",
)
def official_title(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """A name of the list beside a title that is not that person's; a sole title beside another name."""
    offices = circumstances.lists.offices.of(_day(manuscript))
    for text in manuscript.wordings if offices.officials else ():
        for title, name, official, is_named in offices.unfit(text):
            titled, named = (text.text[words[0].start : words[-1].end] for words in (title, name))
            if is_named:
                message = f"«{titled}» рядом с именем «{named}»: в списке другая должность"
                remedy = f"правильно: «{official.titles[0]}»; список — {LIST}"
            else:
                message = f"«{titled} {named}»: эту должность занимает другой человек"
                remedy = f"в списке {LIST} это {official.shown}; исправьте имя или список"
            yield manuscript.found(text.line, text.text, title[0].start, message, remedy)


def _day(manuscript: Manuscript) -> date | None:
    """The day that a text speaks of; None where it has none."""
    try:
        return values.moment(manuscript.header.get("date") or manuscript.header.get("start")).date()
    except FaultsError:
        return None


RULES = (official_title,)
