"""The headers that a site asks its server for, read from its ``_headers`` file."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

Rule = tuple[str, tuple[tuple[str, str], ...]]
"""A pattern of addresses, in which ``*`` is anything, and (name, value) pairs."""


def read_rules(output: Path) -> list[Rule]:
    """The rules of ``_headers`` in their order; none where the site has no such file."""
    file = output / "_headers"
    return list(_rules(file.read_text("utf-8"))) if file.is_file() else []


def headers_for(rules: list[Rule], path: str) -> dict[str, str]:
    """What an address is served with: each rule that fits adds, and replaces what stood there before."""
    return {name: value for pattern, pairs in rules if fnmatchcase(path, pattern) for name, value in pairs}


def _rules(text: str) -> Iterator[Rule]:
    pattern, pairs = "", []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            name, _, value = line.strip().partition(":")
            pairs.append((name.strip(), value.strip()))
            continue
        if pattern:
            yield pattern, tuple(pairs)
        pattern, pairs = line.strip(), []
    if pattern:
        yield pattern, tuple(pairs)
