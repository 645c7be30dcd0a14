"""The gallery of a release, and the pictures of an event across its releases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from newsroom.content.attached import Picture
from newsroom.pages import event_photos
from newsroom.pages.event_photos import A_YEAR, YEARS
from newsroom.pages.gallery_shapes import SHAPES, shape
from tests.conftest import ROOT, Built, TinySite
from tests.drawn_pictures import drawn
from tests.json_ld import objects_of
from tests.test_incremental import assert_as_clean

URL = "/news/2024/05/katok/"
ID = "2024-05-09-katok"


def gallery(site: TinySite, id: str, rows: Sequence[str], *told: str, **header: str) -> str:
    """A release with a gallery of these lines, and of these other fields; gives the file's path."""
    lines = [f"  {line}" for line in told] + ["  pictures:", *(f"    - {row}" for row in rows)]
    return site.release(id, gallery="\n" + "\n".join(lines), **header)


def several(site: TinySite, id: str, count: int) -> list[str]:
    """As many pictures beside a release, all different and tiny; gives a line for each."""
    names = [f"{id[11:]}-{number}.jpg" for number in range(1, count + 1)]
    for number, name in enumerate(names, 1):
        size = (60, 40 if number % 3 else 90)
        site.write(f"releases/{id[:4]}/{id[5:7]}/{name}", drawn(size, number + int(id[:4]) * 100))
    return [f"{name}: Снимок {number} о том и о сём" for number, name in enumerate(names, 1)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A release with twelve pictures, one of which is in its text and one its lead."""
    from tests.conftest import VOCABULARY

    site = TinySite(tmp_path_factory.mktemp("gallery"))
    for file, text in VOCABULARY.items():
        site.write(file, text)
    rows = several(site, ID, 12)
    rows[1] += "\n      caption: Вид с моста\n      author: 'Рисунок: Б. Другой'"
    site.picture("releases/2024/05/Съёмка с воды.jpg", (1000, 250))
    rows[2] = "{src: 'Съёмка с воды.jpg', alt: Панорама}"
    gallery(
        site,
        ID,
        rows,
        "author: А. Автор",
        "caption: Первый день катка",
        image="{src: katok-4.jpg, alt: Главный снимок}",
        body='Лёд.\n\n![Лёд вблизи](katok-5.jpg "Лёд")\n',
    )
    site.release("2024-05-10-bez", title="Другой")
    made = site.build()
    assert 0 == made.status, made.said
    return made


def cells(page: BeautifulSoup) -> list[Tag]:
    return page.select(".gallery__cell")


def test_each_picture_is_a_plain_link_to_itself_made_large(built: Built) -> None:
    page = built.page(URL)
    found = cells(page)
    assert 12 == len(found)
    assert "Фотографии: 12" == page.select_one("#photos").get_text()
    for cell in found:
        link, image = cell.a, cell.img
        assert link
        assert image
        assert built.has(str(link["href"]))
        assert str(link["href"]).endswith(".jpg")
        assert built.has(str(link["data-photo"]))
        assert "lazy" == image["loading"]
        assert image["alt"]
    assert str(found[2].a["href"]).startswith(f"{URL}syomka-s-vody.")
    assert str(found[2].a["href"]).endswith(".960.jpg")


def test_the_address_of_a_picture_is_that_of_the_release_with_the_name_of_its_file(built: Built) -> None:
    found = [cell["id"] for cell in cells(built.page(URL))]
    assert ["photo-katok-1.jpg", "photo-katok-2.jpg", "photo-syomka-s-vody.jpg"] == found[:3]
    assert len(found) == len(set(found))


def test_what_is_told_of_all_stands_once_and_what_is_told_of_one_under_it(built: Built) -> None:
    page = built.page(URL)
    told = page.select_one(".gallery__told")
    assert told
    assert "Первый день катка Фото: А. Автор" == told.get_text(" ", strip=True).replace("\u00a0", " ")
    captions = [cell.figcaption.get_text(" ", strip=True) for cell in cells(page) if cell.figcaption]
    assert ["Вид с моста Рисунок: Б. Другой"] == [text.replace("\u00a0", " ") for text in captions]


def test_only_a_page_with_pictures_asks_for_the_script(built: Built) -> None:
    assert "lightbox" in built.text(URL)
    assert "lightbox" not in built.text("/news/2024/05/bez/")


def test_no_page_of_a_gallery_has_a_style_of_its_own(built: Built) -> None:
    assert not re.search(r"\sstyle=|<style|\son\w+=", built.text(URL))


def test_newspapers_get_every_original_once(built: Built) -> None:
    links = [str(link["href"]) for link in built.page(URL).select(".originals a")]
    assert 12 == len(links) == len(set(links))
    assert f"{URL}katok-4.jpg" in links


def test_the_text_twins_tell_the_pictures(built: Built) -> None:
    text, markdown = (built.text(f"{URL}index.{kind}").replace("\u00a0", " ") for kind in ("txt", "md"))
    full = f"https://news.example{URL}"
    assert "Фотографии. Первый день катка. Фото: А. Автор\n\n" in text
    assert f"— Снимок 1 о том и о сём: {full}katok-1.jpg\n" in text
    assert f"— Снимок 2 о том и о сём. Вид с моста. Рисунок: Б. Другой: {full}katok-2.jpg\n" in text
    assert f"- [Снимок 1 о том и о сём]({full}katok-1.jpg)\n" in markdown


def test_feeds_show_three_pictures_and_the_way_to_all_and_carry_no_more(built: Built) -> None:
    entry = next(each for each in built.feed("/atom.xml").entries if each.link.endswith(URL))
    text = BeautifulSoup(entry.content[0].value, "html.parser")
    assert "Все фотографии: 12" == text.find_all("a")[-1].get_text()
    assert f"https://news.example{URL}#photos" == text.find_all("a")[-1]["href"]
    shown = [str(image["src"]) for image in text.find_all("img")]
    assert 2 + 3 == len(shown)
    media = re.findall(r'<media:content url="[^"]*/([^"/]+\.jpg)"', built.text("/rss.xml"))
    assert ["katok-4.jpg"] == media
    enclosed = re.findall(r'<enclosure url="[^"]*/([^"/]+\.jpg)"', built.text("/dzen.xml"))
    assert ["syomka-s-vody.jpg"] == enclosed  # the only one that is wide enough


def test_machines_are_told_of_all_pictures(built: Built) -> None:
    article = next(each for each in objects_of(built.text(URL)) if each["@type"] == "NewsArticle")
    assert 12 == len(article["image"])
    assert 12 == built.text("/sitemaps/releases-2024.xml").count("<image:loc>")


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        (["katok-1.jpg: Лёд", "net.jpg: Лёд"], 10, "нет файла «net.jpg» (картинка)"),
        (["katok-1.jpg"], 9, "поле «pictures, 1-е»: у снимка «katok-1.jpg» нет описания"),
        (["katok-1.jpg: ''"], 9, "поле «pictures, 1-е»: у снимка «katok-1.jpg» нет описания"),
        (["{src: katok-1.jpg}"], 9, "поле «pictures, 1-е»: у снимка «katok-1.jpg» нет описания"),
        (["{scr: katok, alt: Лёд}"], 9, "неизвестное поле «scr»"),
        (["katok-1.jpg: Лёд\n      alt: Каток"], 9, "неизвестное поле «katok-1.jpg»"),
        (["katok-1.jpg: Лёд\n      src: zal.jpg"], 9, "неизвестное поле «katok-1.jpg»"),
        (["katok-1.jpg: Лёд", "katok-1.jpg: Снова"], 10, "снимок «katok-1.jpg» уже есть в галерее"),
        (
            ["katok-1.jpg: Лёд", "kopiya.jpg: Л"],
            10,
            "снимок «kopiya.jpg» уже есть в галерее: это «katok-1.jpg»",
        ),
        (["katok-1.jpg: Лёд", "plan.txt: План"], 10, "картинка «plan.txt»: это не картинка"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    site: TinySite, rows: list[str], line: int, message: str
) -> None:
    several(site, ID, 1)
    folder = site.content / "releases/2024/05"
    (folder / "kopiya.jpg").write_bytes((folder / "katok-1.jpg").read_bytes())
    (folder / "plan.txt").write_text("План")
    file = gallery(site, ID, rows)
    built = site.build()
    assert 1 == built.status
    told = [problem for problem in built.problems() if f"{file}:{line}: " in problem]
    assert [message] == [message for problem in told if message in problem], built.said


def the_event(site: TinySite) -> None:
    site.write("events/den.md", "---\ntitle: День города\n---\n")


def of_event(site: TinySite, id: str, count: int) -> str:
    return gallery(site, id, several(site, id, count), event="den", title=f"День в {id[:4]} году")


def test_an_event_shows_its_latest_pictures_by_years_with_the_releases_they_are_of(site: TinySite) -> None:
    the_event(site)
    for year, count in ((2020, 1), (2021, 2), (2022, 3), (2023, A_YEAR + 2)):
        of_event(site, f"{year}-05-09-den-{year}", count)
    site.release("2024-05-09-bez", event="den")
    built = site.build()
    page = built.page("/events/den/")
    years = page.select(".photos__year")
    assert ["2023", "2022", "2021"] == [each.h3.get_text() for each in years if each.h3]
    assert YEARS == len(years)
    assert [A_YEAR, 3, 2] == [len(each.select(".gallery__cell")) for each in years]
    assert ["День в\u00a02023\u00a0году"] == [each.get_text() for each in years[0].select("[data-release]")]
    more = page.select_one(".photos .band__more a")
    assert more
    assert ("Все фотографии: 14", "/events/den/photos/") == (more.get_text(), more["href"])
    for link in page.select("[data-photo]"):
        assert built.has(str(link["href"]))
    whole = built.page("/events/den/photos/")
    assert 14 == len(cells(whole))
    assert 4 == len(whole.select("[data-release]"))
    assert "<loc>https://news.example/events/den/photos/</loc>" in built.text("/sitemaps/pages.xml")
    (data,) = (each for each in objects_of(str(whole)) if each["@type"] == "ImageGallery")
    assert 14 == len(data["image"])


def test_a_new_gallery_makes_its_own_events_pages_anew_and_closed_pages_stay(
    site: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_photos, "PER_PAGE", 4)
    the_event(site)
    site.write("events/drugoe.md", "---\ntitle: Другое событие\n---\n")
    of_event(site, "2022-05-09-den-2022", 5)
    of_event(site, "2023-05-09-den-2023", 6)
    other = "2023-06-01-drugoy"
    gallery(site, other, several(site, other, 2), event="drugoe")
    before = site.build().files()
    assert "events/den/photos/page/1/index.html" in before
    assert "events/den/photos/page/2/index.html" not in before
    of_event(site, "2024-05-09-den-2024", 2)
    built = assert_as_clean(site)
    changed = {path for path, data in built.files().items() if before.get(path) != data}
    assert {"events/den/index.html", "events/den/photos/index.html"} <= changed
    assert "events/den/photos/page/2/index.html" in changed
    assert not {path for path in changed if path.startswith("events/drugoe/photos")}
    order = [
        cell["id"]
        for url in ("", "page/2/", "page/1/")
        for cell in cells(built.page(f"/events/den/photos/{url}"))
    ]
    assert 13 == len(order) == len(set(order))
    assert order[0].startswith("photo-2024-05-09-den-2024-")
    assert order[-1] == "photo-2022-05-09-den-2022-den-2022-5.jpg"
    (site.content / "releases/2024/05/2024-05-09-den-2024.md").unlink()
    assert before.keys() == assert_as_clean(site).files().keys()

    of_event(site, "2024-05-09-den-2024", 2)
    before = assert_as_clean(site).files()
    of_event(site, "2025-05-09-den-2025", 3)  # which closes the third page
    site.now = "2025-06-01T12:00:00+08:00"
    built = assert_as_clean(site)
    changed = {path for path, data in built.files().items() if before.get(path) != data}
    photos = {path.removesuffix("index.html") for path in changed if path.startswith("events/den/photos/")}
    assert {f"events/den/photos/{url}" for url in ("", "page/2/", "page/3/")} == photos


def test_words_of_a_picture_that_change_are_on_every_page_that_shows_it(site: TinySite) -> None:
    the_event(site)
    rows = several(site, ID, 3)
    gallery(site, ID, rows, event="den")
    assert 0 == site.build().status
    gallery(site, ID, [rows[0], "katok-2.jpg: Совсем другие слова"], event="den")
    built = assert_as_clean(site)
    for url in (URL, "/events/den/", "/events/den/photos/"):
        assert "Совсем другие слова" in built.text(url)
        assert "Снимок 3" not in built.text(url)
    assert not built.has(f"{URL}katok-3.jpg")


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_gallery_may_be_of_any_length(site: TinySite, count: int) -> None:
    gallery(site, ID, several(site, ID, count))
    assert count == len(cells(site.build().page(URL)))


def of_size(width: int, height: int) -> Picture:
    return Picture(source="", digest="", url="", width=width, height=height, widths=())


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3000, 2000), 150),
        ((2000, 3000), 67),
        ((4000, 3000), 133),
        ((1920, 1080), 178),
        ((500, 500), 100),
        ((9000, 1000), 400),
        ((100, 900), 40),
    ],
)
def test_a_picture_has_the_shape_nearest_to_its_own(size: tuple[int, int], expected: int) -> None:
    assert expected == shape(of_size(*size))


def test_of_no_ordinary_picture_more_than_a_twentieth_is_cut_off() -> None:
    for width in range(400, 4001):
        nearest = shape(of_size(width, 1000)) / 100
        assert 0.95 < nearest / (width / 1000) < 1.06


def test_the_style_sheet_knows_every_shape_by_its_name() -> None:
    sheet = Path(ROOT / "theme/static/css/components/gallery.css").read_text("utf-8")
    found = re.findall(r"\.gallery__cell--(\d+) \{ --ratio: ([\d.]+); \}", sheet)
    assert [(str(one), f"{one / 100:g}") for one in SHAPES] == found
