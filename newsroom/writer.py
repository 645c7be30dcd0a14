"""Pelican's writer, writing to the stage: the site's folder changes only when all is done."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment
from pelican.writers import Writer

from newsroom.build.stage import Commit, Stage
from newsroom.pages.document import Document


class EditionWriter(Writer):
    """Collects one edition on ``stage``; ``commit`` makes it the site."""

    def __init__(self, stage: Stage, settings: dict[str, Any] | None = None) -> None:
        self.stage = stage
        self.releases: tuple[str, ...] = ()
        super().__init__(str(stage.folder), settings=settings)

    def write_document(self, document: Document, environment: Environment) -> None:
        """Render a page and put it on the stage."""
        template = environment.get_template(document.template)
        html = template.render(head=document.head, **document.context)
        self.write_bytes(document.save_as, html.encode())

    def write_bytes(self, path: str, data: bytes) -> None:
        """Put a finished file on the stage; ``path`` is relative, with «/»."""
        self.stage.put(path, data)

    def commit(self) -> Commit:
        self.stage.adopt()
        return self.stage.commit(self.releases)
