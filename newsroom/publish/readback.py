"""After a deploy the site is read back, as a reader gets it, and compared with the edition.

Every file that the deploy changed is read, and a sample of those it did not touch: a fault of the place
itself (a byte that a disk lost, a file that somebody edited there) shows in what nobody has written.
"""

from __future__ import annotations

import hashlib
import random
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Event
from urllib.parse import quote

import httpx
from msgspec import Struct

from newsroom.content.numbers import number
from newsroom.publish.listing import Listing

SAMPLE = 100
"""How many untouched files are looked at."""
_AT_ONCE = 8
_SECONDS = 30.0
_MOST_TOLD = 10
_TRIES = 3
"""A connection that breaks is no fault of the file."""

_PACKINGS = ("br", "gzip", "identity")
"""A server may keep a file packed in several ways: each is some readers'."""

_SERVED_OTHERWISE = ("_headers", "CNAME", ".nojekyll")
"""Files for the server and not for readers; so is the folder ``nginx/``."""


class Misread(Struct, frozen=True, order=True):
    """A file that readers get otherwise than the edition says, and what they get, in Russian."""

    path: str
    what: str
    answered: bool = True


def told(listing: Listing, redirected: Iterable[str] = ()) -> frozenset[str]:
    """The paths that a server gives as they are: former addresses, ``redirected``, it answers by 301."""
    aside = {*_SERVED_OTHERWISE, *redirected}
    return frozenset(path for path in listing if path not in aside and not path.startswith("nginx/"))


def chosen(changed: Iterable[str], readable: frozenset[str], seed: str, sample: int = SAMPLE) -> list[str]:
    """The paths to read back, sorted: the ``changed`` ones and a sample of the others.

    The ``seed`` is the digest of the edition: who repeats the check reads the same files.
    """
    first = readable.intersection(changed)
    others = sorted(readable - first)
    return sorted(first.union(random.Random(seed).sample(others, min(sample, len(others)))))


def misread(
    url: str,
    listing: Listing,
    paths: Sequence[str],
    *,
    removed: Iterable[str] = (),
    client: httpx.Client | None = None,
) -> list[Misread]:
    """What a reader of the site at ``url`` gets otherwise than ``listing`` says; sorted.

    None of the ``removed`` paths may be answered with a file. Once there is no answer, no other path is
    asked for: thousands of others would say no more, and each waits.
    """
    own = client or httpx.Client(timeout=_SECONDS, follow_redirects=False)
    silent = Event()

    def unless_silent(ask: Callable[[str], Misread | None], path: str) -> Misread | None:
        fault = None if silent.is_set() else ask(path)
        if fault and not fault.answered:
            silent.set()
        return fault

    try:
        compared = partial(unless_silent, partial(_compared, own, url, listing))
        still_there = partial(unless_silent, partial(_still_there, own, url))
        probe = [fault for path in paths[:1] if (fault := compared(path))]
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            written = pool.map(compared, paths[1:])
            gone = pool.map(still_there, told(dict.fromkeys(removed, "")))
            return sorted(fault for fault in (*probe, *written, *gone) if fault)
    finally:
        if client is None:
            own.close()


def in_words(found: Sequence[Misread]) -> str:
    """What was misread, line by line; of many the first ones."""
    lines = [f"{each.path}: {each.what}" for each in found[:_MOST_TOLD]]
    more = [f"… и ещё {number(len(found) - _MOST_TOLD)}"] if len(found) > _MOST_TOLD else []
    return "\n".join([*lines, *more])


def address(url: str, path: str) -> str:
    """Where a reader finds a file: a page by its folder."""
    shown = (
        path.removesuffix("index.html") if path.endswith(("/index.html",)) or path == "index.html" else path
    )
    return f"{url.rstrip('/')}/{quote(shown)}"


def _compared(client: httpx.Client, url: str, listing: Listing, path: str) -> Misread | None:
    try:
        status, digest = _asked(client, address(url, path))
    except httpx.HTTPError as error:
        return Misread(path, f"{url}: сервер не ответил: {error or type(error).__name__}", answered=False)
    if status != 200:
        return Misread(path, f"ответ {status} вместо файла")
    return None if digest == listing[path] else Misread(path, "отдаётся другое содержимое")


def _still_there(client: httpx.Client, url: str, path: str) -> Misread | None:
    try:
        status, _ = _asked(client, address(url, path))
    except httpx.HTTPError as error:
        return Misread(path, f"{url}: сервер не ответил: {error or type(error).__name__}", answered=False)
    return Misread(path, "файл удалён из выпуска, а сервер его отдаёт") if status == 200 else None


def _asked(client: httpx.Client, address: str) -> tuple[int, str]:
    """The status and the digest of what came, unpacked."""
    packing = _PACKINGS[zlib.crc32(address.encode()) % len(_PACKINGS)]
    headers = {"Cache-Control": "no-cache", "Accept-Encoding": packing}
    for left in reversed(range(_TRIES)):
        try:
            with client.stream("GET", address, headers=headers) as reply:
                digest = hashlib.sha256()
                for part in reply.iter_bytes():
                    digest.update(part)
                return reply.status_code, digest.hexdigest()
        except httpx.TransportError:
            if not left:
                raise
    raise AssertionError


def redirected(output: Path) -> Iterator[str]:
    """Paths of the pages at former addresses, by the list that a server redirects with."""
    file = output / "redirects.map"
    for line in file.read_text("utf-8").splitlines() if file.is_file() else ():
        source = line.split('"')[1].lstrip("/")
        yield f"{source}index.html" if source.endswith("/") else source
