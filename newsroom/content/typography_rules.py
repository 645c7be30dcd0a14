"""The rules of Russian typography as expressions: what is protected, what is put in its place.

The rules follow А. Э. Мильчин, Л. К. Чельцова, «Справочник издателя и автора», with
restraint: what may be read in two ways stays as it was typed. Expressions begin
with a letter or a class wherever they can: the engine then skips to the next one at once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from newsroom.content.typography import LINE_END, NBSP, OPAQUE

_SHORT_WORDS = (
    "а", "в", "и", "к", "о", "с", "у",
    "во", "до", "за", "из", "ко", "на", "не", "ни", "но", "об", "от", "по", "со", "то",
    "без", "для", "изо", "над", "обо", "ото", "под", "при", "про", "из-за", "из-под",
)  # fmt: skip
_SCALES = ("млн", "млрд", "трлн")
_ABBREVIATIONS = (
    "г", "д", "п", "с", "р", "о", "гг", "ул", "им", "пр", "пл", "кв", "оф", "гл", "ст", "пп", "оз", "св",
    "гр", "дер", "пос", "пер", "наб", "мкр", "каб", "стр", "рис", "обл", "тел", "доц", "ген", "тов", "б-р",
    "корп", "табл", "проф", "акад", "просп",
)  # fmt: skip


_PHONE = rf"(?:[ {NBSP}()-]{{0,2}}\d){{10}}(?!\d)"
_PROTECTED = re.compile(
    rf"\x02[^\x03]*\x03|{OPAQUE}"  # what Markdown has put aside
    rf"|\+7{_PHONE}|8{_PHONE}"
    r"|@|//|\.(?=[A-Za-z]|рф)"  # a word with one of these: address, e-mail, file
)
_INSIDE_WORDS = frozenset("@/.")
_NOT_IN_WORD = rf"[\s<>\"«»„“”()\x02{OPAQUE}]"
_BEFORE_WORD = re.compile(rf"(?s:.*){_NOT_IN_WORD}")
_WORD_END = re.compile(rf"{_NOT_IN_WORD}|$")


def protected(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch no rule may touch, in order and apart from one another."""
    done = 0
    for found in _PROTECTED.finditer(text):
        if found.start() < done:
            continue
        start, end = found.span()
        if text[start] in _INSIDE_WORDS:
            earliest = max(done, start - 200)
            before = _BEFORE_WORD.match(text, earliest, start)
            after = _WORD_END.search(text, end)
            start = before.end() if before else earliest
            end = after.start() if after else end
        yield start, end
        done = end


Replacement = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class Rule:
    """Without one of ``triggers`` in the text the pattern cannot match."""

    triggers: tuple[str, ...]
    pattern: re.Pattern[str]
    replacement: Replacement
    keeps_length: bool = False


def _after(words: Iterable[str], ending: str = "") -> str:
    """A look-behind from a space at any of the words, in any case; Python wants one for each length."""
    by_length = defaultdict[int, list[str]](list)
    for word in words:
        by_length[len(word)].append(word)
    groups = ("|".join(by_length[length]) for length in sorted(by_length))
    return "|".join(rf"(?<=(?<![\w-])(?i:{group}){ending} )" for group in groups)


_COUNTED = (
    rf"(?!(?:{'|'.join(_SHORT_WORDS)})\b)"
    r"(?:[а-яёa-z%‰°₽$€]|Марта\b|Мая\b|(?:[КМГТ]?(?:Б|Вт|Гц|Па|Дж|бит)|В|А)(?!\w))"
)
"""What may follow a number that counts it: a noun, a unit, a month."""

_ENDS_OF_SHORT_WORDS = "".join(sorted({word[-1] + word[-1].upper() for word in _SHORT_WORDS}))
_INITIAL = rf"[А-ЯЁ]\.(?=[ {NBSP}]?[А-ЯЁ]\.(?![ {NBSP}]?[А-ЯЁ]))"

# Three ways, each with a look at one letter beside the space first: most spaces are passed over by it.
_NO_BREAK = re.compile(
    " (?:"
    rf"(?<=[{_ENDS_OF_SHORT_WORDS}] )(?=\S)(?:"
    rf"(?<![\w-]{{4}} )(?:{_after(word for word in _SHORT_WORDS if len(word) <= 3)})"
    rf"|{_after(word for word in _SHORT_WORDS if len(word) > 3)})"
    r"|(?<=[\d№§.нНдДIVXLC] )(?:"
    rf"(?<=\d )(?={_COUNTED})|(?<=[№§] )(?=\S)"
    rf"|(?=[а-яё₽$€])(?:(?<=(?<![\w-])(?i:тыс)\. )|{_after(_SCALES)})"
    rf"|(?<=\. )(?=[А-ЯЁA-Z\d«„\"])(?:{_after(_ABBREVIATIONS, ending='[.]')}"
    # Initials on either side of a surname.
    r"|(?<=(?<!\w)[А-ЯЁA-Z]\. )(?=[А-ЯЁA-Z][а-яёa-z.]))"
    r"|(?<=[IVXLC] )(?=вв?\.|век))"
    rf"|(?=[жлбА-ЯЁ])(?:(?=(?:же|ли|бы|ж|ль|б)(?![\w-]))(?<=[\w»“)] )|(?={_INITIAL})(?<=[а-яё] ))"
    ")"
)

