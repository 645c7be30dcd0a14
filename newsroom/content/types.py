"""The things a newsroom publishes, as templates and feeds see them.

All texts are ready to be shown: typography is done, HTML is safe.
All addresses are paths from the root of the site («/news/2024/05/den-pobedy/»);
the base path and the host are added when a page is rendered.
All moments are aware and stand in the newsroom's time zone.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from msgspec import Struct

from newsroom.content.announcing import Announcing, Social
from newsroom.content.attached import Attachment, FileText, Gallery, Picture, Video

ReleaseStatus = Literal["draft", "published", "withdrawn"]
BroadcastState = Literal["announced", "live", "recorded"]
ChannelStatus = Literal["active", "archive", "closed"]
PACKAGE = "newsroom-package.zip"
"""The name of a newsroom package on the site."""
Unseen = Literal["", "draft", "embargo"]
"""Why readers do not see a release yet: only a preview shows such ones."""


class Named(Struct, frozen=True, kw_only=True):
    """What a release shows of a tag, a department or an event, and all it can."""

    id: str
    title: str
    url: str


class Term(Named, frozen=True, kw_only=True):
    """An entry of a controlled list: a rubric or a tag; ``aliases`` are its former addresses.

    ``hashtag`` is its word in networks, without the «#».
    """

    description: str = ""
    aliases: tuple[str, ...] = ()
    hashtag: str = ""


class Rubric(Term, frozen=True, kw_only=True):
    """The one section a release belongs to."""


NO_RUBRIC = Rubric(id="", title="", url="")
NOBODY = Named(id="", title="", url="")
"""What a withdrawn release names instead of its rubric and its department."""


class Tag(Term, frozen=True, kw_only=True):
    """One of the keywords of a release."""


class Contact(Struct, frozen=True, kw_only=True):
    """Whom a journalist calls; empty strings where nothing is known."""

    name: str = ""
    phone: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.phone or self.email)


class Change(Struct, frozen=True, kw_only=True):
    """A correction made after publication.

    ``key`` names it among those of its release for ever («2024-05-10-0930»); ``difference`` tells
    whether what it changed can be seen on the page of differences.
    """

    date: datetime
    note: str
    key: str = ""
    difference: bool = False


class Version(Struct, frozen=True, array_like=True):
    """Words of a release that its readers saw, as plain text.

    ``corrections`` are the numbers, among those of the release, of those that first stood in it.
    """

    title: str
    summary: str
    text: str
    corrections: tuple[int, ...] = ()


class Figure(Struct, frozen=True, kw_only=True):
    """A number that is the news: «713 206», «просмотров за год»."""

    value: str
    label: str


class Link(Struct, frozen=True, kw_only=True):
    """A link to this site: where it is written, its root address, and its fragment («gde»)."""

    file: str
    line: int
    target: str
    fragment: str = ""


class Material(Struct, frozen=True, kw_only=True):
    """What everything made from a content file has.

    ``source`` is the file's path from the content folder; ``pictures`` and
    ``files`` are all that is served beside the page, ``texts`` those of files that not everybody
    can read or hear; ``aliases`` its former addresses.
    """

    id: str
    title: str
    url: str
    source: str = ""
    summary: str = ""
    body: str = ""
    aliases: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    files: tuple[Attachment, ...] = ()
    texts: tuple[FileText, ...] = ()

    @property
    def told_files(self) -> tuple[Attachment, ...]:
        """The files that have a text, or will: they are listed, so that it can be found."""
        return tuple(file for file in self.files if file.text_url or file.text_later)


def named(thing: Term | Material) -> Named:
    """What a release shows of ``thing``."""
    return Named(id=thing.id, title=thing.title, url=thing.url)


class Department(Material, frozen=True, kw_only=True):
    """Who issues releases."""

    contact: Contact = Contact()


class EventDate(Struct, frozen=True, kw_only=True):
    """When the event was or will be in one year; ``end`` is the last day."""

    start: date
    end: date

    @property
    def year(self) -> int:
        return self.start.year


class Event(Material, frozen=True, kw_only=True):
    """A city event that comes back year after year."""

    place: str = ""
    dates: tuple[EventDate, ...] = ()
    image: Picture | None = None
    conventional_date: bool = False


class Card(Struct, frozen=True, kw_only=True):
    """What other pages show of a release, and all they can: a list knows no more of its items."""

    id: str
    title: str
    url: str
    date: datetime
    rubric: Rubric
    summary: str = ""
    image: Picture | None = None
    figure: Figure | None = None
    featured: bool = False
    conventional_date: bool = False
    unseen: Unseen = ""


class Release(Material, frozen=True, kw_only=True):
    """One press release; ``words`` is how many its text has, ``remarks`` what an unfinished one lacks."""

    date: datetime
    updated: datetime
    rubric: Rubric
    department: Named
    tags: tuple[Named, ...] = ()
    markdown: str = ""
    text: str = ""
    image: Picture | None = None
    gallery: Gallery | None = None
    figure: Figure | None = None
    video: Video | None = None
    events: tuple[Named, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    contact: Contact = Contact()
    status: ReleaseStatus = "published"
    withdrawal_reason: str = ""
    changes: tuple[Change, ...] = ()
    featured: bool = False
    conventional_date: bool = False
    words: int = 0
    transcript: str = ""
    text_later: str = ""
    revision: int = 1
    social: tuple[Social, ...] = ()
    unseen: Unseen = ""
    remarks: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[Attachment, ...]:
        """The attachments, and files named in the text alone that have a text of their own."""
        shown = {file.url for file in self.attachments} | {self.video.url if self.video else ""}
        return (*self.attachments, *(file for file in self.told_files if file.url not in shown))

    @property
    def card(self) -> Card:
        """What other pages show of it."""
        return Card(
            id=self.id,
            title=self.title,
            url=self.url,
            date=self.date,
            rubric=self.rubric,
            summary=self.summary,
            image=self.image,
            figure=self.figure,
            featured=self.featured,
            conventional_date=self.conventional_date,
            unseen=self.unseen,
        )

    @property
    def mark(self) -> str:
        """What its page says of itself: a server is seen by it to have this revision with these words."""
        words = "\0".join((self.status, self.title, self.summary, self.text)).encode()
        return f"{self.revision}-{sha256(words).hexdigest()[:16]}"

    @property
    def card_url(self) -> str:
        """The drawn 1200×630 card for previews in social networks."""
        return f"{self.url}card.png"

    @property
    def differences_url(self) -> str:
        """Where it is told what its corrections changed."""
        return f"{self.url}changes/"

    @property
    def package_url(self) -> str:
        """The newsroom package of one of the latest releases; others have none."""
        return f"{self.url}{PACKAGE}"

    @property
    def text_url(self) -> str:
        return f"{self.url}index.txt"

    @property
    def markdown_url(self) -> str:
        return f"{self.url}index.md"


class Broadcast(Material, frozen=True, kw_only=True):
    """A live broadcast: announced, on the air, or recorded."""

    start: datetime
    state: BroadcastState
    series: str = ""
    duration_minutes: int = 0
    video: str = ""
    transcript: str = ""
    text_later: str = ""
    image: Picture | None = None
    releases: tuple[str, ...] = ()
    conventional_date: bool = False

    @property
    def recording(self) -> Video | None:
        """Its video, seen before it plays as the picture of the broadcast."""
        return Video(title=self.title, address=self.video, poster=self.image) if self.video else None


class Leaf(Struct, frozen=True, kw_only=True):
    """One page of a magazine number, to leaf through: picture and text twin."""

    number: int
    url: str
    picture: Picture
    text: str


class ContentsLine(Struct, frozen=True, kw_only=True):
    """A line of a magazine's table of contents."""

    title: str
    page: int


class Issue(Material, frozen=True, kw_only=True):
    """A number of the magazine, with its imprint."""

    number: str
    date: date
    pdf: Attachment
    cover: Picture
    leaves: tuple[Leaf, ...]
    contents: tuple[ContentsLine, ...] = ()
    print_run: int = 0
    founder: str = ""
    editor: str = ""
    age: str = ""
    releases: tuple[str, ...] = ()
    conventional_date: bool = False
    demonstration: bool = False

    @property
    def pages(self) -> int:
        return len(self.leaves)


class Channel(Material, frozen=True, kw_only=True):
    """An official page in a network; ``address`` is empty where the source names none."""

    network: str
    owner: str
    status: ChannelStatus
    address: str = ""
    unlisted: bool = False
    announce: Announcing | None = None
    opened: date | None = None
    of_department: bool = False
    conventional_date: bool = False


class Page(Material, frozen=True, kw_only=True):
    """A standing page: «О пресс-службе», «СМИ» …"""
