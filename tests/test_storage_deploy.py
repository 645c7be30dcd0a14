"""A deploy into a storage: a real server with the interface of S3, real kills, every object read back."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import md5
from pathlib import Path
from typing import Any

import httpx
import pytest

import pelicanconf
from newsroom.publish import readback
from newsroom.publish.git import DeployError
from newsroom.publish.listing import of_folder
from newsroom.publish.storage.__main__ import main
from newsroom.publish.storage.bucket import OWN, Bucket
from newsroom.publish.storage.deploy import Deploy, Outcome
from newsroom.publish.storage.record import rollback
from tests.conftest import ROOT, VOCABULARY, TinySite
from tests.servers import serving_nginx
from tests.storages import KEYS, client_of, storage

URL = "https://news.example"
CUTS = 50
"""Deploys that are killed at a random moment: those that had ended before are not among them."""
_NAMED = re.compile(rb'(?:href|src)="(/[^"#?]*)|srcset="(/[^" ]*)')


@pytest.fixture(scope="session")
def editions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two editions of a site: in the second a release with a picture is new, another is gone."""
    clock = datetime.fromisoformat("2024-06-01T12:00:00+08:00")
    own = {"now": clock, "extras": ("twins", "json_feed"), "id_authority": "news.example"}
    settings = {"NEWSROOM": {**pelicanconf.NEWSROOM, **own}}
    site = TinySite(tmp_path_factory.mktemp("editions"), settings=settings)
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.release("2024-05-09-katok")
    site.release("2024-05-10-park")
    assert 0 == site.build().status
    first = shutil.copytree(site.output, site.folder / "first")
    site.remove("releases/2024/05/2024-05-10-park.md")
    site.picture("releases/2024/05/led.jpg")
    site.release("2024-05-31-led", image="{src: led.jpg, alt: Лёд}", tags="[zima]")
    assert 0 == site.build().status
    return first, shutil.copytree(site.output, site.folder / "second")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with storage() as address:
        yield address


