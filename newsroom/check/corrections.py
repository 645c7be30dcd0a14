"""The rule of corrections that must not be looked behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule
from newsroom.content.values import NO

_PERSONAL = re.compile(r"персональн|личн\w*\s+данн|фамили|телефон|\bадрес", re.IGNORECASE)


@rule(
    "warning",
    "Прежний текст исправленного релиза показывает страница «Что изменилось». Если из него убраны личные "
    "данные, там их прочтёт каждый; difference: false убирает сравнение и у этого исправления, и у всех "
    "прежних.",
)
def correction_shown(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """A correction that speaks of personal data, without «difference: false»."""
    listed = manuscript.header.get("changes")
    for number, each in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(each, dict) and str(each.get("difference", "")).strip().lower() not in NO:
            said = _PERSONAL.search(str(each.get("note", "")))
            if said:
                line = manuscript.line(("changes", number, "note"))
                message = f"исправление говорит о личном («{said[0]}…»), а прежний текст виден в разнице"
                remedy = "если показывать его нельзя, добавьте строку difference: false"
                yield Found(line, message, remedy)


RULES = (correction_shown,)
