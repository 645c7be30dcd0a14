"""Whatever a fault of the program lets out, a build that would show a secret is refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.build.byte_search import ByteSearch
from newsroom.build.pictures import clean_original, measure
from newsroom.build.scan import UNKNOWN
from newsroom.build.stored_zip import stored_zip
from newsroom.content.catalogue import Entry, FileState
from newsroom.content.phrases import phrases
from newsroom.content.secrets import Secret, needles
from newsroom.content.types import PACKAGE
from newsroom.pages.document import Document
from newsroom.pages.press import Press
from tests.conftest import ROOT, Built, TinySite
from tests.pdf_files import plain
from tests.writing import Repository

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
BODY = (
    "Мэр назовёт **победителей** конкурса на лучший двор в пятницу вечером - так решили\n"
    "жители города. Подробности [объявят](https://example.org) позже.\n\n![Вид двора](dvor.jpg)\n"
)
SECRET = {"title": "Лучший двор города назван", "summary": "Жюри выбрало двор на улице Мира из сорока."}


@pytest.fixture(params=["draft", "embargo"])
def site_with_secret(request: pytest.FixtureRequest, site: TinySite) -> TinySite:
    """A published release and one that nobody may see yet, with a picture, a file and a tag of its own."""
    site.release("2024-05-09-katok")
    id = "2024-05-20-dvor" if request.param == "draft" else "2024-07-01-dvor"
    more = {
        "tags": "[yarmarka]",
        "attachments": "[{file: spisok.pdf, title: Список}]",
        "aliases": "[/dvor-2024/]",
    }
    status = "draft" if request.param == "draft" else "published"
    site.release(id, BODY, **SECRET, status=status, **more)
    site.picture(f"releases/2024/{id[5:7]}/dvor.jpg")
    site.write(f"releases/2024/{id[5:7]}/spisok.pdf", plain("spisok"))
    return site


@pytest.fixture
def leak(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Lets every page end with these bytes, as a faulty theme might."""

    def to_leak(data: bytes) -> None:
        render = Press.render

        def faulty(press: Press, document: Document) -> bytes:
            return render(press, document) + data

        monkeypatch.setattr(Press, "render", faulty)

    return to_leak


LEAKS = [
    "Лучший двор города назван",
    "жюри: Жюри выбрало двор на улице Мира из сорока.",
    "Жюри выбрало двор на\u00a0улице Мира из\u00a0сорока",
    "<strong>победителей</strong> конкурса на\u00a0лучший двор в\u00a0пятницу вечером\u00a0— так решили",
    "конкурса на лучший двор в пятницу вечером - и обрез",
    '<a href="/tags/yarmarka/">Ярмарка</a>',
    '<a href="/dvor-2024/">',
    "https://vk.com/share.php?title=" + quote("Лучший двор города назван"),
]


@pytest.mark.parametrize("text", LEAKS)
def test_a_text_that_must_not_be_seen_stops_the_build(
    site_with_secret: TinySite, leak: Callable[[bytes], None], text: str
) -> None:
    assert 0 == site_with_secret.build().status
    before = Built(0, "", site_with_secret.output).files()
    leak(text.encode())
    (site_with_secret.folder / "cache").rename(site_with_secret.folder / "old-cache")
    built = site_with_secret.build()
    assert 1 == built.status
    assert before == built.files()
    (told,) = built.problems()
    assert "-dvor.md: " in told
    assert "а на сайте его было бы видно: 404.html, " in told
    assert not any(word in told for word in ("Лучший", "Жюри", "yarmarka"))


def test_its_address_and_its_id_are_looked_for_but_not_those_of_a_longer_name(
    site_with_secret: TinySite, leak: Callable[[bytes], None]
) -> None:
    for longer in ("2024-05-20-dvor-2", "2024-07-01-dvor-2"):
        leak(f'"{longer}", tag:news.example,2023:release/{longer}'.encode())
    assert 0 == site_with_secret.build().status
    leak(b"tag:news.example,2023:release/2024-05-20-dvor tag:news.example,2023:release/2024-07-01-dvor")
    (site_with_secret.folder / "cache").rename(site_with_secret.folder / "old-cache")
    assert 1 == site_with_secret.build().status


