"""Odnoklassniki: topics of a group, posted, edited and deleted by one who runs it.

Documentation: apiok.ru, pages «mediatopic.post», «photosV2.getUploadUrl», «Подпись запроса», «Ошибки»,
«users.getCurrentUser», «group.getUserGroupsByIds», «users.hasAppPermission». ``mediatopic.edit`` and
``mediatopic.deleteTopic`` are in use but not described there: where they are refused, humans do that.
No method is described that surely tells which topics a group has, so nothing is looked up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from hashlib import md5
from typing import Any

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks.http import Connection, Reply, connection, unreadable
from newsroom.publish.networks.markup import PlainLetters
from newsroom.publish.networks.network import (
    Access,
    Announcement,
    Image,
    Limits,
    NotSentError,
    RefusedError,
    Remote,
    SendingError,
    UnableError,
    UncertainError,
)
from newsroom.publish.networks.secrets import missing, needed

_LATER = {7: 3600.0, 8: 3600.0, 9: 3600.0, 11: 600.0}
"""ACTION_BLOCKED, FLOOD_BLOCKED, IP_BLOCKED, LIMIT_REACHED: nothing was done; seconds to wait."""
_DEAD = {10, 22, 23, 50, 101, 102, 103, 104}
"""PERMISSION_DENIED, NOT_ACTIVATED, NOT_YET_INVOLVED, NOT_ADMIN, faults of keys and of the signature."""
_AMBIGUOUS = {1, 2, 9999}
"""UNKNOWN, SERVICE, SYSTEM: the topic may be in the group."""
_DENIED = 10
_NOT_FOUND = 300
_TO_HUMANS = "Одноклассники не дают это сделать программе: сделайте сами"
_STEWARDS = {"ADMIN", "MODERATOR", "EDITOR", "SUPER_MODERATOR"}


class Ok(PlainLetters):
    """The network as a whole. ``limits`` of text and pictures are ours: none are published."""

    name: NetworkName = "ok"
    title = "Одноклассники"
    limits = Limits(text=4000, caption=4000, images=10, image_bytes=10_000_000, image_side=4096, pause=1)
    secrets: Mapping[str, str] = {
        "TOKEN": "вечный ключ доступа того, кто ведёт группу в Одноклассниках",
        "APP_KEY": "публичный ключ приложения Одноклассников",
        "APP_SECRET": "секретный ключ приложения Одноклассников",
    }
    repeats_are_harmless = False
    edits_in_place = True

    @contextmanager
    def open(self, access: Access) -> Iterator[OkLine]:
        tokens = tuple(access.secret(end).strip() for end in self.secrets)
        with connection(access, "https://api.ok.ru", tokens, _judged) as way:
            yield OkLine(access, way)


class OkLine:
    """A group."""

    def __init__(self, access: Access, way: Connection) -> None:
        self._access = access
        self._way = way
        self._group = access.announcing.to

    def check(self) -> Iterator[str]:
        wrong = missing(self._access, Ok.secrets)
        yield from wrong
        if not wrong:
            try:
                yield from self._wrong_rights()
            except SendingError as error:
                yield f"ОК: {error}"

    def parts(self) -> tuple[str, ...]:
        return ("",)

    def post(self, announcement: Announcement) -> Remote:
        photos = self._uploaded(announcement.images) if announcement.images else []
        content = {"type": "GROUP_THEME", "gid": self._group, "attachment": _attachment(announcement, photos)}
        topic = self._way.ask("POST", "/fb.do", data=self._signed("mediatopic.post", content)).data
        if not isinstance(topic, str | int) or not str(topic).isdigit():
            raise unreadable()
        return Remote(ids=(str(topic),), url=f"https://ok.ru/group/{self._group}/topic/{topic}")

    def edit(self, announcement: Announcement, remote: Remote) -> Remote:
        """Other words and the same pictures, given anew."""
        photos = self._uploaded(announcement.images) if announcement.images else []
        content = {"topic_id": remote.ids[0], "attachment": _attachment(announcement, photos)}
        self._changed("mediatopic.edit", content)
        return remote

    def withdraw(self, announcement: Announcement, remote: Remote) -> None:
        try:
            self._changed("mediatopic.deleteTopic", {"topic_id": remote.ids[0], "gid": self._group})
        except UnableError:
            self.edit(announcement, remote)

    def find(self, announcement: Announcement, since: datetime) -> Remote | None:
        del announcement, since
        raise UnableError("Одноклассники не показывают программам темы группы: посмотрите сами, есть ли пост")

    def _changed(self, method: str, content: dict[str, str]) -> None:
        """Ask for a change. Raises UnableError where it is refused, and not the key itself."""
        try:
            data = self._way.ask("POST", "/fb.do", data=self._signed(method, content)).data
        except _OkRefusedError as error:
            if error.code == _NOT_FOUND and method == "mediatopic.deleteTopic":
                return
            if error.whole_channel and error.code != _DENIED:
                raise
            raise UnableError(f"{error}; {_TO_HUMANS}") from None
        done = data.get("success") if isinstance(data, dict) else data
        if done is False:
            raise UnableError(_TO_HUMANS)
        if done is not True and str(done) != content["topic_id"]:
            raise unreadable()

    def _uploaded(self, images: tuple[Image, ...]) -> list[str]:
        """Give the network pictures; their tokens, in the same order."""
        asked = {"gid": self._group, "count": str(len(images))}
        place = self._way.look("POST", "/fb.do", data=self._signed("photosV2.getUploadUrl", asked))
        try:
            files = {
                f"pic{number}": (image.name, image.data, image.media_type)
                for number, image in enumerate(images, 1)
            }
            photos = self._way.look("POST", place["upload_url"], files=files)["photos"]
            tokens = [photos[photo]["token"] for photo in place["photo_ids"]]
        except (KeyError, TypeError, AttributeError):
            raise NotSentError("Одноклассники не приняли картинки", 60) from None
        if len(tokens) != len(images):
            raise NotSentError("Одноклассники приняли не все картинки", 60)
        return tokens

    def _wrong_rights(self) -> Iterator[str]:
        user = self.asked("users.getCurrentUser", {"fields": "uid"})
        uid = str(user.get("uid", "")) if isinstance(user, dict) else ""
        if self.asked("users.hasAppPermission", {"ext_perm": "GROUP_CONTENT"}) is not True:
            yield "у ключа ОК нет права GROUP_CONTENT: получите новый с этим правом"
        groups = self.asked("group.getUserGroupsByIds", {"group_id": self._group, "uids": uid})
        statuses = (
            {str(group.get("status")) for group in groups if isinstance(group, dict)} if groups else set()
        )
        if not statuses & _STEWARDS:
            yield "владелец ключа ОК не ведёт эту группу: сделайте его редактором или администратором"

    def asked(self, method: str, content: dict[str, str]) -> Any:
        """What a method says that changes nothing. Raises SendingError."""
        return self._way.look("POST", "/fb.do", data=self._signed(method, content))

    def _signed(self, method: str, content: dict[str, str]) -> dict[str, str]:
        token = needed(self._access, "TOKEN")
        asked = {
            **content,
            "method": method,
            "application_key": needed(self._access, "APP_KEY"),
            "format": "json",
        }
        return {
            **asked,
            "sig": signature(asked, token, needed(self._access, "APP_SECRET")),
            "access_token": token,
        }


def signature(asked: Mapping[str, str], token: str, app_secret: str) -> str:
    """The signature of a request: md5 of its sorted «name=value» and of a secret made of both keys."""
    secret = _md5(token + app_secret)
    return _md5("".join(f"{name}={asked[name]}" for name in sorted(asked)) + secret)


def _md5(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()


def _attachment(announcement: Announcement, photos: list[str]) -> str:
    """The topic as JSON; where there are no pictures, its link gets a card."""
    shown: dict[str, Any] = {"type": "link", "url": announcement.wording.link}
    if photos:
        shown = {"type": "photo", "list": [{"id": token} for token in photos]}
    media = [{"type": "text", "text": announcement.text}, shown]
    return json.dumps({"media": media, "onBehalfOfGroup": "true"}, ensure_ascii=False)


class _OkRefusedError(RefusedError):
    """A refusal with the code of the network."""

    def __init__(self, why: str, code: int) -> None:
        super().__init__(why, whole_channel=code in _DEAD)
        self.code = code


def _judged(reply: Reply) -> SendingError | None:
    """What an error of the network means; most are told before anything is done."""
    code = reply.data.get("error_code") if isinstance(reply.data, dict) else None
    if code is None:
        return None
    told = f"ОК, ошибка {code}" + (f": {reply.said}" if reply.said else "")
    if not isinstance(code, int) or code in _AMBIGUOUS:
        return UncertainError(f"{told}: неизвестно, дошло ли")
    if code in _LATER:
        return NotSentError(f"Одноклассники просят подождать ({told})", _LATER[code])
    told = f"({told}): проверьте ключи и права" if code in _DEAD else f"({told})"
    return _OkRefusedError(f"Одноклассники не приняли {told}", code)
