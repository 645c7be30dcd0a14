"""Networks on loopback: what is posted stays on a wall, and any request can be made to go wrong.

``FakeNetwork("vk")`` is a server over real sockets with a thread of its own. ``address`` goes to ``api``
of a channel (to ``to`` of WebSub); ``posts`` is the wall as readers see it; ``script`` tells how the next
requests go. One server may be asked from any number of threads and processes.
"""

from __future__ import annotations

import json
import socket
import struct
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event, RLock, Thread
from types import TracebackType
from typing import Any, Literal, Protocol
from urllib.parse import parse_qsl, urlsplit

from newsroom.content.announcing import NetworkName

Kind = Literal["post", "upload", "read"]
"""What a request is for: it changes the wall, it comes before such a one, or it leaves no trace."""
Behaviour = str
"""How a request goes. It is carried out, and then: "ok", "drop_after" (no reply), "500_after", "slow_after"
(the reply comes when nobody waits), "malformed" (not JSON), "empty". It is not carried out: "drop_before",
"429", "500_before", "slow_before", "refused" (the token), "rejected" (the post), "code:N" (an error of
the network's own), "moved" (a redirect)."""
CARRIED_OUT = frozenset({"ok", "drop_after", "500_after", "slow_after", "malformed", "empty"})
RETRY_AFTER = 7
"""Seconds that «429» asks to wait."""
SECRETS: Mapping[str, str] = {
    "TOKEN": "123456:t0ken/of+the=bot",
    "READ_TOKEN": "r3ad-token-of-the-wall",
    "APP_KEY": "PUBL1CKEY",
    "APP_SECRET": "s3cret+of/the=application",
}
"""What a channel must be given to be let in."""


@dataclass
class Request:
    """A request as it came; ``fields`` are those of its form, ``files`` what was uploaded."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    json: Any = None
    several: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Post:
    """A post on the wall; ``link`` is that of its card, ``pictures`` how many, ``moment`` in seconds."""

    id: str
    text: str
    moment: float
    link: str = ""
    pictures: int = 0
    edits: int = 0
    views: int = 0
    group: tuple[str, ...] = ()


@dataclass
class Reply:
    status: int
    payload: Any
    headers: dict[str, str] = field(default_factory=dict)


class Dialect(Protocol):
    """What differs between networks."""

    def kind(self, request: Request) -> Kind: ...
    def let_in(self, request: Request) -> bool: ...
    def answer(self, wall: FakeNetwork, request: Request) -> Reply: ...
    def fault(self, name: str) -> Reply: ...


class FakeNetwork:
    """A network on loopback; start it as a context manager or by ``start`` and ``stop``."""

    def __init__(self, name: NetworkName) -> None:
        from tests.network_dialects import DIALECTS

        self.name = name
        self.dialect: Dialect = DIALECTS[name]()
        self.posts: list[Post] = []
        self.deleted: list[Post] = []
        self.requests: list[tuple[Kind, Request]] = []
        self.replies: list[tuple[Request, Any]] = []
        self.now = 1_800_000_000.0
        self.lock = RLock()
        self.closing = Event()
        self._ids = count(1000)
        self._scripts: defaultdict[str, deque[Behaviour]] = defaultdict(deque)
        self._server = _Server(self)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def script(self, *behaviours: Behaviour, kind: Kind = "post") -> None:
        """How the next requests of a kind go, in turn; those after them go well."""
        with self.lock:
            self._scripts[kind].extend(behaviours)

    def clear(self) -> None:
        """An empty wall where all goes well."""
        with self.lock:
            for kept in (self.posts, self.deleted, self.requests, self.replies, self._scripts):
                kept.clear()

    def next(self, kind: Kind) -> Behaviour:
        with self.lock:
            return self._scripts[kind].popleft() if self._scripts[kind] else "ok"

    def add(self, text: str, *, link: str = "", pictures: int = 0) -> Post:
        """Put a post on the wall; each is a minute younger than the one before."""
        with self.lock:
            self.now += 60
            post = Post(str(next(self._ids)), text, self.now, link, pictures)
            self.posts.append(post)
            return post

    def post(self, id: str) -> Post | None:
        with self.lock:
            return next((post for post in self.posts if post.id == id), None)

    def delete(self, id: str) -> bool:
        with self.lock:
            post = self.post(id)
            if post:
                self.posts.remove(post)
                self.deleted.append(post)
            return post is not None

    def start(self) -> FakeNetwork:
        Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> FakeNetwork:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, network: FakeNetwork) -> None:
        self.network = network
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that were killed or gave up are no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def _handle(self) -> None:
        wall, request = self.server.network, self._request()
        kind = wall.dialect.kind(request)
        with wall.lock:
            wall.requests.append((kind, request))
        behaviour = wall.next(kind)
        reply = _carried_out(wall, request, behaviour)
        if behaviour.startswith("slow"):
            wall.closing.wait(30)
        if behaviour.startswith(("drop", "slow")):
            self._hang_up()
        else:
            self._write(reply, behaviour)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _handle  # noqa: N815

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, parts.path, dict(parse_qsl(parts.query)), headers)
        kind = headers.get("content-type", "")
        if kind.startswith("application/json"):
            request.json = json.loads(body)
        elif kind.startswith("multipart/form-data"):
            _read_parts(request, kind, body)
        else:
            for name, value in parse_qsl(body.decode(), keep_blank_values=True):
                request.fields[name] = value
                request.several.setdefault(name, []).append(value)
        return request

    def _write(self, reply: Reply, behaviour: Behaviour) -> None:
        body = b"" if reply.payload is None else json.dumps(reply.payload, ensure_ascii=False).encode()
        if behaviour in {"malformed", "empty"}:
            body = b'<html>{"' if behaviour == "malformed" else b""
        self.send_response(reply.status)
        for name, value in {**reply.headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _hang_up(self) -> None:
        """Close at once, without the polite end of TCP."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


def _carried_out(wall: FakeNetwork, request: Request, behaviour: Behaviour) -> Reply:
    dialect = wall.dialect
    if behaviour == "moved":
        return Reply(302, None, {"Location": f"{wall.address}/elsewhere"})
    if behaviour == "500_before":
        return Reply(500, {"message": "out of order"})
    if behaviour in {"drop_before", "slow_before"}:
        return Reply(500, None)
    if behaviour not in CARRIED_OUT:
        return dialect.fault(behaviour)
    if not dialect.let_in(request):
        return dialect.fault("refused")
    with wall.lock:
        reply = dialect.answer(wall, request)
        wall.replies.append((request, reply.payload))
    return Reply(500, {"message": "out of order"}) if behaviour == "500_after" else reply


def _read_parts(request: Request, kind: str, body: bytes) -> None:
    message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + body, policy=HTTP)
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content: Any = part.get_payload(decode=True)
        if part.get_filename() is None:
            request.fields[name] = content.decode().removesuffix("\r\n")
        else:
            request.files[name] = content
