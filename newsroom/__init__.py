"""The newsroom: a static news site of a city's press service, built by Pelican.

The whole wiring with Pelican is on this page, in the order in which a build
runs. ``pelicanconf.py`` names ``Newsroom`` as PELICAN_CLASS and this package as
its one plugin.
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from newsroom import light_imports

light_imports.import_pelican()

from pelican import Pelican
from pelican.generators import PagesGenerator, StaticGenerator
from pelican.log import console
from pelican.plugins import signals

from newsroom.build.memory import Memory
from newsroom.build.stage import Stage
from newsroom.content.reader import SourceReader
from newsroom.content.shelf import LostRecordError
from newsroom.generator import NewsroomGenerator
from newsroom.pages import summary
from newsroom.problems import NewsroomError
from newsroom.settings import read_site
from newsroom.writer import EditionWriter


def register() -> None:
    """1. Pelican loads its plugins: what follows answers its signals, in their order."""
    signals.initialized.connect(check_settings)
    signals.readers_init.connect(read_our_files)
    signals.finalized.connect(commit_edition)


def check_settings(pelican: Newsroom) -> None:
    """2. ``initialized``: a fault in the settings stops before anything is read."""
    read_site(pelican.settings)


def read_our_files(readers: Any) -> None:
    """3. ``readers_init``: Markdown files are read by our reader, nothing else is content."""
    readers.reader_classes = {"md": SourceReader}


def commit_edition(pelican: Newsroom) -> None:
    """5. ``finalized``: everything is made, so the stage becomes the site."""
    commit = pelican.writer.commit()
    print(summary.text(pelican.writer.production, commit, pelican.settings.get("NEWSROOM_WHY", "")))
    console.quiet = True  # Pelican's own last line, in English, counts articles and drafts we have none of


class Newsroom(Pelican):
    """4. Between them Pelican runs, with our generator and our writer in place of its own."""

    stage: Stage
    memory: Memory
    writer: EditionWriter

    def __init__(self, settings: dict[str, Any]) -> None:
        try:
            super().__init__(settings)
        except NewsroomError as error:
            _refuse(error)

    def run(self) -> None:
        """One build. Problems of the material are told, one a line, and end it with status 1.

        The stage is open from the first file read to the last one published, so that
        of two builds the one that read later also publishes later.
        """
        try:
            with Stage(Path(self.output_path)) as self.stage, Memory(self._memory_folder) as self.memory:
                self._run()
        except NewsroomError as error:
            _refuse(error)
        except KeyboardInterrupt:  # Pelican would end with status 0, as if the site were built
            raise SystemExit(130) from None
        finally:
            console.quiet = False

    def _run(self) -> None:
        try:
            super().run()
        except LostRecordError:  # someone harmed what is remembered: this time, nothing is
            self.memory.forget()
            super().run()

    def read(self) -> NewsroomGenerator:
        """The generator with what a build would publish, nothing written; raises NewsroomError."""
        with Memory(self._memory_folder) as self.memory:
            generator = NewsroomGenerator(
                context=self.settings.copy(),
                settings=self.settings,
                path=self.path,
                theme=self.theme,
                output_path=self.output_path,
                memory=self.memory,
            )
            generator.generate_context()
            generator.check()
        return generator

    @property
    def _memory_folder(self) -> Path:
        return Path(self.settings["CACHE_PATH"]) / "memory" / Path(self.output_path).name

    def _get_generator_classes(self) -> list[Any]:
        plugins = super()._get_generator_classes()[2:-1]
        return [partial(NewsroomGenerator, memory=self.memory), PagesGenerator, *plugins, StaticGenerator]

    def _get_writer(self) -> EditionWriter:
        self.writer = EditionWriter(self.stage, self.memory, settings=self.settings)
        return self.writer


def _refuse(error: NewsroomError) -> NoReturn:
    print(summary.refusal(error), file=sys.stderr)
    raise SystemExit(error.exitcode) from None
