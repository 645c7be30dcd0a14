"""What the replies of a server of outgoing mail mean.

One of 4xx asks to come again, one of 5xx never to (RFC 5321, 4.2.1). Only the codes are told: the words
of a reply name receivers.
"""

from __future__ import annotations

import re
from typing import Literal

from newsroom.publish.networks.network import NotSentError, RefusedError, SendingError

Step = Literal["sender", "receiver", "content"]

RECONNECT = 60.0
"""Seconds before a server is tried again that was not to be had."""
_AGAIN = 300.0
"""Seconds after a reply of 4xx: greylisting lets in who comes back after some minutes (RFC 6647)."""
_CODES = {
    "5.1.1": "нет такого ящика",
    "5.1.2": "нет такого почтового домена",
    "5.2.1": "ящик закрыт",
    "5.2.2": "ящик переполнен",
    "4.2.2": "ящик переполнен",
    "5.3.4": "письмо слишком велико",
    "5.7.1": "сервер не разрешает: проверьте, от чьего имени письма и есть ли отправитель в белых списках",
    "5.7.26": "домен отправителя не подтверждён: настройте SPF и DKIM",
}
"""Extended codes (RFC 3463, RFC 7372) that tell an editor something."""
_STEPS: dict[Step, str] = {
    "sender": "почтовый сервер не принял отправителя",
    "receiver": "почтовый сервер не принял получателя",
    "content": "почтовый сервер не принял письмо",
}


def refusal(step: Step, code: int, words: bytes) -> SendingError:
    """What a reply means that does not let one go on."""
    why = f"{_STEPS[step]} ({_told(code, words)})"
    if code == 421:
        return NotSentError(f"почтовый сервер прервал разговор ({_told(code, words)})", RECONNECT)
    if code // 100 == 4:
        return NotSentError(why, _AGAIN)
    if code // 100 == 5:
        is_of_all = code == 530 or (step == "sender" and code != 552)
        return RefusedError(why, whole_channel=is_of_all)
    return NotSentError("почтовый сервер ответил непонятно, письмо не ушло", RECONNECT)


def no_entry(code: int) -> SendingError:
    """What a reply to name and password means."""
    if code // 100 == 5:
        why = f"почтовый сервер не принял имя и пароль ({code}): проверьте их"
        return RefusedError(why, whole_channel=True)
    return NotSentError(f"почтовый сервер сейчас не пускает ({code})", _AGAIN)


def _told(code: int, words: bytes) -> str:
    """«550 5.1.1, нет такого ящика»: what may be told of a reply."""
    extended = re.match(rb"[245]\.\d{1,3}\.\d{1,3}(?!\S)", words)
    if not extended:
        return str(code)
    name = extended[0].decode()
    return f"{code} {name}, {_CODES[name]}" if name in _CODES else f"{code} {name}"
