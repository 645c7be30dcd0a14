"""Which server letters go through: what the channel's variable says of it, and what is safe."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from msgspec import Struct

from newsroom.publish.networks.network import Access, RefusedError
from newsroom.publish.networks.secrets import needed, variable

_PORTS = {"smtp": 587, "smtps": 465}
"""Of submission (RFC 8314): with STARTTLS, and with TLS from the first byte."""


class Server(Struct, frozen=True, kw_only=True):
    """A server of outgoing mail; nothing that is printed shows who enters with what.

    ``is_tls`` from the first byte; ``is_plain`` where the newsroom chose a connection without TLS;
    ``may_be_plain`` where the server is this very machine, so that one without it is no danger.
    """

    host: str
    port: int
    user: str = ""
    password: str = ""
    is_tls: bool = False
    is_plain: bool = False
    may_be_plain: bool = False

    def __repr__(self) -> str:
        return f"Server({self.host}:{self.port})"


def server(access: Access) -> Server:
    """What «smtp://user:password@host:587» says. Raises RefusedError, which shows nothing of it.

    «smtps://» is TLS from the first byte. Over «smtp://» STARTTLS is demanded of every server but this
    machine; «?insecure=1» waives it, and then a password may be sent to this machine only.
    """
    told = needed(access, "SMTP")
    name = variable(access.channel, "SMTP")
    found = _server(told)
    if found is None:
        raise RefusedError(
            f"в переменной {name} не адрес почтового сервера: нужен smtp://имя:пароль@host:587, "
            "особые знаки имени и пароля — как %40",
            whole_channel=True,
        )
    if found.is_plain and found.password and not found.may_be_plain:
        raise RefusedError(
            f"в переменной {name} пароль ушёл бы без шифрования: уберите insecure или пароль",
            whole_channel=True,
        )
    return found


def _server(told: str) -> Server | None:
    try:
        parts = urlsplit(told)
        port = parts.port
    except ValueError:
        return None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    is_whole = parts.scheme in _PORTS and parts.hostname and parts.path in {"", "/"} and not parts.fragment
    if not is_whole or not f"{user}{password}".isascii() or bool(user) != bool(password):
        return None
    return Server(
        host=parts.hostname or "",
        port=port or _PORTS[parts.scheme],
        user=user,
        password=password,
        is_tls=parts.scheme == "smtps",
        is_plain=_is_plain(parts),
        may_be_plain=_is_here(parts.hostname or ""),
    )


def _is_plain(parts: SplitResult) -> bool:
    return parts.scheme == "smtp" and parse_qs(parts.query).get("insecure") == ["1"]


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
