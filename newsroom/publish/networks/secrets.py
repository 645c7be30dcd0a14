"""Where the secrets of channels stand, and how they are kept out of every text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote, quote_plus

from newsroom.publish.networks.network import Access, RefusedError

_SHORTEST = 4
"""Characters: a shorter value («587») is no secret and stands in any text."""
_MASK = "•••"


def variable(channel: str, end: str) -> str:
    """The variable that holds a secret of a channel: ANNOUNCE_TELEGRAM_CITY_TOKEN."""
    return f"ANNOUNCE_{re.sub(r'[^A-Z0-9]', '_', channel.upper())}_{end}"


class Secrets:
    """The secrets among the variables of an environment; it never shows one itself."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def of(self, channel: str) -> Callable[[str], str]:
        """What gives the secrets of a channel by the ends of their names; "" where there is none."""

        def secret(end: str) -> str:
            return self._environment.get(variable(channel, end), "").strip()

        return secret

    def hide(self, text: str) -> str:
        """The text without any secret, even where an address quotes it."""
        named = (value for name, value in self._environment.items() if name.startswith("ANNOUNCE_"))
        return masked(text, named)


def needed(access: Access, end: str) -> str:
    """A secret without which nothing is sent. Raises RefusedError if it is missing or cannot be one."""
    secret = access.secret(end).strip()
    name = variable(access.channel, end)
    if not secret:
        raise RefusedError(f"нет переменной {name}: задайте её в окружении", whole_channel=True)
    if not secret.isascii() or not secret.isprintable():
        raise RefusedError(f"в переменной {name} посторонние знаки: скопируйте её заново", whole_channel=True)
    return secret


def missing(access: Access, ends: Iterable[str]) -> list[str]:
    """What is wrong with the secrets of these ends, in Russian."""
    wrong = []
    for end in ends:
        try:
            needed(access, end)
        except RefusedError as error:
            wrong.append(str(error))
    return wrong


def masked(text: str, secrets: Iterable[str]) -> str:
    """The text without these secrets: bare, as addresses and JSON write them, or as a part after «:»."""
    for shape in sorted(
        {shape for secret in secrets for shape in _shapes(secret.strip())}, key=len, reverse=True
    ):
        text = text.replace(shape, _MASK)
    return text


def _shapes(secret: str) -> set[str]:
    values = {secret, secret.partition(":")[2]}
    shapes = {
        shape
        for value in values
        for shape in (value, quote(value, safe=""), quote(value), quote_plus(value), json.dumps(value)[1:-1])
    }
    return {shape for shape in shapes if len(shape) >= _SHORTEST}
