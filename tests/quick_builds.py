"""What builds of one process have in common is worked out once: half of the time of a tiny one.

Nothing is taken for unchanged that can change: the program's own files cannot while it runs, and files of a
theme are known by stamps that nobody can set back. Builds in processes of their own know nothing of this.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

from newsroom.build import program
from newsroom.build.assets import Assets
from newsroom.build.sealed import seal, unseal
from newsroom.pages import template_digests, templates
from newsroom.pages.bytecode import keep_bytecode

PACKAGE = Path(program.__file__).parents[1]
Stamps = tuple[tuple[str, int, int, int, int], ...]


@contextmanager
def quick_builds(folder: Path) -> Iterator[None]:
    """Builds within share what they have in common; compiled templates lie in ``folder``."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsroom.generator.keep_bytecode", _templates_kept_in(folder))
        if os.name == "posix":  # elsewhere the time of a change of status is not to be had
            patch.setattr(program, "_sources", _remembered_sources(program._sources))
            patch.setattr("newsroom.generator.Assets", _remembered_assets())
            patch.setattr(templates, "digests", _remembered(template_digests.digests))
            patch.setattr(templates, "names_word", _remembered(template_digests.names_word))
        yield


def _templates_kept_in(folder: Path) -> Callable[..., None]:
    """Under the very keys they have between two builds."""

    def shared(environment: Environment, _: Path, key: bytes, names: Iterable[str]) -> None:
        keep_bytecode(environment, folder / key.hex(), key, names)

    return shared


def templates_kept_apart(known: Path) -> Callable[..., None]:
    """Each build keeps its own, as ever, but finds in the folder ``known`` what it would compile."""

    def own(environment: Environment, file: Path, key: bytes, names: Iterable[str]) -> None:
        if unseal(file, key) is not None:
            keep_bytecode(environment, file, key, names)
            return
        keep_bytecode(environment, known / key.hex(), key, names)
        if data := unseal(known / key.hex(), key):
            seal(file, key, data)

    return own


def _remembered_sources(sources: Callable[[Path], Any]) -> Callable[[Path], Any]:
    known = cache(sources)
    return lambda place: known(place) if place.is_relative_to(PACKAGE) else sources(place)


def _remembered_assets() -> Callable[..., Assets]:
    known = lru_cache(16)(lambda _, folder, base: Assets(folder, base=base))
    return lambda folder, base="": known(stamps(folder), folder, base)


def _remembered(ask: Callable[..., Any]) -> Callable[..., Any]:
    """A question to an environment, which hangs on its templates alone."""
    answers: dict[Any, Any] = {}

    def answer(environment: Environment, *words: str) -> Any:
        key = stamps(*_folders(environment.loader)), words
        if key not in answers:
            answers[key] = ask(environment, *words)
        return answers[key]

    return answer


def _folders(loader: BaseLoader | None) -> Iterator[Path]:
    match loader:
        case FileSystemLoader():
            yield from map(Path, loader.searchpath)
        case ChoiceLoader():
            for inner in loader.loaders:
                yield from _folders(inner)
        case PrefixLoader():
            for inner in loader.mapping.values():
                yield from _folders(inner)
        case _:
            raise TypeError(f"a loader that nobody knows: {loader}")


def stamps(*folders: Path) -> Stamps:
    """Every file below, with whatever changes when it does: the time of its last change cannot be set."""
    found, waiting = [], [*map(str, folders)]
    while waiting:
        at = waiting.pop()
        for entry in os.scandir(at) if Path(at).is_dir() else ():
            if entry.is_dir():
                waiting.append(entry.path)
            else:
                seen = entry.stat()
                found.append((entry.path, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns))
    return tuple(sorted(found))
