"""The releases that are there already: an entry imported before is known again."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import Any

from newsroom.content import front_matter
from newsroom.content.addresses import address_of
from newsroom.content.slugs import slug
from newsroom.importing.kept import letters
from newsroom.problems import NewsroomError

_NUMBER = re.compile(r"-\d+$")


class KnownReleases:
    """Files of releases (paths from the content) by their former addresses, by hour and title or name.

    ``hidden`` are those that nobody can see at ``now`` («2024-05-09 10:00»): drafts, and what waits
    for its hour. Each file answers once.
    """

    def __init__(self, content: Path, now: str) -> None:
        self.hidden: set[str] = set()
        self.slugs: defaultdict[str, set[str]] = defaultdict(set)
        self._now = now
        self._by_alias: dict[str, str] = {}
        self._said: dict[str, tuple[str, str]] = {}
        self._by_title: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_name: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._answered: set[str] = set()
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

    def find(self, alias: str, title: str, date: str, *, is_shared: bool = False) -> str:
        """The file an entry was imported to before, or "".

        An alias is enough, but for an address that several entries have, or a page of ours by its
        name: then the title or the date must be the same too.
        """
        said = letters(title), date
        holder = self._by_alias.get(alias, "")
        holder = "" if holder in self._answered else holder
        is_shared = is_shared or alias == address_of(holder)
        if holder and (not is_shared or self._said[holder] == said):
            return self._answer([holder])
        found = self._answer(self._by_title[said]) or self._answer(self._by_name[_slug(title), date])
        if found or not holder or not set(self._said[holder]) & set(said):
            return found
        return self._answer([holder])

    def _answer(self, files: list[str]) -> str:
        file = next((file for file in files if file not in self._answered), "")
        self._answered.add(file)
        return file

    def _add(self, file: str, header: dict[str, Any]) -> None:
        aliases = header.get("aliases")
        named = [alias for alias in aliases if isinstance(alias, str)] if isinstance(aliases, list) else []
        title, date = str(header.get("title", "")), f"{header.get('date', '')} 00:00"[:16]
        self._by_alias |= dict.fromkeys([*named, address_of(file)], file)
        self._said[file] = letters(title), date
        if header.get("status") == "draft" or date > self._now:
            self.hidden.add(file)
        if not named:
            self._by_title[letters(title), date].append(file)
            self._add_name(file, title, date)

    def _add_name(self, file: str, title: str, date: str) -> None:
        """A file whose title was bettered later still has the name that the first one gave it."""
        name, now = Path(file).stem[len("2024-05-09-") :], _slug(title)
        if name != now and _NUMBER.sub("", name) != now:
            for known in {name, _NUMBER.sub("", name)}:
                self._by_name[known, date].append(file)


def _slug(title: str) -> str:
    try:
        return slug(title)
    except ValueError:
        return ""
