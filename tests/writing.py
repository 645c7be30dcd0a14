"""A newsroom whose material is kept in git, with commits at moments of one's choice."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pelicanconf
from tests.conftest import VOCABULARY, Built, TinySite

_IDENTITY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "press"), ("EMAIL", "press@city.example"))
}
_OWN_SETTINGS = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}


@dataclass
class Repository:
    """A tiny site in a repository: ``site.release`` writes, ``commit`` keeps."""

    site: TinySite

    @classmethod
    def at(cls, folder: Path) -> Repository:
        site = TinySite(folder)
        for file, text in VOCABULARY.items():
            site.write(file, text)
        made = cls(site)
        made.git("init", "--quiet", "--initial-branch=main")
        return made

    def git(self, *arguments: str, when: str = "2024-05-01T10:00+08:00") -> str:
        """What git prints; what it writes is dated ``when``."""
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.site.folder,
            env=os.environ | _IDENTITY | _OWN_SETTINGS | dates,
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout

    def commit(self, when: str) -> None:
        """Keep the whole material as it is: ``when`` is «2024-05-09 10:00» by the newsroom's clock."""
        self.git("add", "--all", "content")
        moment = f"{when.replace(' ', 'T')}+08:00"
        self.git("commit", "--quiet", "--allow-empty", "--message", "Правка", when=moment)

    def release(self, when: str, body: str = "Лёд готов.\n", **header: str | None) -> None:
        """Write the release of all these tests, and commit it."""
        self.site.release("2024-05-09-katok", body, **header)
        self.commit(when)

    def build(self, **settings: str) -> Built:
        """A build of what readers see, without drawn cards and other extras."""
        own = {**pelicanconf.NEWSROOM, "now": datetime.fromisoformat(self.site.now), "extras": ()}
        return replace(self.site, settings={"NEWSROOM": own, **self.site.settings, **settings}).build()

    def built(self) -> Built:
        """The same, when it has no fault."""
        made = self.build()
        assert 0 == made.status, made.said
        return made

    def built_as_clean(self) -> Built:
        """The same, after it was seen to come to the bytes of a build that remembers nothing."""
        made = self.built()
        folder = self.site.folder / "clean"
        shutil.rmtree(folder, ignore_errors=True)
        clean = self.build(OUTPUT_PATH=str(folder / "output"), CACHE_PATH=str(folder / "cache"))
        expected = replace(clean, output=folder / "output").files()
        found = made.files()
        assert expected.keys() == found.keys()
        assert [] == [path for path, data in expected.items() if found[path] != data]
        return made


def changes(*corrections: tuple[str, str], hidden: tuple[str, ...] = ()) -> str:
    """The header's field: (date, note) of each; those of ``hidden`` dates are not to be looked behind."""
    lines = [
        f"{{date: {date}, note: {note}{', difference: false' if date in hidden else ''}}}"
        for date, note in corrections
    ]
    return f"[{', '.join(lines)}]"
