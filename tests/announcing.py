"""What tests of announcing share: a network in memory, a ledger on a real remote, a clock to be turned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from newsroom.content.announcing import Announcing, NetworkName
from newsroom.content.types import Channel, Named, Release, Rubric
from newsroom.publish.announce.newsdesk import Newsdesk, Purpose, Run
from newsroom.publish.announce.sending import Office
from newsroom.publish.ledger.book import Book
from newsroom.publish.ledger.record import key_of
from newsroom.publish.networks.network import (
    Access,
    Announcement,
    Limits,
    Remote,
    SendingError,
    UnableError,
    Wording,
)
from newsroom.publish.networks.secrets import Secrets
from tests.deploying import git

NOON = datetime(2024, 5, 9, 12, tzinfo=UTC)
RUBRIC = Rubric(id="sport", title="Спорт", url="/rubrics/sport/")
DEPARTMENT = Named(id="press", title="Пресс-служба", url="/departments/press/")


@dataclass
class Clock:
    """A clock that goes only when somebody sleeps or turns it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def turn(self, **parts: float) -> None:
        self.now += timedelta(**parts)


@dataclass
class MemoryNetwork:
    """A network whose wall is a dictionary, and which answers as it is told to: an error, or None.

    Of an error the post may be on the wall already (``lands``), as where a reply was lost.
    """

    name: NetworkName = "max"
    title: str = "Сеть"
    limits: Limits = field(default_factory=lambda: Limits(text=4000, caption=4000, pause=1))
    secrets: Mapping[str, str] = field(default_factory=dict)
    repeats_are_harmless: bool = False
    edits_in_place: bool = True
    finds: bool = True
    receivers: tuple[str, ...] = ("",)
    wall: dict[str, str] = field(default_factory=dict)
    answers: list[SendingError | None] = field(default_factory=list)
    lands: bool = False
    asked: list[str] = field(default_factory=list)
    made: int = 0

    def length(self, wording: Wording, *, images: bool) -> int:
        del images
        return len(self.render(wording))

    def render(self, wording: Wording) -> str:
        return "\n\n".join([wording.title, *wording.paragraphs, wording.link])

    @contextmanager
    def open(self, access: Access) -> Iterator[MemoryLine]:
        yield MemoryLine(self, access)


@dataclass
class MemoryLine:
    network: MemoryNetwork
    access: Access

    def check(self) -> Iterator[str]:
        yield from ()

    def parts(self) -> tuple[str, ...]:
        return self.network.receivers

    def post(self, announcement: Announcement) -> Remote:
        return self._do("post", lambda: self._put(announcement))

    def edit(self, announcement: Announcement, remote: Remote) -> Remote:
        def change() -> Remote:
            if not self.network.edits_in_place:
                return self._put(announcement)
            self.network.wall[remote.ids[0]] = announcement.text
            return remote

        return self._do("edit", change)

    def withdraw(self, announcement: Announcement, remote: Remote) -> None:
        def remove() -> Remote:
            self.network.wall.pop(remote.ids[0], None)
            return remote

        del announcement
        self._do("withdraw", remove)

    def find(self, announcement: Announcement, since: datetime) -> Remote | None:
        del since
        self.network.asked.append("find")
        if not self.network.finds:
            raise UnableError("смотреть нельзя")
        found = [id for id, text in self.network.wall.items() if announcement.address in text]
        return Remote(ids=(found[0],)) if found else None

    def _put(self, announcement: Announcement) -> Remote:
        self.network.made += 1
        id = str(self.network.made)
        self.network.wall[id] = f"{announcement.part}{announcement.text}"
        return Remote(ids=(id,), url=f"https://network.example/{id}")

    def _do(self, what: str, act: Callable[[], Remote]) -> Remote:
        self.network.asked.append(what)
        error = self.network.answers.pop(0) if self.network.answers else None
        if error is None:
            return act()
        if self.network.lands:
            act()
        raise error


def release(id: str = "2024-05-09-katok", **fields: object) -> Release:
    """A release of that day, an hour before noon."""
    made = Release(
        id=id,
        title="Открыт каток",
        url=f"/news/{id[:4]}/{id[5:7]}/{id[11:]}/",
        summary="Лёд готов.",
        date=datetime.fromisoformat(f"{id[:10]}T11:00+00:00"),
        updated=NOON,
        rubric=RUBRIC,
        department=DEPARTMENT,
    )
    return replace(made, **fields)


def channel(id: str = "max-city", *, status: str = "active", **told: object) -> Channel:
    announcing = replace(Announcing(by="max", to="1"), **told)
    return Channel(
        id=id,
        title=f"Канал {id}",
        url=f"/channels/#{id}",
        network="Сеть",
        owner="Город",
        status=status,  # type: ignore[arg-type]
        announce=announcing,
    )


def worded(release: Release, channel: Channel, purpose: Purpose) -> Announcement:
    """The title, the lead and the address, with what it is for."""
    address = f"https://news.example{release.url}"
    words = Wording(title=release.title, paragraphs=(release.summary, purpose), link=address)
    return Announcement(
        release=release.id,
        channel=channel.id,
        revision=release.revision,
        key=key_of(release.id, channel.id),
        address=address,
        wording=words,
        text="\n".join([words.title, *words.paragraphs[:1], words.link]),
        purpose=purpose,
    )


def office(
    book: Book,
    networks: Mapping[str, MemoryNetwork],
    *releases: Release,
    channels: tuple[Channel, ...] = (channel(),),
    clock: Clock,
    stopped: frozenset[str] = frozenset(),
    served: Callable[[Release], str] = lambda _: "",
) -> Office:
    """An office whose channels are the ``networks`` of their names."""

    def access(channel: Channel) -> Access:
        assert channel.announce
        return Access(
            channel=channel.id,
            title=channel.title,
            announcing=channel.announce,
            secret=lambda _: "",
            site="https://news.example",
            now=clock,
        )

    return Office(
        desk=Newsdesk(
            channels=channels, releases={release.id: release for release in releases}, stopped=stopped
        ),
        book=book,
        network=lambda name: networks[name],
        access=access,
        worded=worded,
        served=served,
        secrets=Secrets({}),
        run=Run(name="run", now=clock, sleep=clock.sleep),
    )


def remote_and_project(folder: Path) -> tuple[Path, Path]:
    """A bare repository, and a project that knows it as «origin»."""
    bare, project = folder / "remote.git", folder / "project"
    git(folder, "init", "--quiet", "--bare", str(bare))
    git(folder, "init", "--quiet", str(project))
    git(project, "remote", "add", "origin", str(bare))
    return bare, project
