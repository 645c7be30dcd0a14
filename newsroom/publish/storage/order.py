"""In which order objects are written: whatever a reader can reach at any moment is there.

A new file is named by nobody until a page that was there before is changed. So all that is new comes first,
what pages need before the pages; then what changes; feeds, by which programs find the new pages, after those;
the lists of the edition, and last of all the edition itself. What goes is deleted when nothing names it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from newsroom.build.edition import FILE_NAME, FOLDER_NAME, SIGNATURE_NAME

STAGES = (
    "новые файлы",
    "новые страницы и ленты",
    "изменённые файлы и страницы",
    "ленты и карты сайта",
    "списки выпуска",
    "подпись",
    "выпуск",
)
"""The names of the stages, in their order."""
_FOR_PROGRAMS = (".xml", "feed.json", ".map", ".ics")
"""Endings of what tells programs of all pages."""


def staged(paths: Iterable[str], there: Collection[str]) -> Iterator[tuple[str, list[str]]]:
    """The paths to write, stage by stage with its name; ``there`` are those that were there before."""

    def stage(path: str) -> int:
        if path in {FILE_NAME, SIGNATURE_NAME}:
            return 6 if path == FILE_NAME else 5
        if path.startswith(f"{FOLDER_NAME}/"):
            return 4
        if path in there:
            return 3 if path.endswith(_FOR_PROGRAMS) else 2
        return 1 if path.endswith((".html", *_FOR_PROGRAMS)) else 0

    for number, some in groupby(sorted(paths, key=lambda path: (stage(path), path)), stage):
        yield STAGES[number], list(some)
