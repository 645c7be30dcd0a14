"""Names of files beside releases, each for one of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from newsroom.importing.found_pictures import free_name


class Names:
    """Who owns which name in the folders of ``content``; what lies there already is nobody's to take."""

    def __init__(self, content: Path) -> None:
        self._content = content
        self._owners: dict[str, dict[str, str]] = {}

    def claim(self, folder: str, words: str, suffix: str, owner: str) -> str:
        """A free name in a folder (a path from the content), made of words."""
        owners = self._in(folder)
        name = free_name(words, suffix, owners)
        owners[name] = owner
        return name

    def give_back(self, folder: str, owner: str) -> None:
        """Free all that an owner had claimed."""
        self._owners[folder] = {name: one for name, one in self._in(folder).items() if one != owner}

    def _in(self, folder: str) -> dict[str, str]:
        if folder not in self._owners:
            lying: Mapping[str, str] = {path.name: "" for path in (self._content / folder).glob("*")}
            self._owners[folder] = dict(lying)
        return self._owners[folder]
