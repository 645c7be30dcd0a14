"""A real nginx answers former addresses by the list that a build makes, and with the headers of its table."""

from __future__ import annotations

import csv
import io
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

import pelicanconf
from newsroom.build.headers_file import headers_for, read_rules
from newsroom.build.media_types import media_type
from newsroom.importing.entry import Entry
from newsroom.importing.import_report import redirects
from newsroom.importing.old_addresses import path_of
from newsroom.importing.planning import KNOWN, Outcome
from tests.conftest import VOCABULARY, TinySite, tool
from tests.servers import wait_for

CONFIGURATION = """\
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
  access_log off;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  map_hash_bucket_size 512;
  map $uri $moved {{ include {output}/redirects.map; }}
  map $request_uri $moved_with_query {{ include {folder}/moved.map; }}
  include {output}/nginx/http.conf;
  server {{
    listen 127.0.0.1:{port};
    root {output};
    absolute_redirect off;
    if ($moved) {{ return 301 $moved; }}
    if ($moved_with_query) {{ return 301 $moved_with_query; }}
    include {output}/nginx/server.conf;
  }}
}}
"""

OLD = ("/news/?id=5&lang=ru", "/новости.php", "/n ews/", '/a";b/?q=«1»')
"""Addresses of an old site that no static page can answer."""

Answer = tuple[int, str]


@dataclass(frozen=True)
class Nginx:
    """A running nginx and the site that it serves."""

    site: TinySite
    port: int

    def __call__(self, address: str) -> Answer:
        """The status and the Location of an address."""
        status, headers = self.ask(address)
        return status, headers.get("Location", "")

    def ask(self, address: str, method: str = "GET") -> tuple[int, dict[str, str]]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as connection:
            connection.request(method, quote(address, safe="/?=&;"))
            response = connection.getresponse()
            response.read()
            names = [name for name, _ in response.getheaders()]
            assert len(names) == len(set(names)), "a header was sent twice"
            return response.status, dict(response.getheaders())


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """An nginx that serves a site with former addresses, a picture and the browser editor."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    tool(Path(program).is_file(), "nginx", "apt install nginx-light")
    folder = tmp_path_factory.mktemp("nginx")
    site = TinySite(folder)
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.release("2024-05-09-katok", aliases="[/staroe/mesto/, /old.html, /каток/]")
    site.release("2024-05-10-park", aliases="[/news/2023/12/park/]", image="{src: led.jpg, alt: Лёд}")
    site.picture("releases/2024/05/led.jpg")
    editor = {"backend": "github", "repo": "a/b", "base_url": "https://auth.example"}
    clock = datetime.fromisoformat(site.now)
    site.settings = {"NEWSROOM": {**pelicanconf.NEWSROOM, "now": clock, "editor": editor}}
    assert 0 == site.build().status
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    (folder / "moved.map").write_text(_moved_by_an_import())
    settings = folder / "nginx.conf"
    settings.write_text(CONFIGURATION.format(folder=folder, output=site.output, port=port))
    with subprocess.Popen([program, "-p", str(folder), "-c", str(settings)]) as server:
        try:
            wait_for(port)
            yield Nginx(site, port)
        finally:
            server.terminate()


def _moved_by_an_import() -> str:
    """The list of an import as docs/import.md tells to write it for nginx."""
    moved = "releases/2024/05/2024-05-09-katok.md"
    outcomes = [
        Outcome(Entry(""), KNOWN, moved, old=path_of(f"https://old.example{address}")) for address in OLD
    ]
    _, *rows = csv.reader(io.StringIO(redirects(outcomes).decode()), delimiter=";")
    return "".join(f'"{old}" "{new}";\n' for old, new in rows)


def test_former_addresses_are_redirected_for_ever_and_present_ones_are_pages(
    nginx: Nginx,
) -> None:
    expected = {
        "/old.html": (301, "/news/2024/05/katok/"),
        "/staroe/mesto/": (301, "/news/2024/05/katok/"),
        "/staroe/mesto": (301, "/news/2024/05/katok/"),
        "/каток/": (301, "/news/2024/05/katok/"),
        "/news/2023/12/park/": (301, "/news/2024/05/park/"),
        "/news/2024/05/katok/": (200, ""),
        "/old.htm": (404, ""),
        **dict.fromkeys(OLD, (301, "/news/2024/05/katok/")),
        "/news/?id=6&lang=ru": (200, ""),
    }
    assert expected == {address: nginx(address) for address in expected}


MOVED = {"/old.html", "/staroe/mesto/", "/каток/", "/news/2023/12/park/"}
OF_THE_TRANSFER = {
    "Server", "Date", "Connection", "Content-Length", "Last-Modified", "ETag", "Accept-Ranges", "Location",
}  # fmt: skip
KINDS = {
    ".html", ".webp", ".avif", ".jpg", ".png", ".ics", ".md", ".txt", ".map", ".json", ".xml", ".csv", ".css",
    ".js", ".woff2", ".svg", ".ico",
}  # fmt: skip


def _promised(nginx: Nginx, path: str) -> dict[str, str]:
    """What ``_headers`` says of a path, with the type of its ending where nothing else is said."""
    name = path if not path.endswith("/") else "index.html"
    return {"Content-Type": media_type(Path(name).suffix)} | headers_for(read_rules(nginx.site.output), path)


def _given(nginx: Nginx, path: str, method: str = "GET") -> tuple[int, dict[str, str]]:
    status, headers = nginx.ask(path, method)
    return status, {name: value for name, value in headers.items() if name not in OF_THE_TRANSFER}


def test_every_file_has_the_headers_that_static_hosts_would_send(nginx: Nginx) -> None:
    output = nginx.site.output
    files = {f"/{file.relative_to(output).as_posix()}" for file in output.rglob("*.*") if file.is_file()}
    assert KINDS <= {Path(file).suffix for file in files}
    hidden = {file for file in files if file.startswith("/nginx/")} | {"/_headers"}
    shown = {file.removesuffix("index.html") for file in files - hidden} - MOVED
    assert {path: (200, _promised(nginx, path)) for path in shown} == {
        path: _given(nginx, path) for path in shown
    }
    assert {404} == {nginx.ask(path)[0] for path in hidden}


@pytest.mark.parametrize(
    ("method", "path", "status", "like"),
    [
        ("GET", "/nowhere/", 404, "/404.html"),
        ("GET", "/theme/gone.0123abcd.js", 404, "/404.html"),
        ("GET", "/search/engine-1/gone.js", 404, "/404.html"),
        ("GET", "/search/nothing-here", 404, "/404.html"),
        ("GET", "/old.html", 301, "/news/"),
        ("GET", "/news", 301, "/news/"),
        ("POST", "/news/", 405, "/news/"),
        ("POST", "/admin/", 405, "/news/"),
        ("HEAD", "/theme", 301, "/news/"),
    ],
)
def test_redirects_and_faults_are_kept_no_longer_than_a_page_and_are_as_safe(
    nginx: Nginx, method: str, path: str, status: int, like: str
) -> None:
    found, headers = _given(nginx, path, method)
    promised = _promised(nginx, like)
    if path == "/admin/":
        promised = _promised(nginx, path) | {"Cache-Control": promised["Cache-Control"]}
    assert (status, promised | {"Content-Type": ""}) == (found, headers | {"Content-Type": ""})
