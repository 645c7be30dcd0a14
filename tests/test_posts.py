"""Addresses of posts come back through the commit: a file a month, links on the releases' pages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsroom.content.posts import read_posts, write_posts
from newsroom.problems import NewsroomError
from tests.conftest import Built, TinySite

ID = "2024-05-09-katok"
FILE = "posts/2024-05.json"
ADDRESS = "https://vk.example/wall-1_2"
CHANNEL = "---\ntitle: {title}\nnetwork: {network}\nowner: Мэрия\nstatus: {status}\n---\n"


def channel(site: TinySite, id: str, title: str, network: str, status: str = "active") -> None:
    site.write(f"channels/{id}.md", CHANNEL.format(title=title, network=network, status=status))


@pytest.fixture
def posted(site: TinySite) -> TinySite:
    """Two releases of May and one of April, two channels, and a post of one release in each."""
    for id in (ID, "2024-05-10-yarmarka", "2024-04-01-vesna"):
        site.release(id)
    channel(site, "vk", "Мэрия ВКонтакте", "ВКонтакте")
    channel(site, "tg", "Мэрия", "Telegram")
    write_posts(site.content, "2024-05", {ID: {"vk": ADDRESS, "tg": "https://t.example/1"}})
    return site


def links(built: Built, url: str = "/news/2024/05/katok/") -> list[tuple[str, str]]:
    page = built.page(url)
    return [
        (item.get_text(" ", strip=True), str(item.a["href"])) for item in page.select(".posts li") if item.a
    ]


def made(site: TinySite) -> set[str]:
    """The pages of releases that a build made anew."""
    before = Built(0, "", site.output).files()
    built = site.build()
    assert 0 == built.status, built.said
    pages = (path for path in built.files() if path.startswith("news/") and path.endswith("/index.html"))
    return {path for path in pages if built.files()[path] != before.get(path)}


def test_the_page_of_a_release_leads_to_its_posts(posted: TinySite) -> None:
    built = posted.build()
    assert 0 == built.status, built.said
    assert [("Мэрия", "https://t.example/1"), ("Мэрия ВКонтакте", ADDRESS)] == links(built)
    assert [] == links(built, "/news/2024/05/yarmarka/")


def test_a_closed_channel_is_not_led_to(posted: TinySite) -> None:
    channel(posted, "vk", "Мэрия ВКонтакте", "ВКонтакте", "closed")
    assert [("Мэрия", "https://t.example/1")] == links(posted.build())


def test_what_changes_in_a_file_makes_anew_only_the_pages_whose_links_changed(posted: TinySite) -> None:
    posted.build()
    write_posts(
        posted.content,
        "2024-05",
        {ID: {"vk": ADDRESS, "tg": "https://t.example/1"}, "2024-05-10-yarmarka": {"vk": f"{ADDRESS}3"}},
    )
    posted.settings = {"NEWSROOM_WHY": "/news/2024/05/yarmarka/"}
    assert {"news/2024/05/yarmarka/index.html"} == made(posted)
    posted.settings = {}
    channel(posted, "tg", "Мэр", "Telegram")
    assert {"news/2024/05/katok/index.html"} == made(posted)
    write_posts(posted.content, "2024-05", {})
    assert {"news/2024/05/katok/index.html", "news/2024/05/yarmarka/index.html"} == made(posted)


def test_a_build_says_that_posts_are_the_reason(posted: TinySite) -> None:
    posted.build()
    write_posts(posted.content, "2024-05", {ID: {"vk": ADDRESS}})
    posted.settings = {"NEWSROOM_WHY": "/news/2024/05/katok/"}
    assert "сделан заново, потому что изменилось:\n  — адреса его постов в соцсетях" in posted.build().said


def test_cold_and_incremental_builds_give_the_same_bytes(posted: TinySite) -> None:
    posted.build()
    write_posts(posted.content, "2024-04", {"2024-04-01-vesna": {"tg": "https://t.example/2"}})
    again = posted.build().files()
    posted.settings = {"OUTPUT_PATH": str(posted.folder / "cold"), "CACHE_PATH": str(posted.folder / "none")}
    posted.build()
    cold = Built(0, "", posted.folder / "cold").files()
    assert cold == again


def test_a_written_file_is_sorted_a_line_an_address_and_read_back(tmp_path: Path) -> None:
    posts = {
        "2024-05-10-b": {"vk": ADDRESS},
        ID: {"vk": ADDRESS, "tg": "https://t.example/я"},
        "2024-05-1-x": {},
    }
    write_posts(tmp_path, "2024-05", posts)
    lines = (tmp_path / FILE).read_text("utf-8").splitlines()
    assert [
        "{",
        f' "{ID}": {{',
        '  "tg": "https://t.example/я",',
        f'  "vk": "{ADDRESS}"',
        " },",
        ' "2024-05-10-b": {',
        f'  "vk": "{ADDRESS}"',
        " }",
        "}",
    ] == lines
    assert {id: addresses for id, addresses in posts.items() if addresses} == read_posts(tmp_path, "2024-05")
    assert [FILE] == [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")]
    write_posts(tmp_path, "2024-05", {})
    assert not (tmp_path / FILE).exists()
    assert {} == read_posts(tmp_path, "2024-05")


def file(**releases: object) -> str:
    return json.dumps(releases, ensure_ascii=False, indent=1)


BROKEN = [
    ("{\n", 2, "адреса постов не читаются"),
    ("<<<<<<< HEAD\n{}\n", 1, "адреса постов не читаются"),
    ("[]", 1, "это не список релизов"),
    (file(**{"2024-04-01-vesna": {"vk": ADDRESS}}), 2, "«2024-04-01-vesna» — релиз не этого месяца"),
    (file(**{ID: [ADDRESS]}), 2, f"у релиза «{ID}» не адреса"),
    (
        file(**{ID: {"tg": "https://t.example/1", "vk": "javascript:alert(1)"}}),
        4,
        "адрес поста в «vk» не годится",
    ),
    (file(**{ID: {"vk": 5}}), 3, "адрес поста в «vk» не годится"),
    (file(**{ID: {"vk": f" {ADDRESS}"}}), 3, "адрес поста в «vk» не годится"),
    (f'{{\n"{ID}": {{"vk": "{ADDRESS}"}},\n"{ID}": {{}}\n}}', 2, f"релиз «{ID}» назван дважды"),
    (f'{{"{ID}": {{"vk": "{ADDRESS}",\n"vk": "{ADDRESS}"}}}}', 1, "канал «vk» назван у релиза дважды"),
    (file(**{"2024-05-11-net": {"vk": ADDRESS}}), 2, "релиза «2024-05-11-net» нет"),
    (file(**{ID: {"vk": ADDRESS, "viber": ADDRESS}}), 4, "канала «viber» нет"),
]


@pytest.mark.parametrize(("text", "line", "message"), BROKEN, ids=[message for *_, message in BROKEN])
def test_what_a_human_broke_is_told_with_its_line_each_time(
    posted: TinySite, text: str, line: int, message: str
) -> None:
    posted.write(FILE, text)
    for _ in range(2):
        (told,) = posted.build().problems()
        assert told.startswith(f"{FILE}:{line}: {message} — "), told


def test_letters_of_another_encoding_are_told(posted: TinySite) -> None:
    posted.write(FILE, f'{{"{ID}": {{"vk": "https://vk.example/мэр"}}}}'.encode("cp1251"))
    (told,) = posted.build().problems()
    assert f"{FILE}: адреса постов не читаются" == told.partition(" — ")[0]


@pytest.mark.parametrize("name", ["2024-13.json", "may.json", "2024-05.json.bak", "zametka.txt"])
def test_a_file_that_would_be_passed_over_is_told(posted: TinySite, name: str) -> None:
    posted.write(f"posts/{name}", "{}")
    (told,) = posted.build().problems()
    assert f"posts/{name}: это не файл адресов постов" == told.partition(" — ")[0]


def test_a_channel_or_a_release_that_goes_is_missed_each_time(posted: TinySite) -> None:
    assert 0 == posted.build().status
    posted.remove("channels/vk.md")
    for _ in range(2):
        (told,) = posted.build().problems()
        assert f"{FILE}:4: канала «vk» нет" == told.partition(" — ")[0]
    channel(posted, "vk", "Мэрия ВКонтакте", "ВКонтакте")
    assert 0 == posted.build().status
    for id in (ID, "2024-05-10-yarmarka", "2024-04-01-vesna"):
        posted.remove(f"releases/2024/{id[5:7]}/{id}.md")
    posted.release("2023-05-09-proshlo")
    for _ in range(2):
        (told,) = posted.build().problems()
        assert f"{FILE}:2: релиза «{ID}» нет" == told.partition(" — ")[0]


def test_posts_of_what_is_withdrawn_or_waits_are_shown_nowhere(posted: TinySite) -> None:
    posted.release(ID, status="withdrawn", withdrawal_reason="Ошибка")
    posted.release("2024-07-01-zavtra", date="2024-07-01 10:00")
    write_posts(posted.content, "2024-07", {"2024-07-01-zavtra": {"vk": f"{ADDRESS}7"}})
    built = posted.build()
    assert 0 == built.status, built.said
    assert [] == [path for path, data in built.files().items() if ADDRESS.encode() in data]


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    assert {} == read_posts(tmp_path, "2024-05")
    (tmp_path / FILE).mkdir(parents=True)
    with pytest.raises(NewsroomError, match="не открывается"):
        read_posts(tmp_path, "2024-05")
