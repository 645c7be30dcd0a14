"""The search's index: of the same releases the same bytes, of what may not be seen nothing, and no more work
than what changed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from itertools import accumulate, pairwise
from pathlib import Path
from shutil import copytree
from typing import Any

import cbor2
import pytest

from newsroom.build.pagefind import PagefindError, Text, bundle
from newsroom.build.pagefind_files import ENTRY, empty_index, index_files, searched_bytes
from newsroom.build.pagefind_register import Contents, register_files
from newsroom.pages import search
from newsroom.pages.search_periods import search_periods
from newsroom.pages.search_texts import search_text, spelt
from newsroom.publish.output_check import check_output
from tests.conftest import VOCABULARY, Built, TinySite

pytestmark = pytest.mark.slow


@pytest.fixture
def site(site: TinySite) -> TinySite:
    site.search = True
    site.release("2023-11-20-yolka", "Ёлку поставят на площади.\n", title="Ёлка", tags="[zima]")
    site.release("2024-02-01-lyzhnya", "Лыжня открыта.\n", title="Лыжня", rubric="sport")
    site.release("2024-04-12-kosmos", "Музей покажет звёзды.\n", title="День космонавтики")
    site.release("2024-05-09-katok", "Лёд готов.\n")
    return site


def search_files(built: Built) -> dict[str, bytes]:
    """The files of the search, unpacked."""
    return {path: searched_bytes(data) for path, data in built.files().items() if path.startswith("search/")}


def periods_of(paths: Iterable[str]) -> set[str]:
    return {path.split("/")[1] for path in paths}


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([], {}),
        (["2024-05"], {"2024-05": ("2024-05",)}),
        (["2024-05", "2024-04"], {"2024-05": ("2024-05",), "2024-04": ("2024-04",)}),
        (
            ["2024-07", "2024-06", "2024-04", "2024-01", "2023-12"],
            {
                "2024-07": ("2024-07",),
                "2024-q2": ("2024-06", "2024-04"),
                "2024-q1": ("2024-01",),
                "2023-q4": ("2023-12",),
            },
        ),
    ],
)
def test_closed_quarters_are_whole_and_the_newest_one_is_by_months(
    months: list[str], expected: dict[str, tuple[str, ...]]
) -> None:
    assert expected == {period.name: period.months for period in search_periods(months)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Городской край, ЧАЙ!", "Городскоӗ краӗ, ЧАӖ!"),
        ("район-герой", "район-героӗ"),
        ("«Музей» й", "«Музеӗ» ӗ"),
        ("йод", "йод"),
    ],
)
def test_a_last_short_i_is_spelt_so_that_its_ending_is_known(text: str, expected: str) -> None:
    assert expected == spelt(text)


TEXTS = [
    Text(
        url=f"/{number}/",
        content=" ".join(f"слово{number * 7 % 1000} и{number + step}" for step in range(60)),
        meta={"title": f"Заголовок {number}"},
        filters={"tag": [f"tema-{number % 30}", "vse"], "rubric": [f"r{number % 7}"]},
        sort={"date": f"{number:04}"},
    )
    for number in range(200)
]


def test_the_same_texts_are_the_same_bytes_in_each_run() -> None:
    assert index_files(bundle(TEXTS)) == index_files(bundle(TEXTS))


def test_small_pieces_hold_the_words_of_the_large_ones_and_are_found_by_their_borders() -> None:
    large = bundle(TEXTS)
    small = index_files(large)
    words, pieces = _words(large), _words(small)
    assert len(words) < len(pieces)
    assert [word for piece in words for word in piece] == [word for piece in pieces for word in piece]
    (meta,) = (_cbor(data) for path, data in small.items() if path.endswith("pf_meta"))
    borders = [(start, stop) for start, stop, _ in meta[2]]
    for piece, (start, stop) in zip(pieces, borders, strict=True):
        assert start <= piece[0][0]
        assert piece[-1][0].startswith(stop) or piece[-1][0] <= stop
    assert all(before < after for (_, before), (after, _) in pairwise(borders))
    assert max(len(data) for path, data in small.items() if path.endswith("pf_index")) < 16_000


def _words(files: dict[str, bytes]) -> list[list[Any]]:
    """The pieces in their order."""
    (meta,) = (_cbor(data) for path, data in files.items() if path.endswith("pf_meta"))
    return [_cbor(files[f"index/{name}.pf_index"])[0] for _, _, name in meta[2]]


def _cbor(data: bytes) -> Any:
    return cbor2.loads(zlib.decompress(data, wbits=31).removeprefix(b"pagefind_dcd"))


def test_an_index_of_nothing_has_the_script_and_no_words() -> None:
    files = empty_index(bundle(TEXTS[:1]))
    assert {"pagefind.js", "wasm.ru.pagefind", ENTRY} < files.keys()
    assert b"/0/" not in b"".join(files.values())
    assert 4 == len(files)


@pytest.mark.parametrize("text", ["ёлка", "слово" * 60])
@pytest.mark.parametrize("numbers", [[0], [39], [0, 1, 30, 39], [*range(40)]])
def test_a_register_tells_which_indexes_have_a_word(text: str, numbers: list[int]) -> None:
    names = [f"{2024 - number // 4}-q{4 - number % 4}" for number in range(40)]
    having = {names[number] for number in numbers}
    indexes = {
        name: Contents(["и", text], {"tag": ["zima"]}) if name in having else Contents(["и"], {})
        for name in names
    }
    register = register_files(indexes, empty_index(bundle(TEXTS[:1])))
    assert {"и": names, text: [name for name in names if name in having]} == _places(register)
    assert {"tag": {"zima": [name for name in names if name in having]}} == _choices(register)


def _places(register: dict[str, bytes]) -> dict[str, list[str]]:
    """The indexes that have a word, by words; each number stands as the way from the one before."""
    names = _names(register)
    words = [word for piece in _words(register) for word in piece]
    return {
        word: [names[number] for number in accumulate(way for way, *_ in pages)] for word, pages, _ in words
    }


def _choices(register: dict[str, bytes]) -> dict[str, dict[str, list[str]]]:
    names = _names(register)
    filters = [_cbor(data) for path, data in register.items() if path.endswith("pf_filter")]
    return {
        kind: {id: [names[number] for number in pages] for id, pages in values} for kind, values in filters
    }


def _names(register: dict[str, bytes]) -> list[str]:
    (meta,) = (_cbor(data) for path, data in register.items() if path.endswith("pf_meta"))
    return [name for name, _ in meta[1]]


def test_a_program_that_ends_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsroom.build.pagefind.program", lambda: "true")
    with pytest.raises(PagefindError):
        bundle(TEXTS[:1])


def test_a_new_release_makes_its_month_anew_and_ends_as_a_clean_build_does(
    site: TinySite, tmp_path: Path
) -> None:
    before = site.build()
    assert 0 == before.status, before.said
    assert {
        "2023-q4",
        "2024-q1",
        "2024-04",
        "2024-05",
        "register",
        "index.html",
        search.engine().split("/")[2],
    } == periods_of(search_files(before).keys())
    assert [] == check_output(before.output, site.url)
    files = before.files()

    site.release("2024-05-20-sad", "Сад цветёт.\n", title="Сад")
    after = site.build().files()
    changed = {path for path in files.keys() | after.keys() if files.get(path) != after.get(path)}
    assert {"2024-05", "index.html"} == periods_of({path for path in changed if path.startswith("search/")})
    clean = TinySite(tmp_path / "clean", search=True)
    copytree(site.content, clean.content)
    assert clean.build().files() == after


def test_what_is_indexed_once_is_not_indexed_again(site: TinySite, monkeypatch: pytest.MonkeyPatch) -> None:
    before = site.build().files()
    asked: list[list[str]] = []

    def counted(texts: list[Text]) -> dict[str, bytes]:
        asked.append([text.url for text in texts])
        return bundle(texts)

    monkeypatch.setattr("newsroom.pages.search_files.bundle", counted)
    (site.folder / "cache/memory").rename(site.folder / "forgotten")
    assert site.build().files() == before
    assert [] == asked
    site.release("2024-05-09-katok", "Лёд растаял.\n")
    site.build()
    assert [["/news/2024/05/katok/"]] == asked


def test_a_quarter_that_has_closed_is_one_index_and_its_months_are_gone(site: TinySite) -> None:
    site.build()
    site.now = "2024-08-01T12:00:00+08:00"
    site.release("2024-07-01-leto", "Лето.\n", title="Лето")
    built = site.build()
    assert {"2024-07", "2024-q2", "2024-q1", "2023-q4"} == {
        name for name in periods_of(search_files(built).keys()) if name[:2] == "20"
    }
    assert ["2024-q2", "2024-q1", "2023-q4"] == _names(register_of(built))


def register_of(built: Built) -> dict[str, bytes]:
    """The files of the register by their names in it."""
    start = "search/register/"
    return {path.removeprefix(start): data for path, data in built.files().items() if path.startswith(start)}


def test_the_register_has_the_words_of_closed_quarters_and_what_is_withdrawn_leaves_it(
    site: TinySite, tmp_path: Path
) -> None:
    site.release("2023-12-01-gorka", "Горка открыта.\n", title="Горка")
    register = register_of(site.build())
    words, choices = _places(register), _choices(register)
    assert {
        "елк": ["2023-q4"],
        "горк": ["2023-q4"],
        "лыжн": ["2024-q1"],
        "открыт": ["2024-q1", "2023-q4"],
    } == {stem: words[stem] for stem in ("елк", "горк", "лыжн", "открыт")}
    assert not {"лед", "космонавтик"} & words.keys()
    assert ({"zima": ["2023-q4"]}, ["2024-q1"]) == (choices["tag"], choices["rubric"]["sport"])

    site.release("2023-11-20-yolka", status="withdrawn", withdrawal_reason="Ошибка")
    after = site.build()
    words = _places(register_of(after))
    assert "елк" not in words
    assert ["2023-q4"] == words["горк"]
    assert not any(b"zima" in searched_bytes(data) for data in register_of(after).values())
    clean = TinySite(tmp_path / "clean", search=True)
    copytree(site.content, clean.content)
    assert clean.build().files() == after.files()


def test_a_site_of_one_quarter_has_no_register(tmp_path: Path) -> None:
    site = TinySite(tmp_path, search=True)
    for file, text in VOCABULARY.items():
        site.write(file, text)
    site.release("2024-05-09-katok", "Лёд готов.\n")
    built = site.build()
    assert 0 == built.status, built.said
    assert {} == register_of(built)
    assert "" == built.page("/search/").select_one("[data-search]")["data-register"]


HIDDEN = "Тайновед"


@pytest.mark.parametrize(
    "header",
    [
        {"status": "draft"},
        {"date": "2024-07-01 10:00"},
        {"status": "withdrawn", "withdrawal_reason": "Ошибка"},
    ],
    ids=["draft", "embargoed", "withdrawn"],
)
def test_nothing_of_what_may_not_be_seen_is_in_the_index(site: TinySite, header: dict[str, str]) -> None:
    id = "2024-07-01-tayna" if "date" in header else "2024-05-10-tayna"
    site.release(id, f"{HIDDEN} скажет.\n", title=HIDDEN, tags="[yarmarka]", **header)
    built = site.build()
    assert 0 == built.status, built.said
    for path, data in search_files(built).items():
        text = data.decode(errors="replace").lower()
        assert "тайнов" not in text, path
        assert "tayna" not in text, path
        assert "yarmarka" not in text, path


def test_a_withdrawn_release_leaves_the_index_of_an_old_quarter(site: TinySite) -> None:
    assert any("Ёлку поставят".encode() in data for data in search_files(site.build()).values())
    site.release("2023-11-20-yolka", status="withdrawn", withdrawal_reason="Ошибка")
    after = search_files(site.build())
    assert not any("ёлк".encode() in data.lower() or b"yolka" in data for data in after.values())
    assert "2023-q4" not in periods_of(after.keys())


def test_a_text_that_slips_into_the_index_is_seen_there(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "Победителей конкурса на лучший двор назовут в пятницу вечером.\n"
    site.release("2024-05-10-dvor", body, title="Двор года", status="draft")
    known = search_text

    def leaking(release: Any) -> Text:
        text = known(release)
        return Text(url=text.url, content=f"{text.content}\n{body}", meta=text.meta, sort=text.sort)

    monkeypatch.setattr("newsroom.pages.search_files.search_text", leaking)
    built = site.build()
    assert 1 == built.status
    assert "releases/2024/05/2024-05-10-dvor.md" in built.said
    assert ".pf_fragment" in built.said


def test_a_site_without_a_search_offers_none(site: TinySite) -> None:
    site.search = False
    built = site.build()
    assert not built.has("/search/")
    assert not built.page("/").select('[role="search"], [href*="search"]')
    assert not built.page("/404.html").select('form[role="search"]')
    assert "/search/" not in built.text("/sitemaps/pages.xml")


def test_every_page_leads_to_the_search_and_that_without_a_script_to_every_month_and_tag(
    site: TinySite,
) -> None:
    built = site.build()
    for url in ("/", "/news/2024/05/katok/", "/404.html"):
        form = built.page(url).select_one('form[role="search"]')
        assert ("/search/", "get") == (form["action"], form["method"])
        assert form.select_one('input[name="q"]')
    assert "<loc>https://news.example/search/</loc>" in built.text("/sitemaps/pages.xml")
    page = built.page("/search/")
    links = {link["href"] for link in page.select("main a")}
    assert {"/news/2023/11/", "/news/2024/02/", "/news/2024/04/", "/news/2024/05/", "/tags/zima/"} <= links
    assert {"/rubrics/sport/", "/departments/press/"} <= links
    assert "скрипты выключены" in page.select_one(".search__note").get_text()
