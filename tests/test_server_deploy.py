"""A deploy onto a server of one's own: real rsync, real nginx with the shipped settings, a real sshd."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

import brotli
import httpx
import pytest

from newsroom.audit.server import serving
from newsroom.publish.git import DeployError
from newsroom.publish.server.__main__ import main
from newsroom.publish.server.deploy import Deploy, Outcome, asking, rollback
from newsroom.publish.server.shell import shell
from tests.conftest import ROOT, VOCABULARY, TinySite, tool
from tests.servers import BROTLI, nginx, sshd

URL = "https://news.example"
CUTS = 50
"""Deploys that are killed at a random moment: those that had ended before are not among them."""
REQUESTS = 10_000


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two editions of a site: in the second a release is new and another is gone."""
    tool(bool(shutil.which("rsync")), "rsync", "apt install rsync")
    folder = tmp_path_factory.mktemp("editions")
    site = TinySite(folder)
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.picture("releases/2024/05/led.jpg")
    site.release("2024-05-09-katok", aliases="[/staroe/mesto/]", image="{src: led.jpg, alt: Лёд}")
    site.release("2024-05-10-park")
    for id in range(11, 31):
        site.release(f"2024-05-{id}-novost-{id}", body="Новость города. " * 40)
    assert 0 == site.build().status
    first = shutil.copytree(site.output, folder / "first")
    site.remove("releases/2024/05/2024-05-10-park.md")
    site.release("2024-05-31-led", body="Лёд готов, приходите. " * 30)
    assert 0 == site.build().status
    return first, shutil.copytree(site.output, folder / "second")


