"""What is served beside the pages: pictures in all sizes, attachments, the magazine's PDF and covers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from msgspec import Struct, field

from newsroom.build.cache import ContentCache
from newsroom.build.pdf import drawn_page
from newsroom.build.pictures import (
    EXTENSIONS,
    PictureError,
    clean_original,
    derivative,
    derivative_key,
    original_key,
)
from newsroom.build.scan import DIGEST_SIZE, content_digest
from newsroom.build.section import Output
from newsroom.content.attached import Picture
from newsroom.content.types import Issue, Material
from newsroom.pages.press import Press
from newsroom.problems import NewsroomError, Problem


class Media(Struct, frozen=True):
    """Bytes of the pictures and files that lie in the content folder ``root``."""

    root: Path
    cache: ContentCache
    _sizes: dict[str, int] = field(default_factory=dict)

    def outputs(self, material: Material, press: Press) -> Iterator[Output]:
        """Every picture and file beside a page; making one raises NewsroomError if it is broken."""
        for picture in material.pictures:
            make = partial(self.original_of, material, picture)
            yield press.file(_path(picture.url), make, {"picture": picture.digest}, source=material.source)
            yield from self._derivatives(material, picture, press)
        for file in material.files:
            make = partial(_bytes, self.root / file.source)
            yield press.file(_path(file.url), make, {"file": file.digest}, source=material.source)

    def leaves(self, issue: Issue, press: Press) -> Iterator[Output]:
        """The pictures of a number's pages."""
        for leaf in issue.leaves:
            yield from self._derivatives(issue, leaf.picture, press)

    def size(self, picture: Picture) -> int:
        """Bytes of a picture's published original."""
        if picture.digest not in self._sizes:
            self._sizes[picture.digest] = len(self.original(picture))
        return self._sizes[picture.digest]

    def _derivatives(self, material: Material, picture: Picture, press: Press) -> Iterator[Output]:
        for width in picture.widths:
            for extension in EXTENSIONS:
                drawn = partial(self._derivative, picture, width, extension)
                yield press.file(
                    _path(picture.variant(width, extension)),
                    partial(self._told, material, picture, drawn),
                    {"picture": picture.digest},
                    source=material.source,
                )

    def original_of(self, material: Material, picture: Picture) -> bytes:
        """What stands at the picture's address; raises NewsroomError if it is broken."""
        return self._told(material, picture, partial(self.original, picture))

    def _told(self, material: Material, picture: Picture, make: partial[bytes]) -> bytes:
        try:
            return make()
        except PictureError as error:
            message = f"картинка «{Path(picture.source).name}»: {error}"
            remedy = "сохраните её заново как JPEG или PNG"
            raise NewsroomError([Problem(material.source, 0, message, remedy)]) from None

    def original(self, picture: Picture) -> bytes:
        """A picture's published original: cleaned of metadata."""
        make = partial(self._made_of, picture, clean_original)
        return self.cache.get(original_key(picture.digest), Path(picture.source).suffix, make)

    def _derivative(self, picture: Picture, width: int, extension: str) -> bytes:
        key = derivative_key(picture.digest, width, extension)
        make = partial(self._made_of, picture, partial(derivative, width=width, extension=extension))
        return self.cache.get(key, f".{extension}", make)

    def _made_of(self, picture: Picture, make: Callable[[Path], bytes]) -> bytes:
        """What ``make`` makes of a picture's file; NewsroomError unless it is still the one that was read.

        Else it would be kept for ever under the digest of another picture.
        """
        file = self._file(picture)
        data = make(file)
        if content_digest(file) != bytes.fromhex(picture.digest)[:DIGEST_SIZE]:
            message = "картинка изменилась, пока собирался сайт"
            raise NewsroomError([Problem(picture.source, 0, message, "соберите его снова")])
        return data

    def _file(self, picture: Picture) -> Path:
        """The file a picture is made of: one of the content folder, or a page drawn from a PDF there."""
        name, _, page = picture.source.partition("#")
        if not page:
            return self.root / name
        drawn = drawn_page(self.root / name, int(page), self.cache)
        if drawn is None:
            raise PictureError(f"некуда записать кэш: {self.cache.folder}")
        return drawn


def _bytes(path: Path) -> bytes:
    return path.read_bytes()


def _path(url: str) -> str:
    return url.lstrip("/")
