"""The site of the city's own material: complete, valid, by itself."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from newsroom.publish.output_check import check_output
from tests.conftest import ROOT, Built
from tests.json_ld import named_pictures, objects

REPORT = {
    "events": (
        "День Победы", "День российского флага", "Братский экономический форум", "Братская рыбалка",
        "День города", "Братская лыжня", "День молодёжи", "День Братска осторожного", "Троица",
        "День металлурга",
    ),
    "numbers": (
        "1 530", "713 206", "8 360", "10 000 000", "3 200", "20 000 000", "8 200", "5 000", "125", "1 000",
    ),
    "subscribers": ("3 672", "10 100", "2 036", "990", "8 440", "5 500", "4 978"),
}  # fmt: skip

REQUIRED = {
    "NewsArticle": {
        "headline",
        "datePublished",
        "dateModified",
        "image",
        "author",
        "publisher",
        "mainEntityOfPage",
    },
    "GovernmentOrganization": {"name", "url"},
    "WebSite": {"name", "url"},
    "Periodical": {"name"},
    "PublicationIssue": {"issueNumber", "datePublished", "isPartOf"},
    "Event": {"name", "startDate", "location"},
    "BroadcastEvent": {"name", "startDate", "isLiveBroadcast"},
    "BreadcrumbList": {"itemListElement"},
    "CollectionPage": {"name", "url"},
}


def text_of(built: Built, url: str) -> str:
    return built.page(url).get_text(" ", strip=True).replace("\u00a0", " ")


def html_faults(folder: Path, vnu: list[str]) -> list[str]:
    """What the Nu HTML checker has against the pages in a folder; fails where it did not check."""
    command = [*vnu, "--errors-only", "--skip-non-html", "--format", "json", str(folder)]
    run = subprocess.run(command, capture_output=True, check=False)
    messages = json.loads(run.stderr or "{}").get("messages")
    assert messages is not None, f"the checker gave no report: {command}"
    assert bool(messages) == bool(run.returncode)
    return [f"{Path(entry.get('url', '')).name}: {entry['message']}" for entry in messages]


def test_all_that_the_report_names_is_on_the_site(real_site: Built) -> None:
    events, channels = text_of(real_site, "/events/"), text_of(real_site, "/channels/")
    assert [] == [event for event in REPORT["events"] if event not in events]
    assert [] == [count for count in REPORT["subscribers"] if count not in channels]
    releases = " ".join(
        text_of(real_site, f"/{path.removesuffix('index.html')}")
        for path in real_site.files()
        if path.startswith("news/20") and path.count("/") == 4 and path.endswith("index.html")
    )
    assert [] == [number for number in REPORT["numbers"] if number not in releases]


def test_there_are_enough_releases_broadcasts_and_standing_pages(real_site: Built) -> None:
    releases = range(json.loads(real_site.text("/edition.json"))["releases"])
    broadcasts = {path.split("/")[1] for path in real_site.files() if path.startswith("broadcasts/")}
    assert len(releases) >= 8
    assert 10 == len(broadcasts - {"index.html"})
    for url in ("/about/", "/media/", "/accessibility/", "/privacy/", "/about-data/", "/magazine/"):
        assert real_site.has(url), url


def test_the_output_passes_the_check_before_a_deploy(real_site: Built) -> None:
    assert [] == check_output(real_site.output)


def test_json_ld_has_the_fields_its_type_requires(real_site: Built) -> None:
    found = objects(real_site)
    assert set() == REQUIRED.keys() - found.keys()
    lacking = [
        (kind, sorted(fields - item.keys()))
        for kind, fields in REQUIRED.items()
        for item in found[kind]
        if fields - item.keys()
    ]
    assert [] == lacking


def test_every_picture_that_json_ld_names_is_published(real_site: Built) -> None:
    named = {url for urls in named_pictures(real_site).values() for url in urls}
    host = "https://news.example/"
    assert named
    assert [] == sorted(url for url in named if not real_site.has(url.removeprefix(host)))


def test_a_page_made_from_a_report_without_dates_says_so(real_site: Built) -> None:
    for url in (
        "/events/den-goroda/",
        "/news/2023/12/bratskaya-pyatiletka/",
        "/broadcasts/pryamoy-efir-2023-1/",
    ):
        page = real_site.page(url)
        assert "Дата условная" in page.get_text(), url
        assert page.main.find("a", href="/about-data/"), url


@pytest.mark.slow
def test_every_page_is_valid_html(real_site: Built, vnu: list[str]) -> None:
    assert [] == html_faults(real_site.output, vnu)


@pytest.mark.slow
def test_the_html_checker_finds_a_fault(tmp_path: Path, vnu: list[str]) -> None:
    (tmp_path / "page.html").write_text(
        '<!DOCTYPE html><html lang="ru"><title>Да</title><p><div></p>', encoding="utf-8"
    )
    assert "page.html: No “p” element in scope but a “p” end tag seen." in html_faults(tmp_path, vnu)


def test_the_editors_reference_is_what_the_schema_says() -> None:
    from newsroom.content.fields_reference import reference

    assert reference() == (ROOT / "docs/fields.md").read_text("utf-8")
