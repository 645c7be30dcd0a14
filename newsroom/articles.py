"""Releases and standing pages as Pelican's plugins know them: its Articles and Pages.

Made only where a plugin listens. What it changes in a title, a summary or a body comes back
and is shown; what is published, where, and in which lists is decided by the headers alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from markupsafe import Markup, escape
from msgspec.structs import replace
from pelican.contents import Author, Category, Content, Tag
from pelican.utils import SafeDatetime

from newsroom.content.catalogue import Entry
from newsroom.content.posts import Posts
from newsroom.content.shelf import Shelf
from newsroom.content.types import Card, Material, Release, Version

Changes = Mapping[str, str]
"""Fields of a Material by their names."""

SETTINGS = {
    "CATEGORY_URL": "rubrics/{slug}/",
    "CATEGORY_SAVE_AS": "rubrics/{slug}/index.html",
    "TAG_URL": "tags/{slug}/",
    "TAG_SAVE_AS": "tags/{slug}/index.html",
    "AUTHOR_URL": "departments/{slug}/",
    "AUTHOR_SAVE_AS": "departments/{slug}/index.html",
    "ARTICLE_TRANSLATION_ID": "",
    "PAGE_TRANSLATION_ID": "",
}
"""Pelican's settings that tell where our lists stand, and that nothing is a translation."""

_Wrapper = TypeVar("_Wrapper", Author, Category, Tag)
_Shown = TypeVar("_Shown", Card, Release)


def article_metadata(release: Release, settings: Mapping[str, Any]) -> dict[str, Any]:
    """What an Article of ``release`` is made of; its slug is the release's id, which no other has."""
    rubric, department = release.rubric, release.department
    metadata = {
        **page_metadata(release),
        "date": _date(release.date),
        "category": _named(Category, rubric.id, rubric.title, settings),
        "tags": [_named(Tag, tag.id, tag.title, settings) for tag in release.tags],
        "authors": [_named(Author, department.id, department.title, settings)],
    }
    if release.updated > release.date:
        metadata["modified"] = _date(release.updated)
    return metadata


def page_metadata(thing: Material) -> dict[str, Any]:
    """What a Page of ``thing`` is made of. Pelican's summaries are HTML, ours are plain text."""
    metadata = {"title": thing.title, "slug": thing.id, "save_as": save_as(thing)}
    metadata["url"] = thing.url.lstrip("/")
    return metadata | ({"summary": str(escape(thing.summary))} if thing.summary else {})


def save_as(thing: Material) -> str:
    """The path of a thing's page in the output."""
    return f"{thing.url.lstrip('/')}index.html"


def content_of(
    kind: Any, thing: Material, metadata: dict[str, Any], settings: Mapping[str, Any], context: Any
) -> Content:
    """An Article or a Page with the body of ``thing``; to make one tells plugins of it."""
    source = str(Path(settings["PATH"], thing.source).absolute())
    return kind(thing.body, metadata, settings=settings, source_path=source, context=context)


def changes(content: Content, thing: Material) -> Changes:
    """What differs by now in ``content`` from the thing it was made of."""
    found = {}
    # Not `content.content`: that is kept from the first time anybody asks.
    body = content._get_content() if hasattr(content, "_get_content") else content._content
    if body != thing.body:
        found["body"] = content._update_content(body, content.get_siteurl())
    if content.title != thing.title:
        found["title"] = str(content.title)
    summary = getattr(content, "_summary", "")
    if summary != escape(thing.summary):
        found["summary"] = str(Markup(summary).striptags())
    return found


@dataclass(frozen=True)
class ChangedShelf:
    """The releases of ``shelf`` as plugins left them; ``changes`` are by content files."""

    shelf: Shelf
    changes: Mapping[str, Changes]

    @property
    def is_changed(self) -> bool:
        """Nobody knows what a plugin does."""
        return True

    def card(self, entry: Entry) -> Card:
        """The card of a release; raises LostRecordError."""
        return self._changed(self.shelf.card(entry), entry)

    def release(self, entry: Entry) -> Release:
        """The whole release; raises LostRecordError."""
        return self._changed(self.shelf.release(entry), entry)

    def versions(self, entry: Entry) -> tuple[Version, ...]:
        """The versions that can be compared, in the editor's words; raises LostRecordError."""
        return self.shelf.versions(entry)

    def posts(self, entry: Entry) -> Posts:
        """The posts that a file of them tells of; raises LostRecordError."""
        return self.shelf.posts(entry)

    def _changed(self, thing: _Shown, entry: Entry) -> _Shown:
        changed = self.changes.get(entry.file, {})
        fields = {name: value for name, value in changed.items() if hasattr(thing, name)}
        return replace(thing, **fields) if fields else thing


def _date(date: datetime) -> Any:
    return SafeDatetime.combine(date.date(), date.timetz())


def _named(kind: type[_Wrapper], id: str, title: str, settings: Mapping[str, Any]) -> _Wrapper:
    named = kind(title, settings)
    named.slug = id
    return named
