"""Where the addresses that files name lead to: every one of this site must lead to a file of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from newsroom.problems import Problem
from newsroom.publish.page_links import Reference, anchors


@dataclass(frozen=True)
class Place:
    """Where the site is served and which files it has."""

    url: str
    paths: frozenset[str]

    @cached_property
    def base(self) -> str:
        return urlsplit(self.url).path.rstrip("/")

    @cached_property
    def host(self) -> str:
        return _in_ascii(urlsplit(self.url).netloc)

    def is_of(self, host: str) -> bool:
        """Whether it is the site's own: pages name «город.рф», feeds «xn--c1ac3aaj.xn--p1ai»."""
        return _in_ascii(host) == self.host

    def has(self, address: str) -> bool:
        """Whether an address plainly names a file of the site, as most do; False tells nothing."""
        path = address.removeprefix(self.url.removesuffix(self.base))
        plain = path.startswith("/") and "#" not in path and "?" not in path
        return plain and self.file_of(unquote(path)) != ""

    def file_of(self, path: str) -> str:
        """The file a server sends for a path of the site; "" when there is none."""
        if path != self.base and not path.startswith(self.base + "/"):
            return ""
        file = path[len(self.base) + 1 :]
        if not file or file.endswith("/"):
            file += "index.html"
        return file if file in self.paths else ""


@dataclass
class Links:
    """The links of a site in ``folder``; anchors are looked up in the end, when most pages were read."""

    folder: Path
    place: Place
    _ids: dict[str, frozenset[str]] = field(default_factory=dict)
    _anchors: list[tuple[str, int, str, str]] = field(default_factory=list)
    _sound: set[tuple[str, bool]] = field(default_factory=set)

    def learn(self, path: str, tree: Any) -> None:
        """Remember the places within a page, an lxml tree of HTML."""
        self._ids[path] = anchors(tree)

    def problems_of(self, path: str, reference: Reference) -> Iterator[Problem]:
        """What is wrong with an address that the file at ``path`` names."""
        # Every page names the same menu, so what is sound on one page is looked up once for all.
        known = reference.address, reference.requested
        if known in self._sound:
            return
        problem = None if self.place.has(reference.address) else self._problem(path, reference)
        if problem:
            yield problem
        elif reference.address.startswith(("/", "http")) and "#" not in reference.address:
            self._sound.add(known)

    def problems_of_data(self, path: str, line: int, address: str) -> Iterator[Problem]:
        """The same of an address in data, where a fragment names a thing and no place of a page."""
        yield from self.problems_of(path, Reference(line, address.partition("#")[0], requested=False))

    def _problem(self, path: str, reference: Reference) -> Problem | None:
        page = f"{self.place.url}/{path.removesuffix('index.html')}"
        try:
            target = urlsplit(urljoin(page, reference.address))
        except ValueError:
            message = f"адрес «{reference.address}» не читается"
            return Problem(path, reference.line, message, "исправьте адрес")
        if target.scheme not in {"http", "https"}:
            return None
        if not self.place.is_of(target.netloc):
            message = f"страница запрашивает чужой узел: «{reference.address}»"
            remedy = "положите файл на свой сайт"
            return Problem(path, reference.line, message, remedy) if reference.requested else None
        file = self.place.file_of(unquote(target.path))
        if not file:
            message = f"ссылка в никуда: «{reference.address}»"
            return Problem(path, reference.line, message, self._remedy(unquote(target.path)))
        if target.fragment and file.endswith(".html"):
            self._anchors.append((path, reference.line, file, unquote(target.fragment)))
        return None

    def anchor_problems(self) -> Iterator[Problem]:
        """Places of pages that links name and that are not there."""
        for path, line, file, anchor in self._anchors:
            # «#top» is the top of any page (HTML, 7.4.6.4); «:~:» begins a text fragment.
            if anchor == "top" or anchor.startswith(":~:") or anchor in self._places(file):
                continue
            message = f"на странице {file} нет места «#{anchor}»"
            yield Problem(path, line, message, "исправьте ссылку на место страницы")

    def _places(self, file: str) -> frozenset[str]:
        if file not in self._ids:
            from lxml import etree

            try:
                self.learn(file, parsed((self.folder / file).read_bytes()))
            except (OSError, etree.ParserError):
                self._ids[file] = frozenset()
        return self._ids[file]

    def _remedy(self, path: str) -> str:
        if self.place.file_of(path + "/"):
            return "добавьте в конце адреса косую черту"
        return "исправьте адрес или уберите ссылку"


def _in_ascii(host: str) -> str:
    """A host as DNS knows it (RFC 5890)."""
    try:
        return host.lower() if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return host


def parsed(data: bytes) -> Any:
    """The lxml tree of a page. Raises lxml.etree.ParserError for an empty one."""
    from lxml import html

    return html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
