"""What the preview's own editor asks of the preview server, and what nobody else may ask.

A page of any other site can make a browser send requests to this machine, and by a name that
leads here it can even read the answers. So of every request the host must be this server by its
number or as «localhost», and whatever writes must come from a page of this very server, as JSON.
"""

from __future__ import annotations

import json
from email.message import Message
from http import HTTPStatus
from io import BufferedIOBase
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from newsroom.publish.local_backend import Answer, LocalBackend

API_PATH = "/admin/api/v1"
MEDIA_PATH = f"{API_PATH}/media"
LARGEST = 256 * 1024 * 1024
"""Bytes of a request: a text with its pictures, each a third longer than its file."""


def asked(headers: Message, body: BufferedIOBase, port: int, backend: LocalBackend) -> Answer:
    """What a request to ``API_PATH`` comes to."""
    if not _is_own(headers, port, writes=True):
        return HTTPStatus.FORBIDDEN, {"error": "запрос не со страницы этого редактора"}
    length = headers.get("Content-Length", "")
    if not length.isdecimal() or int(length) > LARGEST:
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, {"error": "слишком много за один раз: уменьшите картинки"}
    try:
        request = json.loads(body.read(int(length)))
    except (ValueError, RecursionError):
        return HTTPStatus.BAD_REQUEST, {"error": "запрос не читается"}
    return backend.answer(request)


def medium(headers: Message, address: str, port: int, backend: LocalBackend) -> Path | None:
    """The file that a request to ``MEDIA_PATH`` means; None where it may not have one."""
    if not _is_own(headers, port, writes=False):
        return None
    return backend.media_file(parse_qs(urlsplit(address).query).get("path", [""])[0])


def is_for_here(headers: Message, port: int) -> bool:
    """Whether a request means this very server, and not a name of someone else's that leads here."""
    names = ("127.0.0.1", "localhost", "[::1]")
    return headers.get_all("Host", []) in [[f"{name}:{port}"] for name in names]


def _is_own(headers: Message, port: int, *, writes: bool) -> bool:
    """Whether a request that is for here comes from a page of this server."""
    origin, own = headers.get("Origin"), f"http://{headers.get('Host')}"
    if not is_for_here(headers, port):
        return False
    if headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    if not writes:
        return origin in {None, own}
    return origin == own and headers.get_content_type() == "application/json"
