"""What a header names, found: terms of controlled lists, pictures, files, releases."""

from __future__ import annotations

from collections.abc import Container, Iterable

from newsroom.content.attached import Gallery, Picture, Video
from newsroom.content.names import Known, T
from newsroom.content.schema import ContactHeader, GalleryHeader, PictureHeader, VideoHeader
from newsroom.content.source import Source
from newsroom.content.types import Contact
from newsroom.content.typography import typograph
from newsroom.content.vocabulary import unknown
from newsroom.problems import Problem


class References:
    """Finds what one source's header names; ``problems`` are what it did not find.

    ``unsure`` is set when a name may stand in the unreadable part of a list: then
    the source cannot be made, but the fault is told where it is, in the list.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self._own: list[Problem] = []
        self._told = len(source.folder.problems)
        self.unsure = False

    @property
    def problems(self) -> list[Problem]:
        return self._own + self.source.folder.problems[self._told :]

    def line(self, *location: str | int) -> int:
        return self.source.front_matter.line(location)

    def fault(self, line: int, message: str, remedy: str) -> None:
        self._own.append(Problem(self.source.file, line, message, remedy))

    def one(self, field: str, kind: str, id: str, known: Known[T]) -> T | None:
        """The entry ``id`` of a controlled list; ``kind`` names the list in the genitive."""
        return next(iter(self.several(field, kind, [id], known)), None)

    def several(self, field: str, kind: str, ids: Iterable[str], known: Known[T]) -> tuple[T, ...]:
        """The entries of a list, without repetition, in the order given."""
        found = []
        for index, id in enumerate(ids):
            if id in known.entries:
                found.append(known.entries[id])
            elif known.whole:
                titles = [entry.title for entry in known.entries.values()]
                self.fault(self.line(field, index), *unknown(kind, id, known.entries, titles))
            else:
                self.unsure = True
        return tuple(dict.fromkeys(found))

    def image(self, header: PictureHeader | None) -> Picture | None:
        if header is None:
            return None
        return self.source.folder.picture(
            header.src,
            self.line("image", "src"),
            alt=header.alt,
            caption=header.caption,
            author=header.author,
        )

    def gallery(self, header: GalleryHeader | None) -> Gallery | None:
        """The pictures of a gallery; a picture that is there twice is a problem, whatever its names."""
        if header is None:
            return None
        found: dict[str, Picture] = {}
        for number, each in enumerate(header.pictures):
            line = self.line("gallery", "pictures", number, "src")
            picture = self.source.folder.picture(
                each.src,
                line,
                alt=each.alt,
                caption=each.caption or header.caption,
                author=each.author or header.author,
            )
            if picture and found.setdefault(picture.digest, picture) is not picture:
                other = found[picture.digest].source.rpartition("/")[2]
                same = "" if picture.source.endswith(f"/{other}") else f": это «{other}»"
                self.fault(line, f"снимок «{each.src}» уже есть в галерее{same}", "уберите одну из строк")
        if not found:
            return None
        return Gallery(
            pictures=tuple(found.values()),
            caption=typograph(header.caption),
            author=typograph(header.author),
        )

    def video(self, header: VideoHeader | None) -> Video | None:
        if header is None:
            return None
        folder = self.source.folder
        found = {
            name: folder.attachment(file, self.line("video", name), title=header.title)
            for name in ("file", "captions")
            if (file := getattr(header, name))
        }
        line = self.line("video", "poster")
        poster = header.poster and folder.picture(header.poster, line, alt=header.alt, author=header.author)
        return Video(title=typograph(header.title), address=header.address, poster=poster or None, **found)

    def releases(self, ids: Iterable[str], known: Container[str]) -> tuple[str, ...]:
        """Ids of releases that exist, be they published yet or not."""
        ids = tuple(ids)
        for index, id in enumerate(ids):
            if id not in known:  # no suggestion: the nearest one may be under embargo, and logs are read
                self.fault(self.line("releases", index), *unknown("релиза", id, {}))
        return ids


def contact(header: ContactHeader | None) -> Contact:
    if header is None:
        return Contact()
    return Contact(name=header.name, phone=header.phone, email=header.email)
