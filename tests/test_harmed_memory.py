"""Whatever happens to what a build remembers, the next one makes the same site and tells the same faults."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from newsroom.build import scan
from newsroom.build.edition import DRAFT_NAME, FILE_NAME
from tests.conftest import VOCABULARY, Built, TinySite
from tests.random_newsroom import Trial, differences
from tests.random_steps import add_release, edit_release, newsroom

Harm = Callable[[Path], object]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinySite, Built]:
    site = TinySite(tmp_path_factory.mktemp("harmed"))
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.release()
    return site, site.build()


def only(folder: Path, pattern: str) -> Path:
    (path,) = folder.rglob(pattern)
    return path


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def zero(path: Path) -> int:
    return path.write_bytes(bytes(path.stat().st_size))


@pytest.mark.parametrize(
    "harm",
    [
        lambda memory: zero(only(memory, "records/*.records")),
        lambda memory: cut(only(memory, "records/*.records")),
        lambda memory: only(memory, "records/*.records").unlink(),
        lambda memory: zero(only(memory, "outputs/*.records")),
        lambda memory: zero(only(memory, "yearbooks")),
        lambda memory: cut(only(memory, "catalogue")),
        lambda memory: zero(only(memory, "journal")),
        lambda memory: [zero(path) for path in memory.rglob("*") if path.is_file()],
        shutil.rmtree,
    ],
)
def test_the_next_build_makes_the_same_site(built: tuple[TinySite, Built], harm: Harm) -> None:
    site, first = built
    before = first.files()
    harm(site.folder / "cache/memory")
    again = site.build()
    assert (0, before) == (again.status, again.files()), again.said


def test_a_check_does_without_a_memory_that_was_harmed(built: tuple[TinySite, Built]) -> None:
    site, _ = built
    only(site.folder / "cache/memory", "records/*.records").write_bytes(b"")
    try:
        assert 1 == len(site._pelican().read().library.releases)
    finally:
        shutil.rmtree(site.folder / "cache/memory")


def test_what_was_refused_once_is_refused_again(site: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "_SETTLED", 0)
    site.release()
    assert 0 == site.build().status
    site.release("2025-01-09-later", "[Нет такой](/news/2020/01/nothing/)\n")
    assert [1, 1, 1] == [site.build().status for _ in range(3)]


@dataclass(frozen=True)
class Kept:
    """A newsroom built once; its memory and its output are put back for each harm.

    ``strange`` are the memory and the output of another newsroom.
    """

    trial: Trial
    kept: Path
    strange: Path
    clean: dict[str, bytes]

    @property
    def memory(self) -> Path:
        return self.trial.folder / "cache/memory/output"

    @property
    def output(self) -> Path:
        return self.trial.folder / "output"

    def put_back(self) -> None:
        for folder in (self.memory, self.output):
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(self.kept / folder.relative_to(self.trial.folder), folder)

    def assert_mended(self, workers: int = 1) -> None:
        """The next build ends with the bytes of a clean one, and the one after it has nothing to do."""
        built = self.trial.build(workers)
        assert 0 == built.status, built.said
        assert {} == differences(self.clean, built.files())
        assert "записано 0, " in self.trial.build().said


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("kept")
    strange = folder / "strange"
    other = Trial(strange, newsroom(seed=21, releases=6)[0])
    other.write()
    assert 0 == other.build().status
    state, chance = newsroom(seed=20, releases=8)
    trial = Trial(folder / "trial", state)
    trial.write()
    assert 0 == trial.build().status
    for place in ("cache/memory/output", "output"):
        shutil.copytree(trial.folder / place, folder / "kept" / place)
    changed = deepcopy(state)  # so that the builds after a harm have something to do, too
    add_release(changed, chance)
    edit_release(changed, chance)
    for header in changed.headers():
        header["links"] = []
    trial.become(changed)
    clean = trial.build_clean()
    assert 0 == clean.status, clean.said
    return Kept(trial, folder / "kept", strange, clean.files())


def cut_anywhere(path: Path, random: Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: random.randrange(len(data))])


def flip_a_bit(path: Path, random: Random) -> None:
    data = bytearray(path.read_bytes())
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    path.write_bytes(data)


def remove(path: Path, _: Random) -> None:
    path.unlink()


def add_rubbish(path: Path, random: Random) -> None:
    path.write_bytes(path.read_bytes() + random.randbytes(100))


HARMS = (cut_anywhere, flip_a_bit, remove, add_rubbish)
MEMORY = ("catalogue", "journal", "searched", "yearbooks", "outputs/000001.records", "records/000001.records")


@pytest.mark.parametrize("times", [1, pytest.param(4, marks=pytest.mark.slow)])
@pytest.mark.parametrize("file", MEMORY)
def test_a_file_of_the_memory_may_be_harmed_anywhere(kept: Kept, file: str, times: int) -> None:
    random = Random(f"{file} {times}")
    for harm in HARMS * times:
        kept.put_back()
        harm(kept.memory / file, random)
        kept.assert_mended(workers=random.choice((1, 3)))


def test_the_memory_is_of_these_files_and_no_others(kept: Kept) -> None:
    memory = kept.kept / "cache/memory/output"
    found = {path.relative_to(memory).as_posix() for path in memory.rglob("*") if path.is_file()}
    assert set(MEMORY) <= found
    assert found - set(MEMORY) <= {"templates"}


@pytest.mark.parametrize("file", [*MEMORY, "."])
def test_a_memory_of_another_site_does_no_harm(kept: Kept, file: str) -> None:
    kept.put_back()
    source = kept.strange / "cache/memory/output"
    shutil.copytree(source, kept.memory, dirs_exist_ok=True) if file == "." else shutil.copyfile(
        source / file, kept.memory / file
    )
    kept.assert_mended()


def test_a_memory_of_an_older_build_does_no_harm(kept: Kept) -> None:
    kept.put_back()
    kept.assert_mended()
    shutil.rmtree(kept.memory)
    shutil.copytree(kept.kept / "cache/memory/output", kept.memory)
    kept.assert_mended()


def test_a_memory_of_a_newer_build_does_no_harm(kept: Kept) -> None:
    kept.put_back()
    kept.assert_mended()
    shutil.rmtree(kept.output)
    shutil.copytree(kept.kept / "output", kept.output)
    kept.assert_mended()


def spoil_output(output: Path, random: Random) -> None:
    """Files are lost, cut, put where they do not belong; a file stands in a folder's place."""
    pages = sorted(path for path in output.rglob("*.html"))
    for path in random.sample(pages, 10):
        random.choice((cut_anywhere, flip_a_bit, remove))(path, random)
    (output / "news/foreign.html").write_text("foreign")
    shutil.rmtree(output / "feeds")
    (output / "feeds").write_text("a file")
    (output / "rss.xml").unlink()
    (output / "rss.xml").mkdir()
    shutil.rmtree(output / "edition/months")


@pytest.mark.parametrize("sign", ["another edition", "a build was killed"])
def test_an_output_that_is_not_the_last_edition_is_mended(kept: Kept, sign: str) -> None:
    random = Random(sign)
    for _ in range(3):
        kept.put_back()
        spoil_output(kept.output, random)
        if sign == "another edition":
            shutil.copyfile(kept.strange / "output" / FILE_NAME, kept.output / FILE_NAME)
        else:
            (kept.output / DRAFT_NAME).write_bytes(b"{")
        kept.assert_mended()


@pytest.mark.parametrize("harm", [cut_anywhere, remove])
def test_an_output_without_its_edition_is_taken_for_somebodys_own(
    kept: Kept, harm: Callable[..., None]
) -> None:
    kept.put_back()
    harm(kept.output / FILE_NAME, Random(1))
    before = differences({}, Built(0, "", kept.output).files())
    built = kept.trial.build()
    assert 1 == built.status
    assert "чужие файлы" in built.said
    assert before == differences({}, built.files())
    shutil.rmtree(kept.output)
    kept.assert_mended()
