"""The quickened Jinja renders what Jinja renders."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from newsroom.pages.quick_jinja import escaped, quicken

TEMPLATES = {
    "macros": (
        "{% macro link(url, title='&', last=True) %}<a href='{{ url }}'>{{ title }}{{ last }}{% endmacro %}"
        "{% macro around() %}[{{ caller() }}]{% endmacro %}"
        "{% set made = link('/') %}{% set shout %}{{ name }}{% endset %}"
    ),
    "base": "{% from 'macros' import link %}{% block body %}{{ name }}{% endblock %}{{ link('/b?a=1&b') }}",
    "page": (
        "{% extends 'base' %}{% from 'macros' import link, around, made %}"
        "{% block body %}{{ super() }}{% for url in urls %}{% set mark = loop.index %}"
        "{{ link(url, last=loop.last) }}{{ mark }}{{ seen('mark') }}{% endfor %}"
        "{% call around() %}{{ text }}{% endcall %}{{ made }}{{ text|upper }}{{ text ~ link('x') }}"
        "{% filter lower %}{{ text }}{% endfilter %}{{ none }}{{ 1.5 }}{{ text|safe }}{% include 'part' %}"
        "{% endblock %}"
    ),
    "part": "{{ text }}{{ name }}",
    "wrong": "{% from 'macros' import link %}{{ link(nothing) }}",
}
VALUES: list[Any] = ["", "a", "<&>\"'", "«ё» &amp;", Markup("<b>"), 5, -1.5, None, True, ["<"], {"a": "<"}]


@pass_context
def seen(context: Context, name: str) -> str:
    """What a function that is given the context sees under a name."""
    return f"<{context.resolve(name)}>"


def render(name: str, *, quick: bool) -> str:
    environment = Environment(loader=DictLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    if quick:
        quicken(environment)
    environment.globals.update(name="П & С", seen=seen)
    return environment.get_template(name).render(urls=["/a", "/<b>"], text="<i>Ё'\"")


@pytest.mark.parametrize("name", ["base", "page", "part", "macros"])
def test_the_same_text_comes_out(name: str) -> None:
    assert render(name, quick=False) == render(name, quick=True)


@pytest.mark.parametrize("quick", [False, True])
def test_a_misspelt_name_is_an_error(quick: bool) -> None:
    with pytest.raises(UndefinedError, match="nothing"):
        render("wrong", quick=quick)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_is_escaped_as_markupsafe_does(value: Any) -> None:
    assert str(escape(value)) == str(escaped(value))


def test_a_global_given_for_one_template_is_seen_by_it_alone() -> None:
    environment = Environment(loader=DictLoader({"a": "{{ x }}", "b": "{{ x }}"}), autoescape=True)
    quicken(environment)
    environment.globals["x"] = "all"

    given = environment.get_template("a", globals={"x": "one"})

    assert ["one", "all"] == [given.render(), environment.get_template("b").render()]
