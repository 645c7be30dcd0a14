"""Emergency notices alone onto a server and into a storage: these get there, and nothing else moves."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

import pelicanconf
from newsroom import emergency
from newsroom.problems import NewsroomError
from newsroom.publish.git import DeployError
from newsroom.publish.server.deploy import Deploy as ServerDeploy
from newsroom.publish.server.emergency import publish_notices as onto_server
from newsroom.publish.server.shell import shell
from newsroom.publish.signature import VARIABLE, is_genuine
from newsroom.publish.storage.bucket import OWN, Bucket
from newsroom.publish.storage.deploy import Deploy as StorageDeploy
from newsroom.publish.storage.emergency import publish_notices as into_storage
from tests import notices
from tests.conftest import ROOT, VOCABULARY, TinySite
from tests.servers import nginx
from tests.storages import KEYS, client_of, storage
from tests.test_authenticity import PUBLIC, SECRET

pytestmark = pytest.mark.slow

FILES = {
    "lite/index.html",
    *(f"emergency/{name}" for name in ("index.html", "notice.css", "rss.xml", "atom.xml")),
    "emergency/cap/2024-06-01-veter.xml",
}
LISTS = {"edition.json", "edition/emergency.json", "edition/lite.json"}
BROKEN = "releases/2024/05/2024-05-30-slomannyi.md"
PRESENT = notices.file(notices.notice())


def settings(**own: Any) -> dict[str, Any]:
    extras = ("emergency", "lite", "verify") if own else ("emergency", "lite")
    fixed = {"now": datetime.fromisoformat("2024-06-01T12:00:00+08:00"), "id_authority": "news.example"}
    return {"NEWSROOM": {**pelicanconf.NEWSROOM, **fixed, "extras": extras, **own}}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of three releases, made once."""
    site = TinySite(tmp_path_factory.mktemp("built"), settings=settings())
    for file, text in VOCABULARY.items():
        site.write(file, text)
    for day in range(1, 4):
        site.release(f"2024-05-0{day}-novost-{day}", body=f"Новость номер {day}.\n", tags="[zima]")
    assert 0 == site.build().status
    return site.folder


@pytest.fixture
def site(built: Path, tmp_path: Path) -> TinySite:
    shutil.copytree(built, tmp_path / "city", copy_function=shutil.copy2)
    return TinySite(tmp_path / "city", settings=settings())


class Server:
    """A folder that is served."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deploy(self, output: Path, there: Any, **options: Any) -> ServerDeploy:
        return ServerDeploy(
            shell=there,
            output=output,
            url=TinySite.url,
            cache=self.folder / "packed",
            asking=lambda _: lambda *_: [],
            **options,
        )

    def publish(self, output: Path) -> str:
        with shell(str(self.folder / "srv")) as there:
            return self.deploy(output, there).run().happened

    def alone(self, make: Any, folder: Path) -> str:
        with shell(str(self.folder / "srv")) as there:
            done = onto_server(self.deploy(folder, there, must_sign=False, sample=0), make)
        return done.happened if done else "refused"

    def files(self) -> dict[str, bytes]:
        current = self.folder / "srv" / "current"
        paths = (path for path in current.rglob("*") if path.is_file() and path.suffix not in {".gz", ".br"})
        return {path.relative_to(current).as_posix(): path.read_bytes() for path in paths}


class Storage:
    """A bucket."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.name, self.client = address, name, client_of(address)
        self.client.create_bucket(Bucket=name)
        self.bucket = Bucket(client=self.client, name=name)

    def deploy(self, output: Path, **options: Any) -> StorageDeploy:
        return StorageDeploy(bucket=self.bucket, output=output, url=TinySite.url, silence=0.2, **options)

    def publish(self, output: Path) -> str:
        return self.deploy(output).run().happened

    def alone(self, make: Any, folder: Path) -> str:
        done = into_storage(self.deploy(folder, must_sign=False, sample=0), make)
        return done.happened if done else "refused"

    def files(self) -> dict[str, bytes]:
        paths = [path for path, _ in self.bucket.listed() if not path.startswith(OWN)]
        return {path: self.bucket.get(path) or b"" for path in paths}


Place = Server | Storage


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with storage() as address:
        yield address


@pytest.fixture(params=["server", "storage"])
def place(request: pytest.FixtureRequest, address: str, tmp_path: Path) -> Place:
    if request.param == "server":
        return Server(tmp_path)
    return Storage(address, f"b{abs(hash(request.node.name))}")


def publish(place: Place, site: TinySite) -> str:
    """Publish the notices of the material alone, by way of a new folder."""

    def make(output: Path, memory: Path) -> int:
        try:
            emergency.renew({**site._pelican().settings, "OUTPUT_PATH": str(output)}, memory)
        except NewsroomError as error:
            print(error)
            return 1
        return 0

    count = len(list(site.folder.glob("borrowed-*")))
    return place.alone(make, site.folder / f"borrowed-{count}")


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def test_a_notice_is_published_though_the_build_fails_and_the_next_deploy_has_nothing_to_do(
    place: Place, site: TinySite
) -> None:
    assert "published" == place.publish(site.output)
    before = place.files()
    site.write("emergency.yaml", PRESENT)
    site.write(BROKEN, "нет шапки")
    assert 1 == site.build().status
    assert "published" == publish(place, site)
    assert LISTS | FILES == changed(before, place.files())
    assert "unchanged" == publish(place, site)

    site.remove(BROKEN)
    assert 0 == site.build().status
    assert "unchanged" == place.publish(site.output)


