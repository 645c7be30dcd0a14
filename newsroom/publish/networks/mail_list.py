"""Who gets letters: a list outside git, and the names by which the ledger knows its receivers."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from newsroom.publish.networks.markup import in_ascii
from newsroom.publish.networks.network import Access, RefusedError
from newsroom.publish.networks.secrets import needed, variable

_SHORTEST_KEY = 16
"""Characters: with a shorter key whoever reads the ledger could guess addresses and try them."""
_PART = 16
"""Hexadecimal digits of a receiver's name: 64 bits."""
_LONGEST = 254
"""Of an address (RFC 5321, 4.5.3.1.3, without the brackets)."""
_LINE = re.compile(r"(?:(?P<name>[^<>]*)<(?P<bracketed>[^<>\s]+)>|(?P<bare>\S+))")
_LOCAL = re.compile(r"(?!.{65})[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")


class Receiver(Struct, frozen=True):
    """One who gets letters; nothing that is printed shows who."""

    address: str
    name: str = ""

    def __repr__(self) -> str:
        return "Receiver(•••)"


class MailList(Struct, frozen=True):
    """Receivers by their names in the ledger, and the numbers of lines that are no addresses."""

    receivers: Mapping[str, Receiver]
    wrong: tuple[int, ...] = ()

    def __repr__(self) -> str:
        return f"MailList({len(self.receivers)})"


def mail_list(access: Access) -> MailList:
    """The list that the channel's variables tell. Raises RefusedError where it cannot be had or is empty."""
    key = needed(access, "KEY")
    if len(key) < _SHORTEST_KEY:
        name = variable(access.channel, "KEY")
        raise _fault(f"в переменной {name} слишком короткий ключ: нужно хотя бы {_SHORTEST_KEY} знаков")
    found = read(_text(access), key)
    if not found.receivers:
        raise _fault("в списке рассылки нет ни одного адреса: впишите их по одному на строку")
    return found


def read(text: str, key: str) -> MailList:
    """One receiver a line, «press@example.ru» or «Газета <press@example.ru>», with comments after «#»."""
    receivers: dict[str, Receiver] = {}
    wrong = []
    for number, line in enumerate(text.splitlines(), 1):
        told = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()
        receiver = _receiver(told) if told else None
        if receiver:
            receivers.setdefault(part_of(receiver.address, key), receiver)
        elif told:
            wrong.append(number)
    return MailList(receivers, tuple(wrong))


def part_of(address: str, key: str) -> str:
    """How the ledger names a receiver: nobody without the key can learn the address of it."""
    return hmac.new(key.encode(), address.encode(), hashlib.sha256).hexdigest()[:_PART]


def written(address: str) -> str:
    """An address as servers take it, its domain in small ASCII letters; "" where it is none."""
    local, _, domain = address.rpartition("@")
    try:
        domain = in_ascii(domain.lower())
    except UnicodeError:
        return ""
    whole = f"{local}@{domain}"
    is_one = _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain) and len(whole) <= _LONGEST
    return whole if is_one else ""


def remarks(access: Access, found: MailList) -> Iterator[str]:
    """What is wrong with a list that is good enough to be used, in Russian."""
    if found.wrong:
        numbers = ", ".join(map(str, found.wrong))
        yield f"в списке рассылки не поняты строки {numbers}: пишите «Газета <press@example.ru>»"
    file = _file(access.secret("RECIPIENTS"))
    if file and any((folder / ".git").exists() for folder in file.resolve().parents):
        yield "список рассылки лежит в папке git: перенесите его, чтобы адреса не попали в хранилище"


def _receiver(told: str) -> Receiver | None:
    match = _LINE.fullmatch(told)
    address = written(match["bracketed"] or match["bare"]) if match else ""
    if not match or not address:
        return None
    name = " ".join((match["name"] or "").strip().strip('"').split())
    return Receiver(address, "".join(letter for letter in name if letter.isprintable()))


def _text(access: Access) -> str:
    """The list itself: of the file that the variable names, or of the variable."""
    value, name = access.secret("RECIPIENTS").strip(), variable(access.channel, "RECIPIENTS")
    if not value:
        raise _fault(f"нет переменной {name}: задайте её в окружении")
    file = _file(value)
    if file is None and "@" in value:
        return value
    text = _content(file) if file else None
    if text is None:
        raise _fault(f"список из переменной {name} не читается: нужен путь к текстовому файлу в UTF-8")
    return text


def _content(file: Path) -> str | None:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None


def _file(value: str) -> Path | None:
    """The file that is meant; None where the value is no name of a file."""
    try:
        return Path(value.strip()) if Path(value.strip()).is_file() else None
    except (OSError, ValueError):
        return None


def _fault(why: str) -> RefusedError:
    return RefusedError(why, whole_channel=True)
