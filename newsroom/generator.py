"""The one generator of the site: what is read, planned, checked, and written, in this order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator

from newsroom.build.assets import Assets
from newsroom.build.cache import ContentCache
from newsroom.content.addresses import address_of
from newsroom.content.gather import gather
from newsroom.content.library import Library
from newsroom.content.reader import Source
from newsroom.content.strays import is_material, strays
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
from newsroom.pages.templates import moment
from newsroom.problems import NewsroomError, Problem
from newsroom.settings import read_site, without_dead_ends
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
        """Read, gather, plan, check; raises NewsroomError with every problem of the material."""
        everything = [Path(file).as_posix() for file in self.get_files([""], extensions=False)]
        files = sorted(file for file in everything if is_material(file))
        sources, problems = self._read(files)
        problems += strays(everything, sources)
        gathered = gather(sources, files, Path(self.path), self.site, self.cache)
        problems += gathered.problems
        uncertain = frozenset(address_of(file) for file in gathered.unmade)
        now = self.site.now.astimezone(self.site.tz)
        self.library, whole = gathered.archive.at(now), gathered.archive.complete()
        self.drafts = [source for source in sources if source.header is None]
        waiting = {source.url: "это черновик" for source in self.drafts}
        if len(whole.by_id) > len(self.library.by_id):
            self._planned(whole, uncertain, dict(waiting), problems)
            later = whole.by_id.keys() - self.library.by_id.keys()
            waiting |= {whole.by_id[id].url: f"релиз выйдет {moment(whole.by_id[id].date)}" for id in later}
        self.documents, known = self._planned(self.library, uncertain, waiting, problems)
        if problems:
            raise NewsroomError(problems)
        self.env.globals["site"] = without_dead_ends(self.site, known)
        self.articles = list(self.library.releases)

    def _planned(
        self,
        library: Library,
        uncertain: frozenset[str],
        waiting: dict[str, str],
        problems: list[Problem],
    ) -> tuple[list[Document], frozenset[str]]:
        """Documents and addresses of a library; what clashes or leads nowhere joins ``problems``."""
        documents = plan.documents(library, self.site)
        claimed = plan.claims(documents, library, self.site)
        known = plan.addresses(claimed)
        problems += plan.clashes(claimed)
        problems += plan.dead_links(library, known, uncertain=uncertain, waiting=waiting)
        return documents, known

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