class Server:
    """A folder that deploys go to, and the nginx that serves it once there is something to serve."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.base = folder / "сайт"
        self.address = ""
        self.moment = datetime(2024, 6, 1, tzinfo=UTC)

    def tick(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def deploy(
        self, output: Path, *, keep: int = 5, whole: bool = False, server: str = "", ssh: str = ""
    ) -> Outcome:
        read_back = asking(self.address, waits=(0,)) if self.address else lambda _: lambda *_: []
        with shell(server or str(self.base), ssh) as there:
            return Deploy(
                shell=there,
                output=output,
                url=URL,
                cache=self.folder / "packed",
                asking=read_back,
                keep=keep,
                whole=whole,
                clock=self.tick,
                sample=10_000,
            ).run()

    def served(self) -> dict[str, bytes]:
        """All files that are served, packed twins left out."""
        return files_of(self.base / "current")

    def get(self, path: str, **headers: str) -> httpx.Response:
        return httpx.get(f"{self.address}{quote(path)}", headers=headers)


NOBODY = 65534
"""The user of that name in Debian."""
_SSH = """\
#!/bin/sh
# As ssh to a server where one is not root: the words up to the host are options.
while [ $# -gt 0 ] && [ "${1#nobody@}" != here ]; do shift; done
[ $# -gt 0 ] || exit 0
shift
[ "$1" != -- ] || shift
exec setpriv --reuid=65534 --regid=65534 --clear-groups sh -c "$*"
"""


@pytest.fixture
def not_root(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server where who deploys is not root, whose address is «nobody@here:…»."""
    if os.getuid():
        pytest.skip("only root may become somebody else")
    with tempfile.TemporaryDirectory(prefix="newsroom-") as name:  # folders of pytest let nobody else in
        made = Server(Path(name))
        made.base.mkdir()
        os.chown(made.base, NOBODY, NOBODY)
        made.folder.chmod(0o755)
        (made.folder / "ssh").write_text(_SSH)
        (made.folder / "ssh").chmod(0o755)
        monkeypatch.setenv("PATH", f"{made.folder}{os.pathsep}{os.environ['PATH']}")
        yield made


def files_of(folder: Path) -> dict[str, bytes]:
    """All files of an edition, packed twins left out."""
    there = folder.resolve()
    found = {path.relative_to(there).as_posix(): path for path in there.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.endswith((".br", ".gz"))}


def names_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path)


@pytest.fixture
def running(server: Server, editions: tuple[Path, Path]) -> Iterator[Server]:
    """A server with the first edition on it, which nginx serves."""
    assert "published" == server.deploy(editions[0]).happened
    with nginx(server.base, server.folder) as address:
        server.address = address
        yield server


def test_the_first_deploy_makes_the_folder_and_serves_the_edition(
    server: Server, editions: tuple[Path, Path]
) -> None:
    outcome = server.deploy(editions[0])
    assert files_of(editions[0]) == server.served()
    assert [outcome.edition] == names_in(server.base / "editions")
    assert outcome.written == len(files_of(editions[0]))
    (line,) = (server.base / "editions.jsonl").read_text().splitlines()
    assert ("published", outcome.edition) == (json.loads(line)["happened"], json.loads(line)["edition"])
    assert "2024-06-01T" in json.loads(line)["moment"]


def test_one_new_release_moves_kilobytes_and_links_the_rest(
    running: Server, editions: tuple[Path, Path]
) -> None:
    before = {path: (running.base / "current" / path).stat().st_ino for path in running.served()}
    outcome = running.deploy(editions[1])
    assert files_of(editions[1]) == running.served()
    same = {path for path, data in files_of(editions[0]).items() if files_of(editions[1]).get(path) == data}
    after = {path: (running.base / "current" / path).stat().st_ino for path in same}
    assert {path: before[path] for path in same} == after
    changed = {path: data for path, data in running.served().items() if path not in same}
    assert len(changed) == outcome.written
    assert outcome.sent < 3 * sum(map(len, changed.values())) + 200 * outcome.written
    assert outcome.linked == len(same)
    assert "published" == outcome.happened


def test_the_edition_before_stays_as_it_was(running: Server, editions: tuple[Path, Path]) -> None:
    running.deploy(editions[1])
    assert files_of(editions[0]) == files_of(running.base / "previous")


def test_a_clock_that_is_slow_or_stands_changes_no_order(
    running: Server, editions: tuple[Path, Path]
) -> None:
    first = names_in(running.base / "editions")
    running.moment -= timedelta(hours=1)
    running.deploy(editions[1])
    running.moment -= timedelta(seconds=1)
    running.deploy(editions[0])
    names = names_in(running.base / "editions")
    assert [*first, (running.base / "previous").readlink().name] == names[:-1]
    assert names[-1] == (running.base / "current").readlink().name


def test_what_was_not_read_back_is_read_back_by_the_next_deploy(
    running: Server, editions: tuple[Path, Path]
) -> None:
    (running.base / "editions.jsonl").write_text("")  # as if it had been killed while it read
    address, running.address = running.address, "http://127.0.0.1:9"
    outcome = running.deploy(editions[0])
    assert ("refused", 1, False) == (outcome.happened, len(outcome.misread), outcome.misread[0].answered)
    running.address = address
    outcome = running.deploy(editions[0])
    assert ("published", 0) == (outcome.happened, outcome.written)
    assert outcome.read > 50
    assert "unchanged" == running.deploy(editions[0]).happened
    assert "published" == running.deploy(editions[0], whole=True).happened


def test_a_server_that_is_silent_rolls_back_and_nothing_is_sent_again(
    running: Server, editions: tuple[Path, Path]
) -> None:
    running.address = "http://127.0.0.1:9"
    outcome = running.deploy(editions[1])
    assert ("rolled-back", 1) == (outcome.happened, len(outcome.misread))
    assert 2 == len(names_in(running.base / "editions"))
    assert files_of(editions[0]) == running.served()


def test_a_rollback_passes_over_what_was_found_wrong_and_over_the_same_content(
    running: Server, editions: tuple[Path, Path]
) -> None:
    first = names_in(running.base / "editions")[0]
    address, running.address = running.address, "http://127.0.0.1:9"
    running.deploy(editions[1])
    running.address = address
    running.deploy(editions[1])
    with shell(str(running.base)) as there:
        assert first == rollback(there, running.tick)[1]
    running.deploy(editions[1])
    with shell(str(running.base)) as there:
        assert first == rollback(there, running.tick)[1]


def test_readers_are_let_in_whatever_the_umask_is(server: Server, editions: tuple[Path, Path]) -> None:
    before = os.umask(0o077)
    try:
        server.deploy(editions[0])
    finally:
        os.umask(before)
    edition = (server.base / "current").resolve()
    paths = (edition.parent, edition, edition / "index.html", edition / "news")
    assert [0o755, 0o755, 0o444, 0o755] == [path.stat().st_mode & 0o777 for path in paths]


def test_nothing_changed_is_no_edition(running: Server, editions: tuple[Path, Path]) -> None:
    assert "unchanged" == running.deploy(editions[0]).happened
    assert 1 == len(names_in(running.base / "editions"))


def test_a_reader_gets_pages_headers_redirects_and_packed_files(
    running: Server, editions: tuple[Path, Path]
) -> None:
    running.deploy(editions[1])
    page = running.get("/news/2024/05/led/", **{"Accept-Encoding": "gzip"})
    assert (200, "gzip") == (page.status_code, page.headers["Content-Encoding"])
    assert "Accept-Encoding" in page.headers["Vary"]
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.text == (editions[1] / "news/2024/05/led/index.html").read_text()
    moved = running.get("/staroe/mesto/")
    assert (301, "/news/2024/05/katok/") == (moved.status_code, moved.headers["Location"])
    gone = running.get("/news/2024/05/park/")
    assert 404 == gone.status_code
    assert "Страница не найдена" in gone.text
    assert "immutable" in running.get(theme_file(editions[1])).headers["Cache-Control"]


@pytest.mark.skipif(not BROTLI.exists(), reason="nginx has no module for brotli here")
def test_a_browser_that_knows_brotli_gets_it(running: Server, editions: tuple[Path, Path]) -> None:
    with httpx.stream("GET", f"{running.address}/", headers={"Accept-Encoding": "br"}) as reply:
        raw = b"".join(reply.iter_raw())
    assert "br" == reply.headers["Content-Encoding"]
    assert (editions[0] / "index.html").read_bytes() == brotli.decompress(raw)


def test_a_page_that_is_open_still_gets_the_sheets_of_its_edition(
    running: Server, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    other = with_another_theme(editions[0], tmp_path / "other")
    old = theme_file(editions[0])
    running.deploy(other)
    assert not (running.base / f"current{old}").exists()
    assert 200 == running.get(old).status_code
    assert "immutable" in running.get(old).headers["Cache-Control"]
    missing = running.get("/theme/nothing.css")
    assert 404 == missing.status_code
    assert "immutable" not in missing.headers["Cache-Control"]


def test_a_file_that_goes_takes_its_packed_twins_with_it(
    running: Server, editions: tuple[Path, Path]
) -> None:
    running.deploy(editions[1])
    left = [path for path in (running.base / "current").resolve().rglob("*") if "park" in str(path)]
    assert [] == left


def test_a_changed_byte_on_the_server_is_found_and_healed(
    running: Server, editions: tuple[Path, Path]
) -> None:
    spoil(running.base / "current/robots.txt")
    outcome = running.deploy(editions[1])
    assert files_of(editions[1]) == running.served()
    assert "published" == outcome.happened


def test_a_byte_that_is_harmed_again_and_again_rolls_back(
    running: Server, editions: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a disk that is dying: whatever is written, something else is read."""
    from newsroom.publish.server import editions as steps

    switch = steps.switch

    def harming(there: object, name: str) -> None:
        spoil(running.base / "editions" / name / "robots.txt")
        switch(there, name)  # type: ignore[arg-type]

    monkeypatch.setattr(steps, "switch", harming)
    served = (running.base / "current").resolve()
    outcome = running.deploy(editions[1])
    assert "rolled-back" == outcome.happened
    assert ["robots.txt"] == [each.path for each in outcome.misread]
    assert served == (running.base / "current").resolve()
    lines = (running.base / "editions.jsonl").read_text().splitlines()
    assert "rolled-back" == json.loads(lines[-1])["happened"]


def test_every_file_can_be_compared(running: Server, editions: tuple[Path, Path]) -> None:
    for path in ("robots.txt", "news/2024/05/katok/index.txt"):
        spoil(running.base / "current" / path)
    outcome = running.deploy(editions[0], whole=True)
    assert (2, "published") == (outcome.written, outcome.happened)
    assert files_of(editions[0]) == running.served()


def test_what_is_mended_is_named_twins_and_strangers_too(
    running: Server, editions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(running.base / "current/news/2024/05/katok/index.html.gz")
    (running.base / "current/news/чужой.html").write_text("чужой")
    (running.base / "current/чужая папка").mkdir()
    (running.base / "current/чужая папка/index.html.br").write_text("чужой")
    (running.base / "current/link").symlink_to("/etc/passwd")
    where = ["--server", str(running.base), "--url", URL, "--cache", str(running.folder / "packed")]
    assert 0 == main(["deploy", str(editions[0]), *where, "--read-from", running.address, "--whole"])
    said = capsys.readouterr().out.splitlines()
    assert "Было испорчено и исправлено: news/2024/05/katok/index.html" in said
    assert "Не из выпуска и удалено: link, news/чужой.html, чужая папка/index.html.br" in said
    assert [] == [path for path in (running.base / "current/").rglob("*") if "чуж" in path.name]
    assert not (running.base / "current/link").is_symlink()
    assert 404 == running.get("/news/чужой.html").status_code
    with httpx.stream("GET", f"{running.address}/news/2024/05/katok/") as reply:
        assert (editions[0] / "news/2024/05/katok/index.html").read_bytes() == b"".join(reply.iter_bytes())


def test_files_of_somebody_else_stop_no_deploy(not_root: Server, editions: tuple[Path, Path]) -> None:
    """As an editor with sudo leaves them: the kernel lets nobody else link to them, nor remove them."""
    where = f"nobody@here:{not_root.base}"
    not_root.deploy(editions[0], server=where)
    edition = (not_root.base / "current").resolve()
    assert NOBODY == (edition / "index.html").stat().st_uid
    (edition / "news/stranger.html").write_text("root")
    (edition / "of-root").mkdir()
    (edition / "of-root/a.html").write_text("root")
    outcome = not_root.deploy(editions[1], server=where, whole=True)
    assert ("news/stranger.html", "of-root/a.html") == outcome.found.strange
    assert files_of(editions[1]) == not_root.served()
    not_root.deploy(editions[0], server=where, keep=1)
    assert (edition.name,) == not_root.deploy(editions[1], server=where, keep=1).stuck
    assert files_of(editions[1]) == not_root.served()


def test_a_folder_that_one_may_not_write_to_is_told_with_what_to_do(
    not_root: Server, editions: tuple[Path, Path]
) -> None:
    os.chown(not_root.base, 0, 0)
    with pytest.raises(DeployError, match=r"папка сайта не готова: .* — .*sudo install -d -o deploy"):
        not_root.deploy(editions[0], server=f"nobody@here:{not_root.base}")


def test_a_server_that_serves_something_else_gets_no_edition(
    running: Server, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    (tmp_path / "wrong").mkdir()
    (tmp_path / "wrong/index.html").write_text("<h1>Чужой сайт</h1>")
    served = (running.base / "current").resolve()
    with serving(tmp_path / "wrong") as address:
        running.address = address
        outcome = running.deploy(editions[1])
    assert "rolled-back" == outcome.happened
    assert served == (running.base / "current").resolve()


def test_a_rollback_serves_the_edition_before_and_a_deploy_goes_on_from_there(
    running: Server, editions: tuple[Path, Path]
) -> None:
    second = running.deploy(editions[1]).edition
    with shell(str(running.base)) as there:
        before, now = rollback(there, running.tick)
    assert second == before
    assert now != second
    assert files_of(editions[0]) == running.served()
    assert 404 == running.get("/news/2024/05/led/").status_code
    running.deploy(editions[1])
    assert files_of(editions[1]) == running.served()


def test_a_rollback_without_an_older_edition_says_what_there_is(running: Server) -> None:
    with shell(str(running.base)) as there, pytest.raises(DeployError, match="старше этого на сервере нет"):
        rollback(there, running.tick)
    with (
        shell(str(running.base)) as there,
        pytest.raises(DeployError, match="выпуска «20200101» на сервере нет"),
    ):
        rollback(there, running.tick, "20200101")


def test_only_the_last_editions_are_kept(running: Server, editions: tuple[Path, Path]) -> None:
    names = [running.deploy(editions[number % 2], keep=3).edition for number in range(1, 7)]
    assert sorted(names[-3:]) == names_in(running.base / "editions")


def test_a_folder_of_something_else_is_left_alone(server: Server, editions: tuple[Path, Path]) -> None:
    server.base.mkdir()
    (server.base / "photos").mkdir()
    with pytest.raises(DeployError, match="лежит не сайт: «photos»"):
        server.deploy(editions[0])
    assert ["photos"] == names_in(server.base)


def test_two_deploys_at_once_come_one_after_another(running: Server, editions: tuple[Path, Path]) -> None:
    found: list[Outcome] = []
    both = [threading.Thread(target=lambda: found.append(running.deploy(editions[1]))) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert ["published", "unchanged"] == sorted(outcome.happened for outcome in found)
    assert files_of(editions[1]) == running.served()


def test_a_full_disk_changes_nothing_that_is_served(server: Server, editions: tuple[Path, Path]) -> None:
    if os.getuid():
        pytest.skip("no right to mount a small disk")
    server.base.mkdir()
    size = sum(path.stat().st_blocks * 512 for path in editions[0].rglob("*")) * 2
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(server.base)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a small disk")
    try:
        server.deploy(editions[0])
        free = shutil.disk_usage(server.base).free
        (server.base / "editions" / "filling").mkdir()
        (server.base / "editions" / "filling" / "x").write_bytes(bytes(free - 60_000))
        served = server.served()
        with pytest.raises(DeployError, match="на сервере кончилось место"):
            server.deploy(editions[1])
        assert served == server.served()
        assert not (server.base / "incoming").exists()
        shutil.rmtree(server.base / "editions" / "filling")
        server.deploy(editions[1])
        assert files_of(editions[1]) == server.served()
    finally:
        subprocess.run(["umount", str(server.base)], check=True)


def test_over_ssh_the_same_comes_of_it(server: Server, editions: tuple[Path, Path]) -> None:
    import getpass

    server.base = server.folder / "сайт нашего «города»"
    folder = server.folder / "ssh"
    folder.mkdir()
    with sshd(folder) as (_, options):
        where = f"{getpass.getuser()}@127.0.0.1:{server.base}"
        assert "published" == server.deploy(editions[0], server=where, ssh=options).happened
        outcome = server.deploy(editions[1], server=where, ssh=options)
        assert ("published", files_of(editions[1])) == (outcome.happened, server.served())
        with shell(where, options) as there:
            rollback(there, server.tick)
    assert files_of(editions[0]) == server.served()


def test_a_server_that_is_not_there_is_named(server: Server, editions: tuple[Path, Path]) -> None:
    with pytest.raises(DeployError, match=r"нет связи с сервером nobody@127\.0\.0\.1"):
        server.deploy(editions[0], server="nobody@127.0.0.1:/srv/site", ssh="-p 1 -o ConnectTimeout=2")


def test_a_server_that_is_not_known_and_a_key_that_is_not_let_in_are_told_with_what_to_do(
    server: Server, editions: tuple[Path, Path]
) -> None:
    folder = server.folder / "ssh"
    folder.mkdir()
    with sshd(folder) as (port, options):
        unknown = f"-p {port} -o StrictHostKeyChecking=yes -o UserKnownHostsFile={folder}/none"
        with pytest.raises(DeployError, match=r"Host key verification failed\. — .*known_hosts"):
            server.deploy(editions[0], server="127.0.0.1:/srv/site", ssh=unknown)
        (folder / "authorized").write_text("")
        with pytest.raises(DeployError, match=r"Permission denied \(.*authorized_keys"):
            server.deploy(editions[0], server="127.0.0.1:/srv/site", ssh=options)


@pytest.mark.parametrize("keep", ["0", "x", "-1"])
def test_how_many_are_kept_is_a_number_from_one(keep: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["deploy", "output", "--server", "/srv/site", f"--keep={keep}"])
    assert f"«{keep}»: сколько хранить, говорит целое число от 1" in capsys.readouterr().err


@pytest.mark.parametrize("server", ["", "site", "host:relative"])
def test_a_mistyped_server_is_told_in_russian(
    server: str, editions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert 1 == main(["deploy", str(editions[0]), "--server", server, "--url", URL])
    said = capsys.readouterr().err
    assert "user@host:/srv/site" in said


def test_the_command_tells_what_it_did(
    running: Server, editions: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    where = ["--server", str(running.base)]
    reading = ["--read-from", running.address, "--cache", str(running.folder / "packed")]
    assert 0 == main(["deploy", str(editions[1]), *where, "--url", URL, *reading])
    said = capsys.readouterr().out
    assert "Отправлено" in said
    assert "прочитано обратно" in said
    assert 0 == main(["rollback", *where])
    assert 0 == main(["list", *where])
    listed = [line for line in capsys.readouterr().out.splitlines() if re.match(r"[→ ] 2\d{7}T", line)]
    assert ["→", " "] == [line[0] for line in listed]


@pytest.mark.slow
def test_a_deploy_may_be_killed_at_any_moment(running: Server, editions: tuple[Path, Path]) -> None:
    """Whatever is cut, readers get one edition or the other, whole; the next deploy finishes the work."""
    whole = [files_of(edition) for edition in editions]
    chance, cut, number = random.Random(2024), 0, 0
    started = time.monotonic()
    run(running, editions[1]).communicate()
    longest = time.monotonic() - started
    while cut < CUTS:
        number += 1
        target = editions[number % 2]
        process = run(running, target)
        time.sleep(chance.random() * longest)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            cut += 1
        process.communicate()
        assert running.served() in whole
        if number % 10 == 0:
            assert running.deploy(target).happened in {"published", "unchanged"}
            assert files_of(target) == running.served()
            assert not (running.base / "incoming").exists()


def run(server: Server, output: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "newsroom.publish.server", "deploy", str(output), "--url", URL]
    where = [
        "--server",
        str(server.base),
        "--read-from",
        server.address,
        "--cache",
        str(server.folder / "packed"),
    ]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen([*command, *where], cwd=ROOT, start_new_session=True, **quiet)  # type: ignore[call-overload,no-any-return]


@pytest.mark.slow
def test_no_request_fails_while_editions_are_switched(running: Server, editions: tuple[Path, Path]) -> None:
    running.deploy(editions[1])
    both = [files_of(edition) for edition in editions]
    paths = [
        path for path in both[0] if path in both[1] and path.endswith("index.html") and "staroe" not in path
    ]
    paths += [path for path in both[0] if path.startswith("theme/") and path.endswith(".css")]
    bodies = {path: {edition[path] for edition in both} for path in paths}
    left = iter(range(REQUESTS))
    failed: list[str] = []
    readers = [
        threading.Thread(target=read, args=(running.address, left, bodies, failed, seed)) for seed in range(4)
    ]
    for reader in readers:
        reader.start()
    switches = 0
    while any(reader.is_alive() for reader in readers):
        names = names_in(running.base / "editions")
        with shell(str(running.base)) as there:
            rollback(there, running.tick, names[switches % 2])
        switches += 1
    assert [] == failed
    assert switches > 20


def read(
    address: str, left: Iterator[int], bodies: dict[str, set[bytes]], failed: list[str], seed: int
) -> None:
    """A reader who asks for one page after another over one connection."""
    connection, chance, paths = (
        HTTPConnection(urlsplit(address).netloc, timeout=20),
        random.Random(seed),
        sorted(bodies),
    )
    while next(left, None) is not None:
        path = chance.choice(paths)
        try:
            connection.request("GET", f"/{quote(path.removesuffix('index.html'))}")
            reply = connection.getresponse()
            body = reply.read()
            if reply.status != 200 or body not in bodies[path]:
                failed.append(f"{path}: {reply.status}")
        except OSError as error:
            failed.append(f"{path}: {error}")
            connection.close()
    connection.close()


def theme_file(edition: Path) -> str:
    return "/" + next(path for path in sorted(files_of(edition)) if path.startswith("theme/main."))


def with_another_theme(edition: Path, folder: Path) -> Path:
    """The edition with its main sheet under another name, as after a change of the theme."""
    from tests.editions import edition_of, put

    shutil.copytree(edition, folder)
    old = theme_file(edition)
    new = old.replace("main.", "main.0")
    (folder / old.lstrip("/")).rename(folder / new.lstrip("/"))
    for page in folder.rglob("*.html"):
        page.write_text(page.read_text().replace(old, new))
    shutil.rmtree(folder / "edition")
    put(edition_of(folder), folder)
    return folder


def spoil(file: Path) -> None:
    """Change a byte where it lies, in every edition that shares the file."""
    file.chmod(0o644)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    with file.open("r+b") as stream:
        stream.write(data)
    packed = [file.with_name(f"{file.name}{ending}") for ending in (".br", ".gz")]
    for twin in packed:
        twin.unlink(missing_ok=True)
