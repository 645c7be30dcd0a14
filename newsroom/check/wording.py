"""Rules of words: letters of two alphabets, words typed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from operator import eq

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule
from newsroom.check.words import Word, Wording

_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_CYRILLIC = "Ѐ-ԯ"
_MIXED = re.compile(
    rf"[{_LATIN}{_CYRILLIC}]*(?:[{_LATIN}][{_CYRILLIC}]|[{_CYRILLIC}][{_LATIN}])[{_LATIN}{_CYRILLIC}]*"
)
_SEAM = re.compile(rf"[{_LATIN}](?:(?<=[{_CYRILLIC}].)|(?=[{_CYRILLIC}]))")
_NOT_LATIN, _NOT_CYRILLIC = re.compile(f"[^{_LATIN}]"), re.compile(f"[^{_CYRILLIC}]")

_WORD = re.compile(r"\w+")
# A code, a picture or a bare link is blank in the prose, and wider than four characters.
_TWICE = re.compile(r"(?<![\w-])([^\W\d_]+)(?:[ \t]{1,4}|[ \t]*\n[ \t]*)(\1)(?![\w-])", re.IGNORECASE)
SAID_TWICE = frozenset({"да", "нет", "ну", "так", "вот", "ха", "хо", "ура"})
"""What people say twice: a quotation may keep it."""


@rule(
    "error",
    "Латинская «C» в русском слове глазу не видна, но слово не найдёт поиск, а программа чтения вслух "
    "произнесёт его неверно. Такие буквы приходят из PDF, из писем и от нажатой не той раскладки.",
)
def mixed_letters(manuscript: Manuscript, circumstances: Circumstances) -> Iterator[Found]:
    """Latin and Cyrillic letters in one word; «IT-сфера» and «Wi-Fi» are parts of one alphabet each."""
    if not _SEAM.search(manuscript.text):
        return
    for line, text in manuscript.texts():
        for word in _MIXED.finditer(text):
            if word[0].lower() not in circumstances.lists.words:
                latin, cyrillic = _NOT_LATIN.sub("", word[0]), _NOT_CYRILLIC.sub("", word[0])
                alphabet, foreign = (
                    ("латинские", latin) if len(latin) <= len(cyrillic) else ("русские", cyrillic)
                )
                message = f"в слове «{word[0]}» {alphabet} буквы: {', '.join(foreign)}"
                remedy = "наберите слово заново; если оно так и пишется, внесите его в check/words.txt"
                yield manuscript.found(line, text, word.start(), message, remedy)


@rule(
    "warning",
    "Слово, набранное дважды, остаётся после правки: глаз его пропускает, особенно на стыке строк.",
)
def doubled_word(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """The same word twice with nothing but blanks between: not «чуть-чуть», not across a comma."""
    words = _WORD.findall(manuscript.lowered)
    if not any(map(eq, words, islice(words, 1, None))):
        return
    for line, text in manuscript.running_texts():
        for found in _TWICE.finditer(text):
            word = found[1]
            if word.lower() not in SAID_TWICE and not _is_a_letter_and_a_word(found):
                message = f"слово дважды: «{word} {word.lower()}»"
                yield manuscript.found(line, text, found.start(), message, "уберите лишнее")


def _is_a_letter_and_a_word(found: re.Match[str]) -> bool:
    """Whether one of two alike letters is an initial, is shortened or stands for itself.

    «С С. В. Ивановым», «с с. Покосное», «витамин С с мёдом»; but «В в городе», which opens a sentence.
    """
    first, second = found.groups()
    if len(first) > 1:
        return False
    if found.string.startswith(".", found.end()):
        return True
    opens = Wording(0, found.string).may_open(Word(first, *found.span(1)))
    return bool(first != second and not (opens and second.islower()))


RULES = (mixed_letters, doubled_word)
