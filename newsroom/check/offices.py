"""Who holds which office on a day, and where a text says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from newsroom.check.inflection import inflected
from newsroom.check.phrases import Phrases
from newsroom.check.words import Word, Wording, folded
from newsroom.content import values
from newsroom.content.fields import Each, Part, field
from newsroom.content.schema import Header

_OTHERS = """
экс вице бывший прежний тогдашний будущий первый о обязанности полномочия врио избранный почётный
заместитель зам помощник советник секретарь представитель приёмная аппарат супруга жена
грамота благодарность диплом премия стипендия приз кубок письмо резерв
"""
_MAKES_ANOTHER = frozenset(form for word in _OTHERS.split() for form in inflected(word))
"""Words before a title that make it another's: «и. о. мэра», «бывший мэр», «помощник мэра», «кубок мэра»."""
_PATRONYMIC = re.compile(r"[А-ЯЁ].+(?:вич|ьич|вн)(?:а|у|ем|е|ы|ой)?")
_SURNAME = re.compile(r"[А-ЯЁ].+(?:(?:[её]в|ов|[иы]н)(?:а|у|ым|ой|е)?|[сц]к(?:ий|ого|ому|им|ом))")
_AFTER_AN_INITIAL = re.compile(r"\.?\s*")
_LONGEST_NAME = 3
_OBLIQUE = re.compile(r".+(?:[аяуюеиыо]|[оуы]й|..[ыиое]м|[ое]го)", re.IGNORECASE)
"""How a name ends that is not in its first form, or may be in any, as women's are."""

Words = Sequence[Word]


class Official(Header):
    """Who holds an office."""

    surname: str = field(values.text, "фамилия в именительном падеже")
    initials: str = field(values.line, "инициалы: С. В.", "")
    titles: tuple[str, ...] = field(
        values.several, "как должность называют правильно; первым — главное название"
    )
    wrong: tuple[str, ...] = field(values.several, "как её называют неправильно", ())
    sole: bool = field(values.flag, "да, если эту должность занимает один человек", False)
    since: date | None = field(values.day, "с какого дня", None)
    until: date | None = field(values.day, "по какой день", None)

    @property
    def shown(self) -> str:
        return f"{self.surname} {self.initials}".strip()

    def held_on(self, day: date | None) -> bool:
        """Whether the office was held that day; None stands for now."""
        if day is None:
            return self.until is None
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Officials(Header):
    """``officials.yaml``."""

    officials: tuple[Official, ...] = field(Each(Part(Official)), "должностные лица", ())


class Offices:
    """All officials of a list."""

    def __init__(self, officials: Sequence[Official] = ()) -> None:
        self._officials = officials
        self._made: dict[tuple[Official, ...], OfficesOfDay] = {}

    def of(self, day: date | None) -> OfficesOfDay:
        """Those of a day; of now for None."""
        held = tuple(each for each in self._officials if each.held_on(day))
        if held not in self._made:
            self._made[held] = OfficesOfDay(held)
        return self._made[held]


class OfficesOfDay:
    """The officials of a day, and all titles that the list knows of them."""

    def __init__(self, officials: Sequence[Official]) -> None:
        self.officials = officials
        titles = {title for each in officials for title in (*each.titles, *each.wrong)}
        self._titles = Phrases([(title, title) for title in sorted(titles)])
        self._surnames = [(each, inflected(each.surname.rpartition("-")[2])) for each in officials]
        self._sole = {title: each for each in officials if each.sole for title in each.titles}

    def unfit(self, text: Wording) -> Iterator[tuple[Words, Words, Official, bool]]:
        """Titles beside names that do not hold them: title, name, an official, whether that is who is named.

        Else the official is the one who holds the title alone.
        """
        for title, first, last in self._titles.find(text):
            name = _name_after(text, last)
            if not name or (first and folded(text.parts[first - 1].text) in _MAKES_ANOTHER):
                continue
            words, named = text.parts[first : last + 1], self._named(name)
            if named and not any(_is_right(title, words, each, name) for each in named):
                yield words, name, named[0], True
            elif (
                not named and title in self._sole and _agree(title, words, name) and _is_a_person(name, title)
            ):
                yield words, name, self._sole[title], False

    def _named(self, name: Words) -> list[Official]:
        """Those of the list whom a name may mean."""
        words = [folded(word.text) for word in name]
        found = []
        for official, forms in self._surnames:
            given = [word for word in words if word not in forms]
            initials = folded(official.initials)
            if len(given) < len(words) and (not initials or all(word[0] in initials for word in given)):
                found.append(official)
        return found


def _name_after(text: Wording, last: int) -> Words:
    """The words with capitals that follow a title without a comma between."""
    end = last + 1
    while end < len(text.parts) and end - last <= _LONGEST_NAME:
        before, word = text.parts[end - 1], text.parts[end]
        between = text.text[before.end : word.start]
        is_joined = between.isspace() or (len(before.text) == 1 and _AFTER_AN_INITIAL.fullmatch(between))
        if not is_joined or not word.text[0].isupper():
            break
        end += 1
    return text.parts[last + 1 : end]


def _is_right(title: str, words: Words, official: Official, name: Words) -> bool:
    """Whether the title is the official's, or that of one who serves him: «помощник мэра Иванова»."""
    if title in official.titles:
        return True
    is_of_another = all(folded(word.text) != folded(official.surname) for word in name)
    return is_of_another and any(_ends_with(words, own.split()) for own in official.titles)


def _ends_with(words: Words, own: Sequence[str]) -> bool:
    last = words[-len(own) :]
    return len(last) == len(own) and all(
        folded(word.text) in inflected(part) for word, part in zip(last, own, strict=True)
    )


def _agree(title: str, words: Words, name: Words) -> bool:
    """Whether the name may be in the title's case: «кабинет мэра Петров покинул» is of two people."""
    if folded(words[0].text) == folded(title.partition(" ")[0]):
        return True
    return any(_OBLIQUE.fullmatch(word.text) for word in name if len(word.text) > 1)


def _is_a_person(name: Words, title: str) -> bool:
    """Whether it surely is a person's name: after «мэр» there may be a town, after «мэр Братска» not."""
    first, *others = name
    has_initial = any(len(word.text) == 1 for word in name)
    has_patronymic = any(_PATRONYMIC.fullmatch(word.text) for word in others)
    if title.rpartition(" ")[2][0].isupper():
        return has_initial or has_patronymic or bool(_SURNAME.fullmatch(name[-1].text))
    return len(first.text) == 1 or (has_patronymic and len(name) == _LONGEST_NAME)
