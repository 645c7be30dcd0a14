"""The rule of foreign words that have a Russian one in common use."""

from __future__ import annotations

from collections.abc import Iterator

from newsroom.check.circumstances import Circumstances
from newsroom.check.lists import FOREIGN_WORDS, LISTS
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule
from newsroom.check.words import Word, Wording


@rule(
    "warning",
    "Власть пишет на государственном языке: иностранное слово, у которого есть общеупотребительная "
    "русская замена, не допускается (53-ФЗ «О государственном языке», статья 1, часть 6). Слова и замены — в "
    f"списке `content/{LISTS}/{FOREIGN_WORDS}`; имена собственные с прописной буквы не проверяются.",
)
def foreign_word(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """Each word of the list once, with what to write for it."""
    listed = circumstances.lists.foreign_words
    told: set[str] = set()
    for text in manuscript.wordings:
        for found in listed.find(text):
            first, last = text.parts[found.first], text.parts[found.last]
            if found.entry.word not in told and not _is_name(first, text):
                told.add(found.entry.word)
                message = f"иностранное слово «{text.text[first.start : last.end]}»"
                remedy = f"по-русски: {found.entry.instead}"
                yield manuscript.found(text.line, text.text, first.start, message, remedy)


def _is_name(word: Word, text: Wording) -> bool:
    """Whether its capital letter is more than the beginning of a sentence."""
    return word.text[0].isupper() and (text.is_quoted(word) or not text.may_open(word))


RULES = (foreign_word,)
