"""The archive of the benchmark: the same for the same seed, for all programs, and not mistaken for news."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bench.corpus import LONGEST, NOW, PICTURES, SHORTEST, STEADY, Corpus
from bench.dialects import Dialect, Hugo, Newsroom, Pelican
from bench.material import Material, write
from bench.pictures import Picture
from bench.scenarios import renamed, with_body, with_tags, with_title

DIALECTS = (Newsroom(), Hugo(), Pelican())
DRAWN = [Picture(b"source", {".jpg": b"clean", ".1.160.webp": b"small"})] * PICTURES


def contents(folder: Path) -> dict[str, bytes]:
    """Every file by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def material(folder: Path, dialect: Dialect, size: int = 60) -> Material:
    """A corpus written in one dialect."""
    made = Material(folder, dialect, DRAWN)
    write(Corpus(size), [made])
    return made


def test_the_same_seed_gives_the_same_releases() -> None:
    assert list(Corpus(30, seed=7)) == list(Corpus(30, seed=7))


def test_another_seed_gives_others() -> None:
    assert Corpus(30, seed=7).release(3).body != Corpus(30, seed=8).release(3).body


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda dialect: type(dialect).__name__)
def test_the_same_corpus_is_the_same_bytes(dialect: Dialect, tmp_path: Path) -> None:
    material(tmp_path / "one", dialect)
    material(tmp_path / "two", dialect)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_every_release_says_that_it_is_synthetic() -> None:
    for release in Corpus(100):
        assert release.title.startswith("Синтетический")
        assert release.body.startswith("Это синтетический")
        assert release.summary.startswith("Синтетический")


def test_no_two_releases_share_a_minute_and_none_is_from_the_future() -> None:
    corpus = Corpus(3000)
    moments = [corpus.release(number).moment for number in range(corpus.size + 1)]
    assert sorted(set(moments)) == moments
    assert moments[-1] < NOW


def test_bodies_are_of_the_promised_length() -> None:
    lengths = [len(release.body.encode()) for release in Corpus(300)]
    assert SHORTEST <= min(lengths)
    assert max(lengths) <= LONGEST + 1000


def test_one_release_in_three_has_a_picture() -> None:
    assert 100 == sum(release.picture is not None for release in Corpus(300))


def test_releases_link_only_to_earlier_ones_that_stay() -> None:
    corpus = Corpus(400)
    steady = {corpus.release(number).url: number for number in range(0, corpus.size, STEADY)}
    linked = 0
    for release in corpus:
        for url in re.findall(r"\]\((/news/[^)]+)\)", release.body):
            assert steady[url] < release.number
            linked += 1
    assert linked > 50


def test_a_removed_release_leaves_nothing_of_its_own(tmp_path: Path) -> None:
    for dialect in DIALECTS:
        made = material(tmp_path / type(dialect).__name__, dialect)
        before = contents(made.folder)
        added = Corpus(60).release(60)
        made.put(added)
        made.remove(added)
        after = contents(made.folder)
        assert before == {path: data for path, data in after.items() if path in before}
        assert all(path.endswith("_index.md") for path in after.keys() - before.keys())


def test_releases_are_written_alike_for_all_programs() -> None:
    release = Corpus(60).release(9)
    for dialect in DIALECTS:
        [text] = [
            s.data.decode() for s in dialect.sources(release, DRAWN[0]) if release.title in s.data.decode()
        ]
        assert text.endswith(f"\n\n{release.body}")
        assert all(tag.id in text for tag in release.tags)


def test_each_change_changes_what_it_is_named_for() -> None:
    release = Corpus(60).release(51)
    assert release == replace(with_body(release), body=release.body)
    assert release == replace(with_title(release), title=release.title)
    assert release == replace(with_tags(release), tags=release.tags)
    assert not set(with_tags(release).tags) & set(release.tags)
    assert release.url != renamed(release).url