@pytest.mark.parametrize("what", ["picture", "derivative", "file", "package"])
def test_its_pictures_and_files_are_known_by_their_bytes_and_names(
    site_with_secret: TinySite, what: str
) -> None:
    assert 0 == site_with_secret.build().status
    (picture,) = site_with_secret.content.rglob("dvor.jpg")
    planted = {
        "picture": ("news/chuzhaya.jpg", clean_original(picture)),
        "derivative": (f"news/x.{measure(picture).digest[:8]}.480.webp", b"drawn"),
        "file": ("news/prilozhenie.pdf", plain("spisok")),
        "package": (f"news/{PACKAGE}", stored_zip([("foto/01.jpg", clean_original(picture))], NOW)),
    }[what]
    planted_at = site_with_secret.output / planted[0]
    planted_at.write_bytes(planted[1])
    site_with_secret.release("2024-05-21-eshche", BODY.replace("dvor.jpg", "../x"), status="draft")
    (site_with_secret.folder / "cache/memory/output/searched").unlink()
    built = site_with_secret.build()
    assert (1, [True]) == (built.status, [planted[0] in told for told in built.problems()])


def test_what_a_published_release_says_too_is_no_secret(site_with_secret: TinySite) -> None:
    site_with_secret.release("2024-05-12-anons", body=BODY.replace("dvor.jpg", "katok.jpg"), **SECRET)
    (picture,) = site_with_secret.content.rglob("dvor.jpg")
    site_with_secret.write("releases/2024/05/katok.jpg", picture.read_bytes())
    assert 0 == site_with_secret.build().status


BOILERPLATE = "Подробности на сайте городской администрации и по единому телефону справочной службы."
EVERYDAY: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "a title with quotation marks": (
        {"title": "'В клубе \"Строитель\" пройдёт большой концерт'"},
        {"title": "'В клубе \"Строитель\" пройдёт большой концерт'"},
    ),
    "a title with a dash": (
        {"title": "График отключений горячей воды - июнь"},
        {"title": "График отключений горячей воды - июнь"},
    ),
    "a title that stands in a published text": (
        {"body": "Приходите: [Новый год в городском](/news/) парке культуры."},
        {"title": "Новый год в городском парке культуры"},
    ),
    "boilerplate with a link in what is published": (
        {
            "body": BOILERPLATE.replace(
                "сайте городской администрации", "[сайте городской администрации](/news/)"
            )
        },
        {"body": BOILERPLATE},
    ),
    "boilerplate in a quotation": (
        {"body": "> " + BOILERPLATE.replace(" и по", "\n> и по")},
        {"body": BOILERPLATE},
    ),
    "boilerplate with an entity": (
        {"body": BOILERPLATE.replace("на сайте", "на&nbsp;сайте")},
        {"body": BOILERPLATE},
    ),
    "the title of a month": ({}, {"title": "Май 2024 года"}),
    "the title of the magazine": ({}, {"title": "Журнал «Братская пятилетка»"}),
    "an alias that is an address of another site": (
        {"body": "[Прежний сайт](https://old.example/news/1234/)"},
        {"aliases": "[/news/1234/]"},
    ),
    "a tag that is one of another site": (
        {"body": "[Ярмарки](https://other.example/tags/yarmarka/)"},
        {"tags": "[yarmarka]"},
    ),
    "a copy with its aliases": ({"aliases": "[/katok-2023/]"}, {"aliases": "[/katok-2023/]"}),
}


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
@pytest.mark.parametrize("name", EVERYDAY)
def test_ordinary_work_of_a_newsroom_raises_no_alarm(site: TinySite, name: str, status: str) -> None:
    published, secret = EVERYDAY[name]
    if status == "withdrawn" and "aliases" in secret:
        secret = {**secret, "aliases": "[]"}  # the former addresses went to the release that replaced it
    site.release("2024-05-09-katok", **{"body": "Лёд готов.\n", **published})
    more = {"status": status, "withdrawal_reason": "Ошибка"}
    site.release("2024-05-20-dvor", **{"body": "Другое.\n", **secret, **more})
    built = site.build()
    assert 0 == built.status, built.said


