"""Whether everything is ready for announcing: asked of every channel, of the site and of the ledger.

Nothing is posted and nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from newsroom.content.types import Channel, Release
from newsroom.publish.announce.newsdesk import announcing, by_hand
from newsroom.publish.announce.sending import Office, missing_secrets
from newsroom.publish.ledger.book import LedgerError


class Finding(Struct, frozen=True, kw_only=True):
    """What was looked at, and what is wrong with it; ``trouble`` is "" where nothing is."""

    subject: str
    trouble: str = ""
    remark: str = ""


def examine(office: Office, newest: Release | None) -> Iterator[Finding]:
    """What the doctor finds; ``newest`` is the last published release, which the site must serve."""
    try:
        office.book.rehearse()
        yield Finding(subject="Журнал рассылки", remark="читается, запись в хранилище разрешена")
    except LedgerError as error:
        yield Finding(subject="Журнал рассылки", trouble=str(error))
    if newest:
        yield Finding(subject="Сайт", trouble=office.served(newest), remark=f"отдаёт «{newest.title}»")
    for channel in office.desk.channels:
        yield from _of_channel(channel, office)


def _of_channel(channel: Channel, office: Office) -> Iterator[Finding]:
    subject = f"{channel.title} ({channel.id})"
    if by_hand(channel):
        yield Finding(subject=subject, remark="размещает человек")
        return
    network = office.network(announcing(channel).by)
    if pause := office.desk.pause(channel):
        yield Finding(subject=subject, remark=f"остановлен: {pause}")
        return
    if missing := missing_secrets(network, channel, office.secrets):
        yield Finding(subject=subject, trouble=f"нет переменных: {missing}")
        return
    try:
        with network.open(office.access(channel)) as line:
            troubles = [office.secrets.hide(trouble) for trouble in line.check()]
    except Exception as error:
        troubles = [office.secrets.hide(f"{type(error).__name__}: {error}")]
    for trouble in troubles:
        yield Finding(subject=subject, trouble=trouble)
    if not troubles:
        yield Finding(subject=subject, remark="права есть")
