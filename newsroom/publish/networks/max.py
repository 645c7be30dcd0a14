"""MAX: a bot posts to a channel or a chat, edits at any age, deletes, and reads the history.

Documentation: dev.max.ru, pages «POST /messages», «PUT /messages», «DELETE /messages», «GET /messages»,
«POST /uploads», «GET /chats/{chatId}/members/me».
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks import markup
from newsroom.publish.networks.http import Connection, Reply, connection, unreadable
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
    Wording,
)
from newsroom.publish.networks.secrets import missing, needed

_PAGE = 100
"""Messages that one request gives at most."""
_LONGEST_HISTORY = 50
"""Pages that are read at most to find a post."""
_NOT_READY = "attachment.not.ready"
_PATIENCE = (1.0, 2.0, 4.0)
"""Seconds between the attempts to post pictures that MAX has not digested yet: it posts nothing then."""
_RIGHTS = {
    "писать": {"write", "post_edit_delete_message"},
    "править посты": {"edit", "edit_message", "write", "post_edit_delete_message"},
    "удалять посты": {"delete", "delete_message", "write", "post_edit_delete_message"},
    "читать все сообщения": {"read_all_messages"},
}
"""What a bot must be let do, and the names of the rights that let it, old and new ones."""


class Max:
    """The network as a whole."""

    name: NetworkName = "max"
    title = "MAX"
    limits = Limits(text=4000, caption=4000, images=12, image_bytes=50_000_000, image_side=7680, pause=0.5)
    secrets: Mapping[str, str] = {"TOKEN": "ключ бота MAX, который управляет каналом"}
    repeats_are_harmless = False
    edits_in_place = True

    def length(self, wording: Wording, *, images: bool) -> int:
        """All of the text as it is sent, marks too."""
        del images
        return markup.units(self.render(wording))

    def render(self, wording: Wording) -> str:
        return markup.html(wording)

    @contextmanager
    def open(self, access: Access) -> Iterator[MaxLine]:
        token = access.secret("TOKEN").strip()
        with connection(access, "https://platform-api2.max.ru", (token,), _judged) as way:
            yield MaxLine(access, way)


class MaxLine:
    """A chat or a channel of MAX."""

    def __init__(self, access: Access, way: Connection) -> None:
        self._access = access
        self._way = way
        self._chat = access.announcing.to

    def check(self) -> Iterator[str]:
        wrong = missing(self._access, Max.secrets)
        yield from wrong
        if not wrong:
            yield from self._wrong_rights()

    def parts(self) -> tuple[str, ...]:
        return ("",)

    def post(self, announcement: Announcement) -> Remote:
        body = _body(announcement, [self._uploaded(image) for image in announcement.images])
        params = {"chat_id": self._chat, "disable_link_preview": "true" if announcement.images else "false"}
        data = self._patiently("POST", params, body).data
        message = data.get("message") if isinstance(data, dict) else None
        return _remote(message)

    def edit(self, announcement: Announcement, remote: Remote) -> Remote:
        """Other words in the same post; its pictures stay."""
        self._change("PUT", remote, _body(announcement, None))
        return remote

    def withdraw(self, announcement: Announcement, remote: Remote) -> None:
        """Delete it; where the bot may not, put a notice in its place, without pictures."""
        try:
            self._change("DELETE", remote, None)
        except RefusedError as error:
            if not error.whole_channel:
                raise
        else:
            return
        self._change("PUT", remote, _body(announcement, []))

    def find(self, announcement: Announcement, since: datetime) -> Remote | None:
        for message in self.history(since.timestamp() * 1000):
            if markup.names(announcement.address, message.get("body")):
                return _remote(message)
        return None

    def _change(self, method: str, remote: Remote, body: dict[str, Any] | None) -> None:
        """Edit or delete a post; one that is gone already needs no deleting."""
        try:
            reply = self._patiently(method, {"message_id": remote.ids[0]}, body)
        except RefusedError as error:
            if method == "DELETE" and _is_gone(str(error)):
                return
            raise
        if not isinstance(reply.data, dict) or "success" not in reply.data:
            raise unreadable()
        if reply.data["success"] is not True and not (method == "DELETE" and _is_gone(reply.said)):
            raise RefusedError(f"MAX не принял: {reply.said or 'без объяснений'}")

    def _patiently(self, method: str, params: dict[str, str], body: dict[str, Any] | None) -> Reply:
        """Ask again where MAX says that its pictures are not ready: it did nothing then."""
        for pause in (*_PATIENCE, None):
            try:
                return self._asked(method, params, body)
            except _NotReadyError:
                if pause is None:
                    raise
                time.sleep(pause)
        raise AssertionError

    def _asked(self, method: str, params: dict[str, str], body: dict[str, Any] | None) -> Reply:
        content = {"json": body} if body is not None else {}
        return self._way.ask(method, "/messages", params=params, headers=self._headers(), **content)

    def _uploaded(self, image: Image) -> dict[str, Any]:
        """Give MAX a picture. Its host is another one, which is not told the token."""
        place = self._way.look("POST", "/uploads", params={"type": "image"}, headers=self._headers())
        if not isinstance(place, dict) or not isinstance(place.get("url"), str):
            raise NotSentError("MAX не сказал, куда загрузить картинку", 60)
        payload = self._way.look(
            "POST", place["url"], files={"data": (image.name, image.data, image.media_type)}
        )
        if not isinstance(payload, dict) or not {"photos", "token"} & payload.keys():
            raise NotSentError("MAX не принял картинку", 60)
        return {"type": "image", "payload": payload}

    def chat(self) -> dict[str, Any]:
        """What MAX says of the channel. Raises SendingError."""
        data = self._way.look("GET", f"/chats/{self._chat}", headers=self._headers())
        return data if isinstance(data, dict) else {}

    def history(self, since: float) -> Iterator[dict[str, Any]]:
        """Messages of the chat, the newest first, back to a moment in milliseconds.

        ``from`` is the newest to give (the documentation calls it «время, до которого»): each page asks
        from the oldest of the page before, in the unit in which MAX gave it.
        """
        params: dict[str, Any] = {"chat_id": self._chat, "count": _PAGE}
        known: set[str] = set()
        for _ in range(_LONGEST_HISTORY):
            page = self._page(params)
            fresh = [message for message in page if message["body"]["mid"] not in known]
            known |= {message["body"]["mid"] for message in fresh}
            yield from (message for message in fresh if _moment(message) >= since)
            if not fresh and page and page[0]["timestamp"] > params["from"]:
                raise UnableError("MAX не листает историю чата: посмотрите сами, есть ли пост")
            if not fresh or _moment(page[-1]) < since:
                return
            params["from"] = page[-1]["timestamp"]
        raise UnableError("история чата слишком длинна: найдите пост сами")

    def _page(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        try:
            data = self._way.look("GET", "/messages", params=params, headers=self._headers())
        except RefusedError as error:
            raise UnableError(f"бот не может прочитать чат: {error}") from None
        try:
            page = sorted(data["messages"], key=lambda message: -message["timestamp"])
            return [message for message in page if message["body"]["mid"]]
        except (KeyError, TypeError):
            raise NotSentError("MAX непонятно ответил, что в чате", 60) from None

    def _wrong_rights(self) -> Iterator[str]:
        try:
            self._way.look("GET", "/me", headers=self._headers())
            member = self._way.look("GET", f"/chats/{self._chat}/members/me", headers=self._headers())
        except SendingError as error:
            yield f"MAX: {error}"
            return
        granted = {*(member.get("permissions") or ())} if isinstance(member, dict) else set()
        for right, names in _RIGHTS.items():
            if not granted & names and not (isinstance(member, dict) and member.get("is_owner")):
                yield f"боту MAX нельзя {right}: дайте ему это право в настройках канала"

    def _headers(self) -> dict[str, str]:
        return {"Authorization": needed(self._access, "TOKEN")}


class _NotReadyError(NotSentError):
    """The pictures of a message are not digested yet, and nothing was posted."""


def _judged(reply: Reply) -> SendingError | None:
    if isinstance(reply.data, dict) and reply.data.get("code") == _NOT_READY:
        return _NotReadyError("MAX ещё готовит картинки", 60)
    return None


def _body(announcement: Announcement, attachments: list[dict[str, Any]] | None) -> dict[str, Any]:
    """A message; attachments None leaves those of an edited one."""
    return {"text": announcement.text, "attachments": attachments, "format": "html", "notify": True}


def _remote(message: Any) -> Remote:
    try:
        mid = message["body"]["mid"]
        url = message.get("url")
    except (KeyError, TypeError, AttributeError):
        raise unreadable() from None
    if not isinstance(mid, str) or not mid:
        raise unreadable()
    return Remote(ids=(mid,), url=url if isinstance(url, str) else "")


def _moment(message: dict[str, Any]) -> float:
    """Milliseconds; a moment before the year 5138 that is given in seconds is known by its size."""
    stamp = float(message["timestamp"])
    return stamp if stamp > 1e11 else stamp * 1000


def _is_gone(said: str) -> bool:
    return "(404" in said or "not found" in said.lower() or "not.found" in said.lower()