def test_an_event_and_a_picture_of_the_same_name_raise_no_alarm(site: TinySite) -> None:
    header = "title: День города\ndates: [{start: 2024-07-12}]\n"
    site.write("events/2024-07-12-den-goroda.md", f"---\n{header}---\n")
    site.release("2024-05-09-anons", "![Площадь](2024-07-12-den-goroda.jpg)\n")
    site.picture("releases/2024/05/2024-07-12-den-goroda.jpg")
    site.release("2024-07-12-den-goroda", title="Город празднует")
    built = site.build()
    assert 0 == built.status, built.said


def test_what_a_number_of_the_magazine_or_a_table_says_in_public_is_no_secret(site: TinySite) -> None:
    for number, date in (("1", "2024-05-01"), ("2", "2024-07-01")):
        site.write(f"issues/2024/nomer-{number}.pdf", (ROOT / _demo()).read_bytes())
        header = f"title: Журнал\nnumber: {number}\ndate: {date}\npdf: nomer-{number}.pdf\n"
        site.write(f"issues/2024/nomer-{number}.md", f"---\n{header}---\n")
    site.release("2024-05-09-ceny", attachments="[{file: ceny.csv, title: Цены}]")
    site.write("releases/2024/05/ceny.csv", "товар;цена\nХлеб пшеничный формовой первого сорта;60\n")
    site.release("2024-05-20-dvor", "Хлеб пшеничный формовой первого сорта подешевел.\n", status="draft")
    built = site.build()
    assert 0 == built.status, built.said


def test_what_a_correction_struck_out_was_public(tmp_path: Path) -> None:
    written = Repository.at(tmp_path)
    written.release("2024-05-09 09:00", f"Лёд готов.\n\n{BOILERPLATE}\n")
    note = "[{date: 2024-05-10 10:00, note: Убран абзац}]"
    written.release("2024-05-10 09:59", "Лёд готов.\n", changes=note)
    written.site.release("2024-05-20-dvor", f"{BOILERPLATE}\n", status="draft")
    written.commit("2024-05-10 10:00")
    built = written.site.build()
    assert 0 == built.status, built.said
    assert "единому телефону" in built.page("/news/2024/05/katok/changes/").get_text().replace("\u00a0", " ")


NAMES = "Лауреаты: Иванов Пётр, Сидорова Анна.\n\n| кто | балл |\n|---|---|\n| Кузнецов Олег | 5 |\n"


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ({}, "Сидорова Анна"),
        ({}, "<td>Кузнецов Олег</td>"),
        ({"title": '"Каток \\"Труд\\" закрыт до осени"'}, "Каток «Труд» закрыт до\u00a0осени"),
        ({"title": "Снег & лёд уйдут только летом"}, "Снег &amp; лёд уйдут только летом"),
        ({"title": ">-\n  Заголовок в двух\n  строках записан"}, "Заголовок в\u00a0двух строках записан"),
    ],
)
def test_names_tables_and_odd_titles_are_found(
    site: TinySite, leak: Callable[[bytes], None], header: dict[str, str], text: str
) -> None:
    site.release("2024-05-09-katok")
    site.release("2024-05-20-dvor", **{"body": NAMES, "status": "draft", **header})
    leak(text.encode())
    assert 1 == site.build().status


def test_two_secrets_do_not_excuse_one_another(
    site_with_secret: TinySite, leak: Callable[[bytes], None]
) -> None:
    site_with_secret.release("2024-05-22-dva", BODY.replace("![Вид двора](dvor.jpg)", ""), status="draft")
    leak(LEAKS[4].encode())
    assert 1 == site_with_secret.build().status


def test_pages_of_earlier_builds_are_searched_for_a_new_secret(site: TinySite) -> None:
    site.release("2024-05-09-katok")
    assert 0 == site.build().status
    page = site.output / "news/2024/05/katok/index.html"
    page.write_bytes(page.read_bytes() + LEAKS[4].encode())
    site.release("2024-05-20-dvor", BODY, **SECRET, status="draft")
    (told,) = site.build().problems()
    assert "news/2024/05/katok/index.html" in told


