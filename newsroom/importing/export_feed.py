"""A file of RSS or Atom, read by feedparser without its cleaning: what it cleans away nobody is told of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from newsroom.importing.entry import Entry, Export
from newsroom.problems import NewsroomError, Problem

_REFERENCE = re.compile(rb"&#(x[0-9a-fA-F]{1,8}|[0-9]{1,10});")


def read_feed(path: Path, data: bytes) -> Export:
    """The entries of a feed; raises NewsroomError where there are none."""
    import feedparser

    # Bytes, and never a text: feedparser would fetch what looks like an address.
    data = _REFERENCE.sub(lambda found: b"" if _is_half_a_sign(found[1]) else found[0], data)
    feed = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        message = "это не RSS и не Atom, или в ленте нет записей"
        raise NewsroomError([Problem(path.name, 0, message, "сохраните ленту файлом ещё раз")])
    broken = feed.bozo and "not well-formed" in str(feed.get("bozo_exception", ""))
    fault = ("файл ленты обрывается или испорчен: сверьте эту запись со старым сайтом",) if broken else ()
    last = len(feed.entries)
    return Export(tuple(
        _entry(entry, number, fault if number == last else ())
        for number, entry in enumerate(feed.entries, 1)
    ))  # fmt: skip


def _entry(entry: Any, number: int, faults: tuple[str, ...]) -> Entry:
    contents = [str(content.get("value", "")) for content in entry.get("content", [])]
    summary = str(entry.get("summary", ""))
    body = max(contents, key=len, default="") or summary
    terms = [str(tag.get("term") or "").strip() for tag in entry.get("tags", [])]
    files = list(_files(entry))
    pictures = [href for href, kind in files if kind.startswith("image/")]
    return Entry(
        f"запись {number}",
        title=str(entry.get("title", "")),
        date=str(entry.get("published") or entry.get("updated") or ""),
        body=body,
        address=str(entry.get("link", "")),
        rubric=next(filter(None, terms), ""),
        tags=tuple(filter(None, terms[1:])),
        summary=summary if summary != body else "",
        image=next(iter(pictures), ""),
        files=tuple(href for href, kind in files if not kind.startswith("image/")) + tuple(pictures[1:]),
        states=(str(entry["wp_status"]),) if "wp_status" in entry else (),
        kind=str(entry.get("wp_post_type", "")),
        faults=faults,
    )


def _is_half_a_sign(number: bytes) -> bool:
    """Whether a reference means half a sign, which no file can hold; feedparser breaks at it."""
    code = int(number[1:], 16) if number.startswith(b"x") else int(number)
    return 0xD800 <= code <= 0xDFFF


def _files(entry: Any) -> Iterator[tuple[str, str]]:
    """Addresses and media types of what is attached, each once."""
    seen: set[str] = set()
    for file in [*entry.get("enclosures", []), *entry.get("media_content", [])]:
        href = str(file.get("href") or file.get("url") or "")
        kind = str(file.get("type") or ("image/" if file.get("medium") == "image" else ""))
        if href and href not in seen:
            seen.add(href)
            yield href, kind