class Store:
    """A bucket of one test."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.name, self.client = address, name, client_of(address)
        self.client.create_bucket(Bucket=name)
        self.bucket = Bucket(client=self.client, name=name)

    def deploy(self, output: Path, **options: Any) -> Outcome:
        return Deploy(bucket=self.bucket, output=output, url=URL, silence=0.2, sample=10_000, **options).run()

    def files(self) -> dict[str, bytes]:
        """What readers can get."""
        paths = [path for path, _ in self.bucket.listed() if not path.startswith(OWN)]
        return {path: self.bucket.get(path) or b"" for path in paths}

    def run(self, output: Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "newsroom.publish.storage", "deploy", str(output), "--url", URL]
        where = ["--bucket", self.name, "--endpoint", self.address, "--silence", "0.2"]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environment = os.environ | KEYS
        return subprocess.Popen(
            [*command, *where], cwd=ROOT, env=environment, start_new_session=True, **quiet
        )


@pytest.fixture
def store(address: str, request: pytest.FixtureRequest) -> Store:
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())[:50].strip("-")
    return Store(address, f"{name}-{os.getpid()}")


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_first_deploy_puts_everything_there(store: Store, editions: tuple[Path, Path]) -> None:
    outcome = store.deploy(editions[0])
    assert files_of(editions[0]) == store.files()
    assert "published" == outcome.happened
    assert len(files_of(editions[0])) == sum(count for _, count in outcome.stages)
    assert store.bucket.get(f"{OWN}unfinished.json") is None


def test_another_deploy_writes_what_changed_and_nothing_else(
    store: Store, editions: tuple[Path, Path]
) -> None:
    store.deploy(editions[0])
    before, after = map(files_of, editions)
    changed = {path for path, data in after.items() if before.get(path) != data}
    outcome = store.deploy(editions[1])
    assert after == store.files()
    assert len(changed) == sum(count for _, count in outcome.stages)
    assert len(before.keys() - after.keys()) == outcome.removed
    assert "unchanged" == store.deploy(editions[1]).happened


def test_types_and_ages_are_those_of_the_site(store: Store, editions: tuple[Path, Path]) -> None:
    store.deploy(editions[0])
    expected = {
        "index.html": ("text/html; charset=utf-8", "max-age=60"),
        "rss.xml": ("application/xml; charset=utf-8", "max-age=60"),
        "feed.json": ("application/feed+json; charset=utf-8", "max-age=60"),
        "robots.txt": ("text/plain; charset=utf-8", "max-age=60"),
        "news/2024/05/katok/index.md": ("text/markdown; charset=utf-8", "max-age=60"),
        next(path for path in files_of(editions[0]) if path.startswith("theme/main.")): (
            "text/css",
            "immutable",
        ),
    }
    found = {path: store.client.head_object(Bucket=store.name, Key=path) for path in expected}
    assert {path: kind for path, (kind, _) in expected.items()} == {
        path: head["ContentType"].replace("text/css; charset=utf-8", "text/css")
        for path, head in found.items()
    }
    assert [] == [path for path, (_, age) in expected.items() if age not in found[path]["CacheControl"]]


def test_at_no_moment_a_page_names_what_is_not_there(store: Store, editions: tuple[Path, Path]) -> None:
    store.deploy(editions[0])
    dangling: list[str] = []
    present = set(store.files())

    def before_each(params: Any, model: Any, **_: Any) -> None:
        key = params.get("Key", "")
        if model.name == "DeleteObjects":
            present.difference_update(each["Key"] for each in params["Delete"]["Objects"])
        if model.name != "PutObject" or key.startswith(OWN):
            return
        if key.endswith(".html"):
            dangling.extend(f"{key} → {path}" for path in named(params["Body"]) if path not in present)
        present.add(key)

    store.client.meta.events.register("provide-client-params.s3.*", before_each)
    store.deploy(editions[1])
    store.client.meta.events.unregister("provide-client-params.s3.*", before_each)
    # New pages, which nobody is led to yet, may name one another before all of them are there.
    old = files_of(editions[0])
    assert [] == [each for each in dangling if each.split(" → ")[0] in old]


def named(page: bytes) -> set[str]:
    """The files of the site that a page names."""
    paths = {(found[1] or found[2]).decode().lstrip("/") for found in _NAMED.finditer(page)}
    return {f"{path}index.html" if not path or path.endswith("/") else path for path in paths} - {""}


def test_a_cut_deploy_goes_on_where_it_was(store: Store, editions: tuple[Path, Path]) -> None:
    class CutError(Exception):
        pass

    count = 0

    def cut(model: Any, params: Any, **_: Any) -> None:
        nonlocal count
        if params.get("Key", "").endswith("lock.json"):
            return  # its signs of life come from a thread of its own
        count += model.name == "PutObject"
        if count == 60:
            raise CutError

    store.client.meta.events.register("provide-client-params.s3.*", cut)
    with pytest.raises(CutError):
        store.deploy(editions[0])
    store.client.meta.events.unregister("provide-client-params.s3.*", cut)
    assert store.bucket.get("edition.json") is None
    outcome = store.deploy(editions[0])
    assert outcome.resumed > 30
    assert files_of(editions[0]) == store.files()


def test_headers_that_changed_are_sent_anew(
    store: Store, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    from tests.editions import edition_of, put

    store.deploy(editions[0])
    other = shutil.copytree(editions[0], tmp_path / "other")
    headers = other / "_headers"
    headers.write_text(headers.read_text().replace("max-age=60", "max-age=75"))
    shutil.rmtree(other / "edition")
    put(edition_of(other, ["2024-05-09-katok", "2024-05-10-park"]), other)
    store.deploy(other)
    assert "max-age=75" in store.client.head_object(Bucket=store.name, Key="index.html")["CacheControl"]


def test_a_changed_byte_in_the_storage_rolls_back_and_is_named(
    store: Store, editions: tuple[Path, Path]
) -> None:
    store.deploy(editions[0])
    store.client.put_object(Bucket=store.name, Key="robots.txt", Body=b"User-agent: *\nDisallow: /\n")
    spoilt = store.files()
    outcome = store.deploy(editions[1])
    assert ("rolled-back", ["robots.txt"]) == (outcome.happened, [each.path for each in outcome.misread])
    assert spoilt == store.files()


def test_a_rollback_brings_the_edition_before_and_another_the_one_before_that(
    store: Store, editions: tuple[Path, Path]
) -> None:
    store.deploy(editions[0])
    store.deploy(editions[1])
    store.deploy(editions[0])
    now = datetime.now(UTC)
    rollback(store.bucket, lambda: now)
    assert files_of(editions[1]) == store.files()
    head = store.client.head_object(Bucket=store.name, Key="news/2024/05/led/index.html")
    assert "text/html; charset=utf-8" == head["ContentType"]
    rollback(store.bucket, lambda: now)
    assert files_of(editions[0]) == store.files()
    with pytest.raises(DeployError, match="возвращаться не к чему"):
        rollback(store.bucket, lambda: now)
    store.deploy(editions[1])
    assert files_of(editions[1]) == store.files()


def test_what_happened_is_written_down(store: Store, editions: tuple[Path, Path]) -> None:
    store.deploy(editions[0])
    store.deploy(editions[1])
    rollback(store.bucket, lambda: datetime.now(UTC))
    lines = (store.bucket.get(f"{OWN}editions.jsonl") or b"").decode().splitlines()
    assert ["published", "published", "rolled-back"] == [json.loads(line)["happened"] for line in lines]


def test_only_the_last_steps_back_are_kept(store: Store, editions: tuple[Path, Path]) -> None:
    for number in range(5):
        store.deploy(editions[number % 2], keep=1)
    kept = [
        path
        for path, _ in store.bucket.listed(f"{OWN}previous/")
        if path.endswith(".json") and path.count("/") == 2
    ]
    assert 1 == len(kept)


def test_a_storage_of_something_else_is_left_alone(store: Store, editions: tuple[Path, Path]) -> None:
    store.client.put_object(Bucket=store.name, Key="photos/1.jpg", Body=b"1")
    with pytest.raises(DeployError, match=r"лежит не сайт: «photos/1\.jpg»"):
        store.deploy(editions[0])
    assert {"photos/1.jpg"} == set(store.files())


def test_a_site_may_lie_in_a_folder_of_a_bucket(store: Store, editions: tuple[Path, Path]) -> None:
    store.client.put_object(Bucket=store.name, Key="photos/1.jpg", Body=b"1")
    bucket = Bucket(client=store.client, name=store.name, prefix="сайт/")
    Deploy(bucket=bucket, output=editions[0], url=URL, silence=0.2).run()
    assert "сайт/index.html" in store.files()
    assert "photos/1.jpg" in store.files()


def test_a_deploy_that_lives_keeps_the_next_one_waiting(store: Store, editions: tuple[Path, Path]) -> None:
    from newsroom.publish.storage.lock import locked

    def clock() -> datetime:
        return datetime.now(UTC)

    with (
        locked(store.bucket, clock, time.sleep, 0.4),
        pytest.raises(DeployError, match="публикует другой deploy"),
    ):
        Deploy(bucket=store.bucket, output=editions[0], url=URL, silence=2).run()
    assert "published" == store.deploy(editions[0]).happened


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--bucket", "net-takogo"], "такого хранилища нет: проверьте --bucket или STORAGE_BUCKET"),
        (["--bucket", "net", "--endpoint", "http://127.0.0.1:9"], "не отвечает"),
        ([], "--bucket или STORAGE_BUCKET"),
    ],
)
def test_what_is_wrong_is_told_without_secrets(
    options: list[str],
    told: str,
    address: str,
    editions: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in (KEYS | {"AWS_MAX_ATTEMPTS": "1"}).items():
        monkeypatch.setenv(name, value)
    where = options if "--endpoint" in options else [*options, "--endpoint", address]
    assert 1 == main(["deploy", str(editions[0]), "--url", URL, *where])
    said = "".join(capsys.readouterr())
    assert told in said
    assert KEYS["AWS_SECRET_ACCESS_KEY"] not in said


def test_the_command_tells_what_it_did(
    store: Store,
    editions: tuple[Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    where = ["--bucket", store.name, "--endpoint", store.address]
    assert 0 == main(["deploy", str(editions[0]), "--url", URL, *where])
    assert 0 == main(["deploy", str(editions[1]), "--url", URL, *where])
    said = capsys.readouterr().out
    assert "  новые страницы и ленты: " in said
    assert "прочитано обратно" in said
    assert 0 == main(["rollback", *where])
    assert files_of(editions[0]) == store.files()


def test_a_cache_before_the_storage_serves_the_site_as_the_guide_says(
    store: Store, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    """The settings of docs/storage.md in a real nginx, and what readers get while the storage is silent."""
    store.deploy(editions[0])
    copied = tmp_path / "site"
    copied.mkdir()
    for name in ("redirects.map", "nginx"):
        source = editions[0] / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, copied / name)
    guide, policy = block("nginx"), block("json").replace(":::news/", f":::{store.name}/")
    store.client.put_bucket_policy(Bucket=store.name, Policy=policy)
    settings = guide.replace("/srv/site", str(copied)).replace(
        "/var/cache/nginx/site", str(tmp_path / "kept")
    )
    settings = settings.replace("https://storage.example/news/", f"{store.address}/{store.name}/")
    settings = "map_hash_bucket_size 512;\n" + settings
    with serving_nginx(settings, tmp_path) as address:
        page = httpx.get(f"{address}/news/2024/05/katok/")
        assert 200 == page.status_code
        assert (editions[0] / "news/2024/05/katok/index.html").read_text() == page.text
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert "max-age=60" in page.headers["Cache-Control"]
        missing = httpx.get(f"{address}/news/2024/05/net/")
        assert 404 == missing.status_code
        assert "Страница не найдена" in missing.text
        assert 200 == httpx.get(f"{address}/").status_code
        assert 403 == httpx.get(f"{address}/{OWN}editions.jsonl").status_code
        feed = httpx.get(f"{address}/feed.json")
        assert (200, "application/feed+json") == (
            feed.status_code,
            feed.headers["Content-Type"].partition(";")[0],
        )
        listing = of_folder(editions[0])
        shown = sorted(readback.told(listing, readback.redirected(editions[0])))
        assert [] == readback.misread(address, listing, shown)


def block(language: str) -> str:
    """What the guide says in a language."""
    return (ROOT / "docs/storage.md").read_text("utf-8").split(f"```{language}\n")[1].split("```")[0]


@pytest.mark.slow
def test_a_deploy_may_be_killed_at_any_moment(store: Store, editions: tuple[Path, Path]) -> None:
    """Whatever is cut: each page is of one edition or the other, and the next deploy ends with its own."""
    store.deploy(editions[0])
    both = [files_of(edition) for edition in editions]
    digests = [{path: md5(data).hexdigest() for path, data in edition.items()} for edition in both]
    chance, cut, number = random.Random(2024), 0, 0
    started = time.monotonic()
    store.run(editions[1]).communicate()
    longest = time.monotonic() - started
    while cut < CUTS:
        number += 1
        process = store.run(editions[number % 2])
        time.sleep(longest * (0.4 + 0.6 * chance.random()))  # the program takes a while to begin
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            cut += 1
        process.communicate()
        for path, tag in store.bucket.listed():
            assert path.startswith(OWN) or tag in {tags.get(path) for tags in digests}, path
        if number % 5 == 0:
            store.deploy(editions[number % 2])
            assert both[number % 2] == store.files()
