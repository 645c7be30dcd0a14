"""Whether the deployed site really serves a release: its page is there and says the right revision."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx

from newsroom.content.types import Release
from newsroom.settings import Site

Served = Callable[[Release], str]
"""Why a release is not served as it stands here, in Russian; "" where it is."""

_MARK = re.compile(r'<meta name="newsroom:revision" content="([^"]*)">')
_MOST = 300_000
"""Bytes of a page that are read: the mark stands in its head."""


def asking(site: Site, client: httpx.Client) -> Served:
    """Asks the site at its public address; each release once."""
    known: dict[str, str] = {}

    def served(release: Release) -> str:
        if release.id not in known:
            known[release.id] = _asked(client, site.absolute(release.url), release.mark)
        return known[release.id]

    return served


def _asked(client: httpx.Client, address: str, mark: str) -> str:
    try:
        with client.stream("GET", address, headers={"Cache-Control": "no-cache"}) as reply:
            status, page = reply.status_code, _head(reply)
    except httpx.HTTPError as error:
        return f"сайт не отвечает ({urlsplit(address).netloc}: {type(error).__name__})"
    if status != 200:
        return f"на сайте этой страницы нет (ответ {status}): сначала inv deploy"
    found = _MARK.search(page)
    if not found:
        return "страница на сайте без отметки редакции: сначала inv deploy"
    if found[1] != mark:
        return "на сайте другая редакция: сначала inv deploy, а после него — подождать, пока она дойдёт"
    return ""


def _head(reply: httpx.Response) -> str:
    data = b""
    for part in reply.iter_bytes():
        data += part
        if b"</head>" in data or len(data) > _MOST:
            break
    return data.decode(errors="replace")
