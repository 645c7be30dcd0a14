"""The digest of a template changes with everything that is read for it, and with nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, DictLoader, Environment, FileSystemLoader, meta

from newsroom.pages.template_digests import digests, names_word, references
from newsroom.problems import NewsroomError

THEME = Path(__file__).parent.parent / "theme/templates"
TEMPLATES = sorted(path.relative_to(THEME).as_posix() for path in THEME.rglob("*.html"))
LITTLE = {
    "base.html": '{% include "head.html" %}{% block content %}{% endblock %}',
    "head.html": "<title>",
    "page.html": '{%- extends "base.html" -%}',
    "list.html": "{% extends 'base.html' %}{% from \"row.html\" import row with context %}",
    "row.html": '{# {% include "nothing.html" %} #}{% import "row.html" as self %}',
}


def environment(sources: dict[str, str]) -> Environment:
    """Loaders as Pelican has them: the theme, then a plain one of its own."""
    plain = {"tag.html": "{% include name %}", "mark.html": "©"}
    return Environment(loader=ChoiceLoader([DictLoader(sources), DictLoader(plain)]), autoescape=True)


def changed(template: str) -> set[str]:
    """The templates whose digests are other ones when this one is."""
    before = digests(environment(LITTLE))
    after = digests(environment({**LITTLE, template: LITTLE[template] + " "}))
    return {name for name, digest in after.items() if digest != before[name]}


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_patterns_find_what_jinja_finds_in_our_theme(name: str) -> None:
    text = (THEME / name).read_text(encoding="utf-8")
    parsed = Environment(autoescape=True).parse(text)

    assert sorted(meta.find_referenced_templates(parsed), key=str) == sorted(references(text, name))


def test_every_template_of_the_theme_has_its_own_digest() -> None:
    made = digests(Environment(loader=FileSystemLoader(THEME), autoescape=True))

    assert TEMPLATES == sorted(made)
    assert len(made) == len(set(made.values()))


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("row.html", {"row.html", "list.html"}),
        ("head.html", {"head.html", "base.html", "page.html", "list.html"}),
        ("page.html", {"page.html"}),
    ],
)
def test_a_change_reaches_those_that_read_it(template: str, expected: set[str]) -> None:
    assert expected == changed(template)


def test_a_theme_may_read_templates_of_pelican() -> None:
    assert ["foot.html"] == list(digests(environment({"foot.html": '{% include "mark.html" %}'})))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("\n{# a\n #}{% include name %}", "templates/a.html:3: шаблон назван не строкой: «name»"),
        ('{% include "x" ~ name %}', 'templates/a.html:1: шаблон назван не строкой: «"x" ~ name»'),
        ('{% extends ["a", "b"] %}', 'templates/a.html:1: шаблон назван не строкой: «["a", "b"]»'),
        ('{% extends "none.html" %}', "templates/none.html: шаблон назван в теме, а файла нет"),
    ],
)
def test_a_reference_that_cannot_be_followed_is_refused(source: str, expected: str) -> None:
    with pytest.raises(NewsroomError) as caught:
        digests(environment({"a.html": source}))

    assert expected == str(caught.value.problems[0]).rpartition(" — ")[0]


@pytest.mark.parametrize(
    ("template", "word", "expected"),
    [
        ("page.html", "title", True),  # in head.html, which base.html reads
        ("page.html", "tit", False),
        ("page.html", "nothing", False),
        ("list.html", "nothing", True),  # in a comment: it may as well be shown
    ],
)
def test_a_word_of_a_template_stands_in_it_or_in_what_it_reads(
    template: str, word: str, expected: bool
) -> None:
    assert expected == names_word(environment(LITTLE), template, word)


@pytest.mark.parametrize("name", ["related", "share_links", "data"])
def test_our_page_of_a_release_shows_all_that_is_worked_out_for_it(name: str) -> None:
    theme = Environment(loader=FileSystemLoader(THEME), autoescape=True)
    assert names_word(theme, "article.html", name)