def test_a_notice_that_is_withdrawn_leaves_what_was_before(place: Place, site: TinySite) -> None:
    place.publish(site.output)
    before = place.files()
    site.write("emergency.yaml", PRESENT)
    publish(place, site)
    site.write("emergency.yaml", notices.file())
    assert "published" == publish(place, site)
    assert before == place.files()


def test_a_faulty_file_publishes_nothing(
    place: Place, site: TinySite, capsys: pytest.CaptureFixture[str]
) -> None:
    place.publish(site.output)
    before = place.files()
    site.write("emergency.yaml", notices.file(notices.notice(expires="2024-05-01")))
    assert "refused" == publish(place, site)
    assert "emergency.yaml:11: " in capsys.readouterr().out
    assert before == place.files()


def test_what_leads_nowhere_is_found_before_it_is_published(place: Place, site: TinySite) -> None:
    place.publish(site.output)
    site.write("emergency.yaml", notices.file(notices.notice(web=f"{site.url}/nowhere/")))
    with pytest.raises(NewsroomError, match="nowhere"):
        publish(place, site)


def test_without_a_site_it_is_told_what_to_do(place: Place, site: TinySite) -> None:
    with pytest.raises(DeployError, match="здесь ещё нет сайта; опубликуйте его целиком: invoke deploy"):
        publish(place, site)


@pytest.mark.parametrize("key", [SECRET, "", base64.b64encode(bytes(32)).decode()])
def test_with_a_key_it_is_signed_and_without_one_it_goes_out_unsigned(
    place: Place,
    site: TinySite,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    key: str,
) -> None:
    site.settings = settings(public_key=PUBLIC)
    assert 0 == site.build().status
    monkeypatch.setenv(VARIABLE, SECRET)
    place.publish(site.output)
    monkeypatch.setenv(VARIABLE, key)
    has_key = key == SECRET
    site.write("emergency.yaml", PRESENT)
    assert "published" == publish(place, site)
    files = place.files()
    assert ("Подписать выпуск нечем" in capsys.readouterr().err) is not has_key
    assert ("edition.json.sig" in files) is has_key
    if has_key:
        assert is_genuine(files["edition.json"], files["edition.json.sig"], PUBLIC)


def test_what_a_deploy_that_was_cut_has_half_done_is_taken_back_first(address: str, site: TinySite) -> None:
    class CutError(Exception):
        pass

    def cut(model: Any, params: dict[str, Any], **_: Any) -> None:
        if model.name == "PutObject" and params["Key"] == "edition.json":
            raise CutError

    place = Storage(address, "cut")
    place.publish(site.output)
    before = place.files()
    site.release("2024-05-31-led", tags="[zima]")
    assert 0 == site.build().status
    place.client.meta.events.register("provide-client-params.s3.*", cut)
    with pytest.raises(CutError):
        place.publish(site.output)
    place.client.meta.events.unregister("provide-client-params.s3.*", cut)
    assert changed(before, place.files())

    site.write("emergency.yaml", PRESENT)
    assert "published" == publish(place, site)
    assert LISTS | FILES == changed(before, place.files())
    assert 0 == site.build().status
    assert "published" == place.publish(site.output)
    assert {
        path.relative_to(site.output).as_posix() for path in site.output.rglob("*") if path.is_file()
    } == {*place.files()}


def test_by_itself_the_command_publishes_onto_a_server_that_is_read(site: TinySite, tmp_path: Path) -> None:
    place = Server(tmp_path)
    place.publish(site.output)
    site.write("emergency.yaml", PRESENT)
    (tmp_path / "nginx").mkdir()
    with nginx(tmp_path / "srv", tmp_path / "nginx") as reading:
        where = ["--server", str(tmp_path / "srv"), "--read-from", reading]
        said = run("newsroom.publish.server", site, where)
        page = httpx.get(f"{reading}/emergency/rss.xml")
    assert "прочитано обратно 0" not in said
    assert f"Опубликовано: {tmp_path / 'srv'}, выпуск " in said
    assert f"{site.url}/emergency/#2024-06-01-veter" in page.text


def test_by_itself_the_command_publishes_into_a_storage(site: TinySite, address: str) -> None:
    place = Storage(address, "command")
    place.publish(site.output)
    site.write("emergency.yaml", PRESENT)
    run("newsroom.publish.storage", site, ["--bucket", place.name, "--endpoint", address])
    assert f"{site.url}/emergency/#2024-06-01-veter".encode() in place.files()["emergency/rss.xml"]


def run(module: str, site: TinySite, where: list[str]) -> str:
    """What the command says, run with the settings of the public site and no address in the environment."""
    text = (ROOT / "publishconf.py").read_text("utf-8")
    (site.folder / "publishconf.py").write_text(f"{text}\nTHEME = {str(ROOT / 'theme')!r}\n", "utf-8")
    shutil.copy(ROOT / "pelicanconf.py", site.folder)
    environment = {**os.environ, **KEYS, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    environment.pop("SITEURL", None)
    command = [sys.executable, "-m", module, "emergency", str(site.content), "--url", site.url, *where]
    done = subprocess.run(
        command, cwd=site.folder, env=environment, check=False, capture_output=True, encoding="utf-8"
    )
    assert 0 == done.returncode, done.stdout + done.stderr
    return done.stdout
