"""A new release: a draft that shows every header field, its meaning taken from the schema."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from newsroom.content.fields import Brief, Each, Field, Kind, Part
from newsroom.content.schema import ReleaseHeader
from newsroom.content.slugs import slug
from newsroom.problems import NewsroomError, Problem


def write_draft(content: Path, title: str, now: datetime) -> Path:
    """Write a draft of a release titled so and give its path; no file is ever overwritten.

    The path is ``releases/2024/05/2024-05-09-<slug>.md`` under ``content``; «-2», «-3» … follows
    the slug where another release of the month has it already. ``now`` is in the newsroom's zone.
    Raises NewsroomError when the title has no letter or digit to make an address of.
    """
    path = draft_path(content, title, now)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(draft_text(content, title, now))
    return path


def draft_path(content: Path, title: str, now: datetime) -> Path:
    """The path of a release titled so that is not taken yet; raises NewsroomError as ``write_draft``."""
    folder = content / "releases" / now.strftime("%Y/%m")
    # An address keeps the month but not the day, so the whole month is looked through.
    taken = {path.stem[len("2024-05-09-") :] for path in folder.glob("*.md")}
    return folder / f"{now:%Y-%m-%d}-{free_slug(title, taken)}.md"


def draft_text(content: Path, title: str, now: datetime, *, summary: str = "", body: str = "") -> str:
    """The text of a draft: fields that must be filled stand open, all others as comments."""
    given = {
        "title": quoted(title),
        "date": f"{now:%Y-%m-%d %H:%M}",
        "rubric": "",
        "department": _only(_ids(content, "departments")),
        "summary": quoted(summary) if summary else "",
        "status": "draft",
    }
    choices = {"rubric": _rubrics(content), "department": _ids(content, "departments")}
    lines = ["---"]
    for name, field in ReleaseHeader.fields.items():
        lines.append(f"# {name}: {field.description}" + _listed(choices.get(name, [])))
        if name in given:
            lines.append(f"{name}: {given[name]}".rstrip())
        else:
            lines += [f"# {line}".rstrip() for line in _example(name, field)]
    return "\n".join([*lines, "---", "", body])


def quoted(text: str) -> str:
    """A line of text as a value of YAML, whatever is in it."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


def free_slug(title: str, taken: Container[str]) -> str:
    """The slug of a title, «-2», «-3» … after it where it is taken; raises as ``write_draft``."""
    try:
        wanted = slug(title)
    except ValueError as error:
        raise NewsroomError([Problem("", 0, str(error), "дайте заголовок словами")]) from None
    if not any(letter.isalpha() for letter in wanted):
        wanted = f"reliz-{wanted}"
    free, number = wanted, 2
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    return free


def _example(name: str, field: Field) -> Iterator[str]:
    """The field as YAML with nothing filled in; the parts of a compound one stand on lines of their own."""
    yield f"{name}:"
    yield from _indented("  ", _parts(field.kind))


def _parts(kind: Kind[Any]) -> Iterator[str]:
    """The lines under a compound field; none where it is of one value."""
    if isinstance(kind, Each):
        yield from _indented("- ", _parts(kind.kind))
    elif isinstance(kind, Brief):
        _, told = tuple(kind.model.fields.values())[:2]
        yield f"snimok.jpg: ({told.description})"
    elif isinstance(kind, Part):
        for name, field in kind.model.fields.items():
            more = list(_parts(field.kind))
            yield from [f"{name}:", *_indented("  ", more)] if more else [f"{name}: ({field.description})"]


def _indented(first: str, lines: Iterable[str]) -> Iterator[str]:
    return (f"{first if number == 0 else ' ' * len(first)}{line}" for number, line in enumerate(lines))


def _rubrics(content: Path) -> list[str]:
    from newsroom.content.vocabulary import read_rubrics

    try:
        return list(read_rubrics(content))
    except NewsroomError:
        return []


def _ids(content: Path, kind: str) -> list[str]:
    return sorted(path.stem for path in (content / kind).glob("*.md"))


def _only(ids: Sequence[str]) -> str:
    return ids[0] if len(ids) == 1 else ""


def _listed(ids: Sequence[str]) -> str:
    return f" (есть: {', '.join(ids)})" if ids else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: write a draft by the clock of the settings, print its path; 1 on a problem."""
    from pelican.settings import read_settings

    from newsroom.settings import read_site

    parser = argparse.ArgumentParser(prog="newsroom.content.draft")
    parser.add_argument("content", type=Path)
    parser.add_argument("title")
    parser.add_argument("--settings", default="pelicanconf.py")
    options = parser.parse_args(arguments)
    try:
        site = read_site(read_settings(options.settings))
        print(write_draft(options.content, options.title, site.now.astimezone(site.tz)))
    except NewsroomError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
