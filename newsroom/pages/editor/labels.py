"""Words of the editor's fields, taken from what the schema says of them."""

from __future__ import annotations

import re

_IF = "true, если "
_BREAK = re.compile("[;:] ")
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
