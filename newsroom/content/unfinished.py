"""Drafts for a preview: what one lacks is stood in for, and told beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from msgspec import structs

from newsroom.content import assemble
from newsroom.content.fields import FaultsError
from newsroom.content.names import Known, Names
from newsroom.content.schema import ReleaseHeader
from newsroom.content.source import Source
from newsroom.content.types import Release
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import Site

_WITH_FILES = ("image", "gallery", "video", "attachments")


def release(source: Source, names: Names, site: Site) -> Release:
    """The release of a source, whatever a draft lacks; raises NewsroomError as ``assemble.release`` does
    for what is no draft, or where the lists that drafts name cannot be read."""
    if not source.is_draft:
        return assemble.release(source, names, site)
    made, remarks = None, list(source.remarks)
    if source.header:
        try:
            made = assemble.release(source, names, site)
        except NewsroomError as error:
            remarks += error.problems
    made = made or _stood_in(source, names, site, remarks)
    return structs.replace(made, remarks=tuple(map(_told, sorted(set(remarks)))))


def _stood_in(source: Source, names: Names, site: Site, remarks: list[Problem]) -> Release:
    """The release with something in place of all it lacks; what it names in vain is added to ``remarks``."""
    given = _sound(source.front_matter.header) | {"date": _date(source)}
    given |= {"rubric": _first(given, "rubric", names.rubrics)}
    given |= {"department": _first(given, "department", names.departments)}
    for name, known in (("tags", names.tags), ("event", names.events)):
        given[name] = [id for id in _ids(given.get(name)) if id in known.entries]
    given = {"title": "Без заголовка", "summary": "Кратко пока не сказано."} | given
    try:
        return _made(source, given, names, site)
    except NewsroomError as error:
        remarks += [problem for problem in error.problems if problem not in remarks]
    for name in _WITH_FILES:
        given.pop(name, None)
    return _made(source, given, names, site)


def _made(source: Source, given: Mapping[str, Any], names: Names, site: Site) -> Release:
    try:
        header = ReleaseHeader.read(given)
    except FaultsError:  # without a rubric or a department there is nothing to stand in
        raise NewsroomError(source.remarks) from None
    return assemble.release(replace(source, header=header), names, site)


def _sound(header: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a header that have no fault."""
    sound = {}
    for name, value in header.items():
        field = ReleaseHeader.fields.get(name)
        try:
            if field and field.kind(value) is not None:
                sound[name] = value
        except FaultsError:
            continue
    return sound


def _date(source: Source) -> str:
    """The moment of the header, if it is of the month of the file's name, else the day of that."""
    typed = _sound(source.front_matter.header).get("date", "")
    return typed if typed.startswith(source.id[:7]) else source.id[:10]


def _first(given: Mapping[str, Any], name: str, known: Known[Any]) -> str:
    """What is named, if there is such an entry, else the first of the list."""
    id = given.get(name, "")
    return id if id in known.entries else next(iter(known.entries), "")


def _ids(value: Any) -> Iterable[str]:
    """Ids as a list, or as a text with commas."""
    return [id.strip() for id in value.split(",")] if isinstance(value, str) else value or ()


def _told(problem: Problem) -> str:
    line = f"строка {problem.line}: " if problem.line else ""
    return f"{line}{problem.message} — {problem.remedy}"
