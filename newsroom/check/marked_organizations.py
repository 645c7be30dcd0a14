"""The rule of organisations that a text must not name without a mark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsroom.check.circumstances import Circumstances
from newsroom.check.lists import LISTS, MARKED_ORGANIZATIONS
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule
from newsroom.check.words import Wording, folded


@rule(
    "error",
    "Запрещённую или нежелательную организацию и иностранного агента нельзя назвать, не указав, кто это: "
    "закон «О средствах массовой информации», статья 4; КоАП, статья 13.15. Перечень ведёт пресс-служба: "
    f"`content/{LISTS}/{MARKED_ORGANIZATIONS}`.",
    is_law=True,
)
def marked_organization(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """The first name of each organisation of the list, if its mark stands nowhere in the file."""
    listed = circumstances.lists.marked_organizations
    texts = manuscript.wordings
    told: set[str] = set()
    for text in texts:
        for found in listed.find(text):
            entry, first, last = found.entry, text.parts[found.first], text.parts[found.last]
            if entry.mark in told or _stand(entry.keywords, texts):
                continue
            told.add(entry.mark)
            name = text.text[first.start : last.end].replace("\n", " ")
            message = f"«{name}» без указания ({entry.register})"
            yield manuscript.found(
                text.line, text.text, first.start, message, f"добавьте в текст: {entry.mark}"
            )


def _stand(beginnings: Sequence[str], texts: Sequence[Wording]) -> bool:
    """Whether each of the beginnings has a word somewhere in the texts."""
    words = frozenset().union(*(text.folded_parts for text in texts))
    return all(any(word.startswith(folded(beginning)) for word in words) for beginning in beginnings)


RULES = (marked_organization,)
