"""The lists of ``check/`` that are YAML: foreign words, organisations that must be marked, officials.

Each is read into what a rule looks for; a list that cannot be understood raises NewsroomError.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from newsroom.check.offices import Offices, Officials
from newsroom.check.phrases import Phrases
from newsroom.content import values
from newsroom.content.fields import Each, Fault, FaultsError, Part, field, refused
from newsroom.content.front_matter import FrontMatter, parse_yaml
from newsroom.content.plain_yaml import Location
from newsroom.content.schema import Header
from newsroom.content.validation import validate
from newsroom.problems import NewsroomError, Problem


class ForeignWord(NamedTuple):
    """A foreign word as the list has it, and what to write for it."""

    word: str
    instead: str


def read_foreign_words(text: str, file: str) -> Phrases[ForeignWord]:
    """«кешбэк, кэшбэк: возврат части денег»: spellings of a word, and what to write for it."""
    entries, lines = parse_yaml(text, file)
    listed, problems = [], []
    for words, instead in entries.items():
        if not isinstance(instead, str) or not instead.strip():
            line = lines.get((words,), 1)
            remedy = f"напишите её после двоеточия: «{words}: замена»"
            problems.append(Problem(file, line, f"у слова «{words}» нет замены", remedy))
            continue
        listed += [
            (word, ForeignWord(word.strip(), instead.strip())) for word in words.split(",") if word.strip()
        ]
    if problems:
        raise NewsroomError(problems)
    return Phrases(listed)


class Register(Header):
    """A register of organisations that must be marked."""

    title: str = field(values.text, "как называется перечень")
    mark: str = field(values.text, "указание, которое должно стоять в тексте")
    keywords: tuple[str, ...] = field(values.several, "начала слов, по которым указание узнают; нужны все")


class Organization(Header):
    """An organisation in one of the registers."""

    names: tuple[str, ...] = field(values.several, "как её называют; остальные падежи найдутся сами")
    register: str = field(values.text, "в каком перечне она стоит")
    mark: str = field(values.line, "указание, если оно не такое, как у всего перечня", "")


class Registers:
    """The kind of a field with registers by their names."""

    def __call__(self, value: Any) -> Mapping[str, Register]:
        if not isinstance(value, dict):
            raise refused("в поле «{field}» должны быть перечни по именам", "смотрите начало файла")
        read, found, faults = Part(Register), {}, []
        for name, typed in value.items():
            try:
                found[name] = read(typed)
            except FaultsError as error:
                faults += [Fault((name, *location), *told) for location, *told in error.faults]
        if faults:
            raise FaultsError(faults)
        return found


class MarkedOrganizations(Header):
    """``marked-organizations.yaml``."""

    registers: Mapping[str, Register] = field(Registers(), "перечни")
    organizations: tuple[Organization, ...] = field(Each(Part(Organization)), "организации", ())


class Marked(NamedTuple):
    """A name that must not stand without a mark; ``keywords`` are beginnings of the mark's words."""

    mark: str
    keywords: tuple[str, ...]
    register: str


def read_marked_organizations(text: str, file: str) -> Phrases[Marked]:
    """The names of all organisations, with the mark that each must have."""
    matter = _matter(text, file)
    read = validate(MarkedOrganizations, matter, file)
    listed, problems = [], []
    for number, organization in enumerate(read.organizations):
        register = read.registers.get(organization.register)
        if register is None:
            line = matter.line(("organizations", number, "register"))
            remedy = f"возможно только: {', '.join(read.registers)}"
            problems.append(Problem(file, line, f"перечня «{organization.register}» нет", remedy))
            continue
        marked = Marked(organization.mark or register.mark, register.keywords, register.title)
        listed += [(name, marked) for name in organization.names]
    if problems:
        raise NewsroomError(problems)
    return Phrases(listed)


def read_officials(text: str, file: str) -> Offices:
    """Who holds which office."""
    return Offices(validate(Officials, _matter(text, file), file).officials)


def _matter(text: str, file: str) -> FrontMatter:
    header, lines = parse_yaml(text, file)
    places: dict[Location, int] = dict(lines)
    return FrontMatter(header, "", 1, places)
