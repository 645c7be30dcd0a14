"""The browser editor is made of the schema, and lets nothing through that the reader refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

import pelicanconf
from newsroom.content import values
from newsroom.content.allowances import ALLOWABLE
from newsroom.content.fields import REQUIRED, Each, FaultsError, Kind, Model, Part
from newsroom.content.schema import HEADERS
from newsroom.pages.editor.labels import in_words, label_and_hint, meanings
from newsroom.pages.editor.patterns import pattern_of
from newsroom.pages.editor.section import STATIC, VENDOR
from newsroom.pages.editor.widgets import SEVERAL
from newsroom.publish.output_check import check_output
from tests.conftest import TinySite

LOCAL = {"backend": "local"}


def with_editor(site: TinySite, **editor: str) -> TinySite:
    own = {**pelicanconf.NEWSROOM, "id_authority": "news.example", "editor": editor or LOCAL}
    now = date.fromisoformat(site.now[:10])
    site.settings["NEWSROOM"] = {**own, "now": f"{now}T12:00:00+08:00"}
    return site


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """That of a site with releases of three years, at 1 June 2024."""
    from tests.conftest import VOCABULARY

    tiny = with_editor(TinySite(tmp_path_factory.mktemp("editor")))
    for file, text in VOCABULARY.items():
        tiny.write(file, text)
    for id in ("2021-03-02-a", "2023-01-02-b", "2024-05-09-v"):
        tiny.release(id)
    built = tiny.build()
    assert 0 == built.status, built.said
    found: dict[str, Any] = json.loads(built.text("/admin/config.json"))
    return found


def collection(config: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in config["cms"]["collections"] if each["name"] == name)


def names(fields: list[dict[str, Any]]) -> list[str]:
    return [field["name"] for field in fields]


def each_field(model: type[Model], fields: list[dict[str, Any]]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Every field of a model and of its parts, with the editor's."""
    by_name = {field["name"]: field for field in fields}
    for name, field in model.fields.items():
        yield field, by_name[name]
        kind = field.kind.kind if isinstance(field.kind, Each) else field.kind
        if isinstance(kind, Part):
            yield from each_field(kind.model, by_name[name]["fields"])


def test_the_page_is_in_no_site_that_does_not_ask_for_it(site: TinySite) -> None:
    site.release()
    built = site.build()
    assert [] == [path for path in built.files() if path.startswith("admin")]
    assert "admin" not in built.text("/robots.txt")


def test_where_it_is_asked_for_its_files_are_outputs_and_no_pages_of_the_site(site: TinySite) -> None:
    with_editor(site).release()
    built = site.build()
    shipped = {path.name for path in STATIC.iterdir()} | {"config.json", "decap-cms.js", "js-yaml.min.js"}
    assert shipped == {path.removeprefix("admin/") for path in built.files() if path.startswith("admin/")}
    assert "noindex" in built.page("/admin/").select_one("meta[name=robots]")["content"]
    assert "Disallow: /admin/" in built.text("/robots.txt").splitlines()
    assert "/admin/" not in built.text("/sitemap.xml") + built.text("/")
    faults = [str(fault) for fault in check_output(site.output) if "admin" in str(fault)]
    assert [] == faults


@pytest.mark.parametrize("kind", HEADERS)
def test_every_field_of_every_type_is_in_it(config: dict[str, Any], kind: str) -> None:
    name = "releases-2024-05" if kind == "releases" else kind
    fields = collection(config, name)["fields"]
    assert {*HEADERS[kind].fields, "file_name", "body"} == set(names(fields))
    assert "file_name" not in HEADERS[kind].fields
    for field, shown in each_field(HEADERS[kind], fields):
        assert (field.default is REQUIRED) == shown["required"], shown["name"]
        assert re.search("[а-яё]", shown["label"]), shown


def test_a_flag_that_is_left_out_means_no_for_the_editors_scripts() -> None:
    flags = [
        field for header in HEADERS.values() for field in header.fields.values() if field.kind is values.flag
    ]
    assert {False} == {field.default for field in flags}


def test_releases_stand_by_months_for_a_year_and_by_years_before(config: dict[str, Any]) -> None:
    listed = [each["label"] for each in config["cms"]["collections"]]
    months = ["июнь", "июль", "август", "сентябрь", "май"]
    assert [f"Релизы: {month} 2024" for month in months] == listed[:5]
    assert ["Релизы: июнь 2023", "Релизы: 2023 год", "Релизы: 2021 год", "События"] == listed[15:19]
    month, year = collection(config, "releases-2024-05"), collection(config, "releases-2021")
    assert ("content/releases/2024/05", True) == (month["folder"], month["create"])
    assert ("content/releases/2021", False) == (year["folder"], year["create"])


