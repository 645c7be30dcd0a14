"""An entry of an old site's export, and the names under which exports have its fields."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

FIELDS: dict[str, tuple[str, ...]] = {
    "title": ("title", "заголовок", "название", "наименование", "name", "headline", "post_title"),
    "date": (
        "date", "дата", "дата публикации", "pubdate", "published", "published_at", "date_published",
        "post_date", "active_from", "created_at", "created",
    ),
    "body": (
        "body", "content", "content_html", "текст", "полный текст", "подробный текст", "содержание", "html",
        "text", "detail_text", "post_content", "fulltext",
    ),
    "address": (
        "url", "link", "адрес", "ссылка", "permalink", "detail_page_url", "external_url", "address", "guid",
    ),
    "rubric": ("rubric", "рубрика", "category", "категория", "раздел", "section", "section_name"),
    "tags": ("tags", "темы", "теги", "метки", "keywords", "categories"),
    "summary": (
        "summary", "анонс", "description", "lead", "preview_text", "excerpt", "post_excerpt", "introtext",
        "краткий текст", "описание",
    ),
    "image": (
        "image", "картинка", "изображение", "фото", "picture", "preview_picture", "detail_picture",
        "thumbnail",
    ),
    "status": (
        "status", "статус", "active", "активность", "post_status", "wp_status", "published", "state",
        "опубликовано", "is_published",
    ),
    "files": ("files", "файлы", "вложения", "attachments", "enclosure", "enclosures"),
}  # fmt: skip
"""By our names, the names of columns that mean the same, in small letters, the likeliest first."""

_NAMED = ("name", "title", "rendered", "url", "src", "href", "value", "term")
"""Keys under which JSON puts a text that is inside an object."""


@dataclass(frozen=True)
class Entry:
    """What an export says of one publication, each field as it was written there.

    ``place`` tells an editor where it stands («строка 12»); ``faults`` what is wrong with it as a whole;
    ``states`` is what the export says of its being published, ``kind`` what WordPress calls it.
    """

    place: str
    title: str = ""
    date: str = ""
    body: str = ""
    address: str = ""
    rubric: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    image: str = ""
    files: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    kind: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Export:
    """All entries of an export; ``left`` are the columns that mean nothing to a release."""

    entries: tuple[Entry, ...] = ()
    left: tuple[str, ...] = field(default_factory=tuple)


def columns_of(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """For each of our fields the name of the export's; ``given`` are those an editor has set."""
    by_plain = {_plain(name): name for name in reversed(list(names))}
    found = {field: name for field, column in given.items() if (name := by_plain.get(_plain(column)))}
    for ours, usual in FIELDS.items():
        match = next((by_plain[name] for name in usual if name in by_plain), "")
        if ours not in given and match and match not in found.values():
            found[ours] = match
    return found


def entry_of(place: str, values: Mapping[str, Any], columns: Mapping[str, str]) -> Entry:
    """The entry whose fields stand in ``values`` under the names that ``columns`` tells."""
    raw = {field: values.get(name) for field, name in columns.items()}
    texts = {field: text_of(raw.get(field)) for field in FIELDS if field not in {"tags", "files", "status"}}
    lists = {field: _several(raw.get(field)) for field in ("tags", "files")}
    states = tuple(_state_of(values[name]) for name in state_columns(values, columns))
    return Entry(**{"place": place, **texts, **lists, "states": states})  # type: ignore[arg-type] # by name


def state_columns(names: Iterable[str], columns: Mapping[str, str]) -> list[str]:
    """Those that say whether an entry was published: the one an editor has set, else all there are."""
    others = {name for field, name in columns.items() if field != "status"}
    chosen = columns.get("status", "")
    if chosen and _plain(chosen) not in FIELDS["status"]:
        return [name for name in names if name == chosen]
    return [name for name in names if _plain(name) in FIELDS["status"] and name not in others]


def text_of(value: Any) -> str:
    """What a value of JSON says as a text."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, dict):
        return next(
            (text_of(value[key]) for key in _NAMED if value.get(key)), json.dumps(value, ensure_ascii=False)
        )
    if isinstance(value, list):
        return ", ".join(filter(None, map(text_of, value)))
    return str(value).strip()


def _state_of(value: Any) -> str:
    return ("да" if value else "нет") if isinstance(value, bool) else text_of(value)


def _several(value: Any) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(filter(None, map(text_of, value)))
    text = text_of(value)
    mark = next((mark for mark in ";|\n," if mark in text), ",")
    return tuple(part.strip() for part in text.split(mark) if part.strip())


def _plain(name: str) -> str:
    return " ".join(name.strip().lower().split())
