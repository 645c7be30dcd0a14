"""The editor's back end in the preview: it writes material, and nobody makes it write anything else."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from newsroom.content.folder import MEDIA_TYPES
from newsroom.publish.editor_requests import API_PATH, MEDIA_PATH
from newsroom.publish.local_backend import MEDIA, LocalBackend
from newsroom.publish.preview_server import PreviewServer

RELEASE = "content/releases/2024/05/2024-05-09-katok.md"
TEXT = "---\ntitle: Каток\n---\n\nЛёд готов.\n"
PICTURE = b"\xff\xd8\xff\xe0 not much of a picture"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "material"  # the editor calls it «content», whatever its name
    (folder / "releases/2024/05").mkdir(parents=True)
    (folder / "releases/2024/05/2024-05-08-yarmarka.md").write_text(TEXT, "utf-8")
    (folder / "releases/2024/05/yarmarka.jpg").write_bytes(PICTURE)
    (tmp_path / "secret.md").write_text("тайна", "utf-8")
    return folder


@pytest.fixture
def backend(content: Path) -> LocalBackend:
    return LocalBackend(content)


def entry(path: str = RELEASE, raw: str = TEXT, read: str | None = None, **more: Any) -> dict[str, Any]:
    """A text to be saved; ``read`` is the id of what its writer has read."""
    text = {"path": path, "raw": raw, "slug": "a", "id": read}
    return {"action": "persistEntry", "params": {"dataFiles": [text], **more}}


def id_of(backend: LocalBackend, path: str = RELEASE) -> str:
    _, found = backend.answer({"action": "getEntry", "params": {"path": path}})
    return str(found["file"]["id"])


def asset(path: str, data: bytes = PICTURE) -> dict[str, str]:
    return {"path": path, "content": base64.b64encode(data).decode(), "encoding": "base64"}


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_a_text_and_its_picture_are_written_where_they_belong(backend: LocalBackend, content: Path) -> None:
    status, _ = backend.answer(entry(assets=[asset("content/releases/2024/05/katok.jpg")]))
    assert 200 == status
    assert (TEXT.encode(), PICTURE) == (
        (content / "releases/2024/05/2024-05-09-katok.md").read_bytes(),
        (content / "releases/2024/05/katok.jpg").read_bytes(),
    )
    assert [] == list(content.rglob(".*"))


def test_what_was_written_is_read_again(backend: LocalBackend) -> None:
    backend.answer(entry())
    _, one = backend.answer({"action": "getEntry", "params": {"path": RELEASE}})
    assert (TEXT, RELEASE) == (one["data"], one["file"]["path"])
    _, none = backend.answer({"action": "getEntry", "params": {"path": RELEASE.replace("katok", "none")}})
    assert none["data"] is None
    listing = {"folder": "content/releases/2024", "extension": "md", "depth": 2}
    _, listed = backend.answer({"action": "entriesByFolder", "params": listing})
    assert ["2024-05-08-yarmarka.md", "2024-05-09-katok.md"] == [
        each["file"]["path"].rpartition("/")[2] for each in listed
    ]
    _, shallow = backend.answer({"action": "entriesByFolder", "params": {**listing, "depth": 1}})
    assert [] == shallow


def test_pictures_are_listed_without_their_bytes(backend: LocalBackend) -> None:
    _, listed = backend.answer({"action": "getMedia", "params": {"mediaFolder": "content/releases/2024/05"}})
    assert [("yarmarka.jpg", len(PICTURE))] == [(each["name"], each["size"]) for each in listed]
    assert all("content" not in each for each in listed)


STRANGE_PATHS = [
    "../secret.md",
    "content/../../secret.md",
    "/etc/passwd.md",
    "content/releases/.git/hooks.md",
    "content/.gitattributes",
    "secret.md",
    "content",
    "",
    "content/a\\..\\b.md",
    "content/a\x00.md",
    "content/con:ads.md",
    "content/releases/а.md.",
    f"content/{'я' * 120}.md",
    "content/link/a.md",
    "content/a.md",
    None,
    ["content/a.md"],
]


@pytest.mark.parametrize("path", STRANGE_PATHS, ids=repr)
def test_no_path_leads_out_of_the_material(backend: LocalBackend, content: Path, path: Any) -> None:
    (content / "link").symlink_to(content.parent, target_is_directory=True)
    before = files(content.parent)
    for request in (
        entry(path),
        entry(assets=[asset(path)]) if isinstance(path, str) else entry(path),
        {"action": "persistMedia", "params": {"asset": {**asset("x"), "path": path}}},
        {"action": "deleteFiles", "params": {"paths": [path]}},
        {"action": "getEntry", "params": {"path": path}},
        {"action": "getMediaFile", "params": {"path": path}},
    ):
        status, told = backend.answer(request)
        assert 422 == status
        assert "error" in told
    assert before == files(content.parent)


@pytest.mark.parametrize("name", ["a.html", "a.js", "a.svg", "a.py", "a.yaml", "a"])
def test_only_kinds_of_files_that_material_may_have_are_written(backend: LocalBackend, name: str) -> None:
    assert 422 == backend.answer(entry(f"content/pages/{name}"))[0]
    assert 422 == backend.answer(entry(assets=[asset(f"content/pages/{name}")]))[0]


def test_they_are_those_that_may_lie_beside_a_release() -> None:
    assert set(MEDIA_TYPES) == MEDIA


def test_a_text_is_neither_deleted_nor_renamed(backend: LocalBackend, content: Path) -> None:
    backend.answer(entry())
    before = files(content)
    assert 422 == backend.answer({"action": "deleteFile", "params": {"path": RELEASE}})[0]
    moved = {"path": RELEASE, "raw": TEXT, "newPath": RELEASE.replace("katok", "lyod")}
    assert 422 == backend.answer({"action": "persistEntry", "params": {"dataFiles": [moved]}})[0]
    assert before == files(content)


STALE = [
    (RELEASE, None, "уже есть: впишите другой адрес"),
    (RELEASE, "0" * 64, "изменился, пока вы писали"),
    ("content/releases/2024/05/2024-05-10-udalyon.md", "0" * 64, "изменился, пока вы писали"),
]


@pytest.mark.parametrize(("path", "read", "told"), STALE)
def test_a_text_that_was_not_read_as_it_is_is_not_written_over(
    backend: LocalBackend, content: Path, path: str, read: str | None, told: str
) -> None:
    backend.answer(entry(raw="правка коллеги"))
    before = files(content)
    picture = asset("content/releases/2024/05/novaya.jpg")
    status, answer = backend.answer(entry(path, "моя правка", read, assets=[picture]))
    assert (422, True) == (status, told in answer["error"])
    assert before == files(content)


def test_whoever_saved_a_text_may_save_it_again(backend: LocalBackend, content: Path) -> None:
    read = None
    for text in ("раз", "два", "три"):
        status, answer = backend.answer(entry(raw=text, read=read))
        read = answer["ids"][RELEASE]
        assert (200, id_of(backend)) == (status, read)
    assert "три" == (content / "releases/2024/05/2024-05-09-katok.md").read_text("utf-8")


def test_a_picture_is_never_written_over(backend: LocalBackend, content: Path) -> None:
    path, before = "content/releases/2024/05/yarmarka.jpg", files(content)
    for request in (
        entry(assets=[asset(path, b"another")]),
        {"action": "persistMedia", "params": {"asset": asset(path, b"another")}},
    ):
        status, told = backend.answer(request)
        assert (422, True) == (status, "уже есть, и он другой" in told["error"])
        assert before == files(content)
    same = {"action": "persistMedia", "params": {"asset": asset(path)}}
    assert [200, 200] == [backend.answer(request)[0] for request in (same, entry(assets=[asset(path)]))]


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("image:\n  src: {}\n", True), ("image: {{src: '{}', alt: а}}", True), ("![Лёд]({})", True),
        ("![Лёд](<{}>)", True), ("см. {}.", True), ("src: staraya-{}", False), ("src: {}.pdf", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["yarmarka.jpg", "ярмарка 1.jpg"])
def test_a_picture_that_a_text_names_is_not_deleted(
    backend: LocalBackend, content: Path, text: str, is_named: bool, name: str
) -> None:
    folder = content / "releases/2024/05"
    for file in ("other.jpg", name):
        (folder / file).write_bytes(PICTURE)
    (folder / "2024-05-09-katok.md").write_text(text.format(name), "utf-8")
    paths = [f"content/releases/2024/05/{file}" for file in ("other.jpg", name)]
    status, told = backend.answer({"action": "deleteFiles", "params": {"paths": paths}})
    assert (422 if is_named else 200, is_named) == (status, "2024-05-09-katok.md" in told.get("error", ""))
    assert [is_named] * 2 == [(folder / file).exists() for file in ("other.jpg", name)]


def test_an_address_in_the_text_names_a_picture_too(backend: LocalBackend, content: Path) -> None:
    folder = content / "releases/2024/05"
    (folder / "лёд.jpg").write_bytes(PICTURE)
    (folder / "2024-05-09-katok.md").write_text("![Лёд](%D0%BB%D1%91%D0%B4.jpg)", "utf-8")
    request = {"action": "deleteFile", "params": {"path": "content/releases/2024/05/лёд.jpg"}}
    assert 422 == backend.answer(request)[0]


def test_a_picture_can_be_deleted(backend: LocalBackend, content: Path) -> None:
    path = "content/releases/2024/05/yarmarka.jpg"
    assert 200 == backend.answer({"action": "deleteFiles", "params": {"paths": [path]}})[0]
    assert not (content / "releases/2024/05/yarmarka.jpg").exists()


@pytest.mark.parametrize(
    "request_",
    [
        None, [], "info", {}, {"action": "unpublishedEntries"}, {"action": ["info"]},
        {"action": "persistEntry"},
        {"action": "entriesByFolder", "params": {"folder": "content", "extension": "md", "depth": "x"}},
        {"action": "persistEntry", "params": {"dataFiles": "x"}},
        {"action": "getEntry", "params": [1]},
        entry(assets=[{"path": "content/pages/a.png", "content": "?", "encoding": "base64"}]),
        entry(assets=[{"path": "content/pages/a.png", "content": "YQ==", "encoding": "utf-8"}]),
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_not_understood_changes_nothing(backend: LocalBackend, content: Path, request_: Any) -> None:
    before = files(content)
    assert 422 == backend.answer(request_)[0]
    assert before == files(content)


def test_a_disk_that_refuses_leaves_the_old_text(
    backend: LocalBackend, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend.answer(entry())
    read = id_of(backend)

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    status, told = backend.answer(entry(raw="другое", read=read))
    assert (500, True) == (status, "не записан" in told["error"])
    assert TEXT.encode() == (content / "releases/2024/05/2024-05-09-katok.md").read_bytes()
    assert [] == list(content.rglob(".*"))


@pytest.fixture
def server(content: Path, tmp_path: Path) -> Iterator[PreviewServer]:
    with PreviewServer(tmp_path / "output", content=content).running() as running:
        yield running


def asked(server: PreviewServer, path: str, body: Any = None, **headers: str) -> tuple[int, bytes]:
    """POST of a body as JSON, GET without one; a header given as "" is left out."""
    host = f"127.0.0.1:{server.server_port}"
    own = {"Host": host, "Origin": f"http://{host}", "Content-Type": "application/json; charset=utf-8"}
    sent = {name.replace("_", "-"): value for name, value in {**own, **headers}.items() if value}
    data = None if body is None else json.dumps(body).encode()
    with closing(HTTPConnection("127.0.0.1", server.server_port, timeout=20)) as connection:
        connection.putrequest("GET" if data is None else "POST", path, skip_host=True)
        for name, value in sent.items():
            connection.putheader(name, value)
        if data is not None:
            connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data)
        response = connection.getresponse()
        return response.status, response.read()


def test_the_editors_own_page_is_answered(server: PreviewServer, content: Path) -> None:
    status, body = asked(server, API_PATH, {"action": "info"})
    assert (200, "material") == (status, json.loads(body)["repo"])
    assert 200 == asked(server, API_PATH, entry())[0]
    assert (content / "releases/2024/05/2024-05-09-katok.md").is_file()


STRANGERS = {
    "a page of another site": {"Origin": "https://evil.example"},
    "another port of this machine": {"Origin": "http://127.0.0.1:1"},
    "a page without an origin": {"Origin": "null"},
    "no origin at all": {"Origin": ""},
    "a name that leads here": {"Host": "evil.example", "Origin": "http://evil.example"},
    "no host": {"Host": ""},
    "a form": {"Content_Type": "text/plain"},
    "a request across sites": {"Sec_Fetch_Site": "cross-site"},
}


@pytest.mark.parametrize("headers", STRANGERS.values(), ids=STRANGERS)
def test_nobody_else_may_write(server: PreviewServer, content: Path, headers: dict[str, str]) -> None:
    before = files(content)
    assert asked(server, API_PATH, entry(), **headers)[0] in {400, 403}
    assert before == files(content)


def test_a_picture_is_shown_to_the_editor_and_to_nobody_else(server: PreviewServer) -> None:
    path = f"{MEDIA_PATH}?path=content/releases/2024/05/yarmarka.jpg"
    assert (200, PICTURE) == asked(server, path, Origin="")
    assert 403 == asked(server, path, Origin="", Host="evil.example")[0]
    assert 404 == asked(server, path, Origin="", Sec_Fetch_Site="cross-site")[0]
    for other in ("content/releases/2024/05/2024-05-08-yarmarka.md", "../secret.md", ""):
        assert 404 == asked(server, f"{MEDIA_PATH}?path={other}", Origin="")[0]


@pytest.mark.parametrize("path", ["/", "/admin/", "/admin/api/v2", MEDIA_PATH])
def test_nothing_else_takes_a_post(server: PreviewServer, path: str) -> None:
    assert 404 == asked(server, path, {"action": "info"})[0]


def test_a_server_without_material_has_no_editor(tmp_path: Path) -> None:
    with PreviewServer(tmp_path).running() as server:
        assert 404 == asked(server, API_PATH, {"action": "info"})[0]
        assert 404 == asked(server, f"{MEDIA_PATH}?path=content/a.jpg", Origin="")[0]


def test_bytes_that_are_no_json_are_told(server: PreviewServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    host = f"127.0.0.1:{server.server_port}"
    with closing(connection):
        headers = {"Origin": f"http://{host}", "Content-Type": "application/json"}
        connection.request("POST", API_PATH, b"{", headers)
        assert 400 == connection.getresponse().status


def test_two_at_once_do_not_mix(backend: LocalBackend, content: Path) -> None:
    texts = [f"---\ntitle: {letter}\n---\n{letter * 100_000}\n" for letter in "аб"]
    writers = [threading.Thread(target=backend.answer, args=(entry(raw=text),)) for text in texts * 5]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert (content / "releases/2024/05/2024-05-09-katok.md").read_text("utf-8") in texts


def test_the_editors_page_is_not_reloaded_under_the_hands_of_who_writes(tmp_path: Path) -> None:
    for path in ("admin/index.html", "index.html"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("<body></body>")
    with PreviewServer(tmp_path).running() as server:
        assert b"<body></body>" == asked(server, "/admin/", Origin="")[1]
        assert b"<script" in asked(server, "/", Origin="")[1]
