"""A run of the checks of accessibility: what it writes down, and how it ends."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from newsroom.audit.axe import AXE
from newsroom.audit.conformity import commit_of, main
from newsroom.audit.examination import criteria_of
from newsroom.content.conformity import NAME, read_run
from tests.conftest import tool
from tests.deploying import git

SITE = """<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/site.css"></head>
<body><a href="#content">К содержанию</a>
<header><nav aria-label="Разделы"><ul>
<li><a href="/">Главная</a></li><li><a href="/tags/">Темы</a></li>
</ul></nav></header>
<main id="content"><h1>{title}</h1>{body}<p><a href="/">Домой</a></p></main>
<footer><p>Подвал</p></footer></body></html>"""
STYLE = """a, li { display: inline-block; min-height: 44px } :focus-visible { outline: 4px solid #000 }
.faint { color: #bbb; background: #fff }"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site of two pages: one in order, one with two faults."""
    (tmp_path / "content").mkdir()
    site = tmp_path / "site"
    site.mkdir()
    (site / "site.css").write_text(STYLE, "utf-8")
    (site / "dot.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", "utf-8")
    (site / "index.html").write_text(SITE.format(title="Главная", body="<p>Текст.</p>"), "utf-8")
    spoilt = "<p class='faint'>Бледный текст.</p><img src='/dot.svg' width='20' height='20'>"
    (site / "404.html").write_text(SITE.format(title="Нет страницы", body=spoilt), "utf-8")
    return tmp_path


def run(folder: Path, *options: str) -> int:
    """Its exit status; a thread of its own may start a browser beside the one of the tests."""
    arguments = [str(folder / "content"), "--output", str(folder / "site"), *options]
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(main, arguments).result()


@pytest.mark.browser
@pytest.mark.slow
def test_what_is_found_is_written_down_and_the_run_ends_red_twice_alike(
    folder: Path, chromium_path: str, capsys: Any
) -> None:
    tool(bool(chromium_path) and AXE.is_file(), "axe-core", "npm install --prefix .tools axe-core")
    assert 1 == run(folder)
    told = capsys.readouterr().out
    assert "/404.html: image-alt (1.1.1, light)" in told
    record = read_run(folder / "content")
    assert record
    assert [("home", 1, 1), ("lost", 1, 1)] == [(kind.name, kind.pages, kind.of) for kind in record.kinds]
    found = {each.check: (each.kind, each.pages, each.criteria) for each in record.findings}
    assert {"color-contrast": ("lost", 1, ("1.4.3",)), "image-alt": ("lost", 1, ("1.1.1",))} == found
    assert 5 == len(record.modes)
    assert 0 == record.subjects["media"]

    first = json.loads((folder / "content" / NAME).read_text("utf-8"))
    run(folder)
    again = json.loads((folder / "content" / NAME).read_text("utf-8"))
    assert first.pop("moment") <= again.pop("moment")
    assert first == again


def test_without_a_site_a_run_says_what_to_do(tmp_path: Path, capsys: Any) -> None:
    assert 1 == run(tmp_path)
    assert "invoke build" in capsys.readouterr().err
    assert not (tmp_path / "content").exists()


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        (("cat.color", "wcag2aa", "wcag143", "TTv5"), ("1.4.3",)),
        (("wcag21aa", "wcag1412"), ("1.4.12",)),
        (("wcag2a", "wcag244", "wcag412"), ("2.4.4", "4.1.2")),
        (("best-practice",), ()),
    ],
)
def test_the_tags_of_a_rule_name_its_criteria(tags: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert expected == criteria_of(tags)


def test_a_record_is_no_change_of_what_it_tells_of(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / NAME).parent.mkdir(parents=True)
    (content / "rubrics.yaml").write_text("gorod: Город\n", "utf-8")
    git(tmp_path, "init", "--quiet")
    assert "" == commit_of(content)
    git(tmp_path, "add", ".")
    git(tmp_path, "-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "--message", "a")
    commit = commit_of(content)
    (content / NAME).write_text("{}", "utf-8")
    assert commit == commit_of(content)
    (content / "rubrics.yaml").write_text("gorod: Братск\n", "utf-8")
    assert f"{commit}+" == commit_of(content)
