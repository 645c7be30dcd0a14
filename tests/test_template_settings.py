"""What templates are compiled with and can call is known to a build, wherever the settings have it from."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import pelicanconf
from newsroom.plain_settings import plain
from tests.conftest import TinySite
from tests.test_incremental import assert_as_clean


@pytest.fixture
def shown(site: TinySite) -> TinySite:
    """A site whose page of errors shows a global, a filter, and a line of its own for a tag of Jinja."""
    overrides = site.folder / "overrides"
    overrides.mkdir()
    (overrides / "404.html").write_text("{{ phone }} {{ 'a'|loud }}\n{% if true %}\n<p>\n{% endif %}\n")
    site.settings = {"THEME_TEMPLATES_OVERRIDES": [str(overrides)]}
    site.release()
    return site


def own_module(folder: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module of settings as Pelican loads it."""
    from newsroom import plain_settings

    file = folder / "own_settings.py"
    file.write_text(text)
    module = ModuleType("own_settings")
    module.__file__ = str(file)
    exec(text, vars(module))
    monkeypatch.setitem(sys.modules, "own_settings", module)
    plain_settings._source.cache_clear()
    return module


def test_a_change_of_what_templates_use_remakes_what_they_make(
    shown: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = dict(shown.settings)
    environment = pelicanconf.JINJA_ENVIRONMENT
    pages = set()
    states = (("112", "A", True), ("103", "A", True), ("103", "B", True), ("103", "B", False))
    for phone, letter, trim in states:
        text = f"def loud(text):\n    return '{letter}'\n"
        module = own_module(shown.folder, text, monkeypatch)
        shown.settings = {
            **given,
            "JINJA_GLOBALS": {"phone": phone},
            "JINJA_FILTERS": {"loud": module.loud},
            "JINJA_ENVIRONMENT": {**environment, "trim_blocks": trim},
        }
        page = assert_as_clean(shown).text("/404.html")
        assert page.startswith(f"{phone} {letter}\n")
        pages.add(page)
    assert 4 == len(pages)


def first(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("value", "other"),
    [
        (first, test_a_change_of_what_templates_use_remakes_what_they_make),
        ({"a": [1, "1"]}, {"a": ["1", 1]}),
        ({"b", "a"}, {"a"}),
        (Path("a"), Path("b")),
        (None, "None"),
    ],
)
def test_values_that_differ_have_other_plain_values(value: Any, other: Any) -> None:
    assert plain(value) == plain(value) != plain(other)


def test_a_library_is_told_by_its_version_and_not_by_its_files() -> None:
    assert ["jinja2.runtime.StrictUndefined", b""] == plain(pelicanconf.JINJA_ENVIRONMENT["undefined"])
