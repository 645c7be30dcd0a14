"""The one place where networks are asked over HTTP, and where it is judged what came of that.

Nothing is sent twice: no request is repeated, no connection kept, no redirect followed. Addresses and
headers hold secrets, so the libraries below are not let write their logs, and no text shows an address.
"""

from __future__ import annotations

import logging
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx
import msgspec
from msgspec import Struct

from newsroom.publish.networks.network import (
    Access,
    NotSentError,
    RefusedError,
    SendingError,
    UncertainError,
)
from newsroom.publish.networks.secrets import masked

NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
"""No connection: the name is unknown, refused, no TLS. Anything else may have been read by the network."""
_MOST_BYTES = 8_000_000
"""Of a reply; a hundred posts of a wall with all their sizes of pictures are about one million."""
_LONGEST_WORDS = 300
_WAIT = 60.0
"""Seconds to wait where a network says «later» and not when."""


class Reply(Struct, frozen=True):
    """What a network answered; ``data`` is its JSON, None where it is none.

    ``said`` are its words of a fault, shortly and without secrets: VK gives all it was asked with back.
    ``body`` may hold anything.
    """

    status: int
    data: Any
    headers: Mapping[str, str]
    said: str = ""
    body: bytes = b""


Judge = Callable[[Reply], SendingError | None]
"""What a network says in its own way; None leaves it to the status."""


def nothing_said(reply: Reply) -> SendingError | None:
    """The judge of networks that speak by status alone."""
    del reply
    return None


@contextmanager
def connection(access: Access, usual: str, secrets: tuple[str, ...], judge: Judge) -> Iterator[Connection]:
    """A way to the network at its ``usual`` address, or that of the channel."""
    hush()
    with httpx.Client(
        verify=trust(access),
        timeout=access.timeout,
        follow_redirects=False,
        limits=httpx.Limits(max_keepalive_connections=0),
    ) as client:
        base = (access.announcing.api or usual).rstrip("/")
        yield Connection(client, base, access, secrets, judge)


def hush() -> None:
    """Libraries write addresses into their logs, and addresses hold tokens."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL)


def trust(access: Access) -> ssl.SSLContext:
    """Whom to believe: the usual authorities, and that of the channel. NotSentError where its file is not."""
    context = httpx.create_ssl_context()
    if access.announcing.ca:
        try:
            context.load_verify_locations(Path(access.announcing.ca))
        except (OSError, ssl.SSLError):
            why = f"файл сертификатов {access.announcing.ca} не читается: положите его в папку проекта"
            raise NotSentError(why) from None
    return context


class Connection:
    """A way to a network: what a request came to is a reply, or one of the four errors."""

    def __init__(
        self, client: httpx.Client, base: str, access: Access, secrets: tuple[str, ...], judge: Judge
    ) -> None:
        self._client = client
        self._base = base
        self._access = access
        self._secrets = secrets
        self._judge = judge

    def ask(self, method: str, address: str, **request: Any) -> Reply:
        """Send a request that may change something; ``address`` is whole or begins where the base ends.

        Raises NotSentError, RefusedError, UncertainError, without anything of httpx behind them.
        """
        whole = address if "://" in address else f"{self._base}{address}"
        outcome = self._outcome(method, whole, request)
        if isinstance(outcome, SendingError):
            raise outcome
        return outcome

    def look(self, method: str, address: str, **request: Any) -> Any:
        """Send a request that leaves no trace, so that nothing is uncertain after it; JSON.

        Raises NotSentError, RefusedError.
        """
        why = ""
        try:
            reply = self.ask(method, address, **request)
        except UncertainError as error:
            why = str(error)
        if not why and reply.data is None:
            why = "сеть ответила непонятно"
        if why:
            raise NotSentError(why, _WAIT)
        return reply.data

    def _outcome(self, method: str, address: str, request: dict[str, Any]) -> Reply | SendingError:
        try:
            reply = self._reply(method, address, request)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ssl.SSLError) as error:
            return failure(error)
        except UnicodeError:
            return NotSentError("адрес сети написан с ошибкой: проверьте api у канала")
        return self._judge(reply) or refusal(reply, self._access.now()) or reply

    def _reply(self, method: str, address: str, request: dict[str, Any]) -> Reply:
        body = bytearray()
        with self._client.stream(method, address, **request) as response:
            deadline = time.monotonic() + self._access.timeout
            for piece in response.iter_bytes():
                body += piece
                if time.monotonic() > deadline or len(body) > _MOST_BYTES:
                    raise httpx.ReadTimeout("")
        data = parsed(bytes(body))
        return Reply(response.status_code, data, response.headers, said(data, self._secrets), bytes(body))


def failure(error: BaseException | None) -> SendingError:
    """What an exception of httpx means; its own words are not told: they hold addresses."""
    if isinstance(error, NEVER_LEFT):
        return NotSentError("до сети не дозвониться: проверьте связь и адрес", _WAIT)
    if isinstance(error, httpx.TimeoutException):
        return UncertainError("сеть не ответила вовремя: неизвестно, дошло ли")
    return UncertainError("связь прервалась: неизвестно, дошло ли")


def refusal(reply: Reply, now: datetime) -> SendingError | None:
    """What the status of a reply means; None for success (RFC 9110, RFC 6585)."""
    status = reply.status
    told = f"{status}: {reply.said}" if reply.said else f"{status}"
    if 200 <= status < 300:
        return None
    if status == 429:
        return NotSentError(f"сеть просит подождать ({told})", _wait(reply.headers, now))
    if status in {401, 403}:
        return RefusedError(f"сеть не пускает ({told}): проверьте ключ и права", whole_channel=True)
    if 300 <= status < 400:
        return RefusedError(
            f"сеть отсылает по другому адресу ({told}): проверьте api у канала", whole_channel=True
        )
    if status < 500 and status != 408:
        return RefusedError(f"сеть не приняла ({told})")
    return UncertainError(f"у сети неполадки ({told}): неизвестно, дошло ли")


def unreadable() -> UncertainError:
    """A reply of success that says nothing that can be understood."""
    return UncertainError("сеть ответила непонятно: неизвестно, дошло ли")


def parsed(body: bytes) -> Any:
    """The JSON of a reply, None where it is none."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def said(data: Any, secrets: Iterable[str]) -> str:
    """What a network says of a fault, shortly and without these secrets; "" where it says nothing."""
    reply = data if isinstance(data, dict) else {}
    reply = reply["error"] if isinstance(reply.get("error"), dict) else reply
    told = (reply.get(key) for key in ("message", "description", "error_msg"))
    return masked(next((line for line in told if isinstance(line, str)), ""), secrets)[:_LONGEST_WORDS]


def _wait(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds of Retry-After, which is a number or a date (RFC 9110, 10.2.3)."""
    told = headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - now).total_seconds())
    except (TypeError, ValueError):
        return _WAIT
