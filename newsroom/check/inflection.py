"""Forms of words by their last letters: for words that no dictionary has.

It gives more forms than there are (neither gender nor stress is known), but all have the word's own
stem and an ending of its kind, so that a longer word is never taken for a form of a shorter one.
"""

from __future__ import annotations

from newsroom.check.words import folded

ADJECTIVE = "ый ий ой ого его ому ему ым им ом ем ая яя ую юю ою ею ей ое ее ые ие ых их ыми ими"
_AFTER_CONSONANT = "а у ом ем е ы и ов ев ей ам ами ах"
_LIKE_A_SURNAME = f"{_AFTER_CONSONANT} ым ой ых ыми"
_SOFT = "я ю ем ём е и ев ей ёв ям ями ях"

ENDINGS = {
    "ый": ADJECTIVE,
    "ий": f"{ADJECTIVE} ия ию ием ии иев иям иями иях",
    "ой": f"{ADJECTIVE} оя ою оем ое ои оев оям оями оях",
    "ая": ADJECTIVE,
    "яя": ADJECTIVE,
    "ое": ADJECTIVE,
    "ее": ADJECTIVE,
    "ые": ADJECTIVE,
    "ие": f"{ADJECTIVE} ия ию ием ии ий иям иями иях",
    "ия": "ия ии ию ией ий иям иями иях",
    "а": "а ы и у е ой ою ей ею ам ами ах -",
    "я": "я и ю е ей ею ёй ям ями ях ь -",
    "о": "о а у ом е ам ами ах -",
    "е": "е я а ю у ем ям ам ями ами ях ах й -",
    "ы": "ы ов ам ами ах -",
    "и": "и ов ев ей ам ям ами ями ах ях ь й -",
    "ь": f"ь ью {_SOFT}",
    "й": f"й {_SOFT}",
    **dict.fromkeys(("ов", "ев", "ёв", "ин", "ын"), _LIKE_A_SURNAME),
}
"""What takes the place of the last letters; «-» is no ending at all. Longer last letters go first."""

_KEPT = frozenset({"ов", "ев", "ёв", "ин", "ын"})
"""Last letters that stay before the ending."""


def inflected(word: str) -> frozenset[str]:
    """The word, in small letters with «е» for «ё», in all its forms; of «ГЭС» only itself."""
    is_abbreviation, word = word.isupper(), folded(word)
    if is_abbreviation or not word.replace("-", "").isalpha() or not "а" <= word[-1:] <= "я":
        return frozenset({word})
    for length in (2, 1):
        last = word[-length:]
        if last in ENDINGS and len(word) > length + 1:
            stem = word if last in _KEPT else word[:-length]
            return _with(stem, ENDINGS[last]) | {word}
    return _with(word, _AFTER_CONSONANT) | {word}


def _with(stem: str, endings: str) -> frozenset[str]:
    return frozenset(folded(stem + ending.replace("-", "")) for ending in endings.split())
