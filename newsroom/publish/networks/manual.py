"""A network where a human posts what is worded here: one that lets no programs in, or none of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks.markup import PlainLetters
from newsroom.publish.networks.network import Access, Announcement, Limits, Remote, UnableError


class Manual(PlainLetters):
    """Any such network; ``limits.text`` is what the shortest of them shows whole."""

    name: NetworkName = "manual"
    title = "вручную"
    limits = Limits(text=4000, caption=4000, images=10, image_bytes=10_000_000, image_side=4096)
    secrets: Mapping[str, str] = {}
    repeats_are_harmless = False
    edits_in_place = False

    @contextmanager
    def open(self, access: Access) -> Iterator[ManualLine]:
        yield ManualLine(access)


class ManualLine:
    """A channel that a human keeps."""

    def __init__(self, access: Access) -> None:
        self._title = access.title

    def check(self) -> Iterator[str]:
        yield from ()

    def parts(self) -> tuple[str, ...]:
        return ("",)

    def post(self, announcement: Announcement) -> Remote:
        raise self._unable(announcement, "разместите готовый текст сами")

    def edit(self, announcement: Announcement, remote: Remote) -> Remote:
        del remote
        raise self._unable(announcement, "поправьте пост сами")

    def withdraw(self, announcement: Announcement, remote: Remote) -> None:
        del remote
        raise self._unable(announcement, "удалите пост сами")

    def find(self, announcement: Announcement, since: datetime) -> Remote | None:
        del since
        raise self._unable(announcement, "посмотрите сами, есть ли пост")

    def _unable(self, announcement: Announcement, what: str) -> UnableError:
        return UnableError(f"{announcement.release}, «{self._title}»: {what}")
