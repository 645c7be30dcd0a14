"""One release in the words of three programs: the path of its source file and the text of it.

Bodies are the same Markdown everywhere; only headers and places differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from bench.corpus import DEPARTMENTS, RUBRICS, TAGS, Release, Term
from bench.pictures import HEIGHT, WIDTH, Picture

ALT = "Синтетическая картинка"


@dataclass(frozen=True)
class Source:
    """A file of the material: its path from the content folder, its bytes, whether others need it too."""

    path: str
    data: bytes
    shared: bool = False


class Dialect(Protocol):
    """How a program wants its material."""

    def sources(self, release: Release, picture: Picture | None) -> Iterator[Source]:
        """The files of a release."""
        ...

    def frame(self, used: frozenset[str]) -> Iterator[Source]:
        """What is there beside releases; ``used`` are the ids of terms that releases have."""
        ...


class Newsroom:
    """This project: YAML header, one file a release, the picture beside it."""

    def sources(self, release: Release, picture: Picture | None) -> Iterator[Source]:
        """The files of a release."""
        folder = f"releases/{release.moment:%Y/%m}"
        lines = [
            f"title: {_quoted(release.title)}",
            f"date: {release.moment:%Y-%m-%d %H:%M}",
            f"rubric: {release.rubric.id}",
            f"department: {release.department.id}",
            f"summary: {_quoted(release.summary)}",
            f"tags: {_listed(release.tags)}",
        ]
        if picture:
            lines += ["image:", f"  src: {release.stem}.jpg", f"  alt: {ALT}"]
            yield Source(f"{folder}/{release.stem}.jpg", picture.source)
        yield _text(f"{folder}/{release.stem}.md", _yaml(lines, release.body))

    def frame(self, used: frozenset[str]) -> Iterator[Source]:  # noqa: ARG002 - the same for every program
        """The controlled lists, and the departments."""
        yield _text("rubrics.yaml", "".join(f"{each.id}: {each.title}\n" for each in RUBRICS))
        yield _text("tags.yaml", "".join(f"{each.id}: {each.title}\n" for each in TAGS))
        for each in DEPARTMENTS:
            yield _text(f"departments/{each.id}.md", _yaml([f"title: {each.title}"], ""))


class Hugo:
    """Hugo: a section for each year, month and day, taxonomies for the rest; a bundle if it has a picture."""

    def sources(self, release: Release, picture: Picture | None) -> Iterator[Source]:
        """The files of a release, and of the day it stands in."""
        day = f"news/{release.moment:%Y/%m/%d}"
        lines = [
            f"title: {_quoted(release.title)}",
            f"date: {release.moment.isoformat()}",
            f"slug: {release.slug}",
            f"rubrics: [{release.rubric.id}]",
            f"departments: [{release.department.id}]",
            f"description: {_quoted(release.summary)}",
            f"tags: {_listed(release.tags)}",
        ]
        name = f"{release.slug}.md"
        if picture:
            size = f"width: {WIDTH}, height: {HEIGHT}, alt: {ALT}"
            lines += [f"image: {{stem: {release.stem}, variant: {release.stem}{picture.variant}, {size}}}"]
            name = f"{release.slug}/index.md"
            for ending, data in picture.files.items():
                yield Source(f"{day}/{release.slug}/{release.stem}{ending}", data)
        yield _text(f"{day}/{name}", _yaml(lines, release.body))
        for section in (day, day[:-3], day[:-6]):
            period = _text(f"{section}/_index.md", _yaml([f"kind_of_period: {_PERIODS[len(section)]}"], ""))
            yield replace(period, shared=True)

    def frame(self, used: frozenset[str]) -> Iterator[Source]:
        """Titles of the terms in use, and the pages that stand by themselves."""
        for kind, terms in (("rubrics", RUBRICS), ("tags", TAGS), ("departments", DEPARTMENTS)):
            for each in terms:
                if each.id in used or kind == "departments":
                    yield _text(f"{kind}/{each.id}/_index.md", _yaml([f"title: {each.title}"], ""))
        for name, title in _SECTIONS.items():
            yield _text(f"{name}/_index.md", _yaml([f"title: {title}"], ""))


class Pelican:
    """Stock Pelican: rubrics are its categories, departments its authors, pictures its static files."""

    def sources(self, release: Release, picture: Picture | None) -> Iterator[Source]:
        """The files of a release."""
        folder = f"news/{release.moment:%Y/%m}"
        lines = [
            f"Title: {release.title}",
            f"Date: {release.moment.isoformat()}",
            f"Slug: {release.slug}",
            f"Category: {release.rubric.id}",
            f"Authors: {release.department.id}",
            f"Tags: {', '.join(tag.id for tag in release.tags)}",
            f"Summary: {release.summary}",
        ]
        if picture:
            lines += [f"Image: {release.stem}", f"Variant: {release.stem}{picture.variant}"]
            for ending, data in picture.files.items():
                yield Source(f"{folder}/{release.slug}/{release.stem}{ending}", data)
        header = "\n".join(lines)
        yield _text(f"{folder}/{release.slug}.md", f"{header}\n\n{release.body}")

    def frame(self, used: frozenset[str]) -> Iterator[Source]:  # noqa: ARG002 - the same for every program
        """Nothing: the titles of terms stand in the settings."""
        return iter(())


_PERIODS = {len("news/2024"): "year", len("news/2024/05"): "month", len("news/2024/05/09"): "day"}
_SECTIONS = {
    "": "Пресс-служба Братска",
    "news": "Новости",
    "rubrics": "Рубрики",
    "tags": "Темы",
    "departments": "Подразделения",
    "feeds": "Ленты",
}


def _yaml(lines: Iterable[str], body: str) -> str:
    header = "\n".join(lines)
    return f"---\n{header}\n---\n\n{body}"


def _quoted(text: str) -> str:
    """A YAML scalar; the texts hold no apostrophes."""
    return f"'{text}'"


def _listed(terms: Iterable[Term]) -> str:
    return f"[{', '.join(term.id for term in terms)}]"


def _text(path: str, text: str) -> Source:
    return Source(path.lstrip("/"), text.encode())
