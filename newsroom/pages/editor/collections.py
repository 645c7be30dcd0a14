"""What stands in the editor's menu: releases by months and years, then each other type of content.

A list is opened whole: releases of a month are a hundred and thirty, those of ten years would be
fifteen thousand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from newsroom.content.dates import month_year
from newsroom.content.library import Library
from newsroom.content.schema import HEADERS
from newsroom.content.types import Event, Term
from newsroom.pages.editor.widgets import BODY, Lists, Options, Settings, fields_of

MONTHS = 13
"""Lists of single months: this one, which opens first, and a year back; the next one stands beside it."""
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


def collections(folder: str, library: Library, today: date) -> list[Settings]:
    """All lists of the menu; ``folder`` is that of the material, ``today`` the day in the newsroom's zone."""
    lists = choices(library)
    now = today.replace(day=1)
    past = list(islice(_months_back(now), MONTHS))
    years = [year.name for year in library.years if year.name <= f"{past[-1]:%Y}"]
    return [
        _month(folder, now, lists, is_now=True),
        _month(folder, _next_month(now), lists),
        *(_month(folder, month, lists) for month in past[1:]),
        *(_year(folder, year, lists) for year in sorted(years, reverse=True)),
        *(_others(folder, kind, lists) for kind in HEADERS if kind != "releases"),
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


def _month(folder: str, month: date, lists: Lists, *, is_now: bool = False) -> Settings:
    place = f"{month:%Y/%m}"
    return _releases(lists, f"{month:%Y-%m}", "в том же месяце", is_now=is_now) | {
        "name": f"releases-{month:%Y-%m}",
        "label": f"Релизы: {month_year(month)}",
        "label_singular": f"Релиз: {month_year(month)}",
        "folder": f"{folder}/releases/{place}",
        "create": True,
    }


def _year(folder: str, year: str, lists: Lists) -> Settings:
    return _releases(lists, year, "в том же году", is_now=False) | {
        "name": f"releases-{year}",
        "label": f"Релизы: {year} год",
        "label_singular": "Релиз",
        "folder": f"{folder}/releases/{year}",
        "path": "{{month}}/{{slug}}",
        "create": False,
    }


def _releases(lists: Lists, period: str, told: str, *, is_now: bool) -> Settings:
    """What lists of releases share; the month of a release's date is that of its file's name."""
    fields = fields_of(HEADERS["releases"], lists)
    moment = next(field for field in fields if field["name"] == "date")
    pattern, example = moment["pattern"]
    moment["pattern"] = [f"(?=^{period}-){pattern}", f"{example}, {told}: {period}"]
    moment["default"] = "{{now}}" if is_now else ""
    shared = _shared("releases", fields)
    filters = [{"label": "Черновики", "field": "status", "pattern": "draft"}]
    newest_first = {"field": "date", "label": "дате", "default_sort": "desc"}
    return shared | {
        "preview_path": "admin/release.html?{{filename}}",
        "summary": "{{date}} — {{title}}",
        "sortable_fields": [newest_first, {"field": "title", "label": "заголовку"}],
        "view_filters": filters,
    }


def _others(folder: str, kind: str, lists: Lists) -> Settings:
    title, singular = _TITLES[kind]
    fields = fields_of(HEADERS[kind], lists)
    by_years = {"path": "{{year}}/{{slug}}"} if kind in _BY_YEARS else {}
    return (
        _shared(kind, fields)
        | by_years
        | {
            "name": kind,
            "label": title,
            "label_singular": singular,
            "folder": f"{folder}/{kind}",
            "create": True,
            "sortable_fields": _sorting(kind),
            "preview_path": _PAGES[kind],
        }
    )


def _sorting(kind: str) -> list[Settings]:
    by_title: Settings = {"field": "title", "label": "названию"}
    if kind not in _BY_YEARS:
        return [by_title | {"default_sort": "asc"}]
    return [{"field": _BY_YEARS[kind], "label": "дате", "default_sort": "desc"}, by_title]


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


def _next_month(today: date) -> date:
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)


def _months_back(month: date) -> Iterator[date]:
    """The first days of this month, of the one before, and so on."""
    while True:
        yield month
        month = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)
