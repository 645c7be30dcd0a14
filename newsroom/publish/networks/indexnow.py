"""IndexNow: search engines are told that a page is new, changed or gone. Telling them again is harmless.

Documentation: yandex.ru/support/webmaster, «IndexNow»; indexnow.org/documentation. The key stands in the
channel, and at the root of the site in a file of its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from urllib.parse import urlsplit

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks import markup
from newsroom.publish.networks.http import Connection, Reply, connection
from newsroom.publish.networks.markup import PlainLetters
from newsroom.publish.networks.network import (
    Access,
    Announcement,
    Limits,
    RefusedError,
    Remote,
    SendingError,
    UnableError,
)

_REFUSALS = {
    403: "ключ не подошёл: проверьте, что он лежит на сайте",
    422: "адрес не с того сайта или ключ не того вида",
}


class IndexNow(PlainLetters):
    """The service; ``limits`` allow any text, of which it sees nothing."""

    name: NetworkName = "indexnow"
    title = "IndexNow"
    limits = Limits(text=100_000, caption=100_000, pause=1)
    secrets: Mapping[str, str] = {}
    repeats_are_harmless = True
    edits_in_place = True

    @contextmanager
    def open(self, access: Access) -> Iterator[IndexNowLine]:
        with connection(access, "https://yandex.com/indexnow", (), _judged) as way:
            yield IndexNowLine(access, way)


class IndexNowLine:
    """The site's word to the service."""

    def __init__(self, access: Access, way: Connection) -> None:
        self._way = way
        self._key = access.announcing.to
        self._host = markup.in_ascii(urlsplit(access.site).netloc)
        self._place = f"{access.site.rstrip('/')}/{self._key}.txt"

    def check(self) -> Iterator[str]:
        """Only whether the key is where it should be: the service has nothing that may be asked."""
        try:
            reply = self._way.ask("GET", self._place)
        except SendingError as error:
            yield f"файл {self._place} не получить: {error}"
        else:
            if self._key.encode() not in reply.body:
                yield f"в файле {self._place} нет ключа IndexNow"

    def parts(self) -> tuple[str, ...]:
        return ("",)

    def post(self, announcement: Announcement) -> Remote:
        content = {
            "host": self._host,
            "key": self._key,
            "keyLocation": self._place,
            "urlList": [announcement.address],
        }
        self._way.ask("POST", "", json=content)
        return Remote()

    def edit(self, announcement: Announcement, remote: Remote) -> Remote:
        del remote
        return self.post(announcement)

    def withdraw(self, announcement: Announcement, remote: Remote) -> None:
        """Tell of the page once more: they come and see that it is another one."""
        del remote
        self.post(announcement)

    def find(self, announcement: Announcement, since: datetime) -> Remote | None:
        del announcement, since
        raise UnableError("IndexNow не рассказывает, что ему сообщили; сообщить ещё раз безвредно")


def _judged(reply: Reply) -> SendingError | None:
    if reply.status in _REFUSALS:
        return RefusedError(f"IndexNow: {_REFUSALS[reply.status]}", whole_channel=True)
    return None
