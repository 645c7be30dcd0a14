"""``posts/2024-05.json``: where the posts of a month's releases stand in the networks.

A file a month, a line an address: release → channel → address of the post. Who announces writes it
(``write_posts``), a commit brings it back, and the build shows the links on the releases' pages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any

from newsroom.content.fields import FaultsError
from newsroom.content.values import web_address
from newsroom.problems import NewsroomError, Problem

FOLDER = "posts"
Posts = Mapping[str, Mapping[str, str]]
"""By the id of a release: addresses of its posts by the ids of channels."""

_NAME = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])\.json")
_WRITTEN = "верните файл, каким он был в git: его пишет программа рассылки"
_PLAIN = "уберите эту строку: сюда пишут только адреса постов, {«релиз»: {«канал»: «https://…»}}"


def posts_file(month: str) -> str:
    """The path from the content folder of the file of a month («2024-05»)."""
    return f"{FOLDER}/{month}.json"


def month_of(file: str) -> str:
    """The month of such a path; raises NewsroomError for a file that is none of a month."""
    name = file.rpartition("/")[2]
    if not _NAME.fullmatch(name):
        remedy = "назовите его по месяцу релизов, «2024-05.json», или уберите отсюда"
        raise NewsroomError([Problem(file, 0, "это не файл адресов постов", remedy)])
    return name.removesuffix(".json")


def read_posts(root: Path, month: str) -> dict[str, dict[str, str]]:
    """The posts of a month's releases, {} where none is known; raises NewsroomError."""
    file = posts_file(month)
    try:
        data = (root / file).read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        message = f"не открывается: {error.strerror}"
        raise NewsroomError([Problem(file, 0, message, "проверьте права на файл")]) from None
    text, given = _parsed(data, file)
    if problems := list(_faults(text, given, file)):
        raise NewsroomError(problems)
    return {release: dict(posts) for release, posts in given}


def write_posts(root: Path, month: str, posts: Posts) -> None:
    """Put the posts of a month's releases into the content folder, whole or not at all, sorted.

    Releases without posts are left out; without any the file goes. Raises OSError.
    """
    path = root / posts_file(month)
    kept = {release: dict(sorted(posts[release].items())) for release in sorted(posts) if posts[release]}
    if not kept:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    new.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8", newline="\n")
    new.replace(path)


def strange_names(
    root: Path, month: str, posts: Posts, releases: Container[str], channels: Container[str]
) -> Iterator[Problem]:
    """Releases and channels in the file of a month that the material does not have."""
    file = posts_file(month)
    text = (root / file).read_text("utf-8", "replace")
    for release, addresses in posts.items():
        if release not in releases:
            remedy = "переименованному релизу дайте здесь новое имя, а строки удалённого сотрите"
            yield Problem(file, _line(text, release), f"релиза «{release}» нет", remedy)
        for channel in addresses:
            if channel not in channels:
                remedy = "имя канала — это имя его файла в папке channels; исправьте или сотрите строку"
                yield Problem(file, _line(text, release, channel), f"канала «{channel}» нет", remedy)


def _parsed(data: bytes, file: str) -> tuple[str, list[tuple[str, Any]]]:
    """The text of a file and the pairs of its one object, each object within as pairs too."""
    try:
        text = data.decode()
        given = json.loads(text, object_pairs_hook=_Pairs)
    except json.JSONDecodeError as error:
        raise NewsroomError([Problem(file, error.lineno, "адреса постов не читаются", _WRITTEN)]) from None
    except (ValueError, RecursionError):
        raise NewsroomError([Problem(file, 0, "адреса постов не читаются", _WRITTEN)]) from None
    if not isinstance(given, _Pairs):
        raise NewsroomError([Problem(file, 1, "это не список релизов", _WRITTEN)])
    return text, given


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON, which may name a thing twice."""


def _faults(text: str, given: list[tuple[str, Any]], file: str) -> Iterator[Problem]:
    month, seen = month_of(file), set[str]()
    for release, posts in given:
        line = _line(text, release)
        if not release.startswith(f"{month}-"):
            remedy = f"перенесите его в {FOLDER}/{release[:7]}.json или исправьте имя"
            yield Problem(file, line, f"«{release}» — релиз не этого месяца", remedy)
        if release in seen:
            yield Problem(file, line, f"релиз «{release}» назван дважды", "соберите его адреса вместе")
        seen.add(release)
        if isinstance(posts, _Pairs):
            yield from _address_faults(text, release, posts, file)
        else:
            yield Problem(file, line, f"у релиза «{release}» не адреса", _PLAIN)


def _address_faults(text: str, release: str, posts: _Pairs, file: str) -> Iterator[Problem]:
    for number, (channel, address) in enumerate(posts):
        line = _line(text, release, channel)
        if channel in (other for other, _ in posts[:number]):
            yield Problem(file, line, f"канал «{channel}» назван у релиза дважды", "оставьте один адрес")
        try:
            if web_address(address) != address:
                raise FaultsError([])
        except FaultsError:
            message = f"адрес поста в «{channel}» не годится"
            yield Problem(file, line, message, "скопируйте его из строки браузера: https://…")


def _line(text: str, release: str, channel: str = "") -> int:
    """Where a release stands, or a channel of it, from 1."""
    place = _place(text, release, 0)
    return text.count("\n", 0, _place(text, channel, place) if channel else place) + 1


def _place(text: str, name: str, start: int) -> int:
    written = "|".join({re.escape(json.dumps(name, ensure_ascii=escaped)) for escaped in (True, False)})
    found = re.compile(rf"(?:{written})\s*:").search(text, start)
    return found.start() if found else start
