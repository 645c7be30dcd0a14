"""Whatever is typed, nothing of it becomes active: a build refuses it, or the page stays inert.

The bodies are those of ``injection.yaml``. All of them are built in one site; what is refused is left out
of the next build. The pages are then opened in Chromium with scripts on: once without the site's policy,
for the HTML has to be inert by itself, once with it, for nothing may even be tried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from bs4 import BeautifulSoup

import pelicanconf
from newsroom.audit.server import serving
from newsroom.content.conformity import NAME as RECORD
from newsroom.content.conformity import written
from newsroom.importing.html_to_markdown import html_to_markdown
from newsroom.settings import EXTRAS
from tests import notices
from tests.conftest import VOCABULARY, Built, TinySite
from tests.importing_desk import KeepingDesk, html_of
from tests.inert import BREAKOUT, FORBIDDEN_IN_TEXT, LOOK, TYPED, VECTORS, watching
from tests.pdf_files import document, scan
from tests.test_conformity_page import RUN

BODIES = [body for family in VECTORS.values() for body in family.values()]
FOLDER = "releases/2024/05"


def id_of(number: int) -> str:
    return f"2024-05-09-vektor-{number}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> TinySite:
    """Each of the bodies in a release, and a line that ends everything wherever the headers take it."""
    tiny = TinySite(tmp_path_factory.mktemp("injection"))
    extras = [name for name in EXTRAS if name != "cards"]  # which are drawn, slowly, and no HTML
    own = {"id_authority": "news.example", "extras": extras, "now": datetime.fromisoformat(tiny.now)}
    tiny.settings = {"NEWSROOM": {**pelicanconf.NEWSROOM, **own}}
    for file, text in VOCABULARY.items():
        tiny.write(file, text)
    tiny.picture(f"{FOLDER}/led.jpg", (40, 30))
    for number, body in enumerate(BODIES):
        tiny.release(id_of(number), body=f"{body}\n")
    write_headers(tiny)
    return tiny


def write_headers(tiny: TinySite) -> None:
    """The line in every field of a header that takes any words."""
    picture = f"{{src: led.jpg, alt: {TYPED}, caption: {TYPED}, author: {TYPED}}}"
    words = {"title": TYPED, "summary": TYPED}
    tiny.write("rubrics.yaml", f"gorod: {{title: {TYPED}, description: {TYPED}}}\n")
    tiny.write("tags.yaml", f"led: {{title: {TYPED}, description: {TYPED}}}\n")
    contact = f"{{name: {TYPED}, phone: '112', email: press@city.example}}"
    tiny.write("departments/press.md", _header(**words, contact=contact))
    lines = document([["<script>alert", "<img src=x onerror=alert>"]])
    for name, data in {"tekst.pdf": lines, "skan.pdf": scan(), "rech.mp3": b"synthetic"}.items():
        tiny.write(f"{FOLDER}/{name}", data)
    tiny.write(f"{FOLDER}/skan.transcript.md", BREAKOUT)
    tiny.write(f"{FOLDER}/rech.txt", BREAKOUT)
    files = ", ".join(f"{{file: {name}, title: {TYPED}}}" for name in ("tekst.pdf", "skan.pdf", "rech.mp3"))
    tiny.write(f"{FOLDER}/film.webm", b"synthetic")
    tiny.write(f"{FOLDER}/film.vtt", f"WEBVTT\n\n00:00.000 --> 00:01.000\n{BREAKOUT}\n")
    tiny.write(f"{FOLDER}/film.transcript.md", BREAKOUT)
    tiny.release(
        "2024-05-10-shapka", **words, tags="led", event="den", image=picture, contact=contact,
        figure=f"{{value: {TYPED}, label: {TYPED}}}", attachments=f"[{files}]",
        changes=f"[{{date: 2024-05-11 10:00, note: {TYPED}}}]", aliases="[/prezhniy/]", text_later=TYPED,
        gallery=f"{{caption: {TYPED}, author: {TYPED}, pictures: [{picture}]}}",
        video=f"{{title: {TYPED}, file: film.webm, captions: film.vtt, poster: led.jpg, alt: {TYPED}, "
        f"author: {TYPED}}}", transcript="film.transcript.md",
    )  # fmt: skip
    tiny.release(
        "2024-05-10-otozvan", **words, status="withdrawn", withdrawal_reason=TYPED, date="2024-05-10 11:00"
    )
    for folder in ("events", "broadcasts"):
        tiny.picture(f"{folder}/led.jpg", (40, 30))
    tiny.write("events/den.md", _header(**words, place=TYPED, image=picture, dates="[{start: 2024-07-01}]"))
    efir = {"start": "2024-05-03 18:00", "state": "recorded", "video": "https://video.example/1"}
    tiny.write("broadcasts/efir.md", _header(**words, **efir, image=picture, transcript="efir.transcript.md"))
    tiny.write("broadcasts/efir.transcript.md", BREAKOUT)
    channel = {"network": TYPED, "owner": TYPED, "status": "active", "address": "https://vk.example/1"}
    tiny.write("channels/vk.md", _header(title=TYPED, **channel))
    tiny.write("pages/o.md", _header(**words) + BREAKOUT)
    number = {"number": TYPED, "date": "2024-05-01", "pdf": "n.pdf", "founder": TYPED, "editor": TYPED}
    tiny.write("issues/n.md", _header(**words, **number, contents=f"[{{title: {TYPED}, page: 1}}]"))
    tiny.write("issues/n.pdf", lines)
    lines_of_one = dict.fromkeys(("headline", "event", "area"), BREAKOUT)
    tiny.write("emergency.yaml", notices.file(notices.notice(**lines_of_one, severity="чрезвычайная")))
    tiny.write(RECORD, written(RUN))
    check = f"{{criterion: 1.3.3, date: 2024-05-20, result: выполнено, remark: {TYPED}}}"
    tiny.write("conformity/people.yaml", f"checks: [{check}]\n")


def _header(**fields: str) -> str:
    return "---\n" + "\n".join(f"{name}: {value}" for name, value in fields.items()) + "\n---\n"


@pytest.fixture(scope="module")
def refused(site: TinySite) -> set[str]:
    """The files that a build refuses; they are taken away."""
    found = {problem.partition(":")[0] for problem in site.build().problems()}
    for file in found:
        site.remove(file)
    return found


@pytest.fixture(scope="module")
def built(site: TinySite, refused: set[str]) -> Built:
    assert refused
    built = site.build()
    assert 0 == built.status, built.said
    return built


@pytest.fixture(scope="module")
def address(built: Built) -> Iterator[str]:
    with serving(built.output) as address:
        yield address


@pytest.fixture
def watched(browser: Any, address: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page that is watched; ``bypass`` of the policy is the parameter."""
    with watching(browser, address, bypass=getattr(request, "param", True)) as page:
        yield page


