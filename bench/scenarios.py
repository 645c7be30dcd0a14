"""What is done to the material or the theme before a build, and how it is undone.

What editors touch is recent, so the changed releases are among the newest twenty; no
other release links to them (see ``bench.corpus.STEADY``).
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from bench.contenders import ROOT, Contender, Place
from bench.corpus import STEADY, TAGS, Corpus, Release
from bench.material import Material
from bench.measure import run


@dataclass(frozen=True)
class Workplace:
    """A contender with its folders and its copy of the corpus."""

    contender: Contender
    place: Place
    material: Material
    corpus: Corpus

    def recent(self, age: int) -> Release:
        """The release ``age`` places from the newest, or the one before where others link to it."""
        number = self.corpus.size - age
        return self.corpus.release(number - (number % STEADY == 0))

    def install_theme(self) -> None:
        """A copy of the theme, so that it can be changed."""
        shutil.rmtree(self.place.theme, ignore_errors=True)
        shutil.copytree(self.contender.theme, self.place.theme)
        for folder, borrowed in self.contender.borrowed.items():
            shutil.copytree(borrowed, self.place.theme / folder, dirs_exist_ok=True)


@dataclass(frozen=True)
class Scenario:
    """A state to build from: ``change`` brings it about.

    What is measured is a build, or, where it ``publishes``, a build and a deploy, by whoever can.
    """

    name: str
    title: str
    change: Callable[[Workplace], None]
    publishes: bool = False


def forget(at: Workplace) -> None:
    """No output, no caches."""
    shutil.rmtree(at.place.output, ignore_errors=True)
    shutil.rmtree(at.place.cache, ignore_errors=True)


def change_nothing(_: Workplace) -> None:
    """All is as it was."""


def add(at: Workplace) -> None:
    """One release more, the newest."""
    at.material.put(at.corpus.release(at.corpus.size))


def edit_body(at: Workplace) -> None:
    """A paragraph more."""
    at.material.put(with_body(at.recent(5)))


def edit_title(at: Workplace) -> None:
    """Other words in the title, which lists and neighbours show."""
    at.material.put(with_title(at.recent(8)))


def edit_tags(at: Workplace) -> None:
    """It leaves its lists of tags and enters two long ones."""
    at.material.put(with_tags(at.recent(11)))


def delete(at: Workplace) -> None:
    """It is gone from everywhere."""
    at.material.remove(at.recent(14))


def rename(at: Workplace) -> None:
    """It gets another address."""
    at.material.remove(at.recent(17))
    at.material.put(renamed(at.recent(17)))


def publish_without_it(at: Workplace) -> None:
    """All but one release is out, and that one is there."""
    added = at.corpus.release(at.corpus.size)
    at.material.discard(added)
    if not at.place.remote.exists():
        subprocess.run(["git", "init", "--quiet", "--bare", str(at.place.remote)], check=True)
    assert at.contender.publish
    run(
        at.contender.publish(at.place),
        environment=at.contender.variables(at.place),
        folder=ROOT,
        log=at.place.log,
    )
    at.material.put(added)


def change_theme(at: Workplace) -> None:
    """The template of releases and the style sheet: every release page is another."""
    article, style = at.place.theme / at.contender.article, at.place.theme / at.contender.style
    before, tag, after = article.read_text("utf-8").partition("<article>")
    if not tag:
        raise ValueError(f"{article.name} has no <article> to change")
    article.write_text(f'{before}<article class="changed">{after}', "utf-8")
    style.write_text(f"{style.read_text('utf-8')}\n.changed {{ margin-top: 1rem; }}\n", "utf-8")


def restore(at: Workplace) -> None:
    """Undo all scenarios: the material is the corpus again, the theme the original."""
    for added in (at.corpus.release(at.corpus.size), renamed(at.recent(17))):
        at.material.discard(added)
    for release in _touched(at):
        at.material.put(release)
    at.install_theme()


def with_body(release: Release) -> Release:
    return replace(release, body=f"{release.body}\nЭтот абзац дописан потом.\n")


def with_title(release: Release) -> Release:
    return replace(release, title=f"{release.title}, исправлено")


def with_tags(release: Release) -> Release:
    return replace(release, tags=tuple(tag for tag in TAGS[:6] if tag not in release.tags)[:2])


def renamed(release: Release) -> Release:
    return replace(release, slug=f"{release.slug}-drugoe-imya")


def _touched(at: Workplace) -> Iterator[Release]:
    return (at.recent(age) for age in (5, 8, 11, 14, 17))


COLD = Scenario("cold", "cold", forget)
SCENARIOS = (
    COLD,
    Scenario("nothing", "nothing changed", change_nothing),
    Scenario("added", "one release added", add),
    Scenario("body", "one edited: body", edit_body),
    Scenario("title", "one edited: title", edit_title),
    Scenario("tags", "one edited: tags", edit_tags),
    Scenario("deleted", "one deleted", delete),
    Scenario("renamed", "one renamed", rename),
    Scenario("published", "one added and published", publish_without_it, publishes=True),
    Scenario("theme", "theme changed", change_theme),
)
