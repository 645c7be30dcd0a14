"""A header checked against its schema, every fault told in Russian at its line."""

from __future__ import annotations

from typing import TypeVar

from newsroom.content.fields import Fault, FaultsError
from newsroom.content.front_matter import FrontMatter
from newsroom.content.plain_yaml import Location
from newsroom.content.schema import Header
from newsroom.problems import NewsroomError, Problem

H = TypeVar("H", bound=Header)


def validate(model: type[H], front_matter: FrontMatter, file: str) -> H:
    """The header as ``model``; raises NewsroomError with all its problems."""
    try:
        return model.read(front_matter.header)
    except FaultsError as error:
        problems = [_problem(fault, front_matter, file) for fault in error.faults]
        raise NewsroomError(problems) from None


def _problem(fault: Fault, front_matter: FrontMatter, file: str) -> Problem:
    name = _named(fault.location)
    message = fault.message.replace("{field}", name)
    if message == fault.message and name:
        message = f"поле «{name}»: {message}"
    return Problem(file, front_matter.line(fault.location), message, fault.remedy.replace("{field}", name))


def _named(location: Location) -> str:
    """The field as an editor knows it; «tags, 2-е» for an item of a list."""
    if not location:
        return ""
    last = location[-1]
    return f"{location[-2]}, {last + 1}-е" if isinstance(last, int) and len(location) > 1 else str(last)
