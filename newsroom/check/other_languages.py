"""The rule of passages in another language: a program that reads aloud must be told of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsroom.check.circumstances import Circumstances
from newsroom.check.manuscript import Manuscript
from newsroom.check.rule import Found, rule
from newsroom.check.words import Word, Wording

LEAST = 3
"""Words in a row: one or two are a name or a term, which the criterion leaves alone."""

_FOREIGN = re.compile(r"[^\W\d_а-яё]", re.IGNORECASE)
"""A letter that is not of the Russian alphabet."""
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_RUSSIAN = re.compile(r"[а-яё]", re.IGNORECASE)
_ROMAN = re.compile(r"[IVXLCDM]+")
_APART = re.compile(r"[,;:()\[\]«»„“”\"|/•—–]")
"""Between two words that no passage goes over: «USB, HDMI, Wi-Fi» are three terms."""
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]{4,}")
"""Languages that put no spaces between words: Chinese, Japanese, Thai; four signs are a phrase."""


@rule(
    "warning",
    "Программа чтения вслух произносит английскую фразу русским голосом, и понять её нельзя; помеченную "
    "читает голосом её языка (ГОСТ Р 52872-2019 и WCAG 2.2, пункт 3.1.2). Одно-два слова — имя или термин, "
    "их помечать не нужно. Заголовок и краткое изложение лучше сказать по-русски: пометить в них нельзя.",
)
def language_unmarked(manuscript: Manuscript, _: Circumstances) -> Iterator[Found]:
    """Three words or more in a row that are not Russian, without a mark that tells their language."""
    in_body = {line for line, _ in manuscript.passages}
    for text in manuscript.own_wordings:
        for start, end in _passages(text):
            words = " ".join(text.text[start:end].split())
            message = f"фраза не по-русски: «{words}»"
            remedy = _remedy(words) if text.line in in_body else _SAY_IT_IN_RUSSIAN
            yield manuscript.found(text.line, text.text, start, message, remedy)


_SAY_IT_IN_RUSSIAN = "здесь скажите по-русски, а иностранное название приведите и пометьте в тексте"


def _remedy(words: str) -> str:
    if _LATIN.match(words):
        return f"пометьте её язык: [{words}]{{lang=en}}, если это английский"
    return f"пометьте её язык: [{words}]{{lang=код}}; коды: zh — китайский, bua — бурятский, uk — украинский"


def _passages(text: Wording) -> Iterator[tuple[int, int]]:
    """Beginnings and ends of passages that are not in Russian."""
    if not _FOREIGN.search(text.text):
        return
    for found in _UNSPACED.finditer(text.text):
        yield found.span()
    run: list[Word] = []
    for word in text.words:
        if run and (_APART.search(text.text, run[-1].end, word.start) or not _is_foreign(word)):
            yield from _long_enough(run)
            run = []
        if _is_foreign(word) and not (not run and _is_number(word)):
            run.append(word)
    yield from _long_enough(run)


def _long_enough(run: list[Word]) -> Iterator[tuple[int, int]]:
    while run and _is_number(run[-1]):
        run.pop()
    if sum(not _is_number(word) for word in run) >= LEAST:
        yield run[0].start, run[-1].end


def _is_foreign(word: Word) -> bool:
    """Whether it may stand in a passage of another language: it has such a letter, or is a number."""
    return _is_number(word) or bool(_FOREIGN.search(word.text) and not _is_half_russian(word))


def _is_half_russian(word: Word) -> bool:
    """«IT-сфера», «PDF-файл»: Russian words with Latin letters; «мөнхэ» is of another Cyrillic alphabet."""
    foreign = _FOREIGN.findall(word.text)
    return bool(_RUSSIAN.search(word.text)) and not any(map(_CYRILLIC.match, foreign))


def _is_number(word: Word) -> bool:
    return word.text.isdigit() or bool(_ROMAN.fullmatch(word.text))


RULES = (language_unmarked,)
