"""A tiny real newsroom, written inline by a test and built by the real Pelican."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from pelican.settings import read_settings

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

import pelicanconf  # noqa: E402
from newsroom.audit.chromium import chromium, find_chromium  # noqa: E402
from newsroom.audit.server import serving  # noqa: E402
from newsroom.build.lock import PATIENCE, FileLock  # noqa: E402
from newsroom.build.memory import Memory  # noqa: E402
from newsroom.check.dictionary import Dictionary  # noqa: E402
from newsroom.check.russian import russian_dictionary  # noqa: E402
from newsroom.settings import EXTRAS  # noqa: E402
from tests.quick_builds import quick_builds, templates_kept_apart  # noqa: E402

VNU = ROOT / ".tools/node_modules/vnu-jar/build/dist/vnu.jar"

VOCABULARY = {
    "rubrics.yaml": "gorod: {title: Город, description: Жизнь города}\nsport: Спорт\n",
    "tags.yaml": "den-pobedy: День Победы\nyarmarka: Ярмарка\nzima: Зима\n",
    "departments/press.md": "---\ntitle: Пресс-служба\ncontact:\n  phone: '112'\n---\n",
}
RELEASE = {
    "title": "Город открыл каток",
    "date": "2024-05-09 10:00",
    "rubric": "gorod",
    "department": "press",
    "summary": "Каток открыт для всех.",
}


LONG = (
    "announcing_killed", "server_deploy", "authenticity", "storage_deploy", "killed_builds",
    "equal_bytes", "accessibility", "conformity_run", "announcing",
    "import_of_the_past", "zoom", "announce_command", "mail_bulletin",
    "emergency_banner", "harmed_memory", "injection", "security_in_browser", "keyboard", "real_site",
    "styleguide", "changes_page", "arbitrary_material", "plugins", "resume", "video_in_browser",
    "editor_in_browser", "incremental", "lightbox", "search_in_browser", "sight_panel", "budgets",
    "bench_sites", "browser", "print", "without_scripts", "secrecy", "deploy_of_changes",
    "broadcasts_and_magazine", "emergency_alone", "looking", "edition_is_stable",
)  # fmt: skip
"""The test files that take longest, the longest first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files come first: else one process waits in the end for a test that another has just begun."""
    place = {f"test_{name}": number for number, name in enumerate(LONG)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@dataclass
class Built:
    """What one build came to: its exit status, what it said, and the folder it wrote."""

    status: int
    said: str
    output: Path

    def text(self, url: str) -> str:
        return (self.output / self._path(url)).read_text("utf-8")

    def page(self, url: str) -> BeautifulSoup:
        return BeautifulSoup(self.text(url), "html.parser")

    def feed(self, url: str) -> Any:
        return feedparser.parse((self.output / self._path(url)).read_bytes())

    def has(self, url: str) -> bool:
        return (self.output / self._path(url)).is_file()

    def files(self) -> dict[str, bytes]:
        """Every file of the output and its bytes."""
        found, cut = {}, len(str(self.output)) + 1
        for inside, _, names in os.walk(self.output):
            for name in names:
                path = os.path.join(inside, name)  # noqa: PTH118 - thousands of them
                with open(path, "rb") as stream:  # noqa: PTH123
                    found[path[cut:].replace(os.sep, "/")] = stream.read()
        return found

    def problems(self) -> list[str]:
        """The lines in which the build said what is wrong."""
        return [line for line in self.said.splitlines() if " — " in line]

    @staticmethod
    def _path(url: str) -> str:
        return url.lstrip("/") + ("index.html" if url.endswith("/") else "")


@dataclass
class TinySite:
    """A content folder to write into, with two rubrics, three tags and a department."""

    folder: Path
    now: str = "2024-06-01T12:00:00+08:00"
    url: str = "https://news.example"
    settings: dict[str, Any] = field(default_factory=dict)
    search: bool = False
    """Whether it has a search: its program takes longer than all else that a tiny site needs."""

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    def write(self, file: str, data: str | bytes) -> Path:
        path = self.content / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    def remove(self, file: str) -> None:
        (self.content / file).unlink()

    def release(self, id: str = "2024-05-09-katok", body: str = "Лёд готов.\n", **header: str | None) -> str:
        """Write a release; a field given as None is left out. Gives the file's path."""
        fields = {**RELEASE, **({"date": f"{id[:10]} 10:00"} if id[:2] == "20" else {}), **header}
        lines = [f"{key}: {value}" for key, value in fields.items() if value is not None]
        file = f"releases/{id[:4]}/{id[5:7]}/{id}.md"
        self.write(file, "---\n" + "\n".join(lines) + f"\n---\n{body}")
        return file

    def picture(self, file: str, size: tuple[int, int] = (640, 360)) -> None:
        from PIL import Image

        buffer = io.BytesIO()
        Image.new("RGB", size, (12, 60, 80)).save(buffer, "JPEG", quality=60)
        self.write(file, buffer.getvalue())

    def build(self) -> Built:
        """Build with the project's own settings and theme, at ``self.now``."""
        said, status = io.StringIO(), 0
        with redirect_stdout(said), redirect_stderr(said):
            try:
                self._pelican().run()
            except SystemExit as error:
                status = int(error.code or 0)
        return Built(status, said.getvalue(), self.output)

    def _pelican(self) -> Any:
        own = {name: value for name, value in vars(pelicanconf).items() if name.isupper()}
        own["NEWSROOM"] = dict(own["NEWSROOM"])
        now = datetime.fromisoformat(self.now)
        extras = tuple(name for name in EXTRAS if self.search or name != "search")
        own["NEWSROOM"] |= {"now": now, "id_authority": "news.example", "extras": extras}
        own |= {
            "PATH": str(self.content),
            "OUTPUT_PATH": str(self.output),
            "CACHE_PATH": str(self.folder / "cache"),
            "SITEURL": self.url,
            **self.settings,
        }
        settings = read_settings(override=own)
        return settings["PELICAN_CLASS"](settings)


