"""A closed year is taken over unopened, unless what it shows or names was changed somewhere else."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from newsroom.build import scan
from tests.conftest import ROOT, TinySite
from tests.test_incremental import assert_as_clean

OLD = "2022-05-09-katok"
PAGE = "/news/2022/05/katok/"


@pytest.fixture(autouse=True)
def _known_by_their_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files may be known by their times at once, not only when these are a tenth of a second old."""
    monkeypatch.setattr(scan, "_SETTLED", 0)


@pytest.fixture
def two_years(site: TinySite) -> TinySite:
    """A release of an old year that names files in other folders, and a new one."""
    site.picture("releases/2022/05/foto/led.jpg")
    site.write("releases/2022/05/foto/plan.txt", "План")
    site.write("channels/vk.md", "---\ntitle: Сеть\nnetwork: Сеть\nowner: Город\nstatus: active\n---\n")
    site.write("pages/about.md", "---\ntitle: О нас\n---\n")
    site.release(
        OLD,
        "[Сеть](../../../channels/vk.md), [о нас](../../../pages/about.md).\n",
        image="{src: foto/led.jpg, alt: Лёд}",
        attachments="[{file: foto/plan.txt, title: План}]",
    )
    site.release()
    assert 0 == site.build().status
    return site


Change = Callable[[TinySite], object]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda site: site.picture("releases/2022/05/foto/led.jpg", (320, 180)), 0),
        (lambda site: site.write("releases/2022/05/foto/plan.txt", "Другой"), 0),
        (lambda site: site.write("pages/about.md", "---\ntitle: Не мы\n---\n"), 0),
        (lambda site: site.remove("releases/2022/05/foto/led.jpg"), 1),
        (lambda site: site.remove("releases/2022/05/foto/plan.txt"), 1),
        (lambda site: site.remove("channels/vk.md"), 1),
        (lambda site: moved(site, "pages/about.md", "pages/o-nas/about.md"), 1),
    ],
)
def test_what_a_closed_year_names_elsewhere_is_looked_at(
    two_years: TinySite, change: Change, status: int
) -> None:
    change(two_years)
    two_years.release(body="Ещё один.\n")
    assert status == assert_as_clean(two_years).status


def test_a_closed_year_that_names_files_elsewhere_is_still_not_opened(
    two_years: TinySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_years.build()
    looked: list[str] = []

    def noting(entry: object, *_: object) -> object:
        looked.append(entry.file)  # type: ignore[attr-defined]
        return entry

    monkeypatch.setattr("newsroom.content.gather.refreshed", noting)
    two_years.release("2024-05-10-snova")
    two_years.build()
    assert ["releases/2024/05/2024-05-09-katok.md"] == [file for file in looked if "releases" in file]


def moved(site: TinySite, file: str, place: str) -> None:
    site.write(place, (site.content / file).read_bytes())
    site.remove(file)


def test_an_address_that_a_release_of_the_same_month_has_is_refused(two_years: TinySite) -> None:
    two_years.release(aliases="[/staryy/]")
    two_years.release("2024-05-10-snova")
    assert 0 == two_years.build().status
    two_years.release("2024-05-10-snova", aliases="[/staryy/]")
    built = assert_as_clean(two_years)
    assert any("адрес /staryy/ уже занят" in problem for problem in built.problems())


def test_an_attachment_under_the_address_of_a_twin_is_refused(two_years: TinySite) -> None:
    two_years.write("releases/2024/05/index.txt", "Не тот")
    assert 0 == two_years.build().status
    two_years.release(body="[Скачать](index.txt)\n")
    assert 1 == assert_as_clean(two_years).status


def own_theme(site: TinySite, template: str, shown: str) -> None:
    """A theme whose ``template`` shows something more."""
    text = (ROOT / "theme/templates" / template).read_text(encoding="utf-8")
    folder = shutil.copytree(ROOT / "theme", site.folder / "theme")
    changed = text.replace("{% block content %}", "{% block content %}" + shown)
    assert changed != text
    (folder / "templates" / template).write_text(changed, encoding="utf-8")
    site.settings = {**site.settings, "THEME": str(folder)}


def test_an_index_shows_all_that_is_known_of_a_department(two_years: TinySite) -> None:
    own_theme(two_years, "terms.html", "{% for term, _ in terms %}{{ term.contact|default('') }}{% endfor %}")
    header = "title: Пресс-служба\ncontact: {phone: '%s'}"
    for phone in ("111111", "222222"):
        two_years.write("departments/press.md", f"---\n{header % phone}\n---\n")
        assert phone in assert_as_clean(two_years).text("/departments/")


@pytest.mark.parametrize(
    "shown",
    [
        "{{ release.department.summary }}",
        "{% for tag in release.tags %}{{ tag.description }}{% endfor %}",
    ],
)
def test_a_page_cannot_show_of_a_term_what_its_fingerprint_does_not_know(
    two_years: TinySite, shown: str
) -> None:
    two_years.release(tags="[zima]")
    own_theme(two_years, "article.html", shown)
    with pytest.raises(Exception, match="has no attribute"):
        two_years.build()