_LEFT_NUMBER = re.compile(rf"(?<![\w.,:/–-])(?<![\d)][ {NBSP}])\d{{1,4}}$")
_HOUSE = re.compile(
    r"(?:№|\b(?:ул|пр|просп|пер|пл|б-р|наб|мкр|ж/р|кв|д|дом\w*|оф|каб|корп|тел)\b\.?)[^;:!?]{0,40}$"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_COUNTED_AFTER = re.compile(rf"[ {NBSP}]?{_COUNTED}")


def _range(hyphen: re.Match[str]) -> str:
    """«10–15 человек», «2023–2024»; a house, a phone or a count downwards keeps its hyphen."""
    text, last = hyphen.string, hyphen["last"]
    left = _LEFT_NUMBER.search(text[max(0, hyphen.start() - 6) : hyphen.start()])
    if not left or left[0].startswith("0") or int(left[0]) >= int(last):
        return hyphen[0]
    years = _YEAR.fullmatch(left[0]) and _YEAR.fullmatch(last)
    if not years and not _COUNTED_AFTER.match(text, hyphen.end() + len(last)):
        return hyphen[0]
    before = text[max(0, hyphen.start() - 60) : hyphen.start() - len(left[0])]
    return hyphen[0] if _HOUSE.search(before.rpartition(LINE_END)[2].lower()) else "–"


def _dash(found: re.Match[str]) -> str:
    """A dash keeps to the word before it; at the start of a line there is none."""
    begins_line = found.string[found.start() - 1] == "\n"
    return found[0] if begins_line else f"{NBSP}— "


def _solid(found: re.Match[str]) -> str:
    return found[0].replace(" ", NBSP)


RULES = (
    Rule(("...",), re.compile(r"\.\.\.(?<![.?!…]\.\.\.)(?!\.)"), "…"),
    # Dashes: at the start of a line of dialogue; in a sentence.
    Rule(
        tuple(f"\n{sign}" for sign in f"-–— {NBSP}"),
        re.compile(rf"\n([ {NBSP}]*)(?:-{{1,3}}|[–—])[ {NBSP}]+(?=\S)"),
        lambda found: f"\n{found[1]}—{NBSP}",
    ),
    Rule(
        tuple(dash + space for dash in "-–—" for space in f" {NBSP}"),
        re.compile(rf"[ {NBSP}](?=[-–— {NBSP}])[ {NBSP}]*(?:-{{1,3}}|[–—])[ {NBSP}]+(?=\S)"),
        _dash,
    ),
    # Ranges of numbers, times, centuries.
    Rule(("-",), re.compile(r"-(?<=\d-)(?=(?P<last>\d{1,4})(?![\w/–-]|[.,:]\d))"), _range, keeps_length=True),
    Rule(
        ("-",),
        re.compile(r"-(?:(?<=(?<![\d:–-])\d\d:\d\d-)|(?<=(?<![\d:–-])\d:\d\d-))(?=\d{1,2}:\d\d(?![\d:–-]))"),
        "–",
        keeps_length=True,
    ),
    Rule(("-",), re.compile(r"-(?<=[IVXLC]-)(?=[IVXLC]+(?![\w–-]))"), "–", keeps_length=True),
    # т. е., и т. д., н. э.
    Rule(
        ("т.",),
        re.compile(rf"т\.(?<![\w.]т\.)[ {NBSP}]?([едкпноч])\.(?!\w)"),
        lambda found: f"т.{NBSP}{found[1]}.",
    ),
    Rule(
        ("Т.",),
        re.compile(rf"Т\.(?<![\w.]Т\.)[ {NBSP}]?([ек])\.(?!\w)"),
        lambda found: f"Т.{NBSP}{found[1]}.",
    ),
    Rule(("н.",), re.compile(rf"н\.(?<![\w.]н\.)[ {NBSP}]?э\."), f"н.{NBSP}э."),
    Rule(("№",), re.compile(r"№(?=\d)"), f"№{NBSP}"),
    Rule(("§",), re.compile(r"§(?=\d)"), f"§{NBSP}"),
    Rule(
        (" ", NBSP),
        re.compile(rf"\d(?<![\w.,:/-]\d)\d{{0,2}}(?:[ {NBSP}]\d{{3}})+(?![\w-])"),
        _solid,
        keeps_length=True,
    ),
    Rule((" ",), _NO_BREAK, NBSP, keeps_length=True),
)
