"""A header checked against its schema, every fault told in Russian at its line."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from newsroom.content.front_matter import FrontMatter, Location
from newsroom.content.schema import Header
from newsroom.problems import NewsroomError, Problem

H = TypeVar("H", bound=Header)

_BY_TYPE = {
    "missing": ("нет поля «{field}»", "добавьте строку «{field}: …» в шапку"),
    "string_too_short": ("поле «{field}» пустое", "заполните его"),
    "string_too_long": ("в поле «{field}» больше {max_length} знаков", "сократите"),
    "literal_error": ("в поле «{field}» стоит «{value}»", "возможно только: {expected}"),
    "string_type": ("в поле «{field}» должна быть строка", "напишите одно значение, без списка"),
    "tuple_type": ("в поле «{field}» должен быть список", "каждое значение — с новой строки после «- »"),
    "model_type": ("в поле «{field}» должны быть вложенные поля", "смотрите docs/fields.md"),
    "model_attributes_type": ("в поле «{field}» должны быть вложенные поля", "смотрите docs/fields.md"),
}


def validate(model: type[H], front_matter: FrontMatter, file: str) -> H:
    """The header as ``model``; raises NewsroomError with all its problems."""
    fields = model.model_fields
    optional = {name for name, info in fields.items() if not info.is_required()}
    header = front_matter.header
    given = {key: value for key, value in header.items() if value not in ("", []) or key not in optional}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        problems = [_problem(entry, model, front_matter, file) for entry in error.errors(include_url=False)]
        raise NewsroomError(problems) from None


def _problem(entry: ErrorDetails, model: type[Header], front_matter: FrontMatter, file: str) -> Problem:
    location = entry["loc"]
    message, remedy = "", ""
    if entry["type"] == "value_error":
        message, _, remedy = str(entry["ctx"]["error"]).partition("|")
        field, _, message = message.rpartition(">")
        location = (field,) if field else location
    name = _named(location)
    line = front_matter.line(location)
    if message:
        place = f"поле «{name}»: " if name else ""
        return Problem(file, line, place + message, remedy)
    if entry["type"] == "extra_forbidden":
        return Problem(file, line, f"неизвестное поле «{name}»", _nearest_field(name, model))
    context: Mapping[str, Any] = entry.get("ctx", {})
    message, remedy = _BY_TYPE.get(entry["type"], ("поле «{field}» не годится", "смотрите docs/fields.md"))
    values = {"field": name, "value": entry["input"], **context}
    values["expected"] = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    return Problem(file, line, message.format(**values), remedy.format(**values))


def _named(location: Location) -> str:
    """The field as an editor knows it; «tags, 2-е» for an item of a list."""
    if not location:
        return ""
    last = location[-1]
    return f"{location[-2]}, {last + 1}-е" if isinstance(last, int) and len(location) > 1 else str(last)


def _nearest_field(name: str, model: type[Header]) -> str:
    near = difflib.get_close_matches(name, list(model.model_fields), n=1)
    return f"может быть, «{near[0]}»?" if near else "уберите его; все поля — в docs/fields.md"
