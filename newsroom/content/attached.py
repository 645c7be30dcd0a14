"""What lies beside a text: pictures, galleries, files to take away, videos. Addresses are as in ``types``."""

from __future__ import annotations

from msgspec import Struct


class Picture(Struct, frozen=True, kw_only=True):
    """A picture beside its release, with the sizes that will be made of it.

    ``url`` is the original cleaned of metadata; ``widths`` are the widths in
    pixels of the derivatives, ascending; ``width`` and ``height`` are the
    original's, after its EXIF orientation. ``source`` is the path of its file from the
    content folder; of a page of a PDF it ends in «#» and the page's number from 0.
    """

    source: str
    digest: str
    url: str
    width: int
    height: int
    widths: tuple[int, ...]
    alt: str = ""
    caption: str = ""
    author: str = ""

    def variant(self, width: int, extension: str) -> str:
        """Address of the derivative of this width: ``extension`` is webp, avif or jpg."""
        return f"{self.stem}.{width}.{extension}"

    @property
    def stem(self) -> str:
        """What the addresses of all derivatives begin with."""
        return f"{self.url.rsplit('.', 1)[0]}.{self.digest[:8]}"

    @property
    def large(self) -> str:
        """Address of the largest derivative that every browser shows."""
        return self.variant(self.widths[-1], "jpg") if self.widths else self.url


class Gallery(Struct, frozen=True, kw_only=True):
    """Pictures beside a release, in the order of its editor.

    Each has its caption and its author; ``caption`` and ``author`` are what is told once for all.
    """

    pictures: tuple[Picture, ...]
    caption: str = ""
    author: str = ""


class Attachment(Struct, frozen=True, kw_only=True):
    """A file to download: ``size`` in bytes, ``kind`` an upper-case extension («PDF»).

    ``source`` is the path of its file from the content folder, ``digest`` tells its content.
    ``text_url`` is the page with the text of a PDF or a recording, ``text_later`` tells when there
    will be one.
    """

    source: str
    url: str
    title: str
    kind: str
    media_type: str
    size: int
    digest: str = ""
    text_url: str = ""
    text_later: str = ""


class FileText(Struct, frozen=True, kw_only=True):
    """The text of a file, as a page at ``url``; ``html`` is None where a PDF has it in itself."""

    url: str
    file: Attachment
    html: str | None = None


class Video(Struct, frozen=True, kw_only=True):
    """A video: ``address`` is its page on another site, or ``file`` lies beside the text.

    ``captions`` are its words as WebVTT; ``poster`` is what is seen before it plays.
    """

    title: str
    address: str = ""
    file: Attachment | None = None
    captions: Attachment | None = None
    poster: Picture | None = None

    @property
    def url(self) -> str:
        """Where it is seen: of another site or of this one."""
        return self.file.url if self.file else self.address
