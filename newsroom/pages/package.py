"""The newsroom package of a release: one ZIP with all that a newspaper takes from it.

Names in it are Latin: Windows takes others for those of its own old code page where a packer does not
mark them, and not every unpacker looks at the mark. Texts begin with the mark of UTF-8 and end their lines
as Windows does, for its older editors need both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath

from newsroom.build.section import Output
from newsroom.build.stored_zip import stored_size, stored_zip
from newsroom.content.attached import Picture
from newsroom.content.catalogue import Entry
from newsroom.content.figures import credit
from newsroom.content.library import Library
from newsroom.content.slugs import slug
from newsroom.content.types import PACKAGE, Release
from newsroom.pages.desk import Desk
from newsroom.pages.spoken import Quotation, quotations
from newsroom.pages.twins import text_twin
from newsroom.pages.word_document import word_document
from newsroom.settings import Site

PHOTOS = "foto"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"

ReadPicture = Callable[[Picture], bytes]
"""The published original of a picture."""


def packaged(library: Library, site: Site) -> frozenset[str]:
    """The ids of the releases that have a package on the site: of the latest."""
    if "packages" not in site.extras:
        return frozenset()
    return frozenset(entry.id for entry in library.releases[: site.packages])


def output(entry: Entry, desk: Desk) -> Output:
    """The package as a file of the site."""

    def make() -> bytes:
        release = desk.library.release(entry)
        return package(release, desk.site, partial(desk.media.original_of, release))

    shown = {"release": desk.prints.of(entry)}
    return desk.press.file(f"{entry.url}{PACKAGE}".lstrip("/"), make, shown, source=entry.file)


def size(release: Release, desk: Desk) -> int:
    """Bytes of the package, which is not put together for that."""
    photos = ((name, len(desk.media.original_of(release, picture))) for name, picture in _photos(release))
    texts = ((name, len(data)) for name, data in _texts(release, desk.site))
    return stored_size((f"{release.id}/{name}", length) for name, length in (*texts, *photos))


def package(release: Release, site: Site, read: ReadPicture) -> bytes:
    """The ZIP: the same bytes of the same release each time, dated as the release is."""
    photos = ((name, read(picture)) for name, picture in _photos(release))
    members = (*_texts(release, site), *photos)
    return stored_zip(((f"{release.id}/{name}", data) for name, data in members), release.date)


def _texts(release: Release, site: Site) -> Iterator[tuple[str, bytes]]:
    """All files but pictures, those that there is something to say in."""
    photos = _photos(release)
    yield f"{release.id}.docx", word_document(release, site, {each.url: name for name, each in photos})
    yield f"{release.id}.txt", _as_text(text_twin(release, site).decode())
    if photos:
        yield "podpisi.txt", _as_text("\n\n".join(_described(*photo) for photo in photos))
    if said := quotations(release.body):
        yield "tsitaty.txt", _as_text("\n\n".join(map(_quoted, said)))
    yield "kontakty.txt", _as_text(_contacts(release, site))


def _as_text(words: str) -> bytes:
    return _BYTE_ORDER_MARK + (words.strip() + "\n").replace("\n", "\r\n").encode()


def _photos(release: Release) -> Sequence[tuple[str, Picture]]:
    """The pictures under readable names: the lead one, those of the gallery, those in the text."""
    gallery = release.gallery.pictures if release.gallery else ()
    lead = (release.image,) if release.image else ()
    pictures = {each.url: each for each in reversed((*lead, *gallery, *release.pictures))}
    ordered = list(dict.fromkeys(each.url for each in (*lead, *gallery, *release.pictures)))
    return [(_photo_name(number, pictures[url]), pictures[url]) for number, url in enumerate(ordered, 1)]


def _photo_name(number: int, picture: Picture) -> str:
    path = PurePosixPath(picture.url)
    try:
        stem = slug(path.stem)
    except ValueError:
        stem = "snimok"
    return f"{PHOTOS}/{number:02}-{stem}{path.suffix.lower()}"


def _described(name: str, picture: Picture) -> str:
    """What is told of a picture: who may print it must name its author."""
    lines = (
        name,
        f"Подпись: {picture.caption}" if picture.caption else "",
        f"На снимке: {picture.alt}" if picture.alt else "",
        credit(picture.author),
        f"Размер: {picture.width}×{picture.height}",
    )
    return "\n".join(filter(None, lines))


def _quoted(quotation: Quotation) -> str:
    words = " ".join(f"«{piece}»" for piece in quotation.pieces)
    return f"{words}\n— {quotation.said_by}"


def _contacts(release: Release, site: Site) -> str:
    contact = release.contact
    who = (release.department.title, contact.name, contact.phone, contact.email)
    address = f"Пресс-релиз на сайте: {site.absolute(release.url)}"
    return "\n".join([*filter(None, who), "", address, f"{site.name}: {site.absolute('/')}"])
