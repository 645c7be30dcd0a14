"""One content file becomes a line of the catalogue and a record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from newsroom.build.fingerprint import of_bytes
from newsroom.build.scan import Scan
from newsroom.build.segments import Place, Segments
from newsroom.content import records
from newsroom.content.attached import Gallery
from newsroom.content.catalogue import Entry, Photos, states
from newsroom.content.posts import FOLDER as POSTS
from newsroom.content.posts import Posts, month_of
from newsroom.content.types import Broadcast, Issue, Material, Release
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import Site

ReadFile = Callable[[str], Any]
"""Reads a content file, named by its path from the content folder, into a Source; raises NewsroomError."""


class Reading(Struct, frozen=True, kw_only=True):
    """Reads files of the content folder ``root`` and keeps what they say in ``segments``.

    ``stamps`` are those of all files there, taken before anything is read.
    """

    read: ReadFile
    root: Path
    stamps: Scan
    segments: Segments
    site: Site

    def entry(self, file: str, make: Callable[[Any], Material]) -> tuple[Entry, tuple[Problem, ...]]:
        """The line of ``file``, made by ``make`` of its Source, and what an unfinished draft lacks.

        Raises NewsroomError with every problem of the file.
        """
        source = self.read(file)
        if source.is_draft:
            return self._draft(source, make)
        made = make(source)
        if isinstance(made, Release):
            return self._release(made, source), ()
        releases = made.releases if isinstance(made, Broadcast | Issue) else ()
        return self._kept(made, releases=releases, aliases=made.aliases, **self._common(source)), ()

    def _common(self, source: Any) -> dict[str, Any]:
        """What the lines of all types have."""
        return {
            "file": source.file,
            "kind": source.kind,
            "id": source.id,
            "url": source.url,
            "files": states(source.folder.touched, self.stamps, self.root, source.folder.missed),
            "links": (*source.links, *source.folder.links),
        }

    def terms(self, file: str, read: Callable[[Path], dict[str, Any]]) -> Entry:
        """The line of a controlled list; raises NewsroomError."""
        found = list(read(self.root).values())
        return self._kept(
            found, file=file, kind=file, id=file, url="", files=states({file: b""}, self.stamps, self.root)
        )

    def posts(self, file: str, posts: Posts) -> Entry:
        """The line of a file of ``posts``."""
        return self._kept(
            posts,
            file=file,
            kind=POSTS,
            id=month_of(file),
            url="",
            files=states({file: b""}, self.stamps, self.root),
            releases=tuple(posts),
            channels=tuple(sorted({channel for addresses in posts.values() for channel in addresses})),
        )

    def _draft(self, source: Any, make: Callable[[Any], Material]) -> tuple[Entry, tuple[Problem, ...]]:
        """A draft is kept nowhere, but that it may be known again; in a preview it is as any release."""
        made: Any = None
        remarks = source.remarks
        if source.header or self.site.preview:
            try:
                made = make(source)
            except NewsroomError as error:
                remarks += tuple(error.problems)
        if made and self.site.preview:
            entry = self._release(made, source)
            return replace(entry, status="published", links=()), ()
        named = _named(made) if made else {}
        return Entry(**self._common(source), **named, status="draft"), remarks

    def _release(self, release: Release, source: Any) -> Entry:
        from newsroom.content.references import contact

        # Of a withdrawn release nothing is kept but its notice.
        header = None if release.status == "withdrawn" else source.header
        card, text = records.encode_release(release, contact(header and header.contact))
        return Entry(
            **self._common(source),
            **_named(release),
            place=self.add(card + text),
            card_size=len(card),
            digest=of_bytes(text),
            card=of_bytes(card),
            moment=int(release.date.timestamp()),
            day=release.date.date().isoformat(),
            status=release.status,
            changes=tuple(int(change.date.timestamp()) for change in release.changes),
            photos=_photos(release.gallery),
            revision=release.revision,
        )

    def _kept(self, made: Any, **common: Any) -> Entry:
        data = records.encode(made)
        return Entry(**common, place=self.add(data), digest=of_bytes(data))

    def add(self, data: bytes) -> Place:
        try:
            return self.segments.add(data)
        except OSError as error:
            place = str(self.segments.folder)
            message = f"сюда нельзя писать: {error.strerror}"
            raise NewsroomError([Problem(place, 0, message, "освободите место или дайте права")]) from None


def _photos(gallery: Gallery | None) -> Photos | None:
    return Photos(len(gallery.pictures), of_bytes(records.encode(gallery))) if gallery else None


def _named(release: Release) -> dict[str, Any]:
    """What a release names, as its line has it."""
    return {
        "rubric": release.rubric.id,
        "department": release.department.id,
        "tags": tuple(tag.id for tag in release.tags),
        "events": tuple(event.id for event in release.events),
        "aliases": release.aliases,
        "pictures": tuple(dict.fromkeys(each.url for each in (release.image, *release.pictures) if each)),
        "texts": tuple(text.url for text in release.texts),
    }
