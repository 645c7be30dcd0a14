"""One letter: the release in plain letters and in HTML with its pictures, for one receiver.

Its tree is that of RFC 2046 and 2387: alternative (plain, related (HTML, pictures)). Headers are written
here and not by the library, which breaks long ids in two encoded words; everything is ASCII, so that any
server takes it. Names of files are of RFC 2231, other Cyrillic of RFC 2047.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.header import Header
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime, quote
from html import escape
from urllib.parse import quote as in_address

from newsroom.publish.networks.mail_list import Receiver
from newsroom.publish.networks.markup import READ_ON
from newsroom.publish.networks.network import Access, Announcement, Remote

_POLICY = SMTP.clone(cte_type="7bit")
_MOST_REFERENCES = 10
_PACKAGE = "Материалы для СМИ одним файлом (текст, снимки, цитаты)"
_WITHDRAWN = "Отозван"
_BODY = "font:16px/1.5 sans-serif;max-width:40em"
_PICTURE = "max-width:100%;height:auto"


def message_id(announcement: Announcement, host: str) -> str:
    """«<2024-05-09-katok.r1@press.example.ru>»: the same at every attempt at this revision."""
    mark = ".withdrawn" if announcement.purpose == "withdrawal" else ""
    return f"<{announcement.release}.r{announcement.revision}{mark}@{host}>"


def letter(
    announcement: Announcement, receiver: Receiver, sender: str, access: Access, remote: Remote
) -> bytes:
    """The whole letter with lines ended by CRLF; ``remote`` has the ids of letters that it follows."""
    lines = _headers(announcement, receiver, sender, access, remote)
    headers = "".join(f"{name}: {value}\r\n" for name, value in lines)
    return headers.encode("ascii") + _content(announcement, sender, access).as_bytes(policy=_POLICY)


def subject(announcement: Announcement) -> str:
    """The title, and what happened to the release."""
    title = _line(announcement.wording.title)
    if announcement.purpose == "correction":
        return f"Исправлено: {title}"
    is_told = _WITHDRAWN.lower() in title.lower()
    return f"{_WITHDRAWN}: {title}" if announcement.purpose == "withdrawal" and not is_told else title


def _headers(
    announcement: Announcement, receiver: Receiver, sender: str, access: Access, remote: Remote
) -> Iterator[tuple[str, str]]:
    """RFC 5322; List-… of RFC 2919 and 2369; Auto-Submitted of RFC 3834, so that no robot answers."""
    host = access.announcing.to
    yield "From", _mailbox(access.title, sender)
    yield "To", _mailbox(receiver.name, receiver.address)
    yield "Reply-To", sender
    yield "Subject", _encoded(subject(announcement), len("Subject: "))
    yield "Date", format_datetime(access.now())
    yield "Message-ID", message_id(announcement, host)
    if earlier := _earlier(announcement, remote, host):
        yield "In-Reply-To", earlier[0]
        yield "References", "\r\n ".join(earlier)
    yield "List-ID", f"<{host}>"
    yield "List-Unsubscribe", f"<{_unsubscribe(sender, host)}>"
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "OOF, AutoReply"
    yield "Precedence", "bulk"


def _earlier(announcement: Announcement, remote: Remote, host: str) -> tuple[str, ...]:
    """Ids of the letters before, the first one first; where they are not known, those that may have been."""
    if announcement.purpose == "post":
        return ()
    own = message_id(announcement, host)
    last = announcement.revision + (announcement.purpose == "withdrawal")
    possible = (f"<{announcement.release}.r{number}@{host}>" for number in range(1, last))
    ids = [id for id in remote.ids or possible if id != own]
    return tuple(ids[:1] + ids[1:][1 - _MOST_REFERENCES :])


def _content(announcement: Announcement, sender: str, access: Access) -> EmailMessage:
    host = access.announcing.to
    content = EmailMessage(policy=_POLICY)
    content.set_content(_plain(announcement, sender, access))
    ids = [
        f"{number}.{message_id(announcement, host)[1:-1]}" for number, _ in enumerate(announcement.images, 1)
    ]
    content.add_alternative(_html(announcement, ids, sender, access), subtype="html")
    html = content.get_payload(1)
    assert isinstance(html, MIMEPart)
    for id, image in zip(ids, announcement.images, strict=True):
        kind, _, subtype = image.media_type.partition("/")
        html.add_related(image.data, kind, subtype, cid=f"<{id}>", filename=image.name, disposition="inline")
    return content


def _plain(announcement: Announcement, sender: str, access: Access) -> str:
    package = f"{_PACKAGE}: {announcement.package}\n\n" if announcement.package else ""
    return f"{announcement.text}\n\n{package}-- \n{_why(access)}\nОтписаться: напишите на {sender}\n"


def _html(announcement: Announcement, ids: list[str], sender: str, access: Access) -> str:
    words = announcement.wording
    parts = [f"<h1>{escape(words.title)}</h1>", *(f"<p>{escape(each)}</p>" for each in words.paragraphs)]
    for id, image in zip(ids, announcement.images, strict=True):
        parts.append(f'<p><img src="cid:{escape(id)}" alt="{escape(image.alt)}" style="{_PICTURE}"></p>')
    parts.append(f'<p><a href="{escape(words.link)}">{READ_ON}</a></p>')
    if announcement.package:
        parts.append(f'<p><a href="{escape(announcement.package)}">{_PACKAGE}</a></p>')
    address = _unsubscribe(sender, access.announcing.to)
    parts.append(f'<hr><p>{escape(_why(access))} <a href="{escape(address)}">Отписаться</a></p>')
    text = "\n".join(parts)
    head = f'<meta charset="utf-8"><title>{escape(words.title)}</title>'
    body = f'<body style="{_BODY}">\n{text}\n</body>'
    return f'<!DOCTYPE html>\n<html lang="ru"><head>{head}</head>\n{body}</html>\n'


def _why(access: Access) -> str:
    return f"Вы получаете это письмо, потому что вы в списке рассылки «{access.title}»."


def _unsubscribe(sender: str, host: str) -> str:
    """RFC 6068; a human answers it."""
    return f"mailto:{in_address(sender, safe='@')}?subject=unsubscribe%20{host}"


def _mailbox(name: str, address: str) -> str:
    name = _line(name)
    if not name:
        return address
    shown = f'"{quote(name)}"' if name.isascii() else _encoded(name, len("Reply-To: "))
    return f"{shown}\r\n <{address}>"


def _encoded(text: str, indent: int) -> str:
    """Encoded words of at most 75 characters, none of which breaks a letter (RFC 2047)."""
    charset = "us-ascii" if text.isascii() else "utf-8"
    return Header(text, charset, maxlinelen=75 - indent).encode(linesep="\r\n")


def _line(text: str) -> str:
    """One line of what can be seen."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
