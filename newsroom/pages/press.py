"""The press: makes outputs and sections, and says what their fingerprints are made of.

Every output depends on the program and its settings (``program``). A page depends on its
template with all that it includes (``template``). Everything else is named by who makes
the output: the values, or the fingerprints of the records, that its document is
composed of, and no others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from jinja2 import Environment
from msgspec import Struct

from newsroom.build.fingerprint import fingerprint
from newsroom.build.section import Output, Section
from newsroom.pages.document import Document, File
from newsroom.settings import Site

Outputs = Callable[[], Iterable[Output]]
Inputs = Mapping[str, object]
"""Values by the names under which ``pages.why`` tells of them."""


class Press(Struct, frozen=True, kw_only=True):
    """``program`` stands for the program, the settings and the lists on every page;
    ``templates`` are the digests of the theme's page templates by name; ``shows`` tells whether
    a template may show what has a name: what it does not is not worked out for its pages."""

    environment: Environment
    site: Site
    program: bytes
    templates: Mapping[str, str]
    shows: Callable[[str, str], bool] = lambda _template, _name: True

    def page(
        self, path: str, template: str, compose: Callable[[], Document], inputs: Inputs, *, source: str = ""
    ) -> Output:
        """The page that ``template`` makes of the document that ``compose`` gives."""
        shared = ("program", self.program), ("template", fingerprint(self.templates[template]))
        return Output(
            path=path,
            inputs=(*shared, *_prints(inputs)),
            make=lambda: self.render(compose()),
            source=source,
        )

    def file(self, path: str, make: Callable[[], bytes], inputs: Inputs, *, source: str = "") -> Output:
        """A file that is no page."""
        return Output(
            path=path, inputs=(("program", self.program), *_prints(inputs)), make=make, source=source
        )

    def section(
        self,
        key: str,
        outputs: Outputs,
        *inputs: object,
        templates: Iterable[str] = (),
        releases: Callable[[], tuple[str, ...]] = tuple,
        weight: int = 1,
        instead: str = "",
    ) -> Section:
        """A section: ``inputs`` must tell apart whatever the inputs of its outputs do."""
        shared = self.program, *(self.templates[name] for name in templates)
        return Section(
            key=key,
            fingerprint=fingerprint(*shared, *inputs),
            outputs=outputs,
            releases=releases,
            weight=weight,
            instead=instead,
        )

    def given(self, key: str, files: Sequence[File]) -> Section:
        """A section of files whose bytes are there already."""

        def outputs() -> Iterator[Output]:
            for file in files:
                yield self.file(file.path, partial(getattr, file, "data"), {"content": file.data})

        return self.section(key, outputs, [(file.path, file.data) for file in files], weight=len(files))

    def render(self, document: Document) -> bytes:
        """The bytes of a page."""
        template = self.environment.get_template(document.template)
        return template.render(head=document.head, **document.context).encode()


def _prints(inputs: Inputs) -> Iterator[tuple[str, bytes]]:
    return ((name, fingerprint(value)) for name, value in inputs.items())