@pytest.fixture(scope="session", autouse=True)
def _builds_are_quick(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Builds of this process work out once what they have in common."""
    with quick_builds(tmp_path_factory.mktemp("templates")):
        yield


@pytest.fixture(scope="session")
def russian() -> Dictionary:
    """The dictionary, read once for all tests of this process: nothing changes it."""
    return russian_dictionary()


@pytest.fixture
def quick_dictionary(russian: Dictionary, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks of this test take the dictionary that is read already."""
    monkeypatch.setattr("newsroom.check.lists.russian_dictionary", lambda: russian)


@pytest.fixture
def own_templates(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds of this test keep their compiled templates in their own memory."""
    own = templates_kept_apart(tmp_path_factory.mktemp("own"))
    monkeypatch.setattr("newsroom.generator.keep_bytecode", own)


@pytest.fixture
def site(tmp_path: Path) -> TinySite:
    tiny = TinySite(tmp_path)
    for file, text in VOCABULARY.items():
        tiny.write(file, text)
    return tiny


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    """A program's memory with nothing in it yet."""
    with Memory(tmp_path / "memory") as memory:
        yield memory


def built_once(factory: pytest.TempPathFactory, name: str, write: Callable[[TinySite], object]) -> Built:
    """A site that all processes of a run share: the first that asks writes and builds it, others wait.

    Nobody may change it. Pictures come from the project's cache; the memory there is of its name.
    """
    base = factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    tiny = TinySite(base / name, now="2026-11-23T12:00:00+08:00", search=True)
    said, output = base / f"{name}.txt", base / name / name
    tiny.settings = {"CACHE_PATH": str(ROOT / ".cache"), "OUTPUT_PATH": str(output)}
    lock = FileLock(base / f".{name}.lock")
    lock.take(PATIENCE, lambda: None)
    try:
        if not said.exists():
            write(tiny)
            built = tiny.build()
            assert built.status == 0, built.said
            said.write_text(built.said, "utf-8")
    finally:
        lock.release()
    return Built(0, said.read_text("utf-8"), output)


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The city's own material, built once for all tests."""

    def write(tiny: TinySite) -> None:
        tiny.settings["PATH"] = str(ROOT / "content")

    return built_once(tmp_path_factory, "real", write)


def tool(found: bool, name: str, remedy: str) -> None:
    """Go on if a tool is there; without it skip, saying why, but fail where nothing may be skipped."""
    if found:
        return
    reason = f"{name} is not installed: {remedy}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    path = find_chromium()
    tool(bool(path), "Chromium", "apt install chromium")
    return path


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Any]:
    """Chromium, started once for all tests of this process."""
    with chromium(chromium_path) as browser:
        yield browser


@pytest.fixture(scope="session")
def model_site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The model city, which has every kind of page and every component; built once for all tests."""
    from tests.model_city import write_model_city

    return built_once(tmp_path_factory, "model", write_model_city)


@pytest.fixture(scope="session")
def model_address(model_site: Built) -> Iterator[str]:
    """Where the model city is served with its own headers; no slash at the end."""
    with serving(model_site.output) as address:
        yield address


@pytest.fixture(scope="session")
def real_address(real_site: Built) -> Iterator[str]:
    """Where the city's own site is served with its own headers; no slash at the end."""
    with serving(real_site.output) as address:
        yield address


@pytest.fixture(scope="session")
def vnu() -> list[str]:
    """The command of the Nu HTML checker, on a Java that does not stop to compile what runs for seconds."""
    tool(VNU.is_file() and bool(shutil.which("java")), "vnu-jar", "npm install --prefix .tools vnu-jar")
    return ["java", "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(VNU)]
