"""Views are counted from the server's logs: each line once, robots left out, nobody's address kept."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsroom.content.views import read_views, read_year
from newsroom.problems import NewsroomError
from newsroom.views import register
from newsroom.views.__main__ import count, main
from newsroom.views.log_lines import reader
from newsroom.views.robots import browsers
from tests.conftest import ROOT, TinySite
from tests.sample_library import SITE, replace

PAGE = "/news/2024/05/katok/"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0 Mobile"
SETTINGS = replace(SITE, url="https://news.example", zone="Asia/Irkutsk")


def line(
    path: str = PAGE,
    *,
    status: int = 200,
    agent: str = PHONE,
    moment: str = "10/May/2024:12:00:00 +0800",
    method: str = "GET",
    address: str = "203.0.113.7",
) -> str:
    return f'{address} - - [{moment}] "{method} {path} HTTP/1.1" {status} 5123 "-" "{agent}"\n'


@pytest.fixture
def root(site: TinySite) -> Path:
    site.release("2024-05-09-katok")
    site.release("2024-05-10-park")
    return site.content


def log(folder: Path, lines: Iterable[str], name: str = "access.log") -> str:
    file = folder / name
    file.write_text("".join(lines))
    return str(file)


def counted(root: Path) -> list[tuple[str, str, int]]:
    return list(read_year(root, "2024"))


@pytest.mark.parametrize(
    ("text", "views"),
    [
        (line(), 1),
        (line(status=304), 1),
        (line(f"{PAGE}?utm_source=vk"), 1),
        (line(address="2001:db8::1"), 1),
        (line(address="203.0.113.7, 198.51.100.2"), 1),
        (line().replace('"-" "', '"https://ya.example/?q=\\x22\\x22" "'), 1),
        (line().replace("HTTP/1.1", "HTTP/2.0"), 1),
        (line(status=404), 0),
        (line(status=301), 0),
        (line(status=206), 0),
        (line(method="HEAD"), 0),
        (line(method="POST"), 0),
        (line(f"{PAGE}index.txt"), 0),
        (line(f"{PAGE}changes/"), 0),
        (line(PAGE.rstrip("/")), 0),
        (line("/news/2024/05/"), 0),
        (line("/news/2024/05/net-takogo/"), 0),
        (line(agent="-"), 0),
        (line(agent="curl/8.5.0"), 0),
        (line(agent="Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)"), 0),
        (line(agent="Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"), 0),
        (line(moment="99/May/2024:12:00:00 +0800"), 0),
        (line(moment="10/Мая/2024:12:00:00 +0800"), 0),
        ('203.0.113.7 - - [10/May/2024:12:00:00 +0800] "-" 400 0 "-" "-"\n', 0),
        ('203.0.113.7 - - [10/May/2024:12:00:00 +0800] "\\x16\\x03\\x01" 400 150 "-" "-"\n', 0),
        ("GET /news/2024/05/katok/\n", 0),
        ("\n", 0),
    ],
)
def test_what_is_a_view(root: Path, tmp_path: Path, text: str, views: int) -> None:
    tally = count(root, [log(tmp_path, [text])], SETTINGS)
    assert views == tally.views.total()


def test_the_day_is_that_of_the_newsroom(root: Path, tmp_path: Path) -> None:
    moments = ("10/May/2024:15:59:59 +0000", "10/May/2024:16:00:00 +0000", "10/May/2024:23:59:59 +0800")
    count(root, [log(tmp_path, [line(moment=moment) for moment in moments])], SETTINGS)
    assert [("2024-05-10", "2024-05-09-katok", 2), ("2024-05-11", "2024-05-09-katok", 1)] == counted(root)


def test_a_site_below_a_path_has_its_views_too(root: Path, tmp_path: Path) -> None:
    below = replace(SETTINGS, url="https://city.example/press")
    tally = count(root, [log(tmp_path, [line(f"/press{PAGE}"), line()])], below)
    assert 1 == tally.views.total()


def test_a_log_is_counted_once_however_often_it_is_read(root: Path, tmp_path: Path) -> None:
    file = log(tmp_path, [line()] * 3)
    count(root, [file, file], SETTINGS)
    count(root, [file], SETTINGS)
    assert [("2024-05-10", "2024-05-09-katok", 3)] == counted(root)


def test_a_log_that_grew_is_read_on_from_where_it_was(root: Path, tmp_path: Path) -> None:
    count(root, [log(tmp_path, [line()] * 2)], SETTINGS)
    tally = count(root, [log(tmp_path, [line()] * 2 + [line("/news/2024/05/park/")])], SETTINGS)
    assert 1 == tally.lines
    assert {"2024-05-09-katok": 2, "2024-05-10-park": 1} == dict(read_views(root).most_read(2024))


def test_a_line_that_is_still_being_written_waits(root: Path, tmp_path: Path) -> None:
    count(root, [log(tmp_path, [line(), line()[:40]])], SETTINGS)
    assert [("2024-05-10", "2024-05-09-katok", 1)] == counted(root)
    count(root, [log(tmp_path, [line(), line()])], SETTINGS)
    assert [("2024-05-10", "2024-05-09-katok", 2)] == counted(root)


def test_a_log_is_known_under_another_name_and_packed(root: Path, tmp_path: Path) -> None:
    text = line() * 5
    count(root, [log(tmp_path, [text])], SETTINGS)
    packed = tmp_path / "access.log.1.gz"
    packed.write_bytes(gzip.compress((text + line()).encode()))
    count(root, [str(packed)], SETTINGS)
    assert [("2024-05-10", "2024-05-09-katok", 6)] == counted(root)


def test_a_log_without_news_may_be_read_again(root: Path, tmp_path: Path) -> None:
    file, below = log(tmp_path, [line()]), replace(SETTINGS, url="https://news.example/press")
    assert [file] == count(root, [file], below).without_news
    count(root, [file], SETTINGS)
    assert [("2024-05-10", "2024-05-09-katok", 1)] == counted(root)


def test_a_packed_log_that_is_not_whole_changes_nothing(root: Path, tmp_path: Path) -> None:
    packed = tmp_path / "access.log.1.gz"
    packed.write_bytes(gzip.compress((line() * 1000).encode())[:-20])
    with pytest.raises(NewsroomError, match="журнал не дочитан"):
        count(root, [str(packed)], SETTINGS)
    assert [] == counted(root)


def test_a_log_that_is_another_after_its_beginning_is_refused(root: Path, tmp_path: Path) -> None:
    count(root, [log(tmp_path, [line()] * 5)], SETTINGS)
    before = counted(root)
    with pytest.raises(NewsroomError, match="дальше в нём другое"):
        count(root, [log(tmp_path, [line(), line("/news/2024/05/park/") * 9])], SETTINGS)
    assert before == counted(root)


def test_lines_made_by_hand_are_added_to(root: Path, tmp_path: Path) -> None:
    (root / "data/views").mkdir(parents=True)
    (root / "data/views/2024.csv").write_text("date,release,views\n2024-05-10,2024-05-09-katok,40\n")
    count(root, [log(tmp_path, [line()])], SETTINGS)
    assert [("2024-05-10", "2024-05-09-katok", 41)] == counted(root)


def test_nothing_of_a_visitor_is_kept(root: Path, tmp_path: Path) -> None:
    count(root, [log(tmp_path, [line(address="198.51.100.77")])], SETTINGS)
    kept = "".join(path.read_text() for path in (root / "data").rglob("*") if path.is_file())
    assert "198.51" not in kept
    assert "Android" not in kept


def test_a_run_that_is_killed_while_it_writes_has_counted_once(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = log(tmp_path, [line()] * 4)
    replacing, names = register._replace, list[str]()

    def killed(target: Path, text: str) -> None:
        if len(names) == 1:  # what is to be written stands there whole; nothing of it is in its place
            raise KeyboardInterrupt
        names.append(target.name)
        replacing(target, text)

    monkeypatch.setattr(register, "_replace", killed)
    with pytest.raises(KeyboardInterrupt):
        count(root, [file], SETTINGS)
    monkeypatch.undo()
    count(root, [file], SETTINGS)
    assert [("2024-05-10", "2024-05-09-katok", 4)] == counted(root)


def test_a_log_that_is_not_there_changes_nothing(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, missing = log(tmp_path, [line()]), str(tmp_path / "нет.log")
    settings = ["--settings", str(ROOT / "pelicanconf.py")]
    assert 1 == main([str(root), good, missing, *settings])
    said = capsys.readouterr().err
    assert "журнал не открывается" in said
    assert "Ничего не сосчитано." in said
    assert not (root / "data").exists()


def test_the_command_tells_what_it_counted(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line(), line(agent="Mozilla/5.0 (compatible; bingbot/2.0)"), line("/news/2024/05/")]
    settings = ["--settings", str(ROOT / "pelicanconf.py")]
    assert 0 == main([str(root), log(tmp_path, lines), *settings])
    said = capsys.readouterr().out.replace("\u00a0", " ")
    assert "Новых строк: 3 строки" in said
    assert "1 просмотр за 1 день; роботы — 1; списки и страницы, которых нет среди релизов, — 1" in said


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("2024-13-10,a,1\n", "data/views/2024.csv:2: «2024-13-10» — не день"),
        ("2023-05-10,a,1\n", "день 2023-05-10 другого года — перенесите строку в data/views/2023.csv"),
        ("2024-05-10,a,много\n", "«много» — не число просмотров"),
        ("2024-05-10,,1\n", "релиз не назван"),
        ("2024-05-10,a,1\n2024-05-10,a,2\n", "data/views/2024.csv:3: релиз «a» уже сосчитан в этот день"),
        ("2024-05-10,a\n", "в строке 2 ячеек, а столбцов 3"),
    ],
)
def test_a_fault_in_the_figures_stops_the_build_at_its_line(site: TinySite, rows: str, told: str) -> None:
    site.release()
    site.write("data/views/2024.csv", f"date,release,views\n{rows}")
    built = site.build()
    assert 1 == built.status
    assert told in built.said


def test_the_home_page_shows_what_is_read_most_in_the_last_days(site: TinySite) -> None:
    for number in range(10, 18):
        site.release(f"2024-05-{number}-novost-{number}", title=f"Новость {number}")
    rows = [
        f"2024-05-{day},2024-05-{number}-novost-{number},{number}\n"
        for day in (18, 19)
        for number in range(10, 18)
    ]
    old = "2024-01-01,2024-05-10-novost-10,900\n"
    site.write("data/views/2024.csv", "date,release,views\n" + old + "".join(rows) + "2024-05-19,gone,5000\n")
    items = site.build().page("/").select(".most-read__item")
    assert ["Новость 17", "Новость 16", "Новость 15", "Новость 14", "Новость 13"] == [
        item.select_one("a").get_text() for item in items
    ]
    assert "34 просмотра" == items[0].select_one(".most-read__views").get_text().replace("\u00a0", " ")


def test_a_site_that_nobody_counted_shows_no_such_list(site: TinySite) -> None:
    site.release()
    assert not site.build().page("/").select(".most-read")


def test_views_are_open_data_by_days_and_by_releases(site: TinySite) -> None:
    site.release()
    site.write(
        "data/views/2024.csv",
        "date,release,views\n2024-05-10,2024-05-09-katok,3\n2024-05-11,2024-05-09-katok,4\n",
    )
    built = site.build()
    assert "date,views\n2024-05-10,3\n2024-05-11,4\n" == built.text("/data/views-2024.csv").lstrip("\ufeff")
    assert "2024-05-09-katok,7" in built.text("/data/views-of-releases-2024.csv")


def test_a_browser_is_told_from_a_robot() -> None:
    is_browser = browsers()
    assert is_browser(PHONE.encode())
    assert not is_browser(b"Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)")
    assert not is_browser(b"python-requests/2.31")


def test_a_line_is_read_whole() -> None:
    needle, read = reader("", ZoneInfo("Asia/Irkutsk"))
    text = line().encode()
    found = read(text)
    assert needle in text
    assert found
    assert (PAGE, "2024-05-10", PHONE.encode()) == (found.path, found.day, found.agent)
