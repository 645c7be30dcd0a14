"""What a build says of itself, in one line; and what it refuses to publish, line by line."""

from __future__ import annotations

from newsroom.build.production import Production
from newsroom.build.stage import Commit
from newsroom.content.plurals import plural
from newsroom.pages.why import reasons, why
from newsroom.problems import NewsroomError


def text(production: Production, commit: Commit, asked: str = "", base: str = "") -> str:
    """«Издание готово: 16 релизов, 240 файлов; записано 3, без изменений 237, удалено 0», and why.

    With ``asked``, an address of the site, which is served under ``base``: why that was made, or was not.
    """
    releases = plural(production.releases, "релиз", "релиза", "релизов")
    files = plural(production.files, "файл", "файла", "файлов")
    line = (
        f"Издание готово: {releases}, {files}; записано {commit.written}, "
        f"без изменений {production.files - commit.written}, удалено {commit.removed}"
    )
    because = why(production, asked, base) if asked else reasons(production)
    return f"{line}\n{because}".rstrip()


def refusal(error: NewsroomError) -> str:
    """Every problem on its line, then how many there are."""
    count = plural(len(error.problems), "ошибка", "ошибки", "ошибок")
    return f"{error}\n\nСайт не собран: {count}. Прежнее издание осталось на месте."
