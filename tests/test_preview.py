"""The preview serves the output as it is, rebuilds at each change, and tells the browser."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from newsroom.publish.preview import Preview, main
from newsroom.publish.preview_server import EVENTS_PATH, SCRIPT_PATH, PreviewServer

PAGE = "<!doctype html><html><body><h1>{}</h1></body></html>"
BUILDER = """\
import os, pathlib, sys
if not sys.stdin.readline():
    sys.exit()
text = pathlib.Path("content/a.md").read_text(encoding="utf-8")
if "беда" in text:
    sys.exit("a.md:1: нет заголовка — напишите его")
page = f"<body>{text} {os.environ['SITEURL']}.</body>"
pathlib.Path("output/index.html").write_text(page, encoding="utf-8")
"""


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "output"
    for path in ("index.html", "news/index.html", "404.html"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(PAGE.format(path), encoding="utf-8")
    (folder / "data").mkdir()
    return folder


@pytest.fixture
def server(output: Path) -> Iterator[PreviewServer]:
    with PreviewServer(output).running() as running:
        yield running


@contextmanager
def answered(server: PreviewServer, path: str, method: str = "GET", **headers: str) -> Iterator[HTTPResponse]:
    with closing(HTTPConnection("127.0.0.1", server.server_port, timeout=20)) as connection:
        connection.request(method, path, headers=headers)
        with closing(connection.getresponse()) as response:
            yield response


def event(stream: HTTPResponse) -> list[str]:
    """The lines of the next event; a lone «:» when there was none for long."""
    lines = []
    while line := stream.readline().decode().rstrip("\n"):
        lines.append(line)
    return lines


@pytest.mark.parametrize(
    ("path", "status", "heading"),
    [
        ("/", 200, "index.html"),
        ("/news/", 200, "news/index.html"),
        ("/news/index.html?a=1", 200, "news/index.html"),
        ("/none/", 404, "404.html"),
        ("/none.png", 404, "404.html"),
        ("/data/", 404, "404.html"),
        ("/../secret", 404, "404.html"),
        ("/index.html/", 404, "404.html"),
    ],
)
def test_pages_are_served_by_their_addresses(
    server: PreviewServer, path: str, status: int, heading: str
) -> None:
    with answered(server, path) as response:
        assert status == response.status
        assert f"<h1>{heading}</h1>" in response.read().decode()


def test_an_address_without_its_slash_is_redirected(server: PreviewServer) -> None:
    with answered(server, "/news") as response:
        assert (301, "/news/") == (response.status, response.headers["Location"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.md", "text/markdown; charset=utf-8"),
        ("a.txt", "text/plain; charset=utf-8"),
        ("a.xml", "application/xml; charset=utf-8"),
        ("a.ics", "text/calendar; charset=utf-8"),
        ("a.JPG", "image/jpeg"),
        ("a.webp", "image/webp"),
        ("a.avif", "image/avif"),
        ("a.woff2", "font/woff2"),
        ("a.unknown", "application/octet-stream"),
    ],
)
def test_files_are_served_as_they_are_with_their_type(
    server: PreviewServer, output: Path, name: str, expected: str
) -> None:
    data = "данные </body>".encode()
    (output / name).write_bytes(data)
    with answered(server, f"/{name}") as response:
        assert (expected, "no-store", data) == (
            response.headers["Content-Type"],
            response.headers["Cache-Control"],
            response.read(),
        )


def test_the_script_is_put_into_the_page_served_and_not_into_the_file(
    server: PreviewServer, output: Path
) -> None:
    with answered(server, "/") as response:
        assert f'</h1><script src="{SCRIPT_PATH}?0"></script></body>' in response.read().decode()
    assert PAGE.format("index.html") == (output / "index.html").read_text(encoding="utf-8")
    with answered(server, SCRIPT_PATH) as response:
        assert EVENTS_PATH in response.read().decode()


def test_a_head_request_gets_no_body(server: PreviewServer) -> None:
    with answered(server, "/", "HEAD") as response:
        assert (200, b"") == (response.status, response.read())


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
@pytest.mark.parametrize(
    "path", ["/", "/news/", "/none/", "/data/", SCRIPT_PATH, EVENTS_PATH, "/admin/config.json"]
)
def test_nobody_reads_the_preview_by_a_name_of_his_own(server: PreviewServer, path: str, method: str) -> None:
    """A name of any site can be made to lead to this machine: its pages would read drafts."""
    port = server.server_port
    for host in (
        f"evil.example:{port}",
        "127.0.0.1",
        f"127.0.0.1:{port + 1}",
        f"127.0.0.1:{port}.evil.example",
        "",
    ):
        with answered(server, path, method, Host=host) as response:
            assert 403 == response.status, host
            assert b".html</h1>" not in response.read()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_the_preview_is_read_by_the_names_of_this_machine(server: PreviewServer, name: str) -> None:
    with answered(server, "/", Host=f"{name}:{server.server_port}") as response:
        assert 200 == response.status


def test_a_page_is_told_of_a_build_that_ended_before_it_asked(server: PreviewServer) -> None:
    server.news.publish()
    with answered(server, f"{EVENTS_PATH}?0") as stream:
        assert ["event: reload", 'data: ""'] == event(stream)


def test_a_failure_is_told_to_each_page_until_it_is_mended(server: PreviewServer) -> None:
    server.news.publish("a.md:1: беда")
    for _ in range(2):
        with answered(server, f"{EVENTS_PATH}?1") as stream:
            assert ["event: failed", 'data: "a.md:1: беда"'] == event(stream)


@pytest.fixture
def project(tmp_path: Path, output: Path) -> Path:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("первый", encoding="utf-8")
    (tmp_path / "builder.py").write_text(BUILDER, encoding="utf-8")
    return output.parent


def test_a_change_is_built_for_the_servers_own_address_and_the_browser_told(
    project: Path, server: PreviewServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITEURL", "https://news.example/base")
    source = project / "content/a.md"
    command = (sys.executable, "builder.py")
    preview = Preview(project=project, content=source.parent, build=command, url=server.url)
    watching = threading.Thread(target=preview.run, args=(server.news,))
    watching.start()
    try:
        with answered(server, f"{EVENTS_PATH}?0") as stream:
            assert "event: reload" == event(stream)[0]
            assert f"первый {server.url}." in home(server)
            source.write_text("беда", encoding="utf-8")
            assert ["event: failed", 'data: "a.md:1: нет заголовка — напишите его\\n"'] == event(stream)
            assert f"первый {server.url}." in home(server)
            source.write_text("второй", encoding="utf-8")
            assert "event: reload" == event(stream)[0]
            assert "второй" in home(server)
    finally:
        preview.stop.set()
        watching.join(timeout=20)
    assert not watching.is_alive()


def home(server: PreviewServer) -> str:
    with answered(server, "/") as response:
        return response.read().decode()


def test_a_port_that_is_taken_is_told(
    server: PreviewServer, output: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 1 == main([str(output), str(output), "--port", str(server.server_port)])
    assert "Выберите другой" in capsys.readouterr().err
