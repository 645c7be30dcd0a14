"""What rules need to know beside a text: the city's lists, the sizes of pictures."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from msgspec import Struct

from newsroom.build.pictures import PictureError, measure

LISTS = "check"
"""The folder of the lists in the content folder; what lies there is read by rules only."""


class Size(Struct, frozen=True):
    """A picture: pixels as it is shown, and bytes of its file."""

    width: int
    height: int
    bytes: int


class Lists:
    """The city's lists for rules, each read when the first rule asks for it; a list may be missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of ``words.txt`` in lower case, one a line; what follows a blank, «/», «=» or «#» is not read."""
        try:
            lines = (self.folder / "words.txt").read_text("utf-8-sig", "replace").splitlines()
        except OSError:
            return frozenset()
        bare = (line.replace("/", " ").replace("=", " ").partition("#")[0].split() for line in lines)
        return frozenset(words[0].lower() for words in bare if words)


class Circumstances:
    """Made once for a run; ``root`` is the content folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.lists = Lists(root / LISTS)

    def size(self, path: str) -> Size | None:
        """The size of the picture of that path from the content folder; None where it cannot be measured."""
        try:
            measured = measure(self.root / path)
            return Size(measured.width, measured.height, (self.root / path).stat().st_size)
        except (OSError, ValueError, PictureError):
            return None
