"""Russian typography of a plain text: quotation marks, dashes, no-break spaces.

The rules follow А. Э. Мильчин, Л. К. Чельцова, «Справочник издателя и автора», with
restraint: what may be read in two ways stays as it was typed. Doing it twice
changes nothing more. Addresses, e-mails, file names and phones are never touched.

There are no no-break hyphens: few faces have U+2011, and a search for «12-а» would miss it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from newsroom.content.quotes import set_quotes

NBSP = "\u00a0"
OPAQUE = "\ufffc"
"""Object replacement character: stands for what no rule may see, such as code inside a line."""

_SHORT_WORDS = (
    "а", "в", "и", "к", "о", "с", "у",
    "во", "до", "за", "из", "ко", "на", "не", "ни", "но", "об", "от", "по", "со", "то",
    "без", "для", "изо", "над", "обо", "ото", "под", "при", "про", "из-за", "из-под",
)  # fmt: skip
_SCALES = ("тыс.", "млн", "млрд", "трлн")
_ABBREVIATIONS = (
    "г", "д", "п", "с", "р", "о", "гг", "ул", "им", "пр", "пл", "кв", "оф", "гл", "ст", "пп", "оз", "св",
    "гр", "дер", "пос", "пер", "наб", "мкр", "каб", "стр", "рис", "обл", "тел", "доц", "ген", "тов", "б-р",
    "корп", "табл", "проф", "акад", "просп",
)  # fmt: skip


def typograph(text: str) -> str:
    """The text of a title or a summary as a Russian printer would set it."""
    return typeset([text])[0]


def typeset(pieces: list[str]) -> list[str]:
    """The pieces of one line of text, as emphasis and links divide it, set as if they were one."""
    line = _Line(pieces)
    line.hide_protected()
    line.text = set_quotes(line.text)
    for rule in _RULES:
        if not rule.trigger or rule.trigger in line.text:
            line.substitute(rule.pattern, rule.replacement)
    line.show_protected()
    return line.pieces()


class _Line:
    """A text that remembers where the pieces it was made of end."""

    def __init__(self, pieces: list[str]) -> None:
        self.text = "".join(pieces)
        self._hidden: list[str] = []
        self._ends: list[int] = []
        for piece in pieces:
            self._ends.append((self._ends[-1] if self._ends else 0) + len(piece))

    def hide_protected(self) -> None:
        """Puts ``OPAQUE`` for each character that must come out as it went in."""
        parts, done = list[str](), 0
        for start, end in _protected(self.text):
            parts += [self.text[done:start], OPAQUE * (end - start)]
            self._hidden.append(self.text[start:end])
            done = end
        if parts:
            self.text = "".join([*parts, self.text[done:]])

    def show_protected(self) -> None:
        if self._hidden:
            letters = iter("".join(self._hidden))
            self.text = re.sub(OPAQUE, lambda _: next(letters), self.text)

    def substitute(self, pattern: re.Pattern[str], replacement: Replacement) -> None:
        if len(self._ends) == 1:
            self.text = pattern.sub(replacement, self.text)
            self._ends = [len(self.text)]
            return
        parts, done, shift, ends = list[str](), 0, 0, self._ends
        for found in pattern.finditer(self.text):
            new = replacement(found) if callable(replacement) else found.expand(replacement)
            parts += [self.text[done : found.start()], new]
            done = found.end()
            change = len(new) - len(found[0])
            if change:
                place = found.end() + shift
                ends = [end + change if end >= place else min(end, place + change) for end in ends]
                shift += change
        if parts:
            self.text = "".join([*parts, self.text[done:]])
            self._ends = ends

    def pieces(self) -> list[str]:
        starts = [0, *self._ends[:-1]]
        return [self.text[start:end] for start, end in zip(starts, self._ends, strict=True)]


_PROTECTED = re.compile(
    rf"\x02[^\x03]*\x03|{OPAQUE}"  # what Markdown has put aside
    rf"|(?:\+7|8)(?:[ {NBSP}()-]{{0,2}}\d){{10}}(?!\d)"  # phones
    r"|(?P<inside>@|//|\.(?=[A-Za-z]|рф))"  # a word with one of these: address, e-mail, file
)
_WORD_START = re.compile(rf"[^\s<>\"«»„“”()\x02{OPAQUE}]*$")
_WORD_END = re.compile(rf"[\s<>\"«»„“”()\x02{OPAQUE}]|$")


def _protected(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch no rule may touch, in order and apart from one another."""
    done = 0
    for found in _PROTECTED.finditer(text):
        if found.start() < done:
            continue
        start, end = found.span()
        if found["inside"] is not None:
            before = _WORD_START.search(text[max(done, start - 200) : start])
            after = _WORD_END.search(text, end)
            start -= len(before[0]) if before else 0
            end = after.start() if after else end
        yield start, end
        done = end


Replacement = str | Callable[[re.Match[str]], str]


