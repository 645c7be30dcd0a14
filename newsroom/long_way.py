"""The long way of a build, for plugins that listen: all is made anew, and told of as Pelican tells.

Pelican's own code makes the lists of Articles and Pages and sends its signals; what it sends
while it writes is sent here. Nothing is forked: what a plugin notes down in another
process is lost. Plugins work on the stage, and what they leave there is the edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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
from newsroom.build.journal import MadeOutput, MadeSection
from newsroom.build.memory import Memory
from newsroom.build.production import Producer, Production, write_shard
from newsroom.build.section import Output, Section
from newsroom.build.stage import Commit, ReservedPathError, Stage
from newsroom.build.workers import Tick
from newsroom.content.library import Library
from newsroom.content.shelf import Shelf
from newsroom.content.types import Material, Release
from newsroom.generator import NewsroomGenerator
from newsroom.pages.document import Document
from newsroom.pages.press import Inputs, Press
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import Site
from newsroom.writer import EditionWriter

ANEW = "с плагинами всё делается заново"
SECTION = "plugins"
"""The section of the files that plugins add."""


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

    def writer(self, stage: Stage, memory: Memory, settings: dict[str, Any]) -> ToldWriter:
        """The writer that tells."""
        writer = ToldWriter(stage, memory, settings)
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

    def content_of(self, thing: Any) -> Content:
        raise NotImplementedError


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


class ToldPress(Press, frozen=True, kw_only=True):
    """A press whose templates know what Pelican's do: all of ``context``, and the Article or Page."""

    telling: Telling
    context: Mapping[str, Any]

    def page(
        self, path: str, template: str, compose: Callable[[], Document], inputs: Inputs, *, source: str = ""
    ) -> Output:
        output = super().page(path, template, compose, inputs, source=source)
        return replace(output, make=lambda: self._made(path, compose))

    def _made(self, path: str, compose: Callable[[], Document]) -> bytes:
        names = self.telling.names_on(path)
        document = compose()
        context = {**self.context, "output_file": path, "head": document.head, **document.context, **names}
        self.telling.contexts[path] = context
        return self.environment.get_template(document.template).render(context).encode()


class ToldWriter(EditionWriter):
    """A writer that puts everything on the stage, and takes from it what plugins left there."""

    telling: Telling
    _releases: Mapping[str, Callable[[], tuple[str, ...]]]

    def produce(self, sections: Sequence[Section], begin: Callable[[int], Tick]) -> Production:
        """Make everything."""
        self.stage.whole = True
        self._releases = {section.key: section.releases for section in sections}
        return super().produce(sections, begin)

    def commit(self) -> Commit:
        """Make what is on the stage by now the site; raises NewsroomError for one that may not be there."""
        try:
            staged = self.stage.settle()
        except ReservedPathError as error:
            message = f"плагин записал файл «{error}», а это имя занято самим изданием"
            raise NewsroomError([Problem("pelicanconf.py", 0, message, "настройте плагин иначе")]) from None
        self.production.sections = dict(self._as_left(staged))
        return super().commit()

    def _producer(self) -> Producer:
        return replace(super()._producer(), anew=ANEW, workers=1, written=self._tell)

    def _tell(self, path: str) -> None:
        context = self.telling.contexts.pop(path, None)
        if context is not None:
            self.telling.signals.content_written.send(f"{self.output_path}/{path}", context=context)

    def _as_left(self, staged: dict[str, bytes]) -> Iterator[tuple[str, MadeSection]]:
        for key, section in self.production.sections.items():
            outputs = [
                MadeOutput(made.path, made.prints, staged.pop(made.path))
                for made in section.outputs(self.memory.outputs)
                if made.path in staged
            ]
            yield key, self._section(key, section.fingerprint, outputs)
        if staged:
            outputs = [MadeOutput(path, b"", digest) for path, digest in staged.items()]
            yield SECTION, self._section(SECTION, b"", outputs)

    def _section(self, key: str, fingerprint: bytes, outputs: list[MadeOutput]) -> MadeSection:
        releases = self._releases.get(key, tuple)()
        shard = write_shard(self.stage, key, releases, outputs)
        return MadeSection.of(fingerprint, outputs, shard, len(releases))
