"""Servers of mail for tests, on loopback: one that answers as it is told, one that hangs up at a step."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

USER, PASSWORD = "press", "s3cret-of-mail"


@dataclass
class Post:
    """What came, letter by letter, and what each receiver is answered (the last answer for ever)."""

    letters: list[tuple[str, bytes]] = field(default_factory=list)
    at_rcpt: dict[str, list[str]] = field(default_factory=dict)
    at_end: dict[str, list[str]] = field(default_factory=dict)
    at_mail: list[str] = field(default_factory=list)
    connections: int = 0
    entries: int = 0
    encrypted: list[bool] = field(default_factory=list)

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, host: str, answers: Any) -> Any:
        del server, envelope
        session.host_name = host
        self.connections += session.ssl is None
        return answers

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        del server, options
        self.encrypted.append(session.ssl is not None)
        envelope.mail_from = address
        return self.at_mail.pop(0) if self.at_mail else "250 OK"

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        del server, session, options
        answer = _next(self.at_rcpt, address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        del session
        (receiver,) = envelope.rcpt_tos
        answer = _next(self.at_end, receiver)
        if answer == "drop":
            server.transport.close()
            answer = "250 nobody reads this"
        if answer.startswith("2"):
            assert isinstance(envelope.original_content, bytes)
            self.letters.append((receiver, envelope.original_content))
        return answer

    def enters(self, server: Any, session: Any, envelope: Any, mechanism: Any, data: Any) -> AuthResult:
        del server, session, envelope, mechanism
        self.entries += 1
        assert isinstance(data, LoginPassword)
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    @property
    def receivers(self) -> list[str]:
        return [receiver for receiver, _ in self.letters]

    def letter(self, number: int = -1) -> EmailMessage:
        """A letter as a modern client reads it."""
        message = message_from_bytes(self.letters[number][1], policy=default)
        assert isinstance(message, EmailMessage)
        return message


def _next(answers: dict[str, list[str]], address: str) -> str:
    told = answers.get(address, ["250 OK"])
    return told.pop(0) if len(told) > 1 else told[0]


@contextmanager
def mail_server(post: Post, **options: Any) -> Iterator[int]:
    """A server in a thread; its port."""
    controller = Controller(post, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A self-made certificate of 127.0.0.1, and the context of a server that has it."""
    key, made = folder / "key.pem", folder / "cert.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost "
        f"-addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout {key} -out {made}"
    )
    subprocess.run(command.split(), check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    return made, context


@dataclass
class HangingUp:
    """A server that hangs up at a step, the first ``times``: «connect», a command, «body» or «dot».

    ``answers`` are those to the dot instead of hanging up; ``taken`` counts letters that came whole.
    """

    step: str
    times: int = 1
    answer: bytes = b""
    taken: int = 0
    connections: int = 0

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            self.connections += 1
            with peer, peer.makefile("rb") as lines:
                try:
                    self._talk(peer, lines)
                except OSError:
                    continue

    def _hangs_up(self, step: str) -> bool:
        if step != self.step or not self.times:
            return False
        self.times -= 1
        return True

    def _talk(self, peer: socket.socket, lines: Any) -> None:
        if self._hangs_up("connect"):
            return
        peer.sendall(b"220 here\r\n")
        for line in lines:
            command = line.split()[0].decode().lower()
            if self._hangs_up(command):
                return
            if command == "data":
                peer.sendall(b"354 go on\r\n")
                if not self._takes(peer, lines):
                    return
            else:
                peer.sendall(b"250 fine\r\n")

    def _takes(self, peer: socket.socket, lines: Any) -> bool:
        if self._hangs_up("body"):
            lines.readline()
            return False
        for line in lines:
            if line == b".\r\n":
                self.taken += 1
                if self.answer:
                    peer.sendall(self.answer)
                    return True
                if self._hangs_up("dot"):
                    return False
                peer.sendall(b"250 taken\r\n")
                return True
        return False


@contextmanager
def hanging_up(server: HangingUp) -> Iterator[int]:
    """Its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.serve, args=[listener])
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)
