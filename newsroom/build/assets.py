"""The theme's static files under names that carry a digest, so that caches may keep them for ever."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from msgspec import Struct

_IMPORT = re.compile(r"@import\s+(?:url\()?[\"']([^\"']+)[\"']\)?\s*(layer\([^)]*\))?\s*([^;]*);")
_URL = re.compile(r"url\(\s*[\"']?(?!data:|#)([^\"')]+)[\"']?\s*\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLANK = re.compile(r"\n\s*")
_LINE_END = re.compile(r"([{};,])\n")
_COLON = re.compile(r"([;{])([a-z-]+): ")
_REMARK = re.compile(rb"^[ \t]*//.*\n", re.MULTILINE)
"""A line of a script that is all comment: a third of what a small script weighs on its way."""


class Asset(Struct, frozen=True):
    """A static file: its address («/theme/main.3fa9c1d2.css») and its bytes."""

    url: str
    data: bytes


class Assets:
    """All static files of a theme by name.

    A style sheet in ``css/`` is known by its name alone («main.css»), anything
    else by its path («fonts/text.woff2»), scripts in ``js/`` by name too. Sheets
    are put together: what they import stands in them, ``url()`` is rewritten.
    Neither sheets nor scripts carry our comments to readers.
    """

    def __init__(self, folder: Path, prefix: str = "/theme/", base: str = "") -> None:
        self.folder, self.prefix, self.base = folder, prefix, base
        self._by_name: dict[str, Asset] = {}
        for path in self._plain_files():
            data = path.read_bytes()
            self._add(self._name(path), _REMARK.sub(b"", data) if path.suffix == ".js" else data)
        for path in self._whole_sheets():
            self._add(path.name, self._sheet(path).encode())

    def url(self, name: str) -> str:
        """Address from the root; raises KeyError for a name the theme does not have."""
        return self._by_name[name].url

    def __iter__(self) -> Iterator[Asset]:
        return iter(self._by_name.values())

    @property
    def addresses(self) -> Mapping[str, str]:
        return {name: asset.url for name, asset in self._by_name.items()}

    def _plain_files(self) -> Iterator[Path]:
        for path in sorted(self.folder.rglob("*")):
            if path.is_file() and path.suffix != ".css" and not path.name.startswith("."):
                yield path

    def _whole_sheets(self) -> Iterator[Path]:
        """The sheets of ``css/`` that no other one imports: those a page asks for."""
        sheets = sorted(self.folder.glob("css/*.css"))
        imported = {name for path in sheets for name, _, _ in _IMPORT.findall(path.read_text("utf-8"))}
        return (path for path in sheets if path.name not in imported)

    def _name(self, path: Path) -> str:
        name = path.relative_to(self.folder).as_posix()
        return name.removeprefix("js/")

    def _add(self, name: str, data: bytes) -> None:
        path = PurePosixPath(name)
        digest = hashlib.sha256(data).hexdigest()[:8]
        url = f"{self.prefix}{path.with_suffix('')}.{digest}{path.suffix}"
        self._by_name[name] = Asset(url, data)

    def _sheet(self, path: Path) -> str:
        """A style sheet with its imports in place, without comments and what only people need to read it."""
        text = _COMMENT.sub("", path.read_text("utf-8"))
        text = _URL.sub(lambda match: self._address(path, match[1]), text)
        text = _IMPORT.sub(lambda match: self._imported(path, match), text)
        return _close(_BLANK.sub("\n", text).strip()) + "\n"

    def _imported(self, sheet: Path, match: re.Match[str]) -> str:
        text = self._sheet(sheet.parent / match[1])
        layer, media = match[2], match[3].strip()
        if layer:
            text = f"@layer {layer[6:-1]} {{\n{text}}}\n"
        return f"@media {media} {{\n{text}}}\n" if media else text

    def _address(self, sheet: Path, url: str) -> str:
        target = (sheet.parent / url.partition("#")[0]).resolve()
        name = self._name_of(target)
        return f"url({self.base}{self._by_name[name].url})" if name in self._by_name else f"url({url})"

    def _name_of(self, path: Path) -> str:
        folder = self.folder.resolve()
        return self._name(folder / path.relative_to(folder)) if path.is_relative_to(folder) else ""


def _close(text: str) -> str:
    """Rules one after another: of three sheets that saves a reader a quarter of a kilobyte, packed."""
    text = _LINE_END.sub(r"\1", text).replace(" {", "{").replace(";}", "}")
    return _COLON.sub(r"\1\2:", text)
