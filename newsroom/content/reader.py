"""Pelican's reader of our files."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.readers import BaseReader

from newsroom.build.cache import ContentCache
from newsroom.settings import read_site

if TYPE_CHECKING:
    from newsroom.content.source import Sources


class SourceReader(BaseReader):
    """Reads every ``.md`` file of the content folder; raises NewsroomError with all its problems."""

    enabled = True
    file_extensions = ["md"]  # noqa: RUF012 - Pelican wants a list on the class

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__(settings)
        self.root = Path(settings["PATH"])
        self._sources: Sources | None = None

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """No HTML, which Pelican would only search for pictures; all of ours is in ``metadata["source"]``."""
        source = self.sources.read(os.path.relpath(source_path, self.root).replace(os.sep, "/"))
        return "", {"source": source}

    @property
    def sources(self) -> Sources:
        """What reads; where every file is known already, none of it is even imported."""
        if self._sources is None:
            from newsroom.content.source import Sources

            cache = ContentCache(Path(self.settings["CACHE_PATH"]))
            self._sources = Sources(self.root, read_site(self.settings), cache)
        return self._sources
