"""What must not be seen at an hour, and what may be: found in the archive."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from newsroom.content.archive import Archive
from newsroom.content.catalogue import Entry
from newsroom.content.library import Library
from newsroom.content.notices import FILE
from newsroom.content.secrets import Secret, Why, text_beside
from newsroom.content.types import Broadcast, Issue, Material, Release
from newsroom.content.typography import NBSP
from newsroom.settings import Site

_SETTINGS = "pelicanconf.py"
_ATTACHED = (".csv", ".txt")
"""Attachments that are texts; those with a text beside them are told of by it."""
_TAGS = re.compile(r"<[^>]*>")


class Public(Struct, frozen=True):
    """What everybody may read: what the site prints of ``library``, the theme, the settings.

    ``root`` is the content folder, ``theme`` that of the theme.
    """

    root: Path
    theme: Path
    site: Site
    library: Library

    def texts(self) -> Iterator[tuple[str, str]]:
        """The names and the texts of all of it."""
        yield _SETTINGS, self.text(_SETTINGS)
        for template in sorted((self.theme / "templates").rglob("*.html")):
            yield str(template), template.read_text("utf-8")
        for thing in self.library.others():
            yield thing.source, self._of_thing(thing)
        yield FILE, self.text(FILE)
        for year in self.library.years:
            for entry in year.published:
                yield entry.file, self._of_release(entry)

    def text(self, name: str) -> str:
        """One of them; empty if there is none any more."""
        if name == _SETTINGS:
            terms = [(term.title, term.description) for term in (*self.library.rubrics, *self.library.tags)]
            return f"{self.site}\n{terms}"
        if name == FILE:
            return "\n".join(line for notice in self.library.notices for line in notice.texts)
        if name.endswith(".html"):
            return Path(name).read_text("utf-8") if Path(name).is_file() else ""
        entry = self.library.by_id.get(name.rpartition("/")[2].removesuffix(".md"))
        if entry:
            return self._of_release(entry)
        return next((self._of_thing(thing) for thing in self.library.others() if thing.source == name), "")

    def _of_release(self, entry: Entry) -> str:
        """A release as it is printed and as it was typed, what it was before corrections, its files."""
        release = self.library.release(entry)
        versions = [
            part for each in self.library.versions(entry) for part in (each.title, each.summary, each.text)
        ]
        transcript = _TAGS.sub("", release.transcript)
        parts = (
            _printed(release),
            transcript,
            release.text,
            release.markdown,
            *versions,
            *self._attached(release),
        )
        return "\n".join(parts)

    def _of_thing(self, thing: Material) -> str:
        leaves = [leaf.text for leaf in thing.leaves] if isinstance(thing, Issue) else []
        transcript = [_TAGS.sub("", thing.transcript)] if isinstance(thing, Broadcast) else []
        typed = (self.root / thing.source).read_text("utf-8", errors="replace")
        return "\n".join([_printed(thing), typed, *leaves, *transcript, *self._attached(thing)])

    def _attached(self, thing: Material) -> Iterator[str]:
        for file in thing.files:
            if file.source.endswith(_ATTACHED):
                yield (self.root / file.source).read_text("utf-8", errors="replace")
        for text in thing.texts:
            typed = text.html
            yield text_beside(self.root / text.file.source) if typed is None else _TAGS.sub("", typed)

    def files(self) -> frozenset[bytes]:
        """The digests of the pictures and files of published material."""
        return frozenset(state.digest for entry in self._entries() for state in entry.files)

    def _entries(self) -> Iterator[Entry]:
        for year in self.library.years:
            yield from year.published
        yield from self.library.entries


def _printed(thing: Material) -> str:
    """The texts of a page but for its feeds and twins: tags are taken out and leave nothing."""
    gallery = thing.gallery.pictures if isinstance(thing, Release) and thing.gallery else ()
    shown = (*thing.pictures, *gallery)
    pictures = [f"{picture.alt}\n{picture.caption}\n{picture.author}" for picture in shown]
    files = [file.title for file in thing.files]
    return "\n".join([thing.title, thing.summary, _TAGS.sub("", thing.body), *pictures, *files])


def secrets(
    archive: Archive, library: Library, drafts: Iterable[Entry], waiting: Iterable[Entry]
) -> list[Secret]:
    """Drafts, releases and numbers that wait for their hour, withdrawn releases, by their files."""
    hidden: list[tuple[Entry, Why]] = [(entry, "draft") for entry in drafts]
    hidden += [(entry, "embargo") for entry in waiting]
    # What is public already is no secret of who would take it: the clash is told where it is published.
    taken = {alias for entry in library.moved for alias in entry.aliases} if hidden else set()
    taken |= {thing.id for thing in library.others()}
    found = [_secret(entry, why, library, taken) for entry, why in hidden]
    found += [_secret(entry, "withdrawn", library, taken) for entry in library.withdrawn]
    found += _numbers(archive, library)
    found += _notices(archive, library)
    return sorted(found, key=lambda secret: secret.entry.file)


def _secret(entry: Entry, why: Why, library: Library, taken: Collection[str]) -> Secret:
    tags = [f"/tags/{id}/" for id in entry.tags if id not in library.by_tag]
    rubrics = [f"/rubrics/{id}/" for id in [entry.rubric] if id and id not in library.by_rubric]
    own = [alias for alias in entry.aliases if alias not in taken and library.at(alias) is None]
    id = "" if entry.id in taken else entry.id
    return Secret(entry=entry, why=why, lists=(*tags, *rubrics), aliases=tuple(own), id=id)


def _notices(archive: Archive, library: Library) -> Iterator[Secret]:
    """Emergency notices that wait for their hour."""
    shown = {notice.id for notice in library.notices}
    for notice in archive.notices:
        if notice.id not in shown:
            entry = Entry(file=FILE, kind=FILE, id=notice.id, url=notice.cap_address)
            typed = (line.replace(NBSP, " ") for line in notice.texts)
            yield Secret(entry=entry, why="embargo", more=(*notice.texts, *typed))


def _numbers(archive: Archive, library: Library) -> Iterator[Secret]:
    """Numbers of the magazine whose day has not come."""
    published = {issue.id for issue in library.issues}
    entries = {entry.id: entry for entry in archive.entries.get("issues", ())}
    for issue in archive.issues:
        if issue.id not in published:
            texts = [line for leaf in issue.leaves for line in leaf.text.splitlines()]
            yield Secret(entry=entries[issue.id], why="embargo", more=tuple(texts))
