"""The one generator of the site: what is read, planned, checked, and written, in this order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator

from newsroom.build.assets import Assets
from newsroom.build.cache import ContentCache
from newsroom.content import library
from newsroom.content.addresses import address_of
from newsroom.content.reader import Source
from newsroom.content.types import Library
from newsroom.pages import (
    calendar_file,
    feeds,
    media,
    open_data,
    plan,
    release_cards,
    releases,
    sitemap,
    templates,
    well_known,
)
from newsroom.pages.document import Document, File
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import read_site
from newsroom.writer import EditionWriter


class NewsroomGenerator(ArticlesGenerator):
    """Stands in for Pelican's article generator, whose lists it does not need."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.site = read_site(self.settings)
        self.assets = Assets(Path(self.theme) / "static", base=self.site.base)
        self.cache = ContentCache(Path(self.settings["CACHE_PATH"]))
        self.library = Library()
        self.documents: list[Document] = []
        templates.equip(self.env, self.site, self.assets)

    def generate_context(self) -> None:
        """Read, plan, check; raises NewsroomError with every problem of the material."""
        files = sorted(Path(file).as_posix() for file in self.get_files([""], extensions=["md"]))
        files = [file for file in files if not file.endswith(".transcript.md")]
        sources, problems = self._read(files)
        root = Path(self.path)
        self.library, more = library.gather(sources, files, root, self.site, self.cache)
        problems += more
        self.documents = plan.documents(self.library, self.site)
        broken = {problem.file for problem in problems}
        also_known = [address_of(file) for file in files if file in broken]
        problems += plan.check(self.documents, self.library, self.site, also_known)
        if problems:
            raise NewsroomError(problems)
        self.articles = list(self.library.releases)

    def _read(self, files: list[str]) -> tuple[list[Source], list[Problem]]:
        sources, problems = [], []
        for file in files:
            try:
                sources.append(
                    self.readers.read_file(
                        base_path=self.path, path=file, content_class=_source, context=self.context
                    )
                )
            except NewsroomError as error:
                problems += error.problems
        return sources, problems

    def generate_output(self, writer: EditionWriter) -> None:
        """Render every page, then make every file that is not a page."""
        writer.releases = tuple(release.id for release in self.library.releases)
        for document in self.documents:
            writer.write_document(document, self.env)
        for file in self._files():
            writer.write_bytes(file.path, file.data)

    def _files(self) -> Iterator[File]:
        library, site = self.library, self.site
        for asset in self.assets:
            yield File(path=asset.url.lstrip("/"), data=asset.data)
        for path in sorted((Path(self.theme) / "root").iterdir()):
            yield File(path=path.name, data=path.read_bytes())
        yield from releases.files(library, site)
        yield from media.files(library, self.cache)
        yield from release_cards.files(library, site, self.cache, Path(self.theme))
        yield from feeds.files(
            library, site, stylesheet=self.assets.url("feed.css"), size_of=media.sizes(self.cache)
        )
        yield from calendar_file.files(library, site)
        yield from open_data.files(library, site)
        yield from sitemap.files(library, site, self.documents)
        yield from well_known.files(site)


def _source(*, metadata: dict[str, Any], **_: Any) -> Source:
    """What Pelican's readers make of a file read: here, the source that our reader put there."""
    source: Source = metadata["source"]
    return source
