"""What stands in the editor's menu: releases by months and years, then each other type of content.

A list is opened whole: releases of a month are a hundred and thirty, those of ten years would be
fifteen thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from msgspec import Struct

from newsroom.content.dates import month_year
from newsroom.content.library import Library
from newsroom.content.schema import HEADERS
from newsroom.content.types import Event, Term
from newsroom.pages.editor.widgets import BODY, Lists, Options, Settings, fields_of

MONTHS = 13
"""Lists of single months: this one, which opens first, and a year back."""
AHEAD = 3
"""Lists of months to come, beside those in which something is known to wait."""
_TITLES = {
    "events": ("События", "Событие"),
    "broadcasts": ("Эфиры", "Эфир"),
    "issues": ("Номера журнала", "Номер журнала"),
    "departments": ("Подразделения", "Подразделение"),
    "channels": ("Каналы", "Канал"),
    "pages": ("Страницы", "Страница"),
}
_PAGES = {
    "events": "events/{{filename}}/",
    "broadcasts": "broadcasts/{{filename}}/",
    "issues": "magazine/{{filename}}/",
    "departments": "departments/{{filename}}/",
    "channels": "channels/#{{filename}}",
    "pages": "{{filename}}/",
}
_BY_YEARS = {"broadcasts": "start", "issues": "date"}
"""Types with a folder for each year, and the field that tells it."""
FILE_NAME: Settings = {"name": "file_name", "label": "Адрес страницы", "widget": "address", "required": False}
"""Not in the header: it becomes the name of the file."""


def collections(folder: str, library: Library, today: date, *, first_status: str) -> list[Settings]:
    """All lists of the menu.

    ``folder`` is that of the material, ``today`` the day in the newsroom's zone, ``first_status``
    what a release begins as.
    """
    menu = Menu(folder=folder, lists=choices(library), first_status=first_status)
    now = today.replace(day=1)
    past = list(islice(_months_back(now), MONTHS))
    years = [year.name for year in library.years if year.name <= f"{past[-1]:%Y}"]
    return [
        menu.month(now, is_now=True),
        *(menu.month(month) for month in _ahead(now, library)),
        *(menu.month(month) for month in past[1:]),
        *(menu.year(year) for year in sorted(years, reverse=True)),
        *(menu.others(kind) for kind in HEADERS if kind != "releases"),
    ]


def choices(library: Library) -> Lists:
    """What may be chosen: titles for people, ids for the header."""
    return {
        "rubric": _options(library.rubrics),
        "tags": _options(library.tags),
        "department": [{"label": one.title, "value": one.id} for one in library.departments],
        "event": _events(library.events),
    }


def _options(terms: tuple[Term, ...]) -> Options:
    return [{"label": term.title, "value": term.id} for term in terms]


def _events(events: tuple[Event, ...]) -> Options:
    return [{"label": event.title, "value": event.id} for event in sorted(events, key=lambda one: one.title)]


class Menu(Struct, frozen=True, kw_only=True):
    """Makes the lists of the menu."""

    folder: str
    lists: Lists
    first_status: str

    def month(self, month: date, *, is_now: bool = False) -> Settings:
        default = "{{now}}" if is_now else ""
        return self._releases(f"{month:%Y-%m}", "в том же месяце", default) | {
            "name": f"releases-{month:%Y-%m}",
            "label": f"Релизы: {month_year(month)}",
            "label_singular": f"Релиз: {month_year(month)}",
            "folder": f"{self.folder}/releases/{month:%Y/%m}",
            "create": True,
            "sortable_fields": _sorting("date", "заголовку"),
        }

    def year(self, year: str) -> Settings:
        """Sorted only when asked: of a remote repository every file of the year must then be fetched."""
        return self._releases(year, "в том же году", "") | {
            "name": f"releases-{year}",
            "label": f"Релизы: {year} год",
            "label_singular": "Релиз",
            "folder": f"{self.folder}/releases/{year}",
            "path": "{{month}}/{{slug}}",
            "create": False,
            "sortable_fields": [{"field": "date", "label": "дате"}, {"field": "title", "label": "заголовку"}],
        }

    def others(self, kind: str) -> Settings:
        title, singular = _TITLES[kind]
        date_field = _BY_YEARS.get(kind, "")
        settings = _shared(kind, fields_of(HEADERS[kind], self.lists)) | {
            "name": kind,
            "label": title,
            "label_singular": singular,
            "folder": f"{self.folder}/{kind}",
            "create": True,
            "sortable_fields": _sorting(date_field, "названию"),
            "preview_path": _PAGES[kind],
        }
        return settings | ({"path": "{{year}}/{{slug}}"} if date_field else {})

    def _releases(self, period: str, told: str, default: str) -> Settings:
        """What lists of releases share; the month of a release's date is that of its file's name."""
        fields = fields_of(HEADERS["releases"], self.lists)
        by_name = {field["name"]: field for field in fields}
        pattern, example = by_name["date"]["pattern"]
        by_name["date"] |= {
            "pattern": [f"(?=^{period}-){pattern}", f"{example}, {told}: {period}"],
            "default": default,
        }
        by_name["status"]["default"] = self.first_status
        return _shared("releases", fields) | {
            "preview_path": "admin/release.html?{{filename}}",
            "summary": "{{date}} — {{title}}",
            "view_filters": [{"label": "Черновики", "field": "status", "pattern": "draft"}],
        }


def _sorting(date_field: str, title: str) -> list[Settings]:
    """The newest first where there is a date, else by titles."""
    by_title: Settings = {"field": "title", "label": title}
    if not date_field:
        return [by_title | {"default_sort": "asc"}]
    return [{"field": date_field, "label": "дате", "default_sort": "desc"}, by_title]


def _shared(kind: str, fields: list[Settings]) -> Settings:
    """Files of a published page are never deleted here: a page that was there is withdrawn."""
    return {
        "format": f"newsroom-{kind}",
        "extension": "md",
        "identifier_field": "title",
        "slug": "{{fields.file_name}}",
        "delete": False,
        "media_folder": "",
        "public_folder": "",
        "fields": _in_order(fields),
    }


def _in_order(fields: list[Settings]) -> list[Settings]:
    """The title, what becomes of it in the address, what must be filled in, the text; then all else."""
    title, *others = fields
    required = [field for field in others if field["required"]]
    optional = [field for field in others if not field["required"]]
    return [title, FILE_NAME, *required, BODY, *optional]


def _ahead(now: date, library: Library) -> list[date]:
    """The next months, and later ones with releases: a preview knows of them, a public site must not."""
    later = [year for year in library.years if year.name >= f"{now:%Y}"]
    waiting = {date.fromisoformat(f"{entry.month}-01") for year in later for entry in year.published}
    return sorted({month for month in waiting if month > now} | set(islice(_months_ahead(now), AHEAD)))


def _months_ahead(month: date) -> Iterator[date]:
    """The first days of the next month, of the one after it, and so on."""
    while True:
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        yield month


def _months_back(month: date) -> Iterator[date]:
    """The first days of this month, of the one before, and so on."""
    while True:
        yield month
        month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
