"""The controlled lists, rubrics and tags, kept as data in the content folder."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from newsroom.content.front_matter import FrontMatter, parse_yaml, read_text
from newsroom.content.schema import TermHeader
from newsroom.content.slugs import is_slug
from newsroom.content.types import Rubric, Tag, Term
from newsroom.content.typography import typograph
from newsroom.content.validation import validate
from newsroom.problems import NewsroomError, Problem

T = TypeVar("T", bound=Term)


def read_rubrics(root: Path) -> dict[str, Rubric]:
    """The rubrics of ``rubrics.yaml`` by id, in the file's order; raises NewsroomError."""
    return _read(root, "rubrics.yaml", Rubric, "/rubrics/{}/")


def read_tags(root: Path) -> dict[str, Tag]:
    """The tags of ``tags.yaml`` by id, in the file's order; raises NewsroomError."""
    return _read(root, "tags.yaml", Tag, "/tags/{}/")


def _read(root: Path, file: str, term: type[T], address: str) -> dict[str, T]:
    path = root / file
    if not path.is_file():
        raise NewsroomError([Problem(file, 0, "нет этого списка", "создайте файл: имя: {title: …}")])
    entries, lines = parse_yaml(read_text(path, file), file)
    problems: list[Problem] = []
    terms: dict[str, T] = {}
    for id, entry in entries.items():
        line = lines.get((id,), 1)
        if not is_slug(id):
            remedy = "пишите его строчными латинскими буквами через дефис"
            problems.append(Problem(file, line, f"имя «{id}» не годится для адреса", remedy))
            continue
        fields = entry if isinstance(entry, dict) else {"title": entry}
        entry_lines = {place[1:]: at for place, at in lines.items() if place[:1] == (id,)} | {(): line}
        try:
            header = validate(TermHeader, FrontMatter(fields, "", 1, entry_lines), file)
        except NewsroomError as error:
            problems += error.problems
            continue
        title, description = typograph(header.title), typograph(header.description)
        terms[id] = term(
            id=id,
            title=title,
            url=address.format(id),
            description=description,
            aliases=header.aliases,
            hashtag=header.hashtag,
        )
    if problems:
        raise NewsroomError(problems)
    return terms


def unknown(kind: str, id: str, known: Mapping[str, object], titles: Iterable[str] = ()) -> tuple[str, str]:
    """Message and remedy for a name that is in no list; the nearest known one is suggested.

    ``titles`` are shown names: an editor often writes the title instead of the id.
    """
    by_title = {title.lower(): key for key, title in zip(known, titles, strict=False)}
    near = difflib.get_close_matches(id.lower(), [*known, *by_title], n=1, cutoff=0.55)
    if near:
        return f"{kind} «{id}» нет в списке", f"может быть, «{by_title.get(near[0], near[0])}»?"
    return f"{kind} «{id}» нет в списке", "выберите из списка или сначала добавьте туда"
