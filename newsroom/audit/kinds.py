"""Every kind of page that the site has, and a page of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct


class Kind(Struct, frozen=True):
    """A kind of page: its name, what people call it, and the addresses of its pages as a pattern."""

    name: str
    title: str
    addresses: str


_STANDING = "(about|about-data|media|privacy|accessibility)"

KINDS = (
    Kind("home", "Главная", r"/"),
    Kind("release", "Релиз", r"/news/\d{4}/\d{2}/[a-z][^/]*/"),
    Kind("changes", "Что изменилось в релизе", r"/news/\d{4}/\d{2}/[^/]+/changes/(\w+/)?"),
    Kind("news", "Лента новостей", r"/news/(page/\d+/)?"),
    Kind("year", "Архив года", r"/news/\d{4}/"),
    Kind("month", "Архив месяца", r"/news/\d{4}/\d{2}/"),
    Kind("day", "Архив дня", r"/news/\d{4}/\d{2}/\d{2}/"),
    Kind("rubrics", "Рубрики", r"/rubrics/"),
    Kind("rubric", "Рубрика", r"/rubrics/[^/]+/(page/\d+/)?"),
    Kind("tags", "Темы", r"/tags/"),
    Kind("tag", "Тема", r"/tags/[^/]+/(page/\d+/)?"),
    Kind("departments", "Подразделения", r"/departments/"),
    Kind("department", "Подразделение", r"/departments/[^/]+/(page/\d+/)?"),
    Kind("events", "События", r"/events/"),
    Kind("event", "Событие", r"/events/[^/]+/"),
    Kind("photos", "Фотографии события", r"/events/[^/]+/photos/(page/\d+/)?"),
    Kind("broadcasts", "Эфиры", r"/broadcasts/"),
    Kind("broadcast", "Эфир", r"/broadcasts/[^/]+/"),
    Kind("magazine", "Журнал", r"/magazine/"),
    Kind("issue", "Номер журнала", r"/magazine/[^/]+/"),
    Kind("leaf", "Страница номера", r"/magazine/[^/]+/\d+/"),
    Kind(
        "file-text",
        "Текст файла",
        rf"/(news/\d{{4}}/\d{{2}}|(?!magazine/)[a-z]+)/[^/]+/[^/]+-text/|/{_STANDING}/[^/]+-text/",
    ),
    Kind("issue-text", "Текст номера журнала", r"/magazine/[^/]+/[^/]+-text/"),
    Kind("channels", "Каналы", r"/channels/"),
    Kind("search", "Поиск", r"/search/"),
    Kind("feeds", "Ленты", r"/feeds/"),
    Kind("data", "Открытые данные", r"/data/"),
    Kind("reports", "Год в числах", r"/reports/"),
    Kind("report", "Отчёт за год", r"/reports/\d{4}/"),
    Kind("verify", "Проверить подлинность", r"/verify/"),
    Kind("corrections", "Исправления", r"/corrections/(\d{4}/)?"),
    Kind("lite", "Лёгкая версия", r"/lite/"),
    Kind("emergency", "Экстренные сообщения", r"/emergency/"),
    Kind("standing", "Постоянная страница", rf"/{_STANDING}/"),
    Kind("conformity", "Проверка доступности", r"/accessibility/conformity/"),
    Kind("lost", "Страница не найдена", r"/404\.html"),
)
"""In the order of a reader's way. A new kind of page is a line here."""


def kinds(output: Path) -> Mapping[Kind, tuple[str, ...]]:
    """The addresses of a built site by kind, each kind's longest pages (in bytes) first; none is left out."""
    sizes = {_address(output, path): path.stat().st_size for path in _pages(output)}
    return {
        kind: tuple(
            sorted(
                (url for url in sizes if re.fullmatch(kind.addresses, url)),
                key=lambda url: (-sizes[url], url),
            )
        )
        for kind in KINDS
    }


def unknown(output: Path) -> list[str]:
    """Pages of no kind: a line is missing in ``KINDS``."""
    addresses = (_address(output, path) for path in _pages(output))
    return sorted(url for url in addresses if not any(re.fullmatch(kind.addresses, url) for kind in KINDS))


def _pages(output: Path) -> Iterator[Path]:
    """The pages of the site; a former address that only leads on is none."""
    for path in output.rglob("*.html"):
        if (
            "admin" not in path.relative_to(output).parts
            and b'http-equiv="refresh"' not in path.read_bytes()[:2000]
        ):
            yield path


def _address(output: Path, path: Path) -> str:
    return "/" + path.relative_to(output).as_posix().removesuffix("index.html")
