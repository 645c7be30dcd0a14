"""The releases that are there already: an entry imported before is known again."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from newsroom.content import front_matter
from newsroom.content.addresses import address_of
from newsroom.importing.kept import letters
from newsroom.problems import NewsroomError


class KnownReleases:
    """Files of releases (paths from the content) by their former addresses, and by hour and title."""

    def __init__(self, content: Path) -> None:
        self._by_alias: dict[str, str] = {}
        self._by_title: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.slugs: defaultdict[str, set[str]] = defaultdict(set)
        # The shorter name first: of two with one title, «…-2» came later.
        for path in sorted(
            (content / "releases").rglob("*.md"), key=lambda path: (len(path.stem), path.stem)
        ):
            file = path.relative_to(content).as_posix()
            self.slugs[path.parent.relative_to(content).as_posix()].add(path.stem[len("2024-05-09-") :])
            try:
                header = front_matter.split(front_matter.read_text(path, file), file).header
            except NewsroomError:
                continue  # whoever checks the material is told of it
            self._add(file, header)

    def find(self, alias: str, title: str, date: str) -> str:
        """The file an entry was imported to before, or "". Each file answers once."""
        if alias in self._by_alias:
            return self._by_alias[alias]
        files = self._by_title[letters(title), date]
        return files.pop(0) if files else ""

    def _add(self, file: str, header: dict[str, Any]) -> None:
        aliases = header.get("aliases")
        named = [alias for alias in aliases if isinstance(alias, str)] if isinstance(aliases, list) else []
        self._by_alias |= dict.fromkeys([*named, address_of(file)], file)
        if not named:
            date = str(header.get("date", ""))
            self._by_title[letters(str(header.get("title", ""))), f"{date} 00:00"[:16]].append(file)
