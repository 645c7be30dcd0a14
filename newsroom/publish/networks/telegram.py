"""Telegram: a bot posts to a channel, edits its own posts, deletes them while they are young.

Documentation: core.telegram.org/bots/api, pages «sendMessage», «sendPhoto», «sendMediaGroup»,
«editMessageText», «editMessageCaption», «deleteMessage», «getChatMember», «ResponseParameters». Bots
see no history, so nothing is looked up. The library repeats nothing by itself; its address holds the token.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks import markup
from newsroom.publish.networks.http import hush
from newsroom.publish.networks.network import (
    Access,
    Announcement,
    Limits,
    RefusedError,
    Remote,
    SendingError,
    UnableError,
    Wording,
)
from newsroom.publish.networks.secrets import missing

if TYPE_CHECKING:
    from telegram import Bot, Message

_Answer = TypeVar("_Answer")

_RIGHTS = {
    "can_post_messages": "публиковать",
    "can_edit_messages": "править посты",
    "can_delete_messages": "удалять посты",
}


class Telegram:
    """The network as a whole; 20 messages a minute go to a channel."""

    name: NetworkName = "telegram"
    title = "Telegram"
    limits = Limits(text=4096, caption=1024, images=10, image_bytes=10_000_000, image_sides=10_000, pause=3)
    secrets: Mapping[str, str] = {"TOKEN": "ключ бота Telegram, который управляет каналом (от @BotFather)"}
    repeats_are_harmless = False
    edits_in_place = True

    def length(self, wording: Wording, *, images: bool) -> int:
        """UTF-16 units of what is seen: marks and addresses behind words are not counted."""
        del images
        return markup.units(markup.seen(wording))

    def render(self, wording: Wording) -> str:
        return markup.html(wording)

    @contextmanager
    def open(self, access: Access) -> Iterator[TelegramLine]:
        hush()
        yield TelegramLine(access)


class TelegramLine:
    """A channel of Telegram. Every call has a connection of its own."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._chat = access.announcing.to

    def check(self) -> Iterator[str]:
        wrong = missing(self._access, Telegram.secrets)
        if not wrong:
            try:
                wrong = self._done(self._wrong_rights)
            except SendingError as error:
                wrong = [f"Telegram: {error}"]
        yield from wrong

    def parts(self) -> tuple[str, ...]:
        return ("",)

    def post(self, announcement: Announcement) -> Remote:
        messages = self._done(partial(self._send, announcement))
        return Remote(ids=tuple(str(message.message_id) for message in messages), url=messages[0].link or "")

    def edit(self, announcement: Announcement, remote: Remote) -> Remote:
        """Other words in the same post: in its text, or below its pictures, which stay."""
        calls = [self._edit_text, self._edit_caption]
        first, second = reversed(calls) if announcement.images or len(remote.ids) > 1 else calls
        try:
            self._done(partial(first, announcement, remote))
        except RefusedError as error:
            if "there is no" not in str(error):
                if _says(error, "message is not modified"):
                    return remote
                raise
        else:
            return remote
        try:
            self._done(partial(second, announcement, remote))
        except RefusedError as error:
            if not _says(error, "message is not modified"):
                raise
        return remote

    def withdraw(self, announcement: Announcement, remote: Remote) -> None:
        """Delete all its messages; later than 48 hours after it, put a notice in its place."""
        for number in remote.ids:
            try:
                self._done(partial(self._delete, int(number)))
            except RefusedError as error:
                if _says(error, "message can't be deleted"):
                    self._replace(announcement, remote)
                    return
                if not _says(error, "message to delete not found"):
                    raise

    def find(self, announcement: Announcement, since: datetime) -> Remote | None:
        del announcement, since
        raise UnableError("ботам Telegram не показывают, что уже опубликовано: посмотрите сами, есть ли пост")

    def _replace(self, announcement: Announcement, remote: Remote) -> None:
        try:
            self.edit(announcement, remote)
        except RefusedError as error:
            if not _says(error, "message to edit not found"):
                raise UnableError(f"пост не удалить и не поправить ({error}): сделайте это сами") from None

    def _done(self, call: Callable[[Bot], Awaitable[_Answer]]) -> _Answer:
        """What a call to the network gives. Raises NotSentError, RefusedError, UncertainError."""
        from newsroom.publish.networks.telegram_bot import asked

        return asked(self._access, call)

    async def _send(self, announcement: Announcement, bot: Bot) -> tuple[Message, ...]:
        from telegram import InputMediaPhoto, LinkPreviewOptions

        common: dict[str, Any] = {"chat_id": self._chat, "parse_mode": "HTML"}
        text, images = announcement.text, announcement.images
        if not images:
            preview = LinkPreviewOptions(url=announcement.wording.link)
            return (await bot.send_message(text=text, link_preview_options=preview, **common),)
        if len(images) == 1:
            photo, name = images[0].data, images[0].name
            return (await bot.send_photo(photo=photo, filename=name, caption=text, **common),)
        media = [InputMediaPhoto(image.data, filename=image.name) for image in images]
        return await bot.send_media_group(media=media, caption=text, **common)

    async def _edit_text(self, announcement: Announcement, remote: Remote, bot: Bot) -> None:
        from telegram import LinkPreviewOptions

        await bot.edit_message_text(
            announcement.text,
            chat_id=self._chat,
            message_id=int(remote.ids[0]),
            parse_mode="HTML",
            link_preview_options=LinkPreviewOptions(url=announcement.wording.link),
        )

    async def _edit_caption(self, announcement: Announcement, remote: Remote, bot: Bot) -> None:
        await bot.edit_message_caption(
            chat_id=self._chat,
            message_id=int(remote.ids[0]),
            caption=announcement.text,
            parse_mode="HTML",
        )

    async def _delete(self, number: int, bot: Bot) -> None:
        await bot.delete_message(chat_id=self._chat, message_id=number)

    async def _wrong_rights(self, bot: Bot) -> list[str]:
        me = await bot.get_me()
        member = await bot.get_chat_member(chat_id=self._chat, user_id=me.id)
        if member.status == "creator":
            return []
        if member.status != "administrator":
            return ["бот Telegram не администратор канала: сделайте его администратором"]
        lacking = [told for right, told in _RIGHTS.items() if not getattr(member, right, False)]
        return [f"боту Telegram нельзя {told}: дайте ему это право в настройках канала" for told in lacking]


def _says(error: SendingError, words: str) -> bool:
    return words in str(error).lower()
