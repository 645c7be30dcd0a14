"""The newsroom: a static news site of a city's press service, built by Pelican.

The whole wiring with Pelican is on this page, in the order in which a build
runs. ``pelicanconf.py`` names ``Newsroom`` as PELICAN_CLASS and this package as
its one plugin.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn
from weakref import ReferenceType

from newsroom import light_imports

light_imports.import_pelican()

from pelican import Pelican
from pelican.generators import PagesGenerator, StaticGenerator
from pelican.log import console
from pelican.plugins import signals

from newsroom.build.journal import read_journal
from newsroom.build.memory import Memory
from newsroom.build.segments import LostRecordError
from newsroom.build.stage import Stage
from newsroom.content.reader import SourceReader
from newsroom.generator import NewsroomGenerator
from newsroom.pages import summary
from newsroom.problems import NO_ROOM, NewsroomError, no_room
from newsroom.settings import read_site
from newsroom.writer import EditionWriter

if TYPE_CHECKING:
    from newsroom.long_way import Telling


def register() -> None:
    """1. Pelican loads its plugins: what follows answers its signals, in their order."""
    signals.initialized.connect(check_settings)
    signals.readers_init.connect(read_our_files)
    signals.finalized.connect(commit_edition)


def answer_last() -> None:
    """What we do comes after whatever other plugins do at the same signal: we need what they leave."""
    for signal, receiver in ((signals.readers_init, read_our_files), (signals.finalized, commit_edition)):
        signal.disconnect(receiver)
        signal.connect(receiver)


def other_listeners() -> dict[str, list[str]]:
    """Who else listens: names of functions by the names of signals."""
    found = {name: list(_others(signal)) for name, signal in vars(signals).items()}
    return {name: who for name, who in found.items() if who}


def _others(signal: Any) -> Iterator[str]:
    for reference in getattr(signal, "receivers", {}).values():
        receiver = reference() if isinstance(reference, ReferenceType) else reference
        if receiver is not None and receiver.__module__ != __name__:
            name = getattr(receiver, "__qualname__", type(receiver).__qualname__)
            yield f"{receiver.__module__}.{name}"


def check_settings(pelican: Newsroom) -> None:
    """2. ``initialized``: a fault in the settings stops before anything is read."""
    read_site(pelican.settings)


def read_our_files(readers: Any) -> None:
    """3. ``readers_init``: Markdown files are read by our reader, nothing else is content."""
    readers.reader_classes = {"md": SourceReader}


def commit_edition(pelican: Newsroom) -> None:
    """5. ``finalized``: everything is made, so the stage becomes the site."""
    commit = pelican.writer.commit()
    asked, base = pelican.settings.get("NEWSROOM_WHY", ""), read_site(pelican.settings).base
    print(summary.text(pelican.writer.production, commit, asked, base))
    console.quiet = True  # Pelican's own last line, in English, counts articles and drafts we have none of


class Newsroom(Pelican):
    """4. Between them Pelican runs, with our generator and our writer in place of its own."""

    output_path: str
    stage: Stage
    memory: Memory
    writer: EditionWriter
    strangers = b""
    """The fingerprint of other people's plugins; empty where there are none."""
    telling: Telling | None = None
    """What they are told, if any listens to more than the start of a build."""

    def __init__(self, settings: dict[str, Any]) -> None:
        try:
            super().__init__(settings)
        except NewsroomError as error:
            _refuse(error)

    def init_plugins(self) -> None:
        """Load the plugins; where ours is the only one, not what else is installed, as Pelican would."""
        named = list(self.settings["PLUGINS"])
        if named == [__name__]:
            self.plugins = [sys.modules[__name__]]
            register()
            return
        from newsroom import plugins

        plugins.tell_version()
        super().init_plugins()
        if problems := plugins.not_loaded(named, self.settings["PLUGINS"]):
            raise NewsroomError(problems)

    def run(self) -> None:
        """One build. Problems of the material are told, one a line, and end it with status 1.

        The stage is open from the first file read to the last one published, so that
        of two builds the one that read later also publishes later.
        """
        output = self.output_path
        gc.disable()  # it would go through the catalogue again and again; long readings collect at times
        try:
            with Stage(Path(output)) as self.stage, Memory(self._memory_folder) as self.memory:
                self._meet_strangers()
                self._run()
        except NewsroomError as error:
            _refuse(error)
        except OSError as error:
            if error.errno not in NO_ROOM:
                raise
            _refuse(no_room(error, Path(output)))
        except KeyboardInterrupt:  # Pelican would end with status 0, as if the site were built
            raise SystemExit(130) from None
        finally:
            gc.enable()
            console.quiet = False
            self.output_path = self.settings["OUTPUT_PATH"] = output

    def _meet_strangers(self) -> None:
        """See who listens. To those who are told of files, the output is the stage, with all of it."""
        answer_last()
        self.strangers, self.telling = b"", None
        listeners = other_listeners()
        if not listeners and self.settings["PLUGINS"] == [__name__]:
            return
        from newsroom import plugins

        self.strangers = plugins.identity(self.plugins, self.settings, listeners)
        plugins.warn(listeners)
        if plugins.want_telling(listeners):
            from newsroom.long_way import Telling

            plugins.complete_pelican()
            self.telling = Telling(signals)
            self.output_path = self.settings["OUTPUT_PATH"] = str(self.stage.folder)

    def _run(self) -> None:
        try:
            super().run()
        except LostRecordError:  # someone harmed what is remembered: this time, nothing is
            self.memory.forget()
            self.stage.clear()
            super().run()

    def read(self) -> NewsroomGenerator:
        """The generator with what a build would publish, nothing written; raises NewsroomError."""
        answer_last()
        with Memory(self._memory_folder) as self.memory:
            try:
                return self._checked()
            except LostRecordError:
                self.memory.forget()
                return self._checked()

    def _checked(self) -> NewsroomGenerator:
        generator = NewsroomGenerator(
            context=self.settings.copy(),
            settings=self.settings,
            path=self.path,
            theme=self.theme,
            output_path=self.output_path,
            memory=self.memory,
        )
        generator.generate_context()
        last = read_journal(self.memory)
        if last.edition and last.program == generator.press.program:
            generator.check(last, last)  # what was sound in the last edition is not gone through again
        else:
            generator.check()
        return generator

    @property
    def _memory_folder(self) -> Path:
        return Path(self.settings["CACHE_PATH"]) / "memory" / Path(self.output_path).name

    def _get_generator_classes(self) -> list[Any]:
        others = super()._get_generator_classes()[2:-1]
        ours = {"memory": self.memory, "strangers": self.strangers}
        articles, pages = self.telling.generators() if self.telling else (NewsroomGenerator, PagesGenerator)
        return [partial(articles, **ours), pages, *others, StaticGenerator]

    def _get_writer(self) -> EditionWriter:
        make = self.telling.writer if self.telling else EditionWriter
        site = read_site(self.settings)
        self.writer = make(
            self.stage, self.memory, settings=self.settings, rehearsal=site.rehearsal or site.preview
        )
        return self.writer


def _refuse(error: NewsroomError) -> NoReturn:
    print(summary.refusal(error), file=sys.stderr)
    raise SystemExit(error.exitcode) from None
