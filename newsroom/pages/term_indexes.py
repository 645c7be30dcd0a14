"""The indexes that lead to lists of releases: of rubrics, of departments, of tags by the alphabet."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from newsroom.build.section import Output, Section
from newsroom.content.plurals import plural
from newsroom.content.types import Department, Tag
from newsroom.pages.desk import Desk
from newsroom.pages.document import Document
from newsroom.pages.heads import head_under_home
from newsroom.pages.listings import DEPARTMENTS, RUBRICS, TAGS
from newsroom.settings import Site


def section(desk: Desk) -> Section:
    """All three."""
    library = desk.library
    rubrics = [(rubric, len(library.by_rubric.get(rubric.id, ()))) for rubric in library.rubrics]
    departments = [(entry, len(library.by_department.get(entry.id, ()))) for entry in library.departments]
    tags = [(tag, len(library.by_tag[tag.id])) for tag in library.tags if tag.id in library.by_tag]

    def outputs() -> Iterator[Output]:
        for name, crumb, terms in (("rubrics", RUBRICS, rubrics), ("departments", DEPARTMENTS, departments)):
            yield desk.press.page(
                f"{name}/index.html",
                "terms.html",
                partial(_index, crumb, terms, desk.site),
                {"terms": terms},
            )
        compose = partial(_tags_index, tags, desk.site)
        yield desk.press.page("tags/index.html", "tags.html", compose, {"terms": tags})

    templates = ("terms.html", "tags.html")
    return desk.press.section("indexes", outputs, rubrics, departments, tags, templates=templates, weight=3)


def _index(crumb: tuple[str, str], entries: list[tuple[Any, int]], site: Site) -> Document:
    title, url = crumb
    used = [(term, count) for term, count in entries if count or isinstance(term, Department)]
    head = head_under_home(title, url, site)
    return Document(head=head, template="terms.html", context={"title": title, "terms": used})


def by_letter(used: list[tuple[Tag, int]]) -> list[tuple[str, list[tuple[Tag, int]]]]:
    """Tags in the order of the alphabet by their first letter, each with its count."""
    groups: dict[str, list[tuple[Tag, int]]] = {}
    for tag, count in sorted(used, key=lambda entry: _sorting_key(entry[0].title)):
        groups.setdefault(_sorting_key(tag.title)[:1].upper(), []).append((tag, count))
    return list(groups.items())


def _tags_index(used: list[tuple[Tag, int]], site: Site) -> Document:
    title, url = TAGS
    description = f"{plural(len(used), 'тема', 'темы', 'тем')} пресс-релизов по алфавиту"
    head = head_under_home(title, url, site, description)
    return Document(head=head, template="tags.html", context={"title": title, "groups": by_letter(used)})


def _sorting_key(title: str) -> str:
    return title.lower().lstrip("«„").replace("ё", "е")
