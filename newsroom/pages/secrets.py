"""What must not be seen at an hour, and what may be: found in the archive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from newsroom.build.scan import Scan
from newsroom.content.addresses import kind_of
from newsroom.content.archive import Archive
from newsroom.content.catalogue import Entry
from newsroom.content.library import Library
from newsroom.content.secrets import Secret, Why
from newsroom.settings import Site

_LISTS = frozenset({"rubrics.yaml", "tags.yaml"})
_SETTINGS = "pelicanconf.py"


class Public(Struct, frozen=True):
    """What everybody may read, but for what is in the ``hidden`` files."""

    root: Path
    stamps: Scan
    theme: Path
    site: Site
    library: Library
    hidden: Collection[str]

    def texts(self) -> Iterator[tuple[str, str]]:
        """The names and the texts of the settings, of the theme, of published material."""
        yield _SETTINGS, repr(self.site)
        for template in sorted((self.theme / "templates").rglob("*.html")):
            yield str(template), template.read_text("utf-8")
        for folder in self.stamps.folders:
            for file in self.stamps.within(folder):
                if (file.endswith(".md") and kind_of(file) and file not in self.hidden) or file in _LISTS:
                    yield file, (self.root / file).read_text("utf-8", errors="replace")

    def text(self, name: str) -> str:
        """One of them; empty if there is none any more."""
        if name == _SETTINGS:
            return repr(self.site)
        path = self.root / name  # that of a template is whole already
        is_there = name not in self.hidden and path.is_file()
        return path.read_text("utf-8", errors="replace") if is_there else ""

    def files(self) -> frozenset[bytes]:
        """The digests of the pictures and files of published material."""
        return frozenset(state.digest for entry in self._entries() for state in entry.files)

    def _entries(self) -> Iterator[Entry]:
        for year in self.library.years:
            yield from year.published
        yield from self.library.entries


def secrets(
    archive: Archive, library: Library, drafts: Iterable[Entry], waiting: Iterable[Entry]
) -> list[Secret]:
    """Drafts, releases and numbers that wait for their hour, withdrawn releases, by their files."""
    found = [_secret(entry, "draft", library) for entry in drafts]
    found += [_secret(entry, "embargo", library) for entry in waiting]
    found += [_secret(entry, "withdrawn", library) for entry in library.withdrawn]
    found += _numbers(archive, library)
    return sorted(found, key=lambda secret: secret.entry.file)


def _secret(entry: Entry, why: Why, library: Library) -> Secret:
    tags = [f"/tags/{id}/" for id in entry.tags if id not in library.by_tag]
    rubrics = [f"/rubrics/{id}/" for id in [entry.rubric] if id and id not in library.by_rubric]
    return Secret(entry=entry, why=why, lists=(*tags, *rubrics))


def _numbers(archive: Archive, library: Library) -> Iterator[Secret]:
    """Numbers of the magazine whose day has not come."""
    published = {issue.id for issue in library.issues}
    entries = {entry.id: entry for entry in archive.entries.get("issues", ())}
    for issue in archive.issues:
        if issue.id not in published:
            texts: Sequence[str] = [line for leaf in issue.leaves for line in leaf.text.splitlines()]
            yield Secret(entry=entries[issue.id], why="embargo", more=tuple(texts))
