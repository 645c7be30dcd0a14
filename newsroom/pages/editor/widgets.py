"""The editor's fields, made of the schema: a widget for each kind of value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from newsroom.content import values
from newsroom.content.allowances import ALLOWABLE, allowance
from newsroom.content.fields import REQUIRED, Each, Field, Model, Part
from newsroom.pages.editor.labels import in_words, label_and_hint, meanings
from newsroom.pages.editor.patterns import pattern_of

Settings = dict[str, Any]
Options = list[dict[str, str]]
Lists = Mapping[str, Options]
"""What may be chosen for a field, by its name: rubrics, tags …"""

_FILES = {"src": "image", "poster": "image", "file": "file", "captions": "file", "pdf": "file"}
"""Fields that name a file beside the text, and the widgets that put one there."""
SEVERAL = frozenset({values.several, allowance})
"""Kinds of texts with commas that stand for a list."""
_LONG = frozenset({"summary", "alt", "note", "withdrawal_reason", "text"})
BUTTONS = [
    "bold",
    "italic",
    "link",
    "heading-two",
    "heading-three",
    "quote",
    "bulleted-list",
    "numbered-list",
]
BODY: Settings = {
    "name": "body",
    "label": "Текст",
    "widget": "markdown",
    "required": False,
    "buttons": BUTTONS,
    "editor_components": ["image"],
}


def fields_of(model: type[Model], lists: Lists) -> list[Settings]:
    """All fields of a model, in its order."""
    choices = [field for field in model.fields.values() if isinstance(field.kind, values.Choice)]
    told = {word: meaning for field in choices for word, meaning in meanings(field.description).items()}
    return [_field(name, field, lists, told) for name, field in model.fields.items()]


def _field(name: str, field: Field, lists: Lists, told: Mapping[str, str]) -> Settings:
    label, hint = label_and_hint(field.description)
    settings: Settings = {"name": name, "label": label}
    if hint and name not in lists:
        settings["hint"] = in_words(hint, told)
    settings["required"] = field.default is REQUIRED
    settings |= _widget(name, field, label, lists)
    pattern = pattern_of(field.kind)
    if pattern and settings["widget"] != "select":
        settings["pattern"] = list(pattern)
    return settings


def _widget(name: str, field: Field, label: str, lists: Lists) -> Settings:
    kind = field.kind
    if name in lists:
        return {"widget": "select", "multiple": kind is values.several, "options": lists[name]}
    if isinstance(kind, values.Choice):
        return _choice(kind.words, meanings(field.description), str(field.default))
    if isinstance(kind, Part):
        return _rows(kind.model, lists, label) | {"max": 1}
    if isinstance(kind, Each) and isinstance(kind.kind, Part):
        return _rows(kind.kind.model, lists, label)
    return _plain(name, field)


def _plain(name: str, field: Field) -> Settings:
    if field.kind is allowance:
        names = [{"label": name, "value": name} for name in ALLOWABLE]
        return {"widget": "select", "multiple": True, "options": names}
    if isinstance(field.kind, Each) or field.kind in SEVERAL:
        return {"widget": "list", "default": []}
    if field.kind is values.flag:
        return {"widget": "boolean", "default": bool(field.default)}
    if field.kind is values.moment:
        return {"widget": "datetime", "format": "YYYY-MM-DD HH:mm"}
    if field.kind is values.day:
        return {"widget": "datetime", "format": "YYYY-MM-DD", "time_format": False}
    if name in _FILES:
        return {"widget": _FILES[name], "choose_url": False, "media_library": {"config": {"multiple": False}}}
    return {"widget": "text" if name in _LONG else "string"}


def _choice(words: tuple[str, ...], told: Mapping[str, str], default: str) -> Settings:
    options = [{"label": told.get(word, word), "value": word} for word in words if word]
    if not default or default not in words:
        return {"widget": "select", "options": options}
    hint = f"если пусто — {told.get(default, default)}"
    return {"widget": "select", "options": options, "default": default, "hint": hint}


def _rows(model: type[Model], lists: Lists, label: str) -> Settings:
    """A list, of one row where the schema has a part: a part is left out, or its fields are filled in."""
    fields = fields_of(model, lists)
    shown = next(field["name"] for field in fields if field["widget"] not in {"image", "file"})
    title = (model.__doc__ or label).partition(":")[0].rstrip(".")
    summary = f"{{{{fields.{shown} | default('пока не заполнено')}}}}"
    return {
        "widget": "list",
        "label_singular": title,
        "summary": summary,
        "collapsed": True,
        "default": [],  # else Decap begins with a row where any field of one has a default
        "fields": fields,
    }
