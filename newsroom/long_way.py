"""The long way of a build, for plugins that listen: all is made anew, and told of as Pelican tells.

Pelican's own code makes the lists of Articles and Pages and sends its signals; what it sends
while it writes is sent here. Nothing is forked: what a plugin notes down in another
process is lost. Plugins work on the stage, and what they leave there is the edition.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import msgspec
from msgspec.structs import replace
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator, PagesGenerator

from newsroom.articles import (
    SETTINGS,
    ChangedShelf,
    Changes,
    article_metadata,
    changes,
    content_of,
    page_metadata,
    save_as,
)
from newsroom.content.library import Library
from newsroom.content.shelf import Shelf
from newsroom.content.types import Material, Release
from newsroom.generator import NewsroomGenerator
from newsroom.long_way_writer import ToldPress, ToldWriter
from newsroom.pages.press import Press
from newsroom.settings import Site
from newsroom.writer import EditionWriter


@dataclass(frozen=True)
class Told:
    """An Article or a Page that plugins know, what it was made of, what tells that it is being written."""

    content: Content
    thing: Material
    writing: Callable[[Content], object]


@dataclass(frozen=True)
class Telling:
    """What plugins were told of in this build, by the paths of pages; what they changed, by content files.

    ``contexts`` are of pages made and not yet written.
    """

    signals: Any
    told: dict[str, Told] = field(default_factory=dict)
    changes: dict[str, Changes] = field(default_factory=dict)
    contexts: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def generators(self) -> tuple[Any, Any]:
        """What makes the generators of articles and of pages, for one run of Pelican."""
        for kept in (self.told, self.changes, self.contexts):
            kept.clear()
        return partial(ToldArticles, telling=self), partial(ToldPages, telling=self)

    def writer(self, *given: Any, **named: Any) -> ToldWriter:
        """The writer that tells."""
        writer = ToldWriter(*given, **named)
        writer.telling = self
        return writer

    def of(self, told: Told) -> Content:
        """Keep in mind what was told; gives its Article or Page."""
        self.told[save_as(told.thing)] = told
        return told.content

    def look(self, told: Told) -> None:
        """See what plugins have changed in it."""
        self.changes[told.thing.source] = changes(told.content, told.thing)

    def changed(self, thing: Any) -> Any:
        """A thing as plugins left it."""
        return replace(thing, **self.changes.get(thing.source, {}))

    def names_on(self, path: str) -> dict[str, Any]:
        """Say that the page at ``path`` is being written; gives what Pelican's templates know on it."""
        told = self.told.get(path)
        if not told:
            return {}
        told.writing(told.content)
        self.look(told)
        if isinstance(told.content, Page):
            return {"page": told.content, "content": self.changed(told.thing)}
        return {"article": told.content, "category": told.content.category}


class _Given:
    """For Pelican's generators: content files are what we have read, and their contents are known already."""

    things: dict[str, Any]

    def get_files(self, paths: Any, exclude: Any = None, extensions: Any = None) -> list[str]:  # noqa: ARG002
        return list(self.things) if extensions is None else []

    def get_cached_data(self, path: str, default: Any = None) -> Content:  # noqa: ARG002
        return self.content_of(self.things[path])

    @abstractmethod
    def content_of(self, thing: Any) -> Content:
        """The Article or the Page of a thing."""


class ToldArticles(_Given, NewsroomGenerator):
    """Our generator with Pelican's lists of Articles: releases that are published, newest first."""

    telling: Telling

    def generate_context(self) -> None:
        """Read and plan; then let Pelican make its lists. Plugins find the library in ``context``."""
        super().generate_context()
        for known in (self.settings, self.context):
            known.update(SETTINGS)
        self.context["library"] = self.library
        # All are opened before any is told of: a record that is lost makes everything begin again.
        self.things = {entry.file: self.library.release(entry) for entry in self.library.releases}
        ArticlesGenerator.generate_context(self)

    def content_of(self, thing: Release) -> Content:
        """An Article; before it is made, plugins may change what it is made of."""
        signals, metadata = self.telling.signals, article_metadata(thing, self.settings)
        signals.article_generator_preread.send(self)
        signals.article_generator_context.send(self, metadata=metadata)
        article = content_of(Article, thing, metadata, self.settings, self.context)
        writing = partial(_send_writing, signals.article_generator_write_article, self)
        return self.telling.of(Told(article, thing, writing))

    def generate_output(self, writer: EditionWriter) -> None:
        """Plan anew with what plugins changed, then make everything; raises NewsroomError."""
        for told in self.telling.told.values():
            self.telling.look(told)
        pages = tuple(self.telling.changed(page) for page in self.library.pages)
        self.library = replace(self.library, pages=pages)
        self.sections = self._sections(self.library)
        super().generate_output(writer)
        self.telling.signals.article_writer_finalized.send(self, writer=writer)

    def _keep_bytecode(self) -> None:
        """Compile anew: filters are asked while compiling, and a plugin's may answer differently now."""

    def _shelf(self) -> Shelf:
        return ChangedShelf(super()._shelf(), self.telling.changes)

    def _press(self, library: Library, site: Site) -> Press:
        press = super()._press(library, site)
        return ToldPress(**msgspec.structs.asdict(press), telling=self.telling, context=self.context)


class ToldPages(_Given, PagesGenerator):
    """Pelican's generator of pages, with our standing pages; the press makes them with the others."""

    telling: Telling

    def generate_context(self) -> None:
        self.things = {page.source: page for page in self.context["library"].pages}
        super().generate_context()

    def content_of(self, thing: Material) -> Content:
        signals, metadata = self.telling.signals, page_metadata(thing)
        signals.page_generator_preread.send(self)
        signals.page_generator_context.send(self, metadata=metadata)
        page = content_of(Page, thing, metadata, self.settings, self.context)
        writing = partial(_send_writing, signals.page_generator_write_page, self)
        return self.telling.of(Told(page, thing, writing))

    def generate_output(self, writer: EditionWriter) -> None:
        self.telling.signals.page_writer_finalized.send(self, writer=writer)


def _send_writing(signal: Any, generator: Any, content: Content) -> None:
    signal.send(generator, content=content)
