"""A synthetic newsroom, and builds of it: the state that a build depends on, written to disk.

``random_steps`` changes it. ``python -m tests.random_newsroom FOLDER SEED STEPS`` writes the
newsroom of a seed after so many steps and builds it: the same one on every machine.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import pytest

import pelicanconf
from newsroom.build import production, scan
from newsroom.content import gather
from newsroom.pages import event_photos, listings, related
from tests.conftest import ROOT, Built, TinySite
from tests.pdf_files import document

T = TypeVar("T")
Fields = dict[str, Any]

START = datetime.fromisoformat("2024-06-01T12:00:00+08:00")
MONTHS = ("2021-12", "2022-01", "2023-11", "2023-12", "2024-05", "2024-06")
PICTURES = ("led.jpg", "zal.png", "foto/most.jpg")
QUICK = ("twins", "data", "aggregators", "json_feed", "calendar")
"""All extras but the drawn cards and the search, which take most of the time of a small site."""
_ALWAYS = 1
_NEVER = 1 << 30


@dataclass
class State:
    """All that a build depends on: the material, the theme, the settings, the clock.

    ``releases`` are headers by id, ``pages`` headers of everything else by file; their key «body»
    holds the text, «links» what it links to. ``terms`` are the controlled lists by name, ``files``
    other files of the content folder, ``theme`` the files of the theme that differ from the project's.
    """

    now: datetime = START
    url: str = "https://news.example"
    releases: dict[str, Fields] = field(default_factory=dict)
    pages: dict[str, Fields] = field(default_factory=dict)
    terms: dict[str, dict[str, Fields]] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    theme: dict[str, bytes] = field(default_factory=dict)
    settings: Fields = field(default_factory=dict)

    def content(self) -> dict[str, bytes]:
        """Every file of the content folder."""
        texts = {file: _text(header) for file, header in self.pages.items()}
        texts |= {release_file(id): _text(header) for id, header in self.releases.items()}
        texts |= {f"{name}.yaml": _json(terms).encode() for name, terms in self.terms.items()}
        return texts | self.files

    def ids(self, folder: str) -> list[str]:
        """The ids of all pages of a type: «events»."""
        return [Path(file).stem for file in self.pages if file.startswith(f"{folder}/")]

    def headers(self) -> list[Fields]:
        return [*self.releases.values(), *self.pages.values()]


class Chance:
    """Makes things up; a number tells each from all others."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._number = 0

    def number(self) -> int:
        self._number += 1
        return self._number

    def one(self, things: Iterable[T]) -> T:
        return self.random.choice(list(things))

    def some(self, things: Iterable[T], share: float = 0.5) -> list[T]:
        return [thing for thing in things if self.likely(share)]

    def likely(self, share: float) -> bool:
        return self.random.random() < share

    def title(self) -> str:
        words = self.random.sample(["лёд", "мост", "«Заря»", "парк", "ГЭС - река", "школа № 1"], 2)
        return f"Выдуманная новость {self.number()}: {' '.join(words)}"

    def body(self) -> str:
        parts = [f"Абзац {self.number()}. 10 - 12 мая, т. е. «скоро»."]
        parts += self.some([f"## Где\n\nТам, где {self.number()}."], 0.4)
        parts += self.some([f'![Лёд]({self.one(PICTURES)} "Подпись {self.number()} | Автор")'], 0.15)
        parts += self.some(["| а | б |\n|---|---|\n| 1 | 2 |"], 0.15)
        return "\n\n".join(self.random.sample(parts, len(parts)))

    def day(self, months: tuple[str, ...] = (*MONTHS, "2024-07")) -> str:
        return f"{self.one(months)}-{self.random.randint(1, 28):02}"

    def moment(self, month: str) -> str:
        return f"{self.day((month,))} {self.random.randint(0, 23):02}:{self.one(('00', '30'))}"


def release_file(id: str) -> str:
    return f"releases/{id[:4]}/{id[5:7]}/{id}.md"


def release_url(id: str) -> str:
    return f"/news/{id[:4]}/{id[5:7]}/{id[11:]}/"


@lru_cache(maxsize=256)
def picture(name: str, shade: int) -> bytes:
    """A plain picture, so small that it is drawn at once."""
    from PIL import Image

    target = io.BytesIO()
    kind = {"jpg": "JPEG", "png": "PNG"}[name.rpartition(".")[2]]
    Image.new("RGB", (24 + shade % 3, 16), (shade * 7 % 256, 60, 80)).save(target, kind)
    return target.getvalue()


@lru_cache(maxsize=8)
def magazine(pages: int) -> bytes:
    """A PDF of so many pages."""
    return document([[f"Page {number}"] for number in range(pages)], (60, 80))


