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
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
import yaml
from bs4 import BeautifulSoup

import pelicanconf
from newsroom.audit.server import serving
from newsroom.importing.html_to_markdown import html_to_markdown
from newsroom.settings import EXTRAS
from tests.conftest import VOCABULARY, Built, TinySite
from tests.importing_desk import KeepingDesk, html_of
from tests.pdf_files import document, scan

VECTORS: dict[str, dict[str, str]] = yaml.safe_load(
    (Path(__file__).parent / "injection.yaml").read_text("utf-8")
)
BODIES = [body for family in VECTORS.values() for body in family.values()]
FOLDER = "releases/2024/05"

BREAKOUT = (
    """'"></title></textarea></script>--><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"""
)
"""Ends whatever it may stand in: an attribute, an element of text, a script, a comment."""
TYPED = "'" + BREAKOUT.replace("'", "''") + "'"
"""The same as a value of YAML."""

FORBIDDEN = "iframe, frame, object, embed, applet, portal, base, math, template, marquee"
FORBIDDEN_IN_TEXT = (
    f"{FORBIDDEN}, script, style, link, meta, form, input, button, textarea, svg, video, audio"
)
LOOK = f"""() => {{
  const found = [...document.querySelectorAll('{FORBIDDEN}')].map(each => each.outerHTML);
  for (const text of document.querySelectorAll('.prose, figure, figcaption, h1, h2, h3, .card'))
    found.push(...[...text.querySelectorAll('{FORBIDDEN_IN_TEXT}')]
      .filter(each => !each.matches('svg.icon')).map(each => each.outerHTML));
  for (const each of document.querySelectorAll('*')) {{
    if (each.matches('script:not([src]):not([type$=json]), meta[http-equiv=refresh]'))
      found.push(each.outerHTML);
    for (const {{name, value}} of each.attributes)
      if (/^on|^style$|^srcdoc$|^formaction$|^xlink:href$|^ping$/.test(name) ||
          ['src', 'action', 'data', 'poster'].includes(name)
            && new URL(value, location).origin !== location.origin)
        found.push(`${{each.tagName}} ${{name}}=${{value}}`);
    if (each.href && each.protocol && !['http:', 'https:', 'mailto:', 'tel:'].includes(each.protocol))
      found.push(each.outerHTML);
  }}
  return found;
}}"""
"""What of a document could act, as the browser itself understands it."""


TELLS_OF_REFUSALS = "addEventListener('securitypolicyviolation', e => console.error('policy', e.blockedURI))"


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
    tiny.release(
        "2024-05-10-shapka", **words, tags="led", event="den", image=picture, contact=contact,
        figure=f"{{value: {TYPED}, label: {TYPED}}}", attachments=f"[{files}]",
        changes=f"[{{date: 2024-05-11 10:00, note: {TYPED}}}]", aliases="[/prezhniy/]",
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
    """A page whose ``acts`` are what it did or asked for beyond its own site; ``bypass`` is the parameter."""
    context = browser.new_context(bypass_csp=getattr(request, "param", True))
    page = context.new_page()
    page.acts = []
    page.on("dialog", lambda dialog: (page.acts.append(f"dialog {page.url}"), dialog.dismiss()))
    page.on("request", lambda request: _note_foreign(page, request.url, address))
    page.on("popup", lambda popup: page.acts.append(f"popup {popup.url}"))
    page.add_init_script(TELLS_OF_REFUSALS)
    page.on("console", lambda said: page.acts.append(said.text) if said.text.startswith("policy ") else None)
    yield page
    context.close()


def _note_foreign(page: Any, url: str, address: str) -> None:
    if not url.startswith((f"{address}/", "data:", "blob:", "about:")):
        page.acts.append(f"asked for {url}")


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
