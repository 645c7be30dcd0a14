"""Other people's plugins: who they are, what they listen to, and what that asks of a build.

Imported only where one is named in the settings or listens. Those that look in at the
start alone (settings, filters of templates) leave a build as short as it was; for those that
want to be told of content or files it goes the long way (`newsroom/long_way.py`).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from newsroom.build.fingerprint import fingerprint
from newsroom.plain_settings import plain
from newsroom.problems import Problem

Listeners = Mapping[str, Sequence[str]]
"""Full names of functions by the names of the signals they listen to."""

AT_THE_START = frozenset(
    {
        *("initialized", "readers_init", "generator_init"),
        *("article_generator_init", "page_generator_init", "static_generator_init"),
    }
)
"""Signals sent before anything is read: what comes of it is in the settings, or known to templates."""
NEVER_SENT = frozenset({"get_writer", "feed_generated", "feed_written"})
"""The writer is our own, and feeds are written as text: there is no object to hand over."""

_ELSEWHERE = frozenset({"PATH", "OUTPUT_PATH", "CACHE_PATH", "NEWSROOM", "NEWSROOM_WHY", "NOW"})
"""Settings that say where things lie and what the hour is, and ours, which count by themselves."""


def want_telling(listeners: Listeners) -> bool:
    """Whether anybody listens to what only the long way tells."""
    return not listeners.keys() <= AT_THE_START | NEVER_SENT


def warn(listeners: Listeners) -> None:
    """Say which signals are waited for in vain."""
    for name in sorted(NEVER_SENT & listeners.keys()):
        who = ", ".join(listeners[name])
        logging.getLogger(__name__).warning("Сигнала %s здесь не бывает, а его ждёт %s", name, who)


def not_loaded(named: Iterable[Any], loaded: Sequence[str]) -> list[Problem]:
    """A problem for each plugin that the settings name and Pelican passed over with a line in its log."""
    known = {*loaded, *(name.removeprefix("pelican.plugins.") for name in loaded)}
    remedy = "установите его или уберите из PLUGINS"
    return [
        Problem("pelicanconf.py", 0, f"плагин «{name}» не загрузился", remedy)
        for name in named
        if isinstance(name, str) and name not in known
    ]


def identity(plugins: Iterable[Any], settings: Mapping[str, Any], listeners: Listeners) -> bytes:
    """The fingerprint of plugins and of all that they may go by: every setting, whoever it is meant for."""
    given = {name: value for name, value in settings.items() if name not in _ELSEWHERE}
    heard = [(name, *listeners[name]) for name in sorted(listeners)]
    return fingerprint([_sources(plugin) for plugin in plugins], plain(given), heard)


def with_globals(identity: bytes, known: Mapping[str, Any]) -> bytes:
    """The fingerprint of plugins and of what they made known to all templates."""
    return fingerprint(identity, plain(known))


def complete_pelican() -> None:
    """Give Pelican what it was imported without (``light_imports``) and a plugin may ask it for."""
    import dateutil.parser  # type: ignore[import-untyped]
    import pelican.readers
    import pelican.utils
    import pelican.writers
    from feedgenerator import Atom1Feed, Rss201rev2Feed, get_tag_uri  # type: ignore[import-untyped]
    from markdown import Markdown

    pelican.readers.Markdown = Markdown
    pelican.utils.dateutil = dateutil
    writers = pelican.writers
    writers.Atom1Feed, writers.Rss201rev2Feed, writers.get_tag_uri = Atom1Feed, Rss201rev2Feed, get_tag_uri


def tell_version() -> None:
    """Give Pelican its version, which plugins ask for as soon as they are imported."""
    from importlib.metadata import version

    import pelican.readers

    pelican.__version__ = version("pelican")


def _sources(plugin: Any) -> tuple[str, list[bytes]]:
    module = plugin if hasattr(plugin, "__file__") else sys.modules[plugin.__module__]
    file = Path(str(module.__file__))
    files = sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]
    return module.__name__, [path.read_bytes() for path in files]
