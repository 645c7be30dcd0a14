"""What Pelican imports and a build of Markdown never uses: stand-ins for half of its start-up time.

Pelican 4.12 imports docutils, its web server and its watcher before it knows whether
they are wanted, a sixth of a second each time. While ``without`` is in force such an
import gives an empty module, out of which anything may be taken and subclassed;
afterwards the stand-ins are forgotten, so a plugin that imports the real thing gets it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

NEVER_USED = (
    *("docutils", "pygments", "feedgenerator", "watchfiles", "pelican.server", "multiprocessing"),
    *("importlib.metadata", "markdown", "dateutil"),
)
"""What Pelican imports at once: of these a build asks at most for Markdown, and later."""


class _Anything(type):
    """A class that has every attribute: another such class."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _Anything(name, (_Nothing,), {})


class _Nothing(metaclass=_Anything):
    """May be subclassed, called and asked for anything."""

    def __init__(self, *_: Any, **__: Any) -> None: ...


class _StandIn(ModuleType):
    __path__: list[str] = []  # noqa: RUF012 - a package is known by having one

    def __getattr__(self, name: str) -> Any:
        return getattr(_Nothing, name)


class _Finder:
    """Finds and loads, as importlib.abc would have it; to import that costs as much as a stand-in saves."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> ModuleSpec | None:  # noqa: ARG002
        if any(fullname == name or fullname.startswith(f"{name}.") for name in self.names):
            return ModuleSpec(fullname, self, is_package=True)  # type: ignore[arg-type]
        return None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandIn(spec.name)

    def exec_module(self, module: ModuleType) -> None: ...


@contextmanager
def without(*names: str) -> Iterator[None]:
    """While in force, imports of these modules and of what is in them give stand-ins."""
    finder = _Finder(names)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name, module in sys.modules.items() if isinstance(module, _StandIn)]:
            del sys.modules[name]


def import_pelican() -> None:
    """Import Pelican without what a build never uses; nothing where it is there already."""
    if "pelican" not in sys.modules:
        with without(*(name for name in NEVER_USED if name not in sys.modules)):
            import pelican  # noqa: F401
