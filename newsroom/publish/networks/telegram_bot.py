"""One call to the Bot API by python-telegram-bot, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from newsroom.publish.networks.http import Reply, failure, parsed, refusal, said, trust, unreadable
from newsroom.publish.networks.network import (
    Access,
    RefusedError,
    SendingError,
    UncertainError,
)
from newsroom.publish.networks.secrets import needed

_Answer = TypeVar("_Answer")

_ALL_TIME = 4
"""How many times the time of one answer a call may take with its pictures."""
_OF_ALL = (
    "chat not found",
    "not enough rights",
    "need administrator rights",
    "chat_write_forbidden",
    "bot was ",
)
"""Refusals that say nothing else would be posted either."""


class _RefusalError(TelegramError):
    """Telegram answered something else than success; the library's own errors do not tell the status."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__("")
        self.status = status
        self.body = body


class _Request(HTTPXRequest):
    """A request whose refusals are judged here, not by the library."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        status, body = await super().do_request(*args, **kwargs)
        if not 200 <= status < 300:
            raise _RefusalError(status, body)
        return status, body


def asked(access: Access, call: Callable[[Bot], Awaitable[_Answer]]) -> _Answer:
    """What the call gives. Raises NotSentError, RefusedError, UncertainError, with no address in them."""
    token = needed(access, "TOKEN")
    # In a thread of its own: whoever calls may be within a loop already.
    with ThreadPoolExecutor(max_workers=1) as thread:
        outcome = thread.submit(lambda: asyncio.run(_outcome(access, token, call))).result()
    if isinstance(outcome, SendingError):
        raise outcome
    return outcome


async def _outcome(
    access: Access, token: str, call: Callable[[Bot], Awaitable[_Answer]]
) -> _Answer | SendingError:
    request = _request(access)
    base = (access.announcing.api or "https://api.telegram.org").rstrip("/")
    async with request:
        try:
            bot = Bot(token, base_url=f"{base}/bot", request=request, get_updates_request=request)
            return await asyncio.wait_for(call(bot), access.timeout * _ALL_TIME)
        except _RefusalError as error:
            return _meaning(error, access, token)
        except TelegramError as error:
            return failure(error.__cause__) if error.__cause__ else unreadable()
        except TimeoutError:
            return UncertainError("сеть не ответила вовремя: неизвестно, дошло ли")
        except (LookupError, TypeError, ValueError, AttributeError):
            return unreadable()


def _request(access: Access) -> _Request:
    limits = httpx.Limits(max_keepalive_connections=0)
    wait = access.timeout
    return _Request(
        read_timeout=wait,
        write_timeout=wait,
        connect_timeout=wait,
        pool_timeout=wait,
        media_write_timeout=wait,
        httpx_kwargs={"verify": trust(access), "limits": limits, "follow_redirects": False},
    )


def _meaning(error: _RefusalError, access: Access, token: str) -> SendingError:
    """What a refusal means: by its status, its words, and its ``parameters``."""
    data = parsed(error.body)
    told = said(data, [token])
    parameters = data.get("parameters") if isinstance(data, dict) else None
    parameters = parameters if isinstance(parameters, dict) else {}
    if "migrate_to_chat_id" in parameters:
        why = f"номер чата теперь {parameters['migrate_to_chat_id']}: исправьте to у канала"
        return RefusedError(why, whole_channel=True)
    if error.status == 400:
        return RefusedError(f"Telegram не принял: {told}", whole_channel=_is_of_all(told))
    if error.status == 404:
        return RefusedError("Telegram не знает такого ключа: проверьте его", whole_channel=True)
    headers = {"retry-after": str(parameters.get("retry_after", ""))}
    return refusal(Reply(error.status, data, headers, told), access.now()) or unreadable()


def _is_of_all(told: str) -> bool:
    return any(words in told.lower() for words in _OF_ALL)
