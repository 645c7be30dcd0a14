"""A connection to a server of outgoing mail, and at which of its steps a letter was stopped.

Until the dot that ends a letter has left, the server must not deliver it (RFC 5321, 4.1.1.4); between
the dot and the reply nobody knows.
"""

from __future__ import annotations

import re
import select
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta

from newsroom.publish.networks.http import trust
from newsroom.publish.networks.mail_replies import RECONNECT, Step, no_entry, refusal
from newsroom.publish.networks.mail_server import Server
from newsroom.publish.networks.network import (
    Access,
    NotSentError,
    RefusedError,
    SendingError,
    UncertainError,
)

Reply = tuple[int, bytes]

_PATIENCE = 10
"""How many times the usual timeout the content and its reply may take (RFC 5321, 4.5.3.2: 10 minutes)."""


class Session:
    """One connection, opened when it is first needed and again whenever the server has ended it.

    What it could not be opened for is not tried anew for a while: a wrong password would lock the
    account, and every receiver would wait for a server that is down.
    """

    def __init__(self, server: Server, access: Access) -> None:
        self._server = server
        self._access = access
        self._smtp: smtplib.SMTP | None = None
        self._fault: SendingError | None = None
        self._fault_until: datetime | None = None

    def deliver(self, sender: str, receiver: str, letter: bytes) -> None:
        """Send one letter, its lines ended by CRLF. Raises NotSentError, RefusedError, UncertainError."""
        fault = self._envelope(sender, receiver, len(letter)) or self._content(letter)
        if fault:
            raise fault

    def rehearse(self, sender: str) -> None:
        """All steps but the letter itself, to the sender. Raises NotSentError, RefusedError."""
        fault = self._envelope(sender, sender, 0)
        if fault:
            raise fault
        self._asked("receiver", smtplib.SMTP.rset)

    def close(self) -> None:
        """End the connection politely; nothing depends on whether that works."""
        smtp, self._smtp = self._smtp, None
        if smtp:
            try:
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp:
            smtp.close()

    def _envelope(self, sender: str, receiver: str, size: int) -> SendingError | None:
        fault = self._begun(sender, size)
        return fault or self._asked("receiver", lambda smtp: smtp.rcpt(receiver))

    def _begun(self, sender: str, size: int) -> SendingError | None:
        """Tell the sender: over the connection there is, if the server has not had enough of it."""

        def mail(smtp: smtplib.SMTP) -> Reply:
            return smtp.mail(sender, [f"size={size}"] if smtp.has_extn("size") else [])

        if self._smtp and self._asked("sender", smtplib.SMTP.rset) is None:
            fault = self._asked("sender", mail)
            if self._smtp:
                return fault
        self._drop()
        return self._connected() or self._asked("sender", mail)

    def _asked(self, step: Step, ask: Callable[[smtplib.SMTP], Reply], good: int = 2) -> SendingError | None:
        """One command before the letter; ``good`` is the first digit of the reply that lets one go on."""
        assert self._smtp
        try:
            code, words = ask(self._smtp)
        except (OSError, smtplib.SMTPException):
            self._drop()
            return NotSentError("связь с почтовым сервером прервалась, письмо не ушло", RECONNECT)
        return None if code // 100 == good else self._refusal(step, code, words)

    def _content(self, letter: bytes) -> SendingError | None:
        fault = self._asked("content", lambda smtp: smtp.docmd("data"), good=3)
        if fault:
            return fault
        if not self._poured(letter):
            self._drop()
            return NotSentError("связь с почтовым сервером прервалась на середине письма", RECONNECT)
        return self._ended()

    def _poured(self, letter: bytes) -> bool:
        """Send everything before the dot; whether the server has said nothing and is still there."""
        assert self._smtp
        assert self._smtp.sock
        try:
            self._smtp.sock.settimeout(self._access.timeout * _PATIENCE)
            self._smtp.sock.sendall(re.sub(rb"(?m)^\.", b"..", letter))
            return not select.select([self._smtp.sock], [], [], 0)[0]
        except OSError:
            return False

    def _ended(self) -> SendingError | None:
        """Send the dot, and learn what came of the letter."""
        assert self._smtp
        assert self._smtp.sock
        try:
            self._smtp.sock.sendall(b".\r\n")
            code, words = self._smtp.getreply()
            self._smtp.sock.settimeout(self._access.timeout)
        except (OSError, smtplib.SMTPException):
            self._drop()
            return UncertainError("связь прервалась, когда письмо уже ушло: неизвестно, принято ли оно")
        if code // 100 in {2, 4, 5}:
            return None if code // 100 == 2 else self._refusal("content", code, words)
        self._drop()
        return UncertainError("почтовый сервер ответил непонятно: неизвестно, принято ли письмо")

    def _refusal(self, step: Step, code: int, words: bytes) -> SendingError:
        """What a reply means that does not let one go on; after some there is no use in this connection."""
        if code == 421 or code // 100 not in {4, 5}:
            self._drop()
        return refusal(step, code, words)

    def _connected(self) -> SendingError | None:
        if self._fault and (self._fault_until is None or self._access.now() < self._fault_until):
            return self._fault
        self._fault = self._opened()
        wait = self._fault.wait if isinstance(self._fault, NotSentError) else None
        self._fault_until = None if wait is None else self._access.now() + timedelta(seconds=wait)
        if self._fault:
            self._drop()
        return self._fault

    def _opened(self) -> SendingError | None:
        """Connect, encrypt, enter; what came of it."""
        try:
            self._enter()
        except SendingError as error:
            return error
        except smtplib.SMTPAuthenticationError as error:
            return no_entry(error.smtp_code)
        except smtplib.SMTPNotSupportedError:
            why = "почтовый сервер не даёт войти по паролю: проверьте его адрес и порт"
            return RefusedError(why, whole_channel=True)
        except ssl.SSLCertVerificationError:
            why = "сертификат почтового сервера не годится: назовите сервер, как в нём, или ca у канала"
            return NotSentError(why, RECONNECT)
        except (OSError, smtplib.SMTPException, UnicodeError):
            return NotSentError("до почтового сервера не дозвониться: проверьте связь и адрес", RECONNECT)
        return None

    def _enter(self) -> None:
        server, timeout, name = self._server, self._access.timeout, self._access.announcing.to
        if server.is_tls:
            context = trust(self._access)
            self._smtp = smtplib.SMTP_SSL(server.host, server.port, name, timeout=timeout, context=context)
        else:
            self._smtp = smtplib.SMTP(server.host, server.port, name, timeout=timeout)
            self._encrypt(self._smtp)
        self._smtp.ehlo_or_helo_if_needed()
        if server.user:
            self._smtp.login(server.user, server.password)

    def _encrypt(self, smtp: smtplib.SMTP) -> None:
        smtp.ehlo_or_helo_if_needed()
        if self._server.is_plain:
            return
        if smtp.has_extn("starttls"):
            smtp.starttls(context=trust(self._access))
        elif not self._server.may_be_plain:
            why = "почтовый сервер не шифрует (нет STARTTLS): возьмите его адрес smtps://… или другой сервер"
            raise RefusedError(why, whole_channel=True)