@dataclass(frozen=True)
class _Rule:
    """``trigger`` is a text without which the pattern cannot match."""

    trigger: str
    pattern: re.Pattern[str]
    replacement: Replacement


def _after(words: tuple[str, ...], ending: str = "") -> str:
    """A look-behind from a space at any of the words; Python wants one for each length."""
    lengths = sorted({len(word) for word in words})
    groups = ("|".join(re.escape(word) for word in words if len(word) == length) for length in lengths)
    return "|".join(rf"(?<=(?<![\w-])(?i:{group}){ending} )" for group in groups)


_COUNTED = (
    rf"(?!(?:{'|'.join(_SHORT_WORDS)})\b)"
    r"(?:[а-яёa-z%‰°₽$€]|Марта\b|Мая\b|(?:[КМГТ]?(?:Б|Вт|Гц|Па|Дж|бит)|В|А)(?!\w))"
)
"""What may follow a number that counts it: a noun, a unit, a month."""

_NO_BREAK = re.compile(
    # Starting with the space lets the engine skip to the next one at once.
    r" (?:(?=\S)(?:"
    rf"(?<=\d )(?={_COUNTED})|(?<=[№§] )|{_after(_SHORT_WORDS)}"
    r"|(?=(?:же|ли|бы|ж|ль|б)(?![\w-]))(?<=[\w»“)] )"
    rf"|(?=[а-яё₽$€])(?:{_after(_SCALES)})"
    rf"|(?<=\. )(?=[А-ЯЁA-Z\d«„\"])(?:{_after(_ABBREVIATIONS, ending='[.]')})"
    # Initials on either side of a surname.
    r"|(?<=(?<!\w)[А-ЯЁA-Z]\. )(?=[А-ЯЁA-Z][а-яёa-z.])"
    rf"|(?<=[а-яё] )(?=[А-ЯЁ]\.[ {NBSP}]?[А-ЯЁ]\.(?![ {NBSP}]?[А-ЯЁ]))"
    r"|(?<=[IVXLC] )(?=вв?\.|век)"
    r"))"
)

_LEFT_NUMBER = re.compile(rf"(?<![\w.,:/–-])(?<![\d)][ {NBSP}])\d{{1,4}}$")
_HOUSE = re.compile(
    r"(?:№|\b(?:ул|пр|просп|пер|пл|б-р|наб|мкр|ж/р|кв|д|дом\w*|оф|каб|корп|тел)\b\.?)[^;:!?]{0,40}$",
    re.IGNORECASE,
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
    house = _HOUSE.search(text[max(0, hyphen.start() - 60) : hyphen.start() - len(left[0])])
    return hyphen[0] if house else "–"


def _dash(found: re.Match[str]) -> str:
    """A dash keeps to the word before it; at the start of a line there is none."""
    begins_line = found.start() == 0 or found.string[found.start() - 1] == "\n"
    return found[0] if begins_line else f"{NBSP}— "


def _solid(found: re.Match[str]) -> str:
    return found[0].replace(" ", NBSP)


_RULES = (
    *(
        _Rule(trigger, re.compile(pattern), replacement)
        for trigger, pattern, replacement in (
            ("...", r"\.{3}(?<![.?!…]\.\.\.)(?!\.)", "…"),
            # Dashes: at the start of a line of dialogue; in a sentence.
            ("", rf"(?m)^([ {NBSP}]*)(?:-{{1,3}}|[–—])[ {NBSP}]+(?=\S)", rf"\1—{NBSP}"),
            ("", rf"[ {NBSP}]+(?:-{{1,3}}|[–—])[ {NBSP}]+(?=\S)", _dash),
            # Ranges of numbers, times, centuries.
            ("-", r"-(?<=\d-)(?=(?P<last>\d{1,4})(?![\w/–-]|[.,:]\d))", _range),
            (
                "-",
                r"-(?:(?<=(?<![\d:–-])\d\d:\d\d-)|(?<=(?<![\d:–-])\d:\d\d-))(?=\d{1,2}:\d\d(?![\d:–-]))",
                "–",
            ),
            ("-", r"-(?<=[IVXLC]-)(?=[IVXLC]+(?![\w–-]))", "–"),
            # т. е., и т. д., н. э.
            ("т.", rf"т\.(?<![\w.]т\.)[ {NBSP}]?([едкпноч])\.(?!\w)", rf"т.{NBSP}\1."),
            ("Т.", rf"Т\.(?<![\w.]Т\.)[ {NBSP}]?([ек])\.(?!\w)", rf"Т.{NBSP}\1."),
            ("н.", rf"н\.(?<![\w.]н\.)[ {NBSP}]?э\.", f"н.{NBSP}э."),
            ("№", r"№(?=\d)", f"№{NBSP}"),
            ("§", r"§(?=\d)", f"§{NBSP}"),
            ("", rf"\d(?<![\w.,:/-]\d)\d{{0,2}}(?:[ {NBSP}]\d{{3}})+(?![\w-])", _solid),
        )
    ),
    _Rule(" ", _NO_BREAK, NBSP),
)
