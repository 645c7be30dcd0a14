"""How the long way makes and writes pages: plugins are told of each, and may leave files of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from newsroom.build.journal import MadeOutput, MadeSection
from newsroom.build.production import Producer, Production, write_shard
from newsroom.build.section import Output, Section
from newsroom.build.stage import Commit, ReservedPathError
from newsroom.build.workers import Tick
from newsroom.pages.document import Document
from newsroom.pages.press import Inputs, Press
from newsroom.problems import NewsroomError, Problem
from newsroom.writer import EditionWriter

if TYPE_CHECKING:
    from newsroom.long_way import Telling

ANEW = "с плагинами всё делается заново"
SECTION = "plugins"
"""The section of the files that plugins add."""


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
