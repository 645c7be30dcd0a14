"""A file's permanent address, from its name alone.

«One file, one release, one address, forever»: nothing in a header moves a page.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

from newsroom.content.kinds import KINDS
from newsroom.content.slugs import is_slug, slug
from newsroom.problems import Problem

_RELEASE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})-(?P<slug>(?=\S*[a-z])\S+)")
_LOOSE_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:-|$)")
_FOLDERS = {
    "events": "/events/{}/",
    "broadcasts": "/broadcasts/{}/",
    "issues": "/magazine/{}/",
    "departments": "/departments/{}/",
    "channels": "/channels/#{}",
    "pages": "/{}/",
}


def kind_of(file: str) -> str:
    """The type of a content file: its top folder; "" when it is none of ours."""
    folder, _, name = file.partition("/")
    return folder if name and folder in KINDS else ""


def address_of(file: str) -> str:
    """The address of ``file`` (a path from the content folder); "" when its name gives none."""
    name = file.rpartition("/")[2]
    stem, kind = name.rpartition(".")[0] or name, kind_of(file)
    if kind == "releases":
        match = _RELEASE.fullmatch(stem)
        if not match or not is_slug(match["slug"]) or not _is_date(match):
            return ""
        return f"/news/{match['year']}/{match['month']}/{match['slug']}/"
    if kind and is_slug(stem):
        return _FOLDERS[kind].format(stem)
    return ""


def bad_name(file: str) -> Problem:
    """What to tell of a file whose name gives no address."""
    path = PurePosixPath(file)
    match = _RELEASE.fullmatch(path.stem)
    if match and not _is_date(match):
        return Problem(file, 0, "в имени файла дата, какой не бывает", "проверьте год, месяц и число")
    if not kind_of(file):
        folders = ", ".join(KINDS)
        return Problem(file, 0, "файл лежит не в своей папке", f"перенесите его в одну из папок: {folders}")
    loose = _LOOSE_DAY.match(path.stem)
    day = f"{loose[1]}-{loose[2]:0>2}-{loose[3]:0>2}" if loose else "ГГГГ-ММ-ДД"
    stem = path.stem[loose.end() :] if loose else path.stem
    try:
        proper = slug(stem)
    except ValueError:
        proper = "zagolovok"
    if not re.search("[a-z]", proper):  # a release's address of digits would be taken for a day's
        proper = f"reliz-{proper}"
    name = f"{day}-{proper}.md" if kind_of(file) == "releases" else f"{proper}.md"
    message = "из имени файла не выходит адрес страницы"
    return Problem(file, 0, message, f"назовите его строчными латинскими буквами, например «{name}»")


def _is_date(match: re.Match[str]) -> bool:
    try:
        date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    return True
