"""What each template of the theme is made of: itself and all that it extends, includes or imports.

Read from the sources by patterns, since a build that renders nothing shall compile nothing.
So a template must be named by a literal: `{% include "partials/head.html" %}`.

And what a template may show: a word that stands nowhere in it need not be worked out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from functools import cache, partial

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
    """A template's digest, the names of the templates it reads itself, and its text."""

    digest: str
    reads: tuple[str, ...]
    text: str


def digests(environment: Environment) -> dict[str, str]:
    """The digest of each template of the theme with everything that is read for it, by its name.

    Raises NewsroomError for a reference that is no literal, or leads to no template.
    """
    assert environment.loader
    source = cache(partial(_source, environment))
    # Other files may lie beside the templates, such as those that a Mac puts into every folder.
    names = (name for name in _own(environment.loader).list_templates() if name.endswith(".html"))
    return {name: _digest(_together(name, source)) for name in names}


def names_word(environment: Environment, template: str, word: str) -> bool:
    """Whether ``word`` stands in a template or in anything read for it, be it in a comment.

    What stands nowhere is shown nowhere: a page need not have it.
    """
    found = _together(template, partial(_source, environment))
    return any(re.search(rf"\b{re.escape(word)}\b", source.text) for source in found.values())


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
    return _Source(hashlib.sha256(text.encode()).hexdigest(), tuple(references(text, name)), text)


def _together(name: str, source: Callable[[str], _Source]) -> dict[str, _Source]:
    """A template and all that it reads, however far, by names."""
    found: dict[str, _Source] = {}
    waiting = [name]
    while waiting:
        at = waiting.pop()
        found[at] = source(at)
        waiting += [other for other in found[at].reads if other not in found]
    return found


def _digest(found: dict[str, _Source]) -> str:
    lines = (f"{name} {found[name].digest}\n" for name in sorted(found))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _error(name: str, message: str, remedy: str, line: int = 0) -> NewsroomError:
    return NewsroomError([Problem(f"templates/{name}", line, message, remedy)])
