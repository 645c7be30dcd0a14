"""Settings as values that have a fingerprint, so that a build knows when they are other ones."""

from __future__ import annotations

import sys
import sysconfig
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, partial
from pathlib import Path, PurePath
from typing import Any

TEMPLATING = ("JINJA_ENVIRONMENT", "JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")
"""Settings of Pelican by which templates are compiled and what they can call."""


def plain(value: Any) -> Any:
    """The value as numbers, texts, bytes and lists of them; a function is its name and its file."""
    if value is None or isinstance(value, str | bytes | int | float):
        return value
    if isinstance(value, Mapping):
        return sorted(([str(key), plain(each)] for key, each in value.items()), key=_first)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, set | frozenset):
        return sorted(str(each) for each in value)
    if isinstance(value, date | PurePath):
        return str(value)
    if isinstance(value, partial):
        return [plain(value.func), plain(value.args), plain(value.keywords)]
    kind = value if hasattr(value, "__qualname__") else type(value)
    module = str(getattr(kind, "__module__", ""))
    return [f"{module}.{kind.__qualname__}", _source(module)]


@cache
def _source(module: str) -> bytes:
    """The text of a module of somebody's own; a library's is told by its version."""
    file = getattr(sys.modules.get(module), "__file__", None)
    libraries = (sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib"))
    if not file or any(Path(file).is_relative_to(place) for place in libraries):
        return b""
    return Path(file).read_bytes()


def _first(pair: Sequence[Any]) -> str:
    return str(pair[0])
