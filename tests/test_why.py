"""A build says of any page why it was made anew, or was not."""

from __future__ import annotations

import pytest

from tests.conftest import TinySite

PAGE = "news/2024/05/katok/index.html"


def told(site: TinySite, asked: str) -> str:
    """What a build says when it is asked for an address, after its first line."""
    site.settings = {**site.settings, "NEWSROOM_WHY": asked}
    built = site.build()
    assert 0 == built.status, built.said
    return built.said.partition("\n")[2].rstrip()


def test_a_first_build_makes_what_has_not_been(site: TinySite) -> None:
    site.release()
    assert "сделан заново, потому что изменилось:\n  — его ещё не было" in told(site, "news/2024/05/katok/")


def test_the_input_that_changed_is_named_with_its_file(site: TinySite) -> None:
    site.release()
    site.build()
    file = site.release(body="Другой лёд.\n")
    expected = f"сам релиз или то, что он называет: темы, подразделение, событие ({file})"
    asked = told(site, "news/2024/05/katok/")
    assert f"{PAGE}: сделан заново, потому что изменилось:\n  — {expected}" == asked


def test_what_did_not_change_is_told_so(site: TinySite) -> None:
    site.release()
    site.build()
    assert f"{PAGE}: не менялся, взят из прошлого издания" == told(site, PAGE)


def test_a_neighbour_is_named_as_the_reason(site: TinySite) -> None:
    site.release()
    site.build()
    site.release("2024-05-10-snova")
    expected = f"{PAGE}: сделан заново, потому что изменилось:\n  — релиз до него или после него"
    assert expected == told(site, PAGE)


def test_without_its_memory_a_build_does_not_say_that_files_are_new(site: TinySite) -> None:
    site.release()
    site.build()
    for path in (site.folder / "cache/memory").rglob("journal"):
        path.unlink()
    assert "о прежнем издании сборка ничего не помнит" in told(site, PAGE)


@pytest.mark.parametrize(
    "asked",
    [
        "/",
        "index.html",
        "https://news.example/gorod/",
        "https://news.example/gorod",
        "/gorod/",
        "https://news.example/gorod/?from=mail#top",
        "http://127.0.0.1:8000/index.html",
    ],
)
def test_an_address_may_be_given_as_a_browser_shows_it(site: TinySite, asked: str) -> None:
    site.url = "https://news.example/gorod"
    site.release()
    site.build()
    assert "index.html: не менялся, взят из прошлого издания" == told(site, asked)


def test_an_address_of_nothing_is_told(site: TinySite) -> None:
    site.release()
    assert "net/index.html: такого файла на сайте нет" == told(site, "/net/")
