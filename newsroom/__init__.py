"""The newsroom: a static news site of a city's press service, built by Pelican.

The whole wiring with Pelican is on this page, in the order in which a build
runs. ``pelicanconf.py`` names ``Newsroom`` as PELICAN_CLASS and this package as
its one plugin.
"""

from __future__ import annotations

import sys
from typing import Any

from pelican import Pelican
from pelican.generators import PagesGenerator, StaticGenerator
from pelican.plugins import signals

from newsroom.content.reader import SourceReader
from newsroom.content.types import Library
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
    print(summary.text(commit))


class Newsroom(Pelican):
    """4. Between them Pelican runs, with our generator and our writer in place of its own."""

    writer: EditionWriter

    def run(self) -> None:
        """One build. Problems of the material are told, one a line, and end it with status 1."""
        try:
            super().run()
        except NewsroomError as error:
            print(summary.refusal(error), file=sys.stderr)
            raise SystemExit(error.exitcode) from None

    def read(self) -> Library:
        """What a build would publish, nothing written; raises NewsroomError with all problems."""
        generator = NewsroomGenerator(
            context=self.settings.copy(),
            settings=self.settings,
            path=self.path,
            theme=self.theme,
            output_path=self.output_path,
        )
        generator.generate_context()
        return generator.library

    def _get_generator_classes(self) -> list[type]:
        plugins = super()._get_generator_classes()[2:-1]
        return [NewsroomGenerator, PagesGenerator, *plugins, StaticGenerator]

    def _get_writer(self) -> EditionWriter:
        self.writer = EditionWriter(self.output_path, settings=self.settings)
        return self.writer
