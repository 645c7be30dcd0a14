"""Readable Latin addresses out of Russian titles.

The scheme is that of the Moscow metro map (https://iuliia.ru/mosmetro/): the
one that gives «pyatiletka» and «yunykh», the spellings readers guess.
"""

from __future__ import annotations

import re
import unicodedata

SLUG_LIMIT = 80
"""Longest slug in characters: an address that survives being read aloud or printed."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")
_SILENT = frozenset("№'’ʼ`")
_USUAL = re.compile(r"[ -&(-_a-~а-яё«»„“…–—\u00a0]*")
"""Letters and marks of which none is silent, has an accent or a compatible form to be looked up."""

_LETTERS = str.maketrans("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye") | str.maketrans(
    {
        "ж": "zh",
        "х": "kh",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sch",
        "ъ": "",
        "ь": "",
        "ю": "yu",
        "я": "ya",
    }
)
_BESIDE = re.compile(r"[иыцёьъ](?:(?<=[иы])й\b(?<=\w..)|(?<=тц)|(?<=[ьъ]ё)|(?<=[ьъ])(?=[аеёоуэ]|и(?!й\b)))")
_BESIDE_OTHERS = {"и": "y", "ы": "y", "ц": "s", "ё": "o", "ь": "y", "ъ": "y"}
"""What the letters of ``_BESIDE`` become: endings «ий» and «ый», «тц», «ьё», «ье» and so on."""


def slug(text: str, limit: int = SLUG_LIMIT) -> str:
    """The slug of a title: lower-case ASCII letters and digits, single hyphens.

    A longer one is cut after the last whole word within ``limit``. Raises
    ValueError when no letter or digit is left.
    """
    latin = _NOT_IN_SLUG.sub("-", _latin(text)).strip("-")
    if not latin:
        raise ValueError(f"в строке «{text}» нет букв и цифр для адреса")
    if len(latin) <= limit:
        return latin
    head = latin[:limit]
    if latin[limit] != "-" and "-" in head:
        head = head.rsplit("-", 1)[0]
    return head.strip("-")


def scheme() -> dict[str, object]:
    """The tables of this scheme, for the browser editor, which makes addresses in the browser."""
    return {
        "limit": SLUG_LIMIT,
        "silent": "".join(sorted(_SILENT)),
        "letters": {
            chr(letter): chr(latin) if isinstance(latin, int) else latin for letter, latin in _LETTERS.items()
        },
        "beside": _BESIDE_OTHERS,
    }


def is_slug(text: str) -> bool:
    """Whether the text can stand in an address as it is."""
    return bool(_SLUG.fullmatch(text))


def _latin(text: str) -> str:
    """Lower-case Latin letters for Cyrillic ones, without accents and silent signs."""
    lower = text.replace("№", "").lower()
    if _USUAL.fullmatch(lower):
        return _transliterated(lower)
    # Composing first keeps «й» typed on a Mac (и + breve) a letter of its own,
    # so that only stress marks and soft hyphens are left to be dropped.
    composed = unicodedata.normalize("NFC", text).lower()
    latin = _transliterated(_without_marks(composed))
    return _without_marks(unicodedata.normalize("NFKD", latin)).lower()


def _transliterated(text: str) -> str:
    return _BESIDE.sub(lambda found: _BESIDE_OTHERS[found[0][0]], text).translate(_LETTERS)


def _without_marks(text: str) -> str:
    return "".join(
        letter
        for letter in text
        if letter not in _SILENT and unicodedata.category(letter) not in {"Mn", "Cf"}
    )
