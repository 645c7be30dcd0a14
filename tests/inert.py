"""What must stay inert wherever it is typed, and a page that tells what acts in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

VECTORS: dict[str, dict[str, str]]
"""Bodies of texts by families."""
VALUES: dict[str, dict[str, str]]
"""Values of fields of headers, by what a field takes."""
VECTORS, VALUES = yaml.safe_load_all((Path(__file__).parent / "injection.yaml").read_text("utf-8"))

BREAKOUT = (
    """'"></title></textarea></script>-->]]><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"""
)
"""Ends whatever it may stand in: an attribute, an element of text, a script, a comment, a section of XML."""
TYPED = "'" + BREAKOUT.replace("'", "''") + "'"
"""The same as a value of YAML."""

FORBIDDEN = "iframe, frame, object, embed, applet, portal, base, math, template:not([data-lightbox]), marquee"
FORBIDDEN_IN_TEXT = (
    f"{FORBIDDEN}, script, style, link, meta, form, input, button, textarea, svg, video, audio"
)
LOOK = f"""(given) => {{
  const document = given ?? window.document;
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
    if (each.username || each.href && each.protocol && /^http/.test(each.protocol) && !each.host)
      found.push(each.outerHTML);
  }}
  return found;
}}"""
"""What of a document could act, as the browser itself understands it; also a link that hides its host."""
LOOK_AT_EACH = f"""async (urls) => {{
  const look = {LOOK}, found = {{}};
  for (const url of urls) {{
    const html = await (await fetch(url)).text();
    const told = look(new DOMParser().parseFromString(html, 'text/html'));
    if (told.length) found[url] = told;
  }}
  return found;
}}"""
"""The same of many pages of a site, by their addresses, without opening them."""

_TELLS_OF_REFUSALS = "addEventListener('securitypolicyviolation', e => console.error('policy', e.blockedURI))"


@contextmanager
def watching(browser: Any, address: str, *, bypass: bool = True) -> Iterator[Any]:
    """A page whose ``acts`` are what it did or asked for beyond the site at ``address``."""
    context = browser.new_context(bypass_csp=bypass)
    page = context.new_page()
    page.acts = []
    page.on("dialog", lambda dialog: (page.acts.append(f"dialog {page.url}"), dialog.dismiss()))
    page.on("request", lambda request: _note_foreign(page, request.url, address))
    page.on("popup", lambda popup: page.acts.append(f"popup {popup.url}"))
    page.add_init_script(_TELLS_OF_REFUSALS)
    page.on("console", lambda said: page.acts.append(said.text) if said.text.startswith("policy ") else None)
    yield page
    context.close()


def _note_foreign(page: Any, url: str, address: str) -> None:
    if not url.startswith((f"{address}/", "data:", "blob:", "about:")):
        page.acts.append(f"asked for {url}")
