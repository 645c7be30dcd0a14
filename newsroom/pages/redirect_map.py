"""``redirects.map``: former addresses and what they became, for a server to redirect by itself.

The form is that of nginx's ``map`` (ngx_http_map_module), to be included so:

    map_hash_bucket_size 512;  # in http: Russian letters make addresses longer than the default
    map $uri $moved { include …/redirects.map; }
    if ($moved) { return 301 $moved; }  # in server
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from newsroom.settings import Site

PATH = "redirects.map"


def redirect_map(moved: Iterable[tuple[str, str]], site: Site) -> bytes:
    """A line for each (former address, present one), both from the root of the site.

    ``$uri`` is decoded, so a source is written as it reads; a target goes into a header, in percents.
    """
    pairs = sorted((source, target) for alias, target in moved for source in _written(alias))
    lines = [f'"{site.href(source)}" "{quote(site.href(target), safe="/#~")}";\n' for source, target in pairs]
    return "".join(lines).encode()


def _written(alias: str) -> Iterator[str]:
    """How a link may write a former address: with its last slash or without."""
    yield alias
    if alias.endswith("/"):
        yield alias.rstrip("/")
