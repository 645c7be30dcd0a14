"""Words of the editor's fields, taken from what the schema says of them."""

from __future__ import annotations

import re
from collections.abc import Mapping

_IF = "true, если "
_BREAK = re.compile("[;:] ")
_UNLESS = "false, если "
_WORD = re.compile(r"(\w+) — ([^,]+)")


def label_and_hint(description: str) -> tuple[str, str]:
    """«рубрика: имя из …» as «Рубрика» and «имя из …»; what words of a choice mean is no name."""
    if _WORD.match(description):
        return "Состояние", ""
    label, _, hint = _BREAK.sub("\n", description.removeprefix(_IF), count=1).partition("\n")
    return label[:1].upper() + label[1:], hint


def meanings(description: str) -> dict[str, str]:
    """What the words of a choice mean: «draft — черновик, published — вышел»."""
    return dict(_WORD.findall(description))


def in_words(hint: str, told: Mapping[str, str]) -> str:
    """A hint as one reads it who sees meanings and marks, and not the words of the header."""
    if hint.startswith(_UNLESS):
        hint = f"выключите, если {hint.removeprefix(_UNLESS)}"
    return re.sub(r"[a-z]+", lambda word: f"«{told[word[0]]}»" if word[0] in told else word[0], hint)
