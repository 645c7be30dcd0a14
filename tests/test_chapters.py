"""The catalogue lies in chapters, a year each, and one that nothing touched is not opened."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from newsroom.build.memory import Memory
from newsroom.build.scan import Scan, Stamp, scan
from newsroom.build.sealed import seal
from newsroom.build.segments import LostRecordError, Place
from newsroom.content.catalogue import Entry
from newsroom.content.chapters import OTHERS, Chapter, chapter_of, read_catalogue, write_catalogue
from newsroom.content.outline import Outline, outline
from newsroom.content.places import Places
from newsroom.content.types import Link
from tests.test_catalogue import ENTRY

OLD: Stamp = (5, 1_000_000_000, 1_000_000_000)
MAY, JUNE = "releases/2024/05", "releases/2024/06"


def release(id: str, folder: str = MAY, place: Place | None = ENTRY.place) -> Entry:
    return Entry(file=f"{folder}/{id}.md", kind="releases", id=id, url=f"/{id}/", place=place)


def folders(**files: tuple[str, ...]) -> Scan:
    """A scan of files by folders, «2024_05» for «releases/2024/05»."""
    return Scan(
        {f"releases/{name[1:].replace('_', '/')}": dict.fromkeys(some, OLD) for name, some in files.items()}
    )


SCAN = folders(
    _2024_05=("2024-05-09-a.md", "a.jpg"), _2024_06=("2024-06-01-b.md",), _2023_12=("2023-12-31-c.md",)
)


def known(scan: Scan) -> dict[str, Chapter]:
    """The chapters that a build leaves which made something of every release."""
    places = Places(scan, {})
    chapters = {}
    for name, files in places.releases_but([]).items():
        entries = [release(Path(file).stem, str(Path(file).parent)) for file in files]
        chapters[name] = Chapter(name, entries, places.folders(files, entries))
    return chapters


def touched(now: Scan, before: dict[str, Chapter]) -> dict[str, list[str]]:
    """The files to be looked into, by chapters."""
    places = Places(now, before)
    return places.releases_but(chapter.name for chapter in places.untouched())


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("releases/2024/05/2024-05-09-a.md", "2024"),
        ("releases/2023/2024-05-09-a.md", "2024"),
        ("releases/a.md", "a.md"),
        ("events/den-pobedy.md", OTHERS),
        ("tags.yaml", OTHERS),
    ],
)
def test_a_release_stands_in_the_chapter_of_the_year_in_its_name(file: str, expected: str) -> None:
    assert expected == chapter_of(file)


def test_chapters_are_read_as_they_were_written(memory: Memory) -> None:
    others = Chapter(
        OTHERS, [Entry(file="tags.yaml", kind="tags.yaml", id="", url="", place=ENTRY.place)], {}
    )
    year = Chapter("2024", [ENTRY], {MAY: b"12345678"})
    assert {"releases/a.md": (1, 2, 3)} == year.beyond  # it is named from a folder that is not its own
    write_catalogue(memory, b"key", [others, year])
    found = read_catalogue(memory, b"key")
    assert ["", "2024"] == list(found)
    assert [others.entries, year.entries] == [chapter.entries for chapter in found.values()]
    assert (year.outline, year.size, {MAY: b"12345678"}, year.beyond) == (
        found["2024"].outline,
        found["2024"].size,
        found["2024"].folders,
        found["2024"].beyond,
    )


def test_a_catalogue_of_another_program_or_none_is_empty(memory: Memory) -> None:
    write_catalogue(memory, b"key", [Chapter("2024", [ENTRY], {})])
    assert {} == read_catalogue(memory, b"other")
    (memory.folder / "catalogue").unlink()
    assert {} == read_catalogue(memory, b"key")


@pytest.mark.parametrize("data", [b"", b"\xc0", b"\x91\x01", b"\x91\x91\xa1a"])
def test_what_is_no_catalogue_is_empty(memory: Memory, data: bytes) -> None:
    seal(memory.folder / "catalogue", b"key", data)
    assert {} == read_catalogue(memory, b"key")


def test_lines_that_were_kept_are_not_written_again(memory: Memory) -> None:
    write_catalogue(memory, b"key", [Chapter("2024", [ENTRY], {})])
    (path,) = memory.segments.folder.iterdir()
    before, known = path.stat().st_size, read_catalogue(memory, b"key")
    write_catalogue(memory, b"key", list(known.values()))
    assert before == path.stat().st_size
    write_catalogue(memory, b"key", [*known.values(), Chapter("2023", [ENTRY], {})])
    assert 2 * before == path.stat().st_size
    assert [[ENTRY], [ENTRY]] == [chapter.entries for chapter in read_catalogue(memory, b"key").values()]


def test_lines_that_were_harmed_are_lost(memory: Memory) -> None:
    write_catalogue(memory, b"key", [Chapter("2024", [ENTRY], {})])
    (path,) = memory.segments.folder.iterdir()
    path.write_bytes(path.read_bytes().replace(b"zima", b"leto"))
    with pytest.raises(LostRecordError):
        _ = read_catalogue(memory, b"key")["2024"].entries


def test_a_chapter_has_its_releases_newest_first_and_no_drafts() -> None:
    old, new = (msgspec.structs.replace(ENTRY, id=id, moment=moment) for id, moment in (("a", 1), ("b", 2)))
    draft = msgspec.structs.replace(ENTRY, id="c", place=None)
    assert [new, old] == Chapter("2024", [old, draft, new], {}).entries


def test_years_whose_folders_hold_what_they_held_are_untouched() -> None:
    assert {} == touched(SCAN, known(SCAN))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({"_2024_05": ("2024-05-09-a.md", "a.jpg", "2024-05-10-d.md")}, {"2024"}),
        ({"_2024_05": ("2024-05-09-a.md",)}, {"2024"}),
        ({"_2024_05": ("a.jpg",)}, {"2024"}),
        ({"_2024_05": ()}, {"2024"}),
        ({"_2024_07": ("2024-07-01-e.md",)}, {"2024"}),
        ({"_2022_01": ("2022-01-01-f.md",)}, {"2022"}),
        ({"_2022_01": ("picture.jpg",)}, set()),
        ({"_2024_05": ("2024-05-09-a.md", "a.jpg", "2023-05-10-d.md")}, {"2024", "2023"}),
    ],
)
def test_a_year_is_touched_where_one_of_its_folders_is(
    now: dict[str, tuple[str, ...]], expected: set[str]
) -> None:
    merged = {**SCAN.folders, **folders(**now).folders}
    changed = Scan({folder: files for folder, files in merged.items() if files})
    before = known(SCAN)
    untouched = {chapter.name for chapter in Places(changed, before).untouched()}
    assert (expected, {"2024", "2023"} - expected) == (
        expected & touched(changed, before).keys() or expected - untouched,
        untouched,
    )


def test_all_files_of_a_touched_year_are_looked_at_and_no_others() -> None:
    now = Scan({**SCAN.folders, MAY: {**SCAN.folders[MAY], "2024-05-10-d.md": OLD}})
    expected = [f"{MAY}/2024-05-09-a.md", f"{MAY}/2024-05-10-d.md", f"{JUNE}/2024-06-01-b.md"]
    assert {"2024": expected} == touched(now, known(SCAN))


@pytest.mark.parametrize(
    ("names", "made"),
    [
        (("2024-05-09-a.md", "b.MD"), ("2024-05-09-a.md",)),
        (("2024-05-09-a.md", "b.transcript.md"), ("2024-05-09-a.md",)),
        (("2024-05-09-a.md", "2024-05-10-b.md"), ("2024-05-09-a.md",)),
    ],
)
def test_a_folder_with_something_to_tell_is_looked_into_every_time(
    names: tuple[str, ...], made: tuple[str, ...]
) -> None:
    now = folders(_2024_05=names)
    places = Places(now, {})
    files = places.releases_but([])["2024"]
    entries = [release(Path(name).stem) for name in made]
    chapter = Chapter("2024", entries, places.folders(files, entries))
    assert {MAY: b""} == chapter.folders
    assert {"2024": files} == touched(now, {"2024": chapter})


def test_a_draft_keeps_its_folder_from_being_passed_over() -> None:
    places = Places(SCAN, {})
    files = [f"{MAY}/2024-05-09-a.md", f"{JUNE}/2024-06-01-b.md"]
    entries = [release("2024-05-09-a", place=None), release("2024-06-01-b", JUNE)]
    assert {MAY: b"", JUNE: SCAN.digests[JUNE]} == places.folders(files, entries)


def test_other_files_are_known_by_their_types(tmp_path: Path) -> None:
    for path in ("events/a.md", "events/a.jpg", "b.md", "pages/c.md", "pages/deep/d.md", "odd/e.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()
    places = Places(scan(tmp_path), {})
    assert ["events/a.md"] == places.files("events")
    assert ["pages/c.md", "pages/deep/d.md"] == places.files("pages")
    assert ["b.md", "odd/e.md"] == places.files("")
    assert [] == places.files("releases")


def test_the_ids_of_releases_are_those_of_their_files() -> None:
    ids = Places(SCAN, {}).release_ids
    assert [True, True, False] == [id in ids for id in ("2024-05-09-a", "2023-12-31-c", "a")]


def test_the_digest_of_a_folder_tells_names_and_stamps(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.md").write_text("b")
    before = scan(tmp_path).digests
    assert before == scan(tmp_path).digests
    os.utime(tmp_path / "a/b.md", ns=(0, 0))
    changed = scan(tmp_path).digests
    (tmp_path / "a/b.md").rename(tmp_path / "a/c.md")
    assert 3 == len({before["a"], changed["a"], scan(tmp_path).digests["a"]})


def line(id: str, day: str, **fields: object) -> Entry:
    return msgspec.structs.replace(ENTRY, id=id, day=day, card=f"card {id}".encode(), **fields)


def test_an_outline_tells_what_a_year_has() -> None:
    lines = [
        line("d", "2024-05-10", moment=40, tags=("leto",), changes=(), texts=("/d/skan-text/",)),
        line("c", "2024-05-09", moment=30, status="withdrawn", tags=("vesna",), links=()),
        line("b", "2024-05-09", moment=20, rubric="sport", events=("sad",), changes=(60,), aliases=("/b/",)),
        line("a", "2024-04-01", moment=10, links=(Link(file="a", line=1, target="/feeds/"),)),
    ]
    found = outline(lines)
    expected = Outline(
        digest=found.digest,
        newest=40,
        days=(("2024-05-10", 1), ("2024-05-09", 1), ("2024-04-01", 1)),
        counts={
            "rubric": {"gorod": 2, "sport": 1},
            "department": {"press": 3},
            "tag": {"den-pobedy": 2, "leto": 1, "zima": 2},
            "event": {"sad": 1},
        },
        names={
            "rubric": ("gorod", "sport"),
            "department": ("press",),
            "tag": ("den-pobedy", "leto", "vesna", "zima"),
            "event": ("sad",),
        },
        changes=(60, 1715230000, 1715230000, 1715240000, 1715240000),
        targets=("/feeds/", "/news/"),
        anchored=("/news/",),
        withdrawn=1,
        texts=1,
        moved=True,
        corrected=found.corrected,
    )
    assert expected == found
    made = [(1715240000, "a", 1), (1715230000, "a", 0), (60, "b", 0)]
    assert made == [(each.moment, each.id, each.number) for each in found.corrected]
    assert 3 == found.published


def test_an_outline_knows_the_records_and_their_order() -> None:
    one, other = line("a", "2024-05-10"), line("b", "2024-05-10")
    digests = {
        outline(lines).digest
        for lines in (
            [],
            [one],
            [other],
            [one, other],
            [other, one],
            [line("a", "2024-05-10", digest=b"another.")],
        )
    }
    assert 6 == len(digests)
