"""What each template of the theme is made of: itself and all that it extends, includes or imports.

Read from the sources by patterns, since a build that renders nothing shall compile nothing.
So a template must be named by a literal: `{% include "partials/head.html" %}`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import cache

from jinja2 import BaseLoader, ChoiceLoader, Environment, TemplateNotFound
from msgspec import Struct

from newsroom.problems import NewsroomError, Problem

_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_REFERENCE = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b(?P<what>.*?)[-+]?%\}", re.DOTALL)
_LITERAL = re.compile(
    r"""\s*(?P<quote>["'])(?P<name>[^"'\\]+)(?P=quote)\s*"""
    r"""(?:(?:import|as|ignore\s+missing|with\s+context|without\s+context)\b.*)?""",
    re.DOTALL,
)


class _Source(Struct, frozen=True):
    """A template's digest, and the names of the templates it reads itself."""

    digest: str
    reads: tuple[str, ...]


def digests(environment: Environment) -> dict[str, str]:
    """The digest of each template of the theme with everything that is read for it, by its name.

    Raises NewsroomError for a reference that is no literal, or leads to no template.
    """
    assert environment.loader

    @cache
    def source(name: str) -> _Source:
        return _source(environment, name)

    # Other files may lie beside the templates, such as those that a Mac puts into every folder.
    names = (name for name in _own(environment.loader).list_templates() if name.endswith(".html"))
    return {name: _together(name, source) for name in names}


def references(source: str, name: str) -> Iterator[str]:
    """The templates that a template reads itself, as its text names them, in their order."""
    bare = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source)
    for found in _REFERENCE.finditer(bare):
        literal = _LITERAL.fullmatch(found["what"])
        if not literal:
            line = bare.count("\n", 0, found.start()) + 1
            message = f"шаблон назван не строкой: «{found['what'].strip()}»"
            raise _error(name, message, "напишите имя шаблона в кавычках", line)
        yield literal["name"]


def _own(loader: BaseLoader) -> BaseLoader:
    """The loader of the theme: Pelican puts a plain theme of its own after it."""
    return loader.loaders[0] if isinstance(loader, ChoiceLoader) else loader


def _source(environment: Environment, name: str) -> _Source:
    assert environment.loader
    try:
        text, _, _ = environment.loader.get_source(environment, name)
    except TemplateNotFound:
        raise _error(name, "шаблон назван в теме, а файла нет", "исправьте имя или добавьте файл") from None
    return _Source(hashlib.sha256(text.encode()).hexdigest(), tuple(references(text, name)))


def _together(name: str, source: Callable[[str], _Source]) -> str:
    """The digest of a template and of all that it reads, however far."""
    found: dict[str, _Source] = {}
    waiting = [name]
    while waiting:
        at = waiting.pop()
        found[at] = source(at)
        waiting += [other for other in found[at].reads if other not in found]
    lines = (f"{at} {found[at].digest}\n" for at in sorted(found))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _error(name: str, message: str, remedy: str, line: int = 0) -> NewsroomError:
    return NewsroomError([Problem(f"templates/{name}", line, message, remedy)])