@pytest.mark.parametrize(
    ("preview", "later"),
    [(True, ["2024-11", "2025-02"]), (False, [])],
    ids=["the preview lists months in which a release waits", "a public site tells of none"],
)
def test_months_ahead(site: TinySite, preview: bool, later: list[str]) -> None:
    with_editor(site)
    site.settings["NEWSROOM"] |= {"now": datetime(2024, 6, 1, 12, tzinfo=UTC), "preview": preview}
    site.release("2024-07-09-a")
    site.release("2024-11-09-b", status="draft")
    site.release("2025-02-09-v")
    built = site.build()
    assert 0 == built.status, built.said
    found = names(json.loads(built.text("/admin/config.json"))["cms"]["collections"])
    expected = ["2024-06", "2024-07", "2024-08", "2024-09", *later, "2024-05"]
    assert [f"releases-{month}" for month in expected] == found[: len(expected)]


def every_field(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from every_field(field.get("fields", []))


def test_a_new_material_begins_without_rows(config: dict[str, Any]) -> None:
    """Decap makes up a row where a list says nothing, and the row is then incomplete."""
    fields = [field for each in config["cms"]["collections"] for field in every_field(each["fields"])]
    lists = [field for field in fields if field["widget"] == "list"]
    assert {"changes", "aliases", "image", "dates", "contents"} <= set(names(lists))
    assert [[]] * len(lists) == [field.get("default") for field in lists]


def test_hints_name_no_word_that_the_editor_does_not_show(config: dict[str, Any]) -> None:
    fields = collection(config, "releases-2024-05")["fields"]
    hints = {field["name"]: field["hint"] for field in every_field(fields) if "hint" in field}
    assert "обязательно для «отозван»" == hints["withdrawal_reason"]
    assert hints["difference"].startswith("выключите, если прежний текст")
    for each in config["cms"]["collections"]:
        for field in every_field(each["fields"]):
            words = set(re.findall("[a-z]+", field.get("hint", "")))
            assert set() == words & {*WORDS, "true", "false"}, field


WORDS = {
    word
    for header in HEADERS.values()
    for field in header.fields.values()
    if isinstance(field.kind, values.Choice)
    for word in field.kind.words
}


def test_what_may_be_chosen_comes_from_the_material(config: dict[str, Any]) -> None:
    fields = {field["name"]: field for field in collection(config, "releases-2024-05")["fields"]}
    assert [("Город", "gorod"), ("Спорт", "sport")] == [
        (option["label"], option["value"]) for option in fields["rubric"]["options"]
    ]
    assert (["press"], False) == (
        [option["value"] for option in fields["department"]["options"]], fields["department"]["multiple"],
    )  # fmt: skip
    assert fields["tags"]["multiple"]
    assert set(ALLOWABLE) == {option["value"] for option in fields["allow"]["options"]}
    assert ["draft", "published", "withdrawn"] == [option["value"] for option in fields["status"]["options"]]


def test_the_date_of_a_release_stays_in_the_month_of_its_folder(config: dict[str, Any]) -> None:
    ((pattern, told),) = (
        field["pattern"]
        for field in collection(config, "releases-2024-05")["fields"]
        if field["name"] == "date"
    )
    assert re.search(pattern, "2024-05-31 23:59")
    assert not re.search(pattern, "2024-06-01 00:00")
    assert "2024-05" in told


GOOD_AND_BAD: dict[str, tuple[Kind[Any], list[str], list[str]]] = {
    "title": (values.title, ["А", "я" * 250], [" ", "я" * 251]),
    "text": (values.text, ["А"], [" "]),
    "moment": (
        values.moment,
        ["2024-05-09", "2024-05-09 9:05", "2024-02-29T23:59", "2000-02-29"],
        ["2023-02-29", "1900-02-29", "2024-13-01", "2024-05-09 24:00", "2024-05-09 10:60", "9 мая"],
    ),
    "day": (values.day, ["2024-12-31"], ["2024-12-31 10:00", "2024-00-10", "2024-11-31"]),
    "whole": (values.whole, ["0", "10 100", "1\u00a0530"], ["-1", "1,5", "сто", "1" * 16]),
    "web address": (values.web_address,
        ["https://vk.com/a?b=1", "https://город.рф:8080/@a", "http://a"],
        ["vk.com", "https://a b", "ftp://a", "https://a@b.example/", "https://a\\@b", "https://[a", "https://:1"],
    ),
    "phone": (values.phone, ["112", "+7 3953 00-00-00"], ["1", "нет", "тел. 112", "1" * 21]),
    "email": (values.email,
        ["press@example.ru", "a.b+c@пример.рф"],
        ["press", "press@example", "a b@example.ru", "a@b.ru?cc=c.ru", "a%0Ab@c.ru", "a\"b@c.ru", "a@b..ru"],
    ),
    "root address": (
        values.root_address,
        ["/news/2024/05/den-pobedy/", "/старое.html"],
        ["news/", "/", "/../a/", "/.git/", "/a", "//a/"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("kind", "good", "bad"), GOOD_AND_BAD.values(), ids=GOOD_AND_BAD)
def test_the_browser_refuses_what_the_reader_refuses(
    kind: Kind[Any], good: list[str], bad: list[str]
) -> None:
    found = pattern_of(kind)
    assert found
    for value in good:
        kind(value)
        assert re.search(found[0], value), value
    for value in bad:
        assert not re.search(found[0], value), value
        with pytest.raises(FaultsError):
            kind(value)


def test_every_day_the_browser_takes_is_a_day_of_the_calendar() -> None:
    pattern = re.compile(pattern_of(values.day)[0])
    for year in (1900, 2000, 2023, 2024, 2100):
        for month in range(14):
            for day in range(33):
                text = f"{year}-{month:02}-{day:02}"
                assert bool(pattern.search(text)) == _is_day(text), text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def test_a_kind_without_a_pattern_takes_any_line() -> None:
    """A new kind of value must get its pattern, or be said to need none."""
    plain = {values.line, values.flag, *SEVERAL}
    kinds = {kind for header in HEADERS.values() for kind in _kinds(header)}
    assert set() == {kind for kind in kinds if not pattern_of(kind)} - plain


def _kinds(model: type[Model]) -> Iterator[Kind[Any]]:
    for field in model.fields.values():
        kind = field.kind.kind if isinstance(field.kind, Each) else field.kind
        if isinstance(kind, Part):
            yield from _kinds(kind.model)
        elif not isinstance(kind, values.Choice):
            yield kind


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("рубрика: имя из списка", ("Рубрика", "имя из списка")),
        ("заголовок", ("Заголовок", "")),
        ("true, если даты нет; страница скажет", ("Даты нет", "страница скажет")),
        ("draft — черновик, published — вышел", ("Состояние", "")),
    ],
)
def test_labels_and_hints_are_the_words_of_the_schema(description: str, expected: tuple[str, str]) -> None:
    assert expected == label_and_hint(description)


def test_a_hint_tells_meanings() -> None:
    assert "только для «идёт»" == in_words("только для live", {"live": "идёт"})
    assert "имя из lives.yaml" == in_words("имя из lives.yaml", {"live": "идёт"})


def test_words_of_a_choice_are_told_by_their_meanings() -> None:
    assert {"draft": "черновик", "live": "идёт сейчас"} == meanings("draft — черновик, live — идёт сейчас")


@pytest.mark.parametrize(
    ("editor", "backend", "workflow"),
    [
        (
            {"backend": "github", "repo": "a/b", "base_url": "https://auth.example"},
            {"name": "github", "repo": "a/b", "branch": "main", "base_url": "https://auth.example"},
            "editorial_workflow",
        ),
        (
            {"backend": "gitlab", "repo": "a/b", "app_id": "1", "branch": "news"},
            {"name": "gitlab", "repo": "a/b", "branch": "news", "app_id": "1", "auth_type": "pkce"},
            "editorial_workflow",
        ),
        (
            {
                "backend": "gitea", "repo": "a/b", "app_id": "1",
                "base_url": "https://git.example", "api_root": "https://git.example/api/v1",
            },
            {
                "name": "gitea", "repo": "a/b", "branch": "main", "app_id": "1",
                "base_url": "https://git.example", "api_root": "https://git.example/api/v1",
            },
            "simple",
        ),
    ],
)  # fmt: skip
def test_back_ends_are_those_of_the_settings(
    site: TinySite, editor: dict[str, str], backend: dict[str, str], workflow: str
) -> None:
    with_editor(site, **editor).release()
    cms = json.loads(site.build().text("/admin/config.json"))["cms"]
    cms["backend"].pop("commit_messages")
    assert (backend, workflow) == (cms["backend"], cms["publish_mode"])
    statuses = {field["default"] for field in cms["collections"][0]["fields"] if field["name"] == "status"}
    assert {"published" if workflow == "editorial_workflow" else "draft"} == statuses


@pytest.mark.parametrize(
    ("editor", "expected"),
    [
        ({"backend": "gitub"}, "в editor неизвестный backend «gitub» — может быть, «github»?"),
        ({"repo": "a/b"}, "в editor неизвестный backend «» — можно: local, github, gitlab, gitea, forgejo"),
        (
            {"backend": "local", "bakcend": "x"},
            "неизвестная настройка editor: «bakcend» — может быть, «backend»?",
        ),
        ({"backend": "github", "repo": "a/b"}, "в editor для github нет «base_url»"),
        ({"backend": "local", "repo": "a"}, "в editor неполное имя хранилища: «a»"),
        ({"backend": "local", "api_root": "git.example"}, "в editor «api_root» не адрес: «git.example»"),
    ],
)
def test_a_fault_in_the_settings_is_told(site: TinySite, editor: dict[str, str], expected: str) -> None:
    built = with_editor(site, **editor).build()
    assert 1 == built.status
    assert expected in built.said


def test_the_libraries_are_those_whose_digests_are_recorded() -> None:
    import hashlib

    recorded = json.loads((VENDOR / "digests.json").read_text("utf-8"))
    scripts = {path.name: path for path in VENDOR.glob("*.js")}
    assert recorded == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in scripts.items()}
