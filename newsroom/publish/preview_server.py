"""The server behind ``make serve``: files of the output, and a stream that tells pages to reload."""

from __future__ import annotations

import html
import io
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from newsroom.build.headers_file import headers_for, read_rules
from newsroom.build.media_types import media_type
from newsroom.publish import editor_requests
from newsroom.publish.local_backend import LocalBackend

SCRIPT_PATH = "/.preview/reload.js"
EVENTS_PATH = "/.preview/events"

_AS_IN_PUBLIC = frozenset(
    {
        "Content-Security-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy", "Referrer-Policy",
        "X-Content-Type-Options", "X-Frame-Options",
    }
)  # fmt: skip
"""Headers of the site that hold here too, so that an editor sees what readers will. None of those that let
other sites in: drafts are here."""

_KEEP_ALIVE = 15.0
"""Seconds of silence after which a comment is sent, so that a closed browser is noticed."""

_SCRIPT = """\
const stream = new EventSource("%s?" + document.currentScript.src.split("?")[1]);
stream.addEventListener("reload", () => location.reload());
stream.addEventListener("failed", (event) => {
  const box = document.getElementById("preview-problems") || document.createElement("pre");
  box.id = "preview-problems";
  box.textContent = JSON.parse(event.data);
  box.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;margin:0;padding:1rem;" +
    "z-index:9999;background:#7f1d1d;color:#fff;font:14px/1.5 monospace;white-space:pre-wrap";
  document.body.append(box);
});
addEventListener("pagehide", () => stream.close());
"""


@dataclass
class News:
    """What became of the builds: how many there were, and what the last one said if it failed."""

    number: int = 0
    failure: str = ""
    closed: bool = False
    changed: threading.Condition = field(default_factory=threading.Condition)

    def publish(self, failure: str = "") -> None:
        """Tell every waiting page that a build ended; ``failure`` is what it said when it failed."""
        with self.changed:
            self.number, self.failure = self.number + 1, failure
            self.changed.notify_all()

    def close(self) -> None:
        """Let every waiting page go."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def wait(self, seen: int, timeout: float) -> tuple[int, str]:
        """The number and failure of the last build, once it is not ``seen`` or the time is over."""
        with self.changed:
            self.changed.wait_for(lambda: self.closed or self.number != seen, timeout)
            return self.number, self.failure


class PreviewServer(ThreadingHTTPServer):
    """Serves a folder on the loopback; raises OSError when the port is taken.

    With ``content`` the browser editor of that folder works.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, folder: Path, port: int = 0, content: Path | None = None) -> None:
        self.folder = folder
        self.editor = LocalBackend(content) if content else None
        self.news = News()
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    @contextmanager
    def running(self) -> Iterator[PreviewServer]:
        """Serve from a thread until the block ends, then free the port."""
        thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.news.close()
            self.shutdown()
            self.server_close()
            thread.join()


class _Handler(SimpleHTTPRequestHandler):
    server: PreviewServer

    def __init__(self, request: object, client_address: object, server: PreviewServer) -> None:
        super().__init__(request, client_address, server, directory=str(server.folder))  # type: ignore[arg-type]

    def parse_request(self) -> bool:
        """Whether there is something to answer; drafts are read by no page that came under a foreign name."""
        if not super().parse_request():
            return False
        if editor_requests.is_for_here(self.headers, self.server.server_port):
            return True
        self.send_error(HTTPStatus.FORBIDDEN)
        return False

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == SCRIPT_PATH:
            self._answer(HTTPStatus.OK, (_SCRIPT % EVENTS_PATH).encode(), "text/javascript; charset=utf-8")
        elif path == EVENTS_PATH:
            self._stream_events()
        elif path == editor_requests.MEDIA_PATH and self.server.editor:
            self._send_medium(self.server.editor)
        else:
            super().do_GET()

    def do_POST(self) -> None:
        """The browser editor at work; nothing else may post."""
        if urlsplit(self.path).path != editor_requests.API_PATH or not self.server.editor:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        port, editor = self.server.server_port, self.server.editor
        status, told = editor_requests.asked(self.headers, self.rfile, port, editor)
        self.close_connection = True
        self._answer(status, json.dumps(told, ensure_ascii=False).encode(), "application/json; charset=utf-8")

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """As the library does, but pages get the script, and an absent file the site's own 404."""
        path = Path(self.translate_path(self.path))
        closed = urlsplit(self.path).path.endswith("/")
        if path.is_dir() and not closed:
            return super().send_head()
        if closed:
            path /= "index.html"
        if not path.is_file():
            return self._absent()
        # The editor must not be loaded anew under the hands of who writes in it.
        reloads = path.suffix == ".html" and not self.path.startswith("/admin/")
        return self._page(HTTPStatus.OK, path.read_bytes) if reloads else super().send_head()

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """By our own table: the machine's differs from one to the next."""
        return media_type(Path(path).suffix.lower())

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        for name, value in self._as_in_public().items():
            self.send_header(name, value)
        super().end_headers()

    def _as_in_public(self) -> dict[str, str]:
        path = getattr(self, "path", "/")  # there is none yet in the answer to a request that cannot be read
        told = headers_for(read_rules(self.server.folder), urlsplit(path).path)
        return {name: value for name, value in told.items() if name in _AS_IN_PUBLIC}

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing: the terminal belongs to the problems of the build."""

    def _absent(self) -> io.BytesIO:
        page = self.server.folder / "404.html"
        if page.is_file():
            return self._page(HTTPStatus.NOT_FOUND, page.read_bytes)
        news = self.server.news
        text = news.failure or ("Такой страницы нет." if news.number else "Сайт собирается…")
        body = f'<!doctype html><html lang="ru"><title>Нет страницы</title><pre>{html.escape(text)}</pre>'
        return self._page(HTTPStatus.NOT_FOUND, body.encode)

    def _send_medium(self, editor: LocalBackend) -> None:
        file = editor_requests.medium(self.headers, self.path, self.server.server_port, editor)
        if file is None:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self._answer(HTTPStatus.OK, file.read_bytes(), self.guess_type(file))

    def _page(self, status: HTTPStatus, read: Callable[[], bytes]) -> io.BytesIO:
        """Headers sent, the page with the script before its end given back."""
        number = self.server.news.number  # before it is read: else a build between the two would go unnoticed
        page = read()
        script = f'<script src="{SCRIPT_PATH}?{number}"></script>'.encode()
        head, end, tail = page.rpartition(b"</body>")
        body = head + script + end + tail if end else page + script
        self._headers(status, len(body), "text/html; charset=utf-8")
        return io.BytesIO(body)

    def _answer(self, status: HTTPStatus, body: bytes, media_type: str) -> None:
        self._headers(status, len(body), media_type)
        self.wfile.write(body)

    def _headers(self, status: HTTPStatus, length: int, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def _stream_events(self) -> None:
        """Server-sent events (HTML, 9.2): one as soon as a build later than the page's own has ended."""
        query = urlsplit(self.path).query
        news = self.server.news
        # A failure is told to every page that opens, until it is mended.
        seen = -1 if news.failure else int(query) if query.isdecimal() else news.number
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.end_headers()
        try:
            while not news.closed:
                number, failure = news.wait(seen, _KEEP_ALIVE)
                self.wfile.write(_event(failure) if number != seen else b":\n\n")
                self.wfile.flush()
                seen = number
        except OSError:
            return  # the browser has gone to another page


def _event(failure: str) -> bytes:
    name = "failed" if failure else "reload"
    return f"event: {name}\ndata: {json.dumps(failure, ensure_ascii=False)}\n\n".encode()