class Trial:
    """Builds of a newsroom in ``folder``: an old output that is built on, and clean ones beside it.

    All share the cache of drawn pictures; each output has a memory of its own.
    """

    def __init__(self, folder: Path, state: State) -> None:
        self.folder, self.state = folder, state
        self.content, self.theme = folder / "content", folder / "theme"
        self._written: dict[Path, bytes] = {}
        shutil.copytree(ROOT / "theme", self.theme)
        self._own_theme = {
            path.relative_to(self.theme).as_posix(): path.read_bytes()
            for path in self.theme.rglob("*")
            if path.is_file()
        }

    def write(self, *, hide: bool = False) -> None:
        """Bring the files to the state; with ``hide``, those that change keep their times of change."""
        wanted = {self.content / file: data for file, data in self.state.content().items()}
        wanted |= {self.theme / file: data for file, data in (self._own_theme | self.state.theme).items()}
        for path in self._written.keys() - wanted.keys():
            path.unlink()
        for path, data in wanted.items():
            if self._written.get(path) != data:
                _put(path, data, hide=hide)
        self._written = wanted

    def become(self, state: State) -> None:
        """Bring the files to another state."""
        self.state = state
        self.write()

    def build(self, workers: int = 1) -> Built:
        """The next build of the old output."""
        return self._build("output", workers)

    def build_clean(self, workers: int = 1, *, compiled: bool = False) -> Built:
        """A build that remembers nothing, into a new folder.

        With ``compiled`` it has the templates that the clean build before it compiled: to compile
        them takes most of the time of a small site.
        """
        memory = self.folder / "cache/memory/clean"
        for place in (self.folder / "clean", *memory.glob("*")):
            if not (compiled and place.name == "templates"):
                shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
        return self._build("clean", workers)

    def _build(self, output: str, workers: int) -> Built:
        site = TinySite(self.folder, now=self.state.now.isoformat(), url=self.state.url)
        own = {**pelicanconf.NEWSROOM, "id_authority": "news.example", "now": self.state.now}
        site.settings = {
            "NEWSROOM": own | self.state.settings,
            "OUTPUT_PATH": str(self.folder / output),
            "THEME": str(self.theme),
        }
        with shared_among(workers), clocks_trusted(), small_numbers():
            return replace(site.build(), output=self.folder / output)


@contextmanager
def shared_among(workers: int) -> Iterator[None]:
    """All work of builds within is shared among so many processes; with 1, none of it."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (production, gather):
            patch.setattr(module, "WORTH_SHARING", _ALWAYS if workers > 1 else _NEVER)
        if workers > 1:
            patch.setattr(os, "sched_getaffinity", lambda _: set(range(workers)))
        yield


@contextmanager
def small_numbers() -> Iterator[None]:
    """What takes thousands of releases to come about, a dozen bring about."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listings, "BLOCK", 2)
        patch.setattr(related, "LOOKED_AT", 2)
        patch.setattr(event_photos, "PER_PAGE", 2)
        yield


@contextmanager
def clocks_trusted() -> Iterator[None]:
    """Files written a moment ago are known by their times already, as if the build came later.

    Between two writes of a file there is a build: more than one tick of any clock.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "_SETTLED", 0)
        yield


def differences(expected: Mapping[str, bytes], actual: Mapping[str, bytes]) -> dict[str, str]:
    """Paths of files that are not the same, and how."""
    paths = sorted(expected.keys() | actual.keys())
    return {
        path: "missing" if path not in actual else "left over" if path not in expected else "other bytes"
        for path in paths
        if expected.get(path) != actual.get(path)
    }


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of an output and its bytes."""
    return Built(0, "", folder).files()


def _text(header: Fields) -> bytes:
    """A content file."""
    shown = {key: value for key, value in header.items() if key not in {"body", "links"}}
    lines = [f"{key}: {_json(value)}" for key, value in shown.items()]
    links = "".join(f"[Смотрите]({address}).\n\n" for address in header.get("links", ()))
    return ("---\n" + "\n".join(lines) + f"\n---\n{header.get('body', '')}\n\n{links}").encode()


def _json(value: object) -> str:
    """JSON is YAML, too."""
    return json.dumps(value, ensure_ascii=False)


def _put(path: Path, data: bytes, *, hide: bool) -> None:
    before = path.stat() if hide and path.exists() else None
    _made(path.parent)
    path.write_bytes(data)
    if before:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def main(folder: str, seed: str, steps: str) -> int:
    """Write the newsroom of a seed after so many steps, and build it."""
    from tests.random_steps import change, newsroom

    state, chance = newsroom(int(seed))
    for _ in range(int(steps)):
        change(state, chance)
    trial = Trial(Path(folder), state)
    trial.write()
    built = trial.build()
    print(built.said)
    return built.status


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
