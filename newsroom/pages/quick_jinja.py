"""Jinja2 made quick for a theme of many small components; what it renders stays the same.

Measured on the page of a release, these few lines are two thirds of its time. They
lean on the inside of Jinja 3.1; where a later one looks different inside, they do nothing
or the tests of this module fail.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import partial
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context, Macro
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]


def quicken(environment: Environment) -> None:
    """Spare an environment the bookkeeping that a site with one theme does not need."""
    # All templates are kept. The default keeps the latest 400, in a queue searched at each import.
    environment.cache = {}
    environment.template_class = _Template
    environment.context_class = _Context

    environment.make_globals = partial(_globals, environment)  # type: ignore[method-assign]


def _globals(environment: Environment, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
    """One dictionary for all templates: a chain of two is copied key by key for each page."""
    return {**environment.globals, **d} if d else environment.globals


class _Template(Template):
    """A template that gives what it puts out as plain strings: they are joined at once."""

    @classmethod
    def _from_namespace(
        cls,
        environment: Environment,
        namespace: MutableMapping[str, Any],
        globals: MutableMapping[str, Any],  # noqa: A002
    ) -> Template:
        namespace["escape"] = escaped
        return super()._from_namespace(environment, namespace, globals)


class _Context(Context):
    """A context that calls a macro without asking first what kind of callable it may be."""

    def call(self, callee: Any, /, *args: Any, **kwargs: Any) -> Any:
        if type(callee) is not Macro:
            return super().call(callee, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return callee(self.eval_ctx, *args, **kwargs)


def escaped(value: Any) -> str:
    """The same text as ``markupsafe.escape`` gives, by its own quick part, as a string and not as Markup."""
    if type(value) is Markup:
        return value
    if type(value) is int:
        return str(value)
    if type(value) is not str:
        return escape(value)
    return _escape_inner(value)
