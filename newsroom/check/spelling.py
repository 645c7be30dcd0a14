"""The rule of spelling: words that are neither in the dictionary nor in the city's own list.

Told are words of which it is likely that they are wrong. A name (a capital letter within a
sentence) is told only where it nearly is one of the city's list; so many names are in no dictionary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.check.circumstances import Circumstances
from newsroom.check.lists import LISTS, WORDS
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule
from newsroom.check.speller import Speller
from newsroom.check.words import Word, Wording

_NAME = re.compile(
    r".+(?:[её]в|ов|[иы]н|[сц]к|ич|вн|енк|[уюч]к)(?:а|у|е|о|ом|ым|ой|ы|ий|ого|ому|им|ая|ую|ей|ич)?"
)
"""Endings of surnames and patronymics."""
_LONGEST_SHORTENED = 5
SHORTEST_CAPITAL = 8
"""Letters of a word that opens a sentence, at least, to be told: shorter ones are names as often as slips."""

LIST = f"content/{LISTS}/{WORDS}"


@rule(
    "warning",
    "Ошибка в слове бросается в глаза раньше новости. Слова сверяются со словарём и со списком города "
    f"`{LIST}`; имена, сокращения и слова с цифрами не проверяются.",
)
def spelling(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """Each unknown word once, with what may be meant."""
    speller = circumstances.lists.speller
    doubtful = [
        (text, word)
        for text in manuscript.own_wordings
        for word in speller.doubts(text)
        if not _is_shortened(word, text) and not _is_told(word, text, circumstances)
    ]
    names = {word.text for text, word in doubtful if word.text[0].isupper() and not text.may_open(word)}
    told: set[str] = set()
    for text, word in doubtful:
        if word.text not in told:
            told.add(word.text)
            if remark := _remark(word.text, speller, is_name=word.text in names):
                yield manuscript.found(text.line, text.text, word.start, *remark)


def _is_shortened(word: Word, text: Wording) -> bool:
    """Whether it is the beginning of a longer word: «мкрн.», «просп.»."""
    return (
        len(word.text) <= _LONGEST_SHORTENED and word.text.islower() and text.text.startswith(".", word.end)
    )


def _is_told(word: Word, text: Wording, circumstances: Circumstances) -> bool:
    """Whether it is a foreign word or an organisation of the city's lists, which have rules of their own."""
    return any(
        text.parts[match.first].start <= word.start < text.parts[match.last].end
        for phrases in circumstances.lists.told_phrases
        for match in phrases.find(text)
    )


def _remark(word: str, speller: Speller, *, is_name: bool) -> tuple[str, str] | None:
    """Message and remedy; None for what may well be a name."""
    if word[0].isupper():
        if name := speller.nearly_a_name(word):
            remedy = f"исправьте или, если это другое имя, впишите и его в {LIST}"
            return f"«{word}» похоже на «{name}» из списка слов города", remedy
        if is_name or len(word) < SHORTEST_CAPITAL or _NAME.fullmatch(word) or not speller.suggestions(word):
            return None
    suggestions = speller.suggestions(word)
    if not suggestions:
        return f"слова «{word}» нет в словаре", f"исправьте или впишите его в {LIST}"
    meant = "» или «".join(suggestions)
    return f"слова «{word}» нет в словаре", f"может быть, «{meant}»? Если слово верное, впишите его в {LIST}"


RULES = (spelling,)
