"""A build makes what differs from the last edition, and takes over everything else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newsroom.build.edition import Edition, index_bytes, shard_path
from newsroom.build.fingerprint import fingerprint
from newsroom.build.journal import MadeSection
from newsroom.build.production import HARMED, NEW, WORTH_SHARING, Made, Producer, Production
from newsroom.build.section import Output, Section
from newsroom.build.stage import Stage
from newsroom.build.workers import Tick

Texts = Mapping[str, Mapping[str, str]]
"""A site: texts by section and path."""

SITE: Texts = {
    "news/2024/05": {"a/index.html": "Парад", "b/index.html": "Субботник"},
    "feeds": {"feed.xml": "<feed/>"},
}


@dataclass
class Desk:
    """Sections of texts made in upper case; knows what was listed and made."""

    texts: Texts
    template: str = "v1"
    listed: list[str] = field(default_factory=list)
    made: list[str] = field(default_factory=list)
    weights: Mapping[str, int] = field(default_factory=dict)

    @property
    def sections(self) -> list[Section]:
        return [self.section(key) for key in self.texts]

    def section(self, key: str) -> Section:
        texts = self.texts[key]

        def outputs() -> Iterator[Output]:
            self.listed.append(key)
            for path, text in texts.items():
                yield self.output(path, text)

        return Section(
            key=key,
            fingerprint=fingerprint(self.template, sorted(texts.items())),
            outputs=outputs,
            releases=lambda: tuple(
                path.removesuffix("/index.html") for path in texts if path.endswith(".html")
            ),
            weight=self.weights.get(key, len(texts)),
        )

    def output(self, path: str, text: str) -> Output:
        def make() -> bytes:
            self.made.append(path)
            return text.upper().encode()

        inputs = ("шаблон", fingerprint(self.template)), ("текст", fingerprint(text))
        return Output(path=path, inputs=inputs, make=make)


def with_text(path: str, text: str) -> Texts:
    """The site with another text at ``path`` of the news."""
    return {**SITE, "news/2024/05": {**SITE["news/2024/05"], path: text}}


@dataclass
class Builds:
    """Builds of one output, each knowing the journal of the last."""

    output: Path
    last: Mapping[str, MadeSection] = field(default_factory=dict)
    trusted: bool = False
    workers: int = 1

    def build(self, desk: Desk) -> Production:
        with Stage(self.output) as stage:
            producer = Producer(stage=stage, last=self.last, trusted=self.trusted, workers=self.workers)
            production = producer.produce(desk.sections)
            shards = {key: section.shard for key, section in production.sections.items()}
            index = index_bytes(shards, production.files, production.releases)
            paths = {path for section in production.sections.values() for path in section.paths}
            stage.commit(index, None, lambda: paths | {shard_path(key) for key in shards})
        self.last, self.trusted = production.sections, True
        return production

    def files(self) -> dict[str, bytes]:
        paths = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in paths}


@pytest.fixture
def builds(tmp_path: Path) -> Builds:
    return Builds(tmp_path / "output")


def news(production: Production) -> list[tuple[str, tuple[str, ...]]]:
    return [(made.path, made.because) for made in production.made]


def test_the_first_build_makes_everything(builds: Builds) -> None:
    production = builds.build(Desk(SITE))
    assert [("a/index.html", (NEW,)), ("b/index.html", (NEW,)), ("feed.xml", (NEW,))] == news(production)
    assert (3, 2) == (production.files, production.releases)


def test_an_unchanged_section_is_not_even_listed(builds: Builds) -> None:
    builds.build(Desk(SITE))
    desk = Desk(SITE)
    production = builds.build(desk)
    assert ([], [], []) == (desk.listed, desk.made, production.made)
    assert (3, 2) == (production.files, production.releases)


def test_of_a_changed_section_only_what_changed_is_made(builds: Builds) -> None:
    builds.build(Desk(SITE))
    desk = Desk(with_text("b/index.html", "Каток"))
    production = builds.build(desk)
    assert (["news/2024/05"], ["b/index.html"]) == (desk.listed, desk.made)
    assert [Made("b/index.html", ("текст",))] == production.made
    assert "КАТОК" == builds.files()["b/index.html"].decode()


def test_the_inputs_that_changed_are_named(builds: Builds) -> None:
    builds.build(Desk(SITE))
    production = builds.build(Desk(with_text("b/index.html", "Каток"), template="v2"))
    expected = [
        ("a/index.html", ("шаблон",)),
        ("b/index.html", ("шаблон", "текст")),
        ("feed.xml", ("шаблон",)),
    ]
    assert expected == news(production)


def test_a_new_path_and_a_new_section_are_new(builds: Builds) -> None:
    builds.build(Desk(SITE))
    production = builds.build(Desk({**with_text("c/index.html", "Каток"), "maps": {"sitemap.xml": ""}}))
    assert [("c/index.html", (NEW,)), ("sitemap.xml", (NEW,))] == news(production)


def test_what_is_no_longer_listed_is_no_part_of_the_edition(builds: Builds) -> None:
    builds.build(Desk(SITE))
    production = builds.build(Desk({"news/2024/05": {"a/index.html": "Парад"}}))
    assert [] == production.made
    assert ["a/index.html"] == list(Edition.read(builds.output).paths)
    expected = ["a/index.html", "edition.json", "edition/news/2024/05.json"]
    assert expected == sorted(builds.files())


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (SITE, False),
        (with_text("a/index.html", "!"), True),
        (with_text("c/index.html", "!"), True),
        ({"news/2024/05": {"a/index.html": "Парад"}, "feeds": SITE["feeds"]}, True),
        ({"feeds": SITE["feeds"]}, True),
    ],
)
def test_an_edition_is_news_where_anything_differs(builds: Builds, texts: Texts, expected: bool) -> None:
    assert builds.build(Desk(SITE)).is_news
    assert expected == builds.build(Desk(texts)).is_news


def test_a_path_may_move_to_another_section(builds: Builds) -> None:
    builds.build(Desk(SITE))
    production = builds.build(Desk({"news/2024/05": {"a/index.html": "Парад", "feed.xml": "<feed/>"}}))
    assert [("feed.xml", (NEW,))] == news(production)
    assert ["a/index.html", "feed.xml"] == sorted(Edition.read(builds.output).paths)


def test_a_folder_that_is_trusted_is_not_looked_into(builds: Builds) -> None:
    builds.build(Desk(SITE))
    (builds.output / "a/index.html").write_bytes(b"by hand")
    assert [] == builds.build(Desk(SITE)).made
    assert ["b/index.html"] == [made.path for made in builds.build(Desk(with_text("b/index.html", "!"))).made]


@pytest.mark.parametrize("harm", [b"", b"by hand", "ПАРАД!".encode(), None])
def test_in_a_folder_that_is_not_trusted_harmed_files_are_made_again(
    builds: Builds, harm: bytes | None
) -> None:
    builds.build(Desk(SITE))
    whole = builds.files()
    if harm is None:
        (builds.output / "a/index.html").unlink()
    else:
        (builds.output / "a/index.html").write_bytes(harm)
    builds.trusted = False
    desk = Desk(SITE)
    assert [("a/index.html", (HARMED,))] == news(builds.build(desk))
    assert (["a/index.html"], ["feeds", "news/2024/05"]) == (desk.made, sorted(desk.listed))
    assert whole == builds.files()


@pytest.mark.parametrize("path", ["edition/feeds.json", "edition/news/2024/05.json", "edition.json"])
def test_in_a_folder_that_is_not_trusted_the_editions_lists_are_mended(builds: Builds, path: str) -> None:
    builds.build(Desk(SITE))
    whole = builds.files()
    (builds.output / path).write_bytes(b'{"sections": {}}')
    builds.trusted = False
    assert [] == builds.build(Desk(SITE)).made
    assert whole == builds.files()


def test_what_is_made_anew_to_the_same_bytes_is_not_written(builds: Builds) -> None:
    builds.build(Desk(SITE))
    times = {path: path.stat().st_mtime_ns for path in builds.output.rglob("*.html")}
    assert 3 == len(builds.build(Desk(SITE, template="v2")).made)
    assert times == {path: path.stat().st_mtime_ns for path in builds.output.rglob("*.html")}


def test_an_edition_lists_what_is_there(builds: Builds) -> None:
    production = builds.build(Desk(SITE))
    edition = Edition.read(builds.output)
    expected = {path: text.upper() for texts in SITE.values() for path, text in texts.items()}
    assert {path: sha256(text.encode()) for path, text in expected.items()} == edition.paths
    assert (("a", "b"), []) == (edition.releases, edition.verify(builds.output))
    shards = {key: sha256((builds.output / shard_path(key)).read_bytes()) for key in SITE}
    assert shards == {key: section.shard for key, section in production.sections.items()}
    assert index_bytes(shards, 3, 2) == (builds.output / "edition.json").read_bytes()


def test_sections_are_made_heaviest_first_and_kept_in_their_order(builds: Builds) -> None:
    desk = Desk({key: {key: ""} for key in "abcd"}, weights={"b": 5, "d": 5})
    production = builds.build(desk)
    assert (["b", "d", "a", "c"], list("abcd")) == (desk.listed, list(production.sections))


def test_an_empty_section_has_no_files(builds: Builds) -> None:
    production = builds.build(Desk({"drafts": {}}))
    assert (0, 0, []) == (production.files, production.releases, production.made)
    assert {} == Edition.read(builds.output).paths


@pytest.mark.parametrize(("weight", "expected"), [(WORTH_SHARING, 2), (WORTH_SHARING - 1, 0)])
def test_much_work_is_shared_among_processes(builds: Builds, weight: int, expected: int) -> None:
    def outputs(path: str) -> Iterable[Output]:
        return [Output(path=path, inputs=(), make=lambda: str(os.getpid()).encode())]

    sections = [
        Section(key="a", fingerprint=b"", outputs=lambda: outputs("a.txt"), weight=weight - 1),
        Section(key="b", fingerprint=b"", outputs=lambda: outputs("b.txt"), weight=1),
    ]
    with Stage(builds.output) as stage:
        told: list[int] = []
        begun: list[int] = []

        def begin(count: int) -> Tick:
            begun.append(count)
            return told.append

        Producer(stage=stage, last={}, trusted=False, workers=2).produce(sections, begin)
        pids = {int((stage.folder / path).read_bytes()) for path in ("a.txt", "b.txt")}
    assert (expected, [weight], weight) == (len(pids - {os.getpid()}), begun, sum(told))


YEARS = [f"news/{year}" for year in range(2019, 2025)]
HEAVY = dict.fromkeys(YEARS, WORTH_SHARING)


def archive(changed: str = "") -> Texts:
    return {
        key: {f"{key}/{number}.html": f"{number}{changed * (number % 3 == 0)}" for number in range(7)}
        for key in YEARS
    }


def test_serial_and_forked_builds_give_the_same(tmp_path: Path) -> None:
    alone, together = Builds(tmp_path / "alone"), Builds(tmp_path / "together", workers=3)
    for texts, template in [(archive(), "v1"), (archive("!"), "v1"), (archive("!"), "v2")]:
        expected = alone.build(Desk(texts, template, weights=HEAVY))
        actual = together.build(Desk(texts, template, weights=HEAVY))
        assert expected == actual
        assert list(expected.sections) == list(actual.sections)
        assert alone.files() == together.files()
    assert [] == Edition.read(together.output).verify(together.output)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failure_of_one_output_leaves_the_site_as_it_was(builds: Builds, workers: int) -> None:
    builds.build(Desk(SITE))
    before, builds.workers = builds.files(), workers
    with pytest.raises(AttributeError, match="upper"):
        builds.build(Desk({**archive(), "x": {"x.html": None}}, weights=HEAVY))  # type: ignore[dict-item]
    assert before == builds.files()


def test_all_is_made_anew_where_somebody_asks_for_it_and_the_lists_are_left_to_him(builds: Builds) -> None:
    builds.build(Desk(SITE))
    written: list[str] = []
    with Stage(builds.output) as stage:
        stage.whole = True
        producer = Producer(
            stage=stage, last=builds.last, trusted=True, anew="из-за гостей", written=written.append
        )
        production = producer.produce(Desk({**SITE, "maps": {"map.xml": ""}}).sections)
        staged = {path.relative_to(stage.folder).as_posix() for path in stage.folder.rglob("*.*")}
    because = dict(news(production))
    assert {"a/index.html", "b/index.html", "feed.xml", "map.xml"} == set(written) == staged == because.keys()
    assert ((NEW,), ("из-за гостей",)) == (because["map.xml"], because["feed.xml"])


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
