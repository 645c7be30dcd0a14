"""Letters to the media: each receiver gets one of its own, and the ledger knows none by the address.

RFC 5321 (what a server's replies mean), 5322, 2369 and 2919 (headers of lists). Mail has no undo: what
was sent stays, corrections and withdrawals are letters that follow it in its thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks import markup
from newsroom.publish.networks.mail_list import MailList, Receiver, mail_list, remarks, written
from newsroom.publish.networks.mail_message import letter, message_id
from newsroom.publish.networks.mail_server import server
from newsroom.publish.networks.mail_session import Session
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


class Mail:
    """The network as a whole. The limits are ours: so much is read, and passes most servers' 10 MB."""

    name: NetworkName = "mail"
    title = "Письма редакциям"
    limits = Limits(text=16_000, caption=16_000, images=3, image_bytes=300_000, image_side=1280)
    secrets: Mapping[str, str] = {
        "RECIPIENTS": "файл со списком редакций вне git (или сам список), по одной на строку",
        "SMTP": "почтовый сервер: smtp://имя:пароль@host:587 или smtps://имя:пароль@host:465",
        "KEY": "случайный ключ, под которым журнал знает получателей; менять его нельзя",
    }
    repeats_are_harmless = False
    edits_in_place = False

    def length(self, wording: Wording, *, images: bool) -> int:
        del images
        return len(self.render(wording))

    def render(self, wording: Wording) -> str:
        return markup.plain(wording)

    @contextmanager
    def open(self, access: Access) -> Iterator[MailLine]:
        line = MailLine(access)
        try:
            yield line
        finally:
            line.close()


class MailLine:
    """A list of receivers and a server that takes letters for them."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._known: MailList | None = None
        self._used: Session | None = None

    def check(self) -> Iterator[str]:
        try:
            yield from remarks(self._access, self._list)
        except SendingError as error:
            yield str(error)
        try:
            self._session.rehearse(self._sender)
        except SendingError as error:
            yield str(error)

    def parts(self) -> tuple[str, ...]:
        """Raises RefusedError where the list cannot be read or is empty."""
        return tuple(sorted(self._list.receivers))

    def post(self, announcement: Announcement) -> Remote:
        return self._send(announcement, Remote())

    def edit(self, announcement: Announcement, remote: Remote) -> Remote:
        """Send the correction as an answer to the first letter."""
        return self._send(announcement, remote)

    def withdraw(self, announcement: Announcement, remote: Remote) -> None:
        """Send the notice as an answer to the first letter."""
        self._send(announcement, remote)

    def find(self, announcement: Announcement, since: datetime) -> Remote | None:
        del announcement, since
        raise UnableError("дошло ли письмо, программа не узнает: спросите редакцию или почтовый сервер")

    def close(self) -> None:
        if self._used:
            self._used.close()

    def _send(self, announcement: Announcement, remote: Remote) -> Remote:
        receiver, sender = self._receiver(announcement.part), self._sender
        data = letter(announcement, receiver, sender, self._access, remote)
        self._session.deliver(sender, receiver.address, data)
        id = message_id(announcement, self._access.announcing.to)
        return Remote(ids=(*(known for known in remote.ids if known != id), id))

    def _receiver(self, part: str) -> Receiver:
        found = self._list.receivers.get(part)
        if found is None:
            raise RefusedError("получателя больше нет в списке рассылки")
        return found

    @property
    def _sender(self) -> str:
        sender = written(self._access.announcing.sender)
        if not sender:
            raise RefusedError("не сказано, от кого письма: назовите sender у канала", whole_channel=True)
        return sender

    @property
    def _list(self) -> MailList:
        """Read once: a run sends to those who were in the list when it began."""
        if self._known is None:
            self._known = mail_list(self._access)
        return self._known

    @property
    def _session(self) -> Session:
        if self._used is None:
            self._used = Session(server(self._access), self._access)
        return self._used


MAIL = Mail()
