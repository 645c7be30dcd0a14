"""«Набор для соцсетей»: local pages with the ready words and pictures, for those who post by hand."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from newsroom.content import dates
from newsroom.publish.networks.network import Image

_OWN = Path(__file__).parent
_PAGES, _PICTURES, _LOOK = "kit-pages", "kit-pictures", "kit-look"
_OF_THE_THEME = (
    "css/tokens.css",
    "css/faces.css",
    "fonts/literata-400.woff2",
    "fonts/sofia-sans-condensed-600.woff2",
    "fonts/sofia-sans-condensed-800.woff2",
)


class KitField(Struct, frozen=True, kw_only=True):
    """A part of a post that a network has a place of its own for: «Ссылка»."""

    name: str
    value: str


class KitChannel(Struct, frozen=True, kw_only=True):
    """What one channel gets, or has got, of a release.

    ``length`` and ``limit`` are in what the network counts, no ``limit`` is 0. ``state`` tells in Russian
    how it stands; of a channel that ``lacks`` its post ``reason`` tells why, and ``since`` from when.
    ``url`` is the address of the post.
    """

    id: str
    title: str
    network: str
    text: str
    length: int
    limit: int
    state: str
    lacks: bool
    reason: str = ""
    since: datetime | None = None
    url: str = ""
    fields: tuple[KitField, ...] = ()
    images: tuple[Image, ...] = ()


class KitRelease(Struct, frozen=True, kw_only=True):
    """A release with all channels that want it; ``url`` is its full address."""

    id: str
    title: str
    url: str
    date: datetime
    channels: tuple[KitChannel, ...]

    @property
    def lacking(self) -> tuple[KitChannel, ...]:
        """The channels without their post."""
        return tuple(channel for channel in self.channels if channel.lacks)


def write_kit(releases: Iterable[KitRelease], folder: Path, theme: Path, made: datetime) -> Path:
    """Write a page for each release and the board of what is not posted yet; gives the board.

    ``theme`` is the folder whose ``static/`` has the look; ``made`` is the hour of what is told. What an
    earlier kit left in ``folder`` goes, nothing else there is touched. Everything is opened from the disk
    and asks no network.
    """
    newest_first = sorted(releases, key=lambda release: (release.date, release.id), reverse=True)
    for name in (_PAGES, _PICTURES, _LOOK):
        shutil.rmtree(folder / name, ignore_errors=True)
    _write_look(folder / _LOOK, theme / "static")
    pages = _templates()
    for release in newest_first:
        pictures = {channel.id: _write_pictures(channel.images, folder) for channel in release.channels}
        page = pages.get_template("release.html").render(release=release, pictures=pictures, root="../")
        _write(folder / _PAGES / f"{release.id}.html", page.encode())
    board = folder / "index.html"
    _write(board, _board(pages, newest_first, made).encode())
    return board


def recording_command(release: KitRelease, channel: KitChannel) -> str:
    """What tells the program of a post made by hand."""
    return f"inv announce resolve {release.id} {channel.id} --verdict posted --url АДРЕС"


def _board(pages: Any, releases: Sequence[KitRelease], made: datetime) -> str:
    waiting = [release for release in releases if release.lacking]
    posted = [release for release in releases if not release.lacking]
    board = pages.get_template("board.html")
    return str(board.render(waiting=waiting, posted=posted, made=made, root=""))


def _templates() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    pages = Environment(
        loader=FileSystemLoader(_OWN / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["daytime"] = dates.daytime
    pages.globals.update(command=recording_command, look=_LOOK, pages=_PAGES)
    return pages


def _write_look(look: Path, static: Path) -> None:
    for name in _OF_THE_THEME:
        _write(look / name, (static / name).read_bytes())
    for own in sorted((_OWN / "look").iterdir()):
        _write(look / own.name, own.read_bytes())


def _write_pictures(images: Iterable[Image], folder: Path) -> list[tuple[str, Image]]:
    """Each picture with its path from the folder; the same one for several channels lies there once."""
    written = []
    for image in images:
        name = f"{_PICTURES}/{hashlib.sha256(image.data).hexdigest()[:16]}.jpg"
        _write(folder / name, image.data)
        written.append((name, image))
    return written


def _write(file: Path, data: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
