"""A server of a built site on the loopback, with the headers that the site itself asks for."""

from __future__ import annotations

import gzip
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from newsroom.build.headers_file import headers_for, read_rules
from newsroom.build.media_types import media_type

_TEXTS = ("text/", "application/json", "application/xml", "image/svg+xml", "application/manifest+json")
"""What a server packs on its way."""


class SiteServer(ThreadingHTTPServer):
    """Serves a folder as static hosts do: ``index.html`` for a folder, ``404.html`` for what is not there."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.rules = read_rules(folder)
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves before the answer is no fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    @property
    def url(self) -> str:
        """Without a slash at the end."""
        return f"http://127.0.0.1:{self.server_port}"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server of that folder, until the block ends."""
    server = SiteServer(folder)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server.url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: SiteServer
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self.server.folder / path.lstrip("/")
        if file.is_dir() and not path.endswith("/"):
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", "text/plain", {"Location": f"{path}/"})
            return
        if path.endswith("/"):
            file /= "index.html"
        status = HTTPStatus.OK
        if not file.is_file() or not file.resolve().is_relative_to(self.server.folder):
            status, file = HTTPStatus.NOT_FOUND, self.server.folder / "404.html"
        told = media_type(file.suffix.lower())
        self._send(status, file.read_bytes(), told, headers_for(self.server.rules, path))

    do_HEAD = do_GET  # noqa: N815 - the library looks for this name

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def _send(self, status: HTTPStatus, body: bytes, told: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        if told.startswith(_TEXTS) and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        for name, value in {"Content-Type": told, **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)