def test_there_are_vectors_enough_of_each_family() -> None:
    assert 140 <= len(BODIES)
    assert all(len(family) >= 20 for family in VECTORS.values())


def test_every_body_is_refused_or_made_a_page_and_no_header_is_refused(
    refused: set[str], built: Built
) -> None:
    pages = {number for number in range(len(BODIES)) if built.has(f"/news/2024/05/vektor-{number}/")}
    left = {number for number in range(len(BODIES)) if f"{FOLDER}/{id_of(number)}.md" in refused}
    assert set(range(len(BODIES))) == pages | left
    assert not pages & left
    assert refused == {f"{FOLDER}/{id_of(number)}.md" for number in left}
    assert len(left) > 40
    assert len(pages) > 60


@pytest.mark.browser
@pytest.mark.slow
def test_no_page_does_anything_even_without_the_policy_of_the_site(
    watched: Any, address: str, built: Built
) -> None:
    found = {}
    for path in sorted(built.output.rglob("*.html")):
        url = "/" + path.relative_to(built.output).as_posix().removesuffix("index.html")
        if url.startswith(("/admin/", "/prezhniy/")):  # the editor is no page for readers; the other leads on
            continue
        watched.goto(f"{address}{url}", wait_until="domcontentloaded")
        if told := watched.evaluate(LOOK):
            found[url] = told
    (player,) = found.pop("/news/2024/05/shapka/")  # the theme's own, of a file of the site
    assert player.startswith('<video class="video__frame" controls="" preload="none" poster="/news/')
    assert {} == found
    assert [] == watched.acts


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("watched", [False], indirect=True)
def test_nothing_is_even_tried_under_the_policy_of_the_site(watched: Any, address: str) -> None:
    for url in (
        "/", "/news/2024/05/shapka/", "/news/2024/05/otozvan/", "/news/", "/tags/led/",
        "/channels/", "/events/den/", "/broadcasts/efir/", "/magazine/n/", "/magazine/n/1/", "/o/",
        "/magazine/n/n-text/", "/news/2024/05/shapka/skan-text/", "/news/2024/05/shapka/rech-text/",
        "/emergency/", "/lite/", "/accessibility/conformity/",
        "/corrections/", "/rss.xml", "/atom.xml", "/404.html", "/departments/press/",
    ):  # fmt: skip
        watched.goto(f"{address}{url}", wait_until="load")
    watched.goto(f"{address}/prezhniy/", wait_until="commit")  # a former address, which leads on
    watched.wait_for_url("**/news/2024/05/shapka/")
    assert [] == watched.acts


@pytest.mark.browser
@pytest.mark.slow
def test_what_feeds_give_to_readers_programs_does_nothing(watched: Any, address: str, built: Built) -> None:
    files = built.files()
    rss, atom = (
        feedparser.parse(files[name], sanitize_html=False).entries for name in ("rss.xml", "atom.xml")
    )
    html = [part.value for entry in (*rss, *atom) for part in entry.get("content", ())]
    # Descriptions of RSS are HTML to those who read them; summaries of Atom are plain by their type.
    html += [each.text or "" for each in ET.fromstring(files["rss.xml"]).iter("description")]
    assert len(html) > 20
    html += [item["content_html"] for item in json.loads(built.text("/feed.json"))["items"]]
    watched.goto(f"{address}/404.html")
    watched.set_content(
        "<!doctype html><body>" + "<hr>".join(f"<div class=prose>{part}</div>" for part in html)
    )
    foreign = [each for each in watched.evaluate(LOOK) if "=https://news.example/" not in each]
    assert [] == foreign
    assert [] == [each for each in watched.acts if "asked for https://news.example/" not in each]


def test_data_in_pages_and_files_stay_data(built: Built) -> None:
    for path in built.output.rglob("*.html"):
        for block in re.findall(
            r'(?s)<script type="application/ld\+json">(.*?)</script', path.read_text("utf-8")
        ):
            json.loads(block)
            assert "<" not in block
    lines = built.text("/calendar.ics").splitlines()
    assert [] == [line for line in lines if not re.match(r"[A-Z-]+[;:]| ", line)]


@pytest.mark.parametrize("family", ["scripts", "elements", "markup"])
def test_what_is_imported_from_an_old_site_stays_inert(family: str) -> None:
    for html in VECTORS[family].values():
        soup = BeautifulSoup(html_of(html_to_markdown(html, KeepingDesk())), "html.parser")
        assert [] == soup.select(FORBIDDEN_IN_TEXT), html
        assert [] == [
            each for each in soup.find_all(True) if any(name.startswith("on") for name in each.attrs)
        ]
        assert [] == soup.select("[href^='javascript:' i], [style], [src]")
