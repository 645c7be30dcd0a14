"""VK: a community key posts a text with a card of its link, and can do no more.

By the documentation (dev.vk.com, «wall.post», «wall.edit», «wall.delete», «wall.get», «Коды ошибок API»)
only a user may edit and delete, and a service key may read. Errors come with status 200.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks import markup
from newsroom.publish.networks.http import Connection, Reply, connection, unreadable
from newsroom.publish.networks.markup import PlainLetters
from newsroom.publish.networks.network import (
    Access,
    Announcement,
    Limits,
    NotSentError,
    RefusedError,
    Remote,
    SendingError,
    UnableError,
    UncertainError,
)
from newsroom.publish.networks.secrets import missing, needed

VERSION = "5.199"
READING = "READ_TOKEN"
"""The secret that need not be there: a service key of an application, by which the wall is read."""
_PAGE = 100
_LONGEST_WALL = 50
"""Pages that are read at most to find a post."""
_MAY_POST = 8192
"""The bit of «wall» in the mask of groups.getTokenPermissions."""
_TO_HUMANS = "у ключа сообщества нет такого права: поправьте пост сами"
_LATER = {
    6: (1.0, "слишком часто"),
    9: (3600.0, "VK принял посты за однотипные и остановил их на время"),
    14: (3600.0, "VK хочет увидеть человека (капча): войдите в сообщество и опубликуйте что-нибудь сами"),
    17: (3600.0, "VK хочет, чтобы владелец ключа подтвердил себя"),
    24: (3600.0, "VK хочет подтверждения от человека"),
    29: (6 * 3600.0, "исчерпан суточный запас запросов"),
    43: (3600.0, "раздел VK временно закрыт"),
    3300: (3600.0, "VK хочет увидеть человека (капча)"),
}
"""Codes with which VK did nothing: how long to wait in seconds, and why."""
_DEAD = {
    4: "подпись или ключ неверны",
    5: "ключ не годится: получите новый",
    7: "у ключа нет права на это",
    15: "доступ закрыт: проверьте, от того ли сообщества ключ",
    18: "страница удалена или заблокирована",
    20: "у ключа нет права на это",
    21: "у ключа нет права на это",
    23: "метод отключён",
    27: "ключ сообщества не годится: получите новый с правом «Стена»",
    28: "ключ приложения не годится",
    37: "владелец ключа заблокирован",
    42: "VK не пускает с этого адреса сети",
    203: "доступ к сообществу закрыт",
    214: "публиковать на стене нельзя: проверьте права ключа и суточный предел в 50 постов",
    222: "в этом сообществе запрещены ссылки",
    1117: "срок ключа вышел: получите новый",
    3609: "ключ пора продлить",
    3610: "владелец ключа удалён",
}
"""Codes with which nothing else would be posted either."""
_AMBIGUOUS = {1, 10, 13}
"""«Unknown error», «Internal server error», «Runtime error»: the post may be on the wall."""


class Vk(PlainLetters):
    """The network as a whole. ``limits.text`` is ours: VK takes more, and hides it behind «Показать ещё»."""

    name: NetworkName = "vk"
    title = "ВКонтакте"
    limits = Limits(text=4000, caption=4000, pause=0.35)
    secrets: Mapping[str, str] = {"TOKEN": "ключ сообщества ВКонтакте с правом «Стена»"}
    repeats_are_harmless = False
    edits_in_place = True

    @contextmanager
    def open(self, access: Access) -> Iterator[VkLine]:
        tokens = tuple(access.secret(end).strip() for end in ("TOKEN", READING))
        with connection(access, "https://api.vk.ru/method", tokens, _judged) as way:
            yield VkLine(access, way)


class VkLine:
    """The wall of a community."""

    def __init__(self, access: Access, way: Connection) -> None:
        self._access = access
        self._way = way
        self._wall = f"-{access.announcing.to}"

    def check(self) -> Iterator[str]:
        wrong = missing(self._access, ["TOKEN"])
        yield from wrong
        if not wrong:
            yield from self._wrong_rights()
        if self._access.secret(READING):
            yield from self._wrong_reading()

    def parts(self) -> tuple[str, ...]:
        return ("",)

    def post(self, announcement: Announcement) -> Remote:
        content = {
            "owner_id": self._wall,
            "from_group": "1",
            "message": announcement.text,
            "attachments": announcement.wording.link,
            "guid": announcement.key,
        }
        reply = self._way.ask("POST", "/wall.post", data=self._signed("TOKEN", content))
        try:
            return self._remote(reply.data["response"]["post_id"])
        except (KeyError, TypeError):
            raise unreadable() from None

    def edit(self, announcement: Announcement, remote: Remote) -> Remote:
        del announcement, remote
        raise UnableError(_TO_HUMANS)

    def withdraw(self, announcement: Announcement, remote: Remote) -> None:
        del announcement, remote
        raise UnableError(_TO_HUMANS)

    def find(self, announcement: Announcement, since: datetime) -> Remote | None:
        if not self._access.secret(READING):
            raise UnableError("ключ сообщества не читает стену: посмотрите сами, есть ли пост")
        for post in self.wall(since.timestamp()):
            if markup.names(announcement.address, post):
                return self._remote(post["id"])
        return None

    def group(self) -> dict[str, Any]:
        """What VK says of the community. Raises SendingError."""
        content = {"group_id": self._access.announcing.to, "fields": "members_count"}
        data = self._way.look("POST", "/groups.getById", data=self._signed(READING, content))
        groups = data["response"]["groups"]
        return groups[0] if groups else {}

    def wall(self, since: float) -> Iterator[dict[str, Any]]:
        """Posts of the wall, the newest first; a pinned old one stands before them and ends nothing."""
        for page in range(_LONGEST_WALL):
            posts = self._page(page * _PAGE)
            yield from (post for post in posts if post["date"] >= since)
            if not posts or any(post["date"] < since and not post.get("is_pinned") for post in posts):
                return
        raise UnableError("стена слишком длинна: найдите пост сами")

    def _page(self, offset: int) -> list[dict[str, Any]]:
        content = {"owner_id": self._wall, "offset": str(offset), "count": str(_PAGE)}
        data = self._way.look("POST", "/wall.get", data=self._signed(READING, content))
        try:
            return [post for post in data["response"]["items"] if {"id", "date"} <= post.keys()]
        except (KeyError, TypeError, AttributeError):
            raise NotSentError("VK непонятно ответил, что на стене", 60) from None

    def _wrong_rights(self) -> Iterator[str]:
        try:
            data = self._way.look("POST", "/groups.getTokenPermissions", data=self._signed("TOKEN", {}))
            mask = data["response"]["mask"]
        except SendingError as error:
            yield f"VK: {error}"
        except (KeyError, TypeError):
            yield "VK непонятно ответил, какие права у ключа"
        else:
            if not mask & _MAY_POST:
                yield "у ключа VK нет права «Стена»: получите новый с этим правом"

    def _wrong_reading(self) -> Iterator[str]:
        try:
            self._page(0)
        except SendingError as error:
            yield f"VK, чтение стены: {error}"

    def _signed(self, end: str, content: dict[str, str]) -> dict[str, str]:
        return {**content, "v": VERSION, "access_token": needed(self._access, end)}

    def _remote(self, post_id: Any) -> Remote:
        if not isinstance(post_id, int) or post_id <= 0:
            raise unreadable()
        return Remote(ids=(str(post_id),), url=f"https://vk.com/wall{self._wall}_{post_id}")


def _judged(reply: Reply) -> SendingError | None:
    """What an error of VK means; an unknown one was told before anything was done."""
    error = reply.data.get("error") if isinstance(reply.data, dict) else None
    if not isinstance(error, dict):
        return None
    code = error.get("error_code")
    told = f"VK, ошибка {code}" + (f": {reply.said}" if reply.said else "")
    if not isinstance(code, int) or code in _AMBIGUOUS:
        return UncertainError(f"{told}: неизвестно, дошло ли")
    if code in _LATER:
        wait, why = _LATER[code]
        return NotSentError(f"{why} ({told})", wait)
    if code in _DEAD:
        return RefusedError(f"{_DEAD[code]} ({told})", whole_channel=True)
    return RefusedError(f"VK не принял ({told})")
