"""The parts of the program know each other in one direction only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "newsroom").rglob("*.py"))
LAYERS = ["problems", "settings", "build", "content", "pages", "(the program)"]
KNOWN_TO_PUBLISH = {
    "problems", "settings", "publish", "build.edition", "build.headers_file", "build.lock",
    "build.media_types", "build.pictures", "content.announcing", "content.attached", "content.dates",
    "build.workers", "content.numbers", "content.plain_text", "content.plurals", "content.types",
}  # fmt: skip
WITH_PELICAN = {"newsroom/__init__.py", "newsroom/__main__.py", "newsroom/light_imports.py"}
"""The wiring, and the two that import Pelican before there is any."""
ANNOUNCING = "newsroom/announcing/"
"""The command that puts together what is published and the networks it goes to: it may know everything."""
HIDDEN = ("importlib.import_module", "importlib.util", "runpy", "pkgutil")
"""Ways to import that tell nobody what is imported."""


def imports(source: str) -> set[str]:
    """Full names of all modules and objects that a module imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {f"{'.' * node.level}{node.module or ''}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Name) and node.id == "__import__":
            names.add("importlib.import_module")
    return names


def within(names: set[str], *modules: str) -> set[str]:
    """Those of the names that are one of the modules or in it."""
    return {name for name in names if f"{name}.".startswith(tuple(f"{module}." for module in modules))}


def unclear(source: str) -> set[str]:
    """Imports that do not say which module of ours they mean: whole packages, relative ones, by a string."""
    names = imports(source)
    return (
        {name for name in names if name.startswith(".")}
        | names & {"newsroom", "newsroom.*", "importlib"}
        | within(names, *HIDDEN)
    )


def touches_signals(source: str) -> set[str]:
    """Imports through which the signals of Pelican can be had, the whole package among them."""
    names = imports(source)
    return names & {"pelican", "pelican.*"} | within(names, "pelican.plugins", "pelican.signals", "blinker")


def beyond(file: str, source: str) -> set[str]:
    """The modules of ours that a module imports and may not know."""
    ours = {name.removeprefix("newsroom.") for name in imports(source) if name.startswith("newsroom.")}
    if "/publish/" in file:
        return ours - within(ours, *KNOWN_TO_PUBLISH)
    if file.startswith(ANNOUNCING):
        return set()
    own = layer(file.removeprefix("newsroom/").removesuffix(".py").replace("/", "."))
    return {name for name in ours if layer(name) > own or name.startswith("publish")}


def layer(name: str) -> int:
    """The layer of a module by its name within the package; the modules on top belong together."""
    part = name.split(".", 1)[0]
    return LAYERS.index(part) if part in LAYERS else len(LAYERS) - 1


def text(file: str) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", MODULES)
def test_a_module_imports_only_what_it_may_know(file: str) -> None:
    assert set() == beyond(file, text(file))


@pytest.mark.parametrize("file", MODULES)
def test_every_import_says_what_it_imports(file: str) -> None:
    assert set() == unclear(text(file))


@pytest.mark.parametrize("file", [file for file in MODULES if file not in WITH_PELICAN])
def test_only_the_package_itself_touches_the_signals_of_pelican(file: str) -> None:
    assert set() == touches_signals(text(file))


@pytest.mark.parametrize(
    "source",
    [
        "import newsroom",
        "import newsroom as n",
        "from newsroom import *",
        "from . import generator",
        "from ..pages import plan",
        "import importlib",
        "from importlib import import_module",
        "def f():\n    return __import__('newsroom.pages')",
    ],
)
def test_an_import_that_hides_what_it_means_is_found(source: str) -> None:
    assert set() != unclear(source)


@pytest.mark.parametrize(
    "source",
    [
        "from pelican.plugins import signals",
        "from pelican import signals",
        "import pelican.plugins as pp\npp.signals",
        "from pelican import plugins",
        "import pelican.plugins.signals",
        "import pelican\npelican.plugins.signals",
        "from pelican import *",
        "from blinker import signal",
    ],
)
def test_every_way_to_the_signals_is_found(source: str) -> None:
    assert set() != touches_signals(source)


@pytest.mark.parametrize(
    ("file", "source", "expected"),
    [
        ("newsroom/build/a.py", "from newsroom.content import types", {"content.types"}),
        ("newsroom/content/a.py", "import newsroom.pages.plan as p", {"pages.plan"}),
        ("newsroom/pages/a.py", "from newsroom import publish", {"publish"}),
        ("newsroom/publish/a.py", "from newsroom.build import stage", {"build.stage"}),
        ("newsroom/publish/a.py", "from newsroom.build.edition import Edition", set()),
        ("newsroom/pages/a.py", "from newsroom.build.cache import ContentCache", set()),
    ],
)
def test_a_step_up_is_found(file: str, source: str, expected: set[str]) -> None:
    assert expected == beyond(file, source)
