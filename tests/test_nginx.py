"""A real nginx answers former addresses by the list that a build makes."""

from __future__ import annotations

import csv
import io
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

from newsroom.importing.entry import Entry
from newsroom.importing.import_report import redirects
from newsroom.importing.old_addresses import path_of
from newsroom.importing.planning import KNOWN, Outcome
from tests.conftest import TinySite, tool

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
  server {{
    listen 127.0.0.1:{port};
    root {output};
    absolute_redirect off;
    if ($moved) {{ return 301 $moved; }}
    if ($moved_with_query) {{ return 301 $moved_with_query; }}
  }}
}}
"""

OLD = ("/news/?id=5&lang=ru", "/новости.php", "/n ews/", '/a";b/?q=«1»')
"""Addresses of an old site that no static page can answer."""

Answer = tuple[int, str]


@pytest.fixture
def answers(site: TinySite, tmp_path: Path) -> Iterator[Callable[[str], Answer]]:
    """Asks an nginx that serves the site, built, for the status and the Location of an address."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    tool(Path(program).is_file(), "nginx", "apt install nginx-light")
    site.release("2024-05-09-katok", aliases="[/staroe/mesto/, /old.html, /каток/]")
    site.release("2024-05-10-park", aliases="[/news/2023/12/park/]")
    assert 0 == site.build().status
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    (tmp_path / "moved.map").write_text(_moved_by_an_import())
    settings = tmp_path / "nginx.conf"
    settings.write_text(CONFIGURATION.format(folder=tmp_path, output=site.output, port=port))
    with subprocess.Popen([program, "-p", str(tmp_path), "-c", str(settings)]) as server:
        try:
            _wait_for(port)
            yield lambda address: _answer(port, address)
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


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx did not begin to listen")


def _answer(port: int, address: str) -> Answer:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("GET", quote(address, safe="/?=&;"))
        response = connection.getresponse()
        return response.status, response.getheader("Location", "")


def test_former_addresses_are_redirected_for_ever_and_present_ones_are_pages(
    answers: Callable[[str], Answer],
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
    assert expected == {address: answers(address) for address in expected}