@pytest.mark.parametrize("text", [LEAKS[3], "конкурса на лучший двор в пятницу вечером - и обрез"])
def test_the_text_of_a_withdrawn_release_is_a_secret_again(
    site: TinySite, leak: Callable[[bytes], None], text: str
) -> None:
    site.release("2024-05-09-katok")
    site.release("2024-05-20-dvor", BODY.replace("![Вид двора](dvor.jpg)", ""), **SECRET)
    assert 0 == site.build().status
    site.release(
        "2024-05-20-dvor",
        BODY.replace("![Вид двора](dvor.jpg)", ""),
        **SECRET,
        status="withdrawn",
        withdrawal_reason="Жюри выбрало заново",
    )
    assert 0 == site.build().status
    leak(text.encode())
    (site.folder / "cache").rename(site.folder / "old-cache")
    (told,) = site.build().problems()
    assert "он отозван" in told


def test_a_number_of_the_magazine_waits_with_the_text_of_its_pages(
    site: TinySite, leak: Callable[[bytes], None]
) -> None:
    site.release("2024-05-09-katok")
    site.write("issues/2024/nomer-7.pdf", (ROOT / _demo()).read_bytes())
    header = "title: Журнал\nnumber: 7 (12)\ndate: 2024-07-01\npdf: nomer-7.pdf\n"
    site.write("issues/2024/nomer-7.md", f"---\n{header}---\n")
    assert 0 == site.build().status
    leak(b"/magazine/nomer-7/")
    (site.folder / "cache/memory").rename(site.folder / "old-memory")
    (told,) = site.build().problems()
    assert "nomer-7.md: его час ещё не пришёл" in told


def _demo() -> str:
    (path,) = (ROOT / "content/issues").rglob("*.pdf")
    return path.relative_to(ROOT).as_posix()


def test_every_release_is_known_again_wherever_the_site_prints_it(real_site: Built) -> None:
    """The page, its twins, the feeds with whole texts: what finds secrets would find each of them."""
    for file in sorted((ROOT / "content/releases").rglob("*.md")):
        id = file.stem
        url = f"news/{id[:4]}/{id[5:7]}/{id[11:]}/"
        entry = Entry(file=file.relative_to(ROOT / "content").as_posix(), kind="releases", id=id, url=url)
        found = needles(Secret(entry=entry, why="embargo"), ROOT / "content")
        search = ByteSearch(found.phrases)
        for name in (
            f"{url}index.html",
            f"{url}index.txt",
            f"{url}index.md",
            "rss.xml",
            "atom.xml",
            "feed.json",
        ):
            seen = search.within((real_site.output / name).read_bytes())
            assert len(seen) >= 3, (id, name, len(found.phrases))
        for name in (f"edition/releases/{id[:7]}.json", "rss.xml"):
            assert ByteSearch(found.addresses).within((real_site.output / name).read_bytes()), (id, name)


@given(st.lists(st.text(alphabet="абвгд еёжз-АБ ,.", max_size=200)))
def test_a_phrase_is_long_enough_to_be_told_from_others(lines: list[str]) -> None:
    for phrase in phrases(lines):
        assert len(phrase) >= 20 or phrase.istitle()
        assert phrase.strip() == phrase


def test_a_long_text_is_known_though_its_beginning_and_its_end_are_missing() -> None:
    text = "раз слово два слово три слово четыре слово пять слово шесть слово семь слово восемь слово девять"
    words = text.split()
    search = ByteSearch(phrase.encode() for phrase in phrases([text]))
    for start in range(5):
        assert search.within(" ".join(words[start : start + 11]).encode())


def test_numbers_and_dates_alone_tell_nothing() -> None:
    assert [] == list(phrases(["9 мая 2024 г. в 10:00, 12+", "Начало в 10:00", "8 (3953) 00-00-00"]))


def test_a_digest_stands_for_the_bytes_that_would_be_published(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    states = (FileState("a.pdf", UNKNOWN, b"digest"),)
    entry = Entry(file="releases/x.md", kind="releases", id="x", url="/x/", files=states)
    found = needles(Secret(entry=entry, why="embargo"), tmp_path)
    assert {hashlib.sha256(b"%PDF").hexdigest().encode(): b"digest"} == found.marks
