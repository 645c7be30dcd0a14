"""The site under its own strict headers in a real browser: pages live with them, what is planted does not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from newsroom.audit.kinds import kinds
from newsroom.audit.server import serving
from newsroom.build.headers_file import PATH
from newsroom.pages.security_policy import in_page
from tests.conftest import Built
from tests.sample_library import SITE, replace

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LISTEN = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.effectiveDirective} ${event.blockedURI.replace(/[/?]+$/, "")}`);
}, true);
"""
PLANTED = {
    "<script>document.title = 'planted'</script>": "script-src-elem inline",
    "<script type='module' src='data:text/javascript,1'></script>": "script-src-elem data",
    "<script src='https://a.example/'></script>": "script-src-elem https://a.example",
    "<p id='pressed' onclick='document.title = 1'>p</p>": "script-src-attr inline",
    "<style>h1 { color: red }</style>": "style-src-elem inline",
    "<p style='color: red'>p</p>": "style-src-attr inline",
    "<link rel='stylesheet' href='https://b.example/'>": "style-src-elem https://b.example",
    "<iframe src='https://c.example/'></iframe>": "frame-src https://c.example",
    "<iframe srcdoc='<script>parent.document.title = 1</script>'></iframe>": "script-src-elem inline",
    "<img src='https://d.example/' alt=''>": "img-src https://d.example",
    "<video src='https://e.example/'></video>": "media-src https://e.example",
    "<object data='https://f.example/'></object>": "object-src https://f.example",
    "<base href='https://g.example/'>": "base-uri https://g.example",
}
"""What should never come into a page, and how the browser says that it will have none of it."""
PROBE = """async () => {
  document.getElementById("pressed").click();
  try { document.createElement("p").innerHTML = "<b>1</b>"; } catch {}
  const form = document.createElement("form");
  form.action = "https://h.example/";
  document.body.append(form);
  form.submit();
  const refused = () => window.refused.some((each) => each.startsWith("form-action"));
  for (let frame = 0; frame < 600 && !refused(); frame += 1) await new Promise(requestAnimationFrame);
  return document.title;
}"""
"""Waits within the page, for a policy that stands in it forbids a predicate to be tried from outside."""
PROBED = {"require-trusted-types-for trusted-types-sink", "form-action https://h.example"}


@dataclass
class Visit:
    """A page of a phone's width and all that went wrong on it."""

    page: Any
    faults: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, url: str) -> list[str]:
        """What the browser refused the page at that address."""
        self.page.goto(url)
        self.page.wait_for_load_state("networkidle")
        return self.refused()

    def refused(self) -> list[str]:
        refused: list[str] = self.page.evaluate("window.refused")
        return refused


@pytest.fixture(scope="module")
def visit(browser: Any) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_init_script(LISTEN)
    visit = Visit(context.new_page())
    visit.page.on(
        "console", lambda said: visit.faults.append(said.text) if said.type in {"error", "warning"} else None
    )
    visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
    visit.page.on("requestfailed", lambda asked: visit.foreign.append(asked.url))
    yield visit
    context.close()


def test_no_kind_of_page_does_anything_that_its_headers_forbid(
    visit: Visit, model_site: Built, model_address: str
) -> None:
    pages = [urls[0] for urls in kinds(model_site.output).values() if urls]
    refused = {url: found for url in pages if (found := visit.open(model_address + url))}
    # That there is no page is an answer and no fault.
    faults = [fault for fault in visit.faults if "404 (Not Found)" not in fault]
    assert ({}, [], []) == (refused, faults, visit.foreign)


@pytest.mark.parametrize("place", ["headers", "page"])
def test_what_is_planted_is_refused(visit: Visit, model_site: Built, tmp_path: Path, place: str) -> None:
    """The policy stands in the headers, or in the page itself for hosts that send none."""
    shutil.copytree(model_site.output / "theme", tmp_path / "theme")
    page = model_site.text("/about/").replace("</main>", "\n".join([*PLANTED, "</main>"]), 1)
    if place == "headers":
        shutil.copy(model_site.output / PATH, tmp_path / PATH)
    else:
        said = in_page("/about/", replace(SITE, url="https://news.example"))
        page = page.replace(
            "<head>", f'<head><meta http-equiv="Content-Security-Policy" content="{said}">', 1
        )
    (tmp_path / "index.html").write_text(page, "utf-8")
    visit.foreign.clear()
    with serving(tmp_path) as address:
        visit.open(f"{address}/")
        title = visit.page.evaluate(PROBE)
        assert set(PLANTED.values()) | PROBED == set(visit.refused())
        assert model_site.page("/about/").title.get_text() == title
