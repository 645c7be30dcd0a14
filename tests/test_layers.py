"""The parts of the program know each other in one direction only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "newsroom").rglob("*.py"))
LAYERS = ["problems", "settings", "build", "content", "pages", "(the program)"]
KNOWN_TO_PUBLISH = {"problems", "settings", "publish", "build.edition"}


def imports(file: str) -> set[str]:
    """Full names of all modules and objects that a module imports, inside functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def ours(file: str) -> set[str]:
    return {name.removeprefix("newsroom.") for name in imports(file) if name.startswith("newsroom.")}


def layer(name: str) -> int:
    """The layer of a module by its name within the package; the modules on top belong together."""
    part = name.split(".", 1)[0]
    return LAYERS.index(part) if part in LAYERS else len(LAYERS) - 1


@pytest.mark.parametrize("file", [file for file in MODULES if "/publish/" not in file])
def test_a_module_imports_only_its_own_layer_and_lower_ones(file: str) -> None:
    own = layer(file.removeprefix("newsroom/").removesuffix(".py").replace("/", "."))
    assert set() == {name for name in ours(file) if layer(name) > own or name.startswith("publish.")}


@pytest.mark.parametrize("file", [file for file in MODULES if "/publish/" in file])
def test_publish_knows_the_edition_and_not_how_it_was_made(file: str) -> None:
    known = tuple(f"{name}." for name in KNOWN_TO_PUBLISH)
    assert set() == {name for name in ours(file) if not f"{name}.".startswith(known)}


@pytest.mark.parametrize("file", [file for file in MODULES if file != "newsroom/__init__.py"])
def test_only_the_package_itself_touches_the_signals_of_pelican(file: str) -> None:
    signals = {name for name in imports(file) if name.startswith("pelican.") and "signals" in name}
    assert set() == signals
